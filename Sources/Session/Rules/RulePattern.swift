/// What a rule compares a specifier with.
package enum RulePattern: Hashable, Sendable {
  case exact(String)
  /// What stands before and after the one `*`.
  case wildcard(prefix: String, suffix: String)
  case regularExpression(source: String, flags: String)

  /// What Node takes for a path or the URL of a file. It is matched without an engine.
  static let filePaths = RulePattern.regularExpression(
    source: #"^(\.{0,2}\/|file:)"#, flags: "")

  /// The groups that matched: `$1` is `captures[0]`; a group that took no part is nil.
  package struct Match: Hashable, Sendable {
    package var captures: [String?]

    package init(captures: [String?] = []) { self.captures = captures }

    /// `text` with `*` replaced by the first capture and `$1`…`$99` by theirs; `$$` is a `$`.
    package func substituted(into text: String) -> String {
      guard text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "$") }) else {
        return text
      }
      var result = ""
      var rest = Substring(text)
      while let character = rest.popFirst() {
        if character == "*", let first = captures.first {
          result += first ?? ""
        } else if character == "$", rest.first == "$" {
          rest.removeFirst()
          result += "$"
        } else if character == "$", let number = number(in: &rest) {
          result += captures[number - 1] ?? ""
        } else {
          result.append(character)
        }
      }
      return result
    }

    /// The longest number of a capture, as JavaScript's `replace` reads it.
    private func number(in rest: inout Substring) -> Int? {
      for length in [2, 1] {
        let digits = rest.prefix(length)
        guard digits.count == length, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
          let number = Int(digits), number >= 1, number <= captures.count
        else { continue }
        rest.removeFirst(length)
        return number
      }
      return nil
    }
  }

  /// Matches a regular expression: source, flags, subject → captures or nil.
  package typealias RegularExpressionMatcher = (String, String, String) -> [String?]?

  /// How the specifier matches, nil if it does not.
  package func match(
    _ specifier: String, regularExpression: RegularExpressionMatcher = { _, _, _ in nil }
  ) -> Match? {
    switch self {
    case .filePaths:
      let isPath = ["/", "./", "../", "file:"].contains { specifier.hasPrefix($0) }
      return isPath ? Match(captures: []) : nil
    case .exact(let text):
      // Bytes decide: Swift's == would take composed and decomposed letters for the same.
      return text.utf8.elementsEqual(specifier.utf8) ? Match() : nil
    case .wildcard(let prefix, let suffix):
      let bytes = specifier.utf8
      guard bytes.count >= prefix.utf8.count + suffix.utf8.count,
        bytes.starts(with: prefix.utf8), bytes.reversed().starts(with: suffix.utf8.reversed())
      else { return nil }
      let captured = bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
      return Match(captures: [String(decoding: captured, as: UTF8.self)])
    case .regularExpression(let source, let flags):
      return regularExpression(source, flags, specifier).map(Match.init)
    }
  }

  /// As it is typed.
  package var text: String {
    switch self {
    case .exact(let text): return quoted(text)
    case .wildcard(let prefix, let suffix): return quoted(prefix + "*" + suffix)
    case .regularExpression(let source, let flags): return "/\(source)/\(flags)"
    }
  }
}
