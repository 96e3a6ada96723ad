/// Text as a program in JavaScript has it.
enum JavaScriptText {
  /// A string literal.
  static func literal(_ text: String) -> String {
    JSONValue.string(text).text.replacing("\u{2028}", with: "\\u2028")
      .replacing("\u{2029}", with: "\\u2029")
  }

  /// Source text, as it is where a template can hold it.
  static func source(_ text: String) -> String {
    let isPlain =
      !text.contains("`") && !text.contains("${") && !text.hasSuffix("\\")
      && text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0 == "\t" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value))
      }
    guard isPlain else { return literal(text) }
    return text.contains("\\") ? "String.raw`\(text)`" : "`\(text)`"
  }

  /// `modules.main`, `modules["a b"]`
  static func member(_ object: String, _ name: String) -> String {
    isIdentifier(name) ? "\(object).\(name)" : "\(object)[\(literal(name))]"
  }

  /// A key of an object literal.
  static func key(_ name: String) -> String {
    isIdentifier(name) && name != "__proto__" ? name : "[\(literal(name))]"
  }

  /// Whether an object keeps it where it was put: array indices come first, whatever stands before.
  static func keepsPlace(_ name: String) -> Bool {
    name.isEmpty || !name.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether it may stand after a dot or as a key.
  private static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x5F || $0 == 0x24
    }
  }

  /// Lines of a comment.
  static func comment(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }
      .map { "// " + TerminalText.clean(String($0)) + "\n" }.joined()
  }
}
