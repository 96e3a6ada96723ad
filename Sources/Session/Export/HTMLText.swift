/// Text inside a page.
enum HTMLText {
  /// JSON that may stand in a `script` element: nothing in it can end the element.
  static func scriptData(_ value: JSONValue) -> String {
    var text = ""
    for scalar in value.text.unicodeScalars {
      switch scalar {
      case "<": text += "\\u003c"
      case ">": text += "\\u003e"
      case "&": text += "\\u0026"
      case "\u{2028}": text += "\\u2028"
      case "\u{2029}": text += "\\u2029"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
