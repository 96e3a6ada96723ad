package import CEmbeddedText

extension EmbeddedText {
  /// The text as Swift has it, without the line break at its end.
  package var string: String {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    return String(
      decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
  }

  /// The text with a value in the place of each placeholder, `$name$` (a name is of letters). The
  /// lines of a value are indented as the line is in which the placeholder stands.
  ///
  /// Each placeholder has a value, and each value a placeholder. Values are not searched for
  /// placeholders: what people wrote stays as it is.
  package func filled(_ values: [String: String]) -> String {
    var result = ""
    var unused = Set(values.keys)
    for line in string.split(separator: "\n", omittingEmptySubsequences: false) {
      let indentation = line.prefix { $0 == " " }
      var rest = line
      while let placeholder = Self.firstPlaceholder(in: rest) {
        let name = String(rest[placeholder].dropFirst().dropLast())
        guard let value = values[name] else { preconditionFailure("no value for $\(name)$") }
        unused.remove(name)
        result += rest[..<placeholder.lowerBound]
        result += Self.indented(value, by: indentation)
        rest = rest[placeholder.upperBound...]
      }
      result += rest + "\n"
    }
    precondition(unused.isEmpty, "no placeholders for \(unused)")
    return String(result.dropLast())
  }

  /// All lines but the first, and empty ones.
  private static func indented(_ value: String, by indentation: Substring) -> String {
    guard !indentation.isEmpty else { return value }
    let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
    let others = lines.dropFirst().map { $0.isEmpty ? "" : indentation + $0 }
    return ([lines[0]] + others).joined(separator: "\n")
  }

  private static func firstPlaceholder(in text: Substring) -> Range<String.Index>? {
    var from = text.startIndex
    while let start = text[from...].firstIndex(of: "$") {
      let end = text[text.index(after: start)...].firstIndex { !$0.isASCII || !$0.isLetter }
      guard let end else { return nil }
      if text[end] == "$", text.index(after: start) < end { return start..<text.index(after: end) }
      from = end
    }
    return nil
  }
}
