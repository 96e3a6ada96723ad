/// Words with quotation marks that are being typed.
enum CompletionQuoting {
  static func isQuoted(_ typed: String) -> Bool { typed.hasPrefix("'") || typed.hasPrefix("\"") }

  /// What a word says whose quotation may not be closed yet.
  static func content(of typed: String) -> String {
    guard isQuoted(typed), let quote = typed.first else { return typed }
    var text = ""
    var isEscaped = false
    for character in typed.dropFirst() {
      if !isEscaped, character == "\\" {
        isEscaped = true
        continue
      }
      if !isEscaped, character == quote { break }
      text.append(character)
      isEscaped = false
    }
    return text
  }

  /// The text in the quotation marks that `typed` begins with, double ones if it has none.
  static func quote(_ text: String, like typed: String) -> String {
    let doubled = quoted(text)
    guard typed.hasPrefix("'") else { return doubled }
    let inner = doubled.dropFirst().dropLast().replacing("\\\"", with: "\"")
    return "'" + inner.replacing("'", with: "\\'") + "'"
  }
}
