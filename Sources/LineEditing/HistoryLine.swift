/// An entry as a line of the history file: a JSON string.
enum HistoryLine {
  static func encode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += Array("\\n".utf8)
      case 0x09: bytes += Array("\\t".utf8)
      case ..<0x20, 0x7F: bytes += Array("\\u00".utf8) + hexDigits(byte)
      default: bytes.append(byte)
      }
    }
    return bytes + [UInt8(ascii: "\""), 0x0A]
  }

  private static func hexDigits(_ byte: UInt8) -> [UInt8] {
    Array((byte < 16 ? "0" : "").utf8) + Array(String(byte, radix: 16).utf8)
  }

  /// Nil for a line that is not a whole JSON string.
  static func decode(_ line: some Collection<UInt8>) -> String? {
    guard line.count >= 3, line.first == UInt8(ascii: "\""),
      let text = String(validating: line, as: UTF8.self), text.unicodeScalars.last == "\""
    else { return nil }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars.dropFirst().dropLast()
    while let scalar = rest.popFirst() {
      guard scalar != "\"" else { return nil }
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      guard let escaped = unescape(&rest) else { return nil }
      result.append(escaped)
    }
    return String(result)
  }

  private static func unescape(
    _ rest: inout Substring.UnicodeScalarView
  ) -> Unicode.Scalar? {
    guard let kind = rest.popFirst() else { return nil }
    switch kind {
    case "\"", "\\", "/": return kind
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u":
      guard rest.count >= 4, let value = UInt32(String(rest.prefix(4)), radix: 16) else {
        return nil
      }
      rest = rest.dropFirst(4)
      return Unicode.Scalar(value)
    default: return nil
    }
  }
}
