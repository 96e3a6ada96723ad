internal import GraphRendering

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

  /// What users and programs wrote, as the content of an element. Each run of letters that are read
  /// from right to left is kept to itself: it cannot move the code that stands beside it.
  static func content(_ text: String) -> String {
    let clean = SessionDocument.clean(text)
    guard clean.utf8.contains(where: { $0 >= 0xD6 }) else { return MarkupText.escaped(clean) }
    var result = ""
    var part = String.UnicodeScalarView()
    var isPartRightToLeft = false
    func end() {
      let escaped = MarkupText.escaped(String(part))
      result += isPartRightToLeft ? "<bdi>\(escaped)</bdi>" : escaped
      part = String.UnicodeScalarView()
    }
    for scalar in clean.unicodeScalars {
      if isRightToLeft(scalar) != isPartRightToLeft {
        end()
        isPartRightToLeft.toggle()
      }
      part.append(scalar)
    }
    end()
    return result
  }

  /// Hebrew, Arabic and their neighbours; the page's script has the same ranges.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      return true
    default: return false
    }
  }

  /// The lines of a source, by the line terminators that the positions of errors count by.
  static func lines(_ source: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in source.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{2028}", "\u{2029}":
        lines.append(String(line))
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
      previous = scalar
    }
    return lines + [String(line)]
  }
}
