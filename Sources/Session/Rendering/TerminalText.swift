/// Text from users' values, made fit for a terminal.
package enum TerminalText {
  /// Control characters and invisible direction marks become visible escapes, so nothing that a
  /// program prints can move the cursor or change colours. Line breaks and tabs stay on request.
  package static func clean(_ text: String, keepingLines: Bool = false) -> String {
    cleaned(text, keepingLines: keepingLines, keepingColors: false)
  }

  /// What may be written to a terminal or a pipe as it is: the last door, through which everything
  /// goes. Of escape sequences only those of our own painter pass, and only with colours.
  package static func printable(_ text: String, hasColor: Bool) -> String {
    cleaned(text, keepingLines: true, keepingColors: hasColor)
  }

  private static func cleaned(
    _ text: String, keepingLines: Bool, keepingColors: Bool
  ) -> String {
    var text = text
    return text.withUTF8 { bytes -> String? in
      guard var harm = nextHarm(in: bytes, from: 0, keepingLines) else { return nil }
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + 16)
      var plain = 0
      while true {
        if keepingColors, bytes[harm.start] == 0x1B,
          let sequence = TextStyle.sequences.first(where: { bytes[harm.start...].starts(with: $0) })
        {
          harm.end = harm.start + sequence.count
        } else {
          result += bytes[plain..<harm.start]
          result += escape(harm.scalar).utf8
          plain = harm.end
        }
        guard let next = nextHarm(in: bytes, from: harm.end, keepingLines) else { break }
        harm = next
      }
      result += bytes[plain...]
      return String(decoding: result, as: UTF8.self)
    } ?? text
  }

  /// Where a character begins and ends that may not be written as it is.
  private struct Harm {
    var start: Int
    var end: Int
    var scalar: Unicode.Scalar
  }

  /// C0, DEL and C1 controls, line separators, marks and overrides of direction, U+FEFF and the
  /// interlinear annotations. `bytes` is UTF-8.
  private static func nextHarm(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ keepingLines: Bool
  ) -> Harm? {
    func harm(_ start: Int, _ count: Int, _ value: UInt32) -> Harm? {
      Unicode.Scalar(value).map { Harm(start: start, end: start + count, scalar: $0) }
    }
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      switch byte {
      case 0x20..<0x7F: i += 1
      case 0x09, 0x0A:
        if !keepingLines { return harm(i, 1, UInt32(byte)) }
        i += 1
      case 0..<0x20, 0x7F: return harm(i, 1, UInt32(byte))
      case 0xC2:
        if i + 1 < bytes.count, bytes[i + 1] < 0xA0 { return harm(i, 2, UInt32(bytes[i + 1])) }
        i += 2
      case 0xD8:
        if i + 1 < bytes.count, bytes[i + 1] == 0x9C { return harm(i, 2, 0x061C) }
        i += 2
      case 0xE2, 0xEF:
        if i + 2 < bytes.count {
          let value =
            UInt32(byte & 0x0F) << 12 | UInt32(bytes[i + 1] & 0x3F) << 6
            | UInt32(bytes[i + 2] & 0x3F)
          switch value {
          case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFF9...0xFFFB:
            return harm(i, 3, value)
          default: break
          }
        }
        i += 3
      default: i += 1
      }
    }
    return nil
  }

  /// Without the escape sequences of our own painter.
  package static func withoutColors(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var result: [UInt8] = []
    var isInside = false
    for byte in text.utf8 {
      if byte == 0x1B { isInside = true }
      if !isInside { result.append(byte) }
      if byte == UInt8(ascii: "m") { isInside = false }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let hex = String(scalar.value, radix: 16)
      let digits = scalar.value < 0x100 ? 2 : 4
      return (digits == 2 ? "\\x" : "\\u") + String(repeating: "0", count: digits - hex.utf8.count)
        + hex
    }
  }

  /// The columns that the text takes on a terminal.
  package static func width(_ text: some StringProtocol) -> Int {
    if let width = text.utf8.withContiguousStorageIfAvailable(plainWidth), width >= 0 {
      return width
    }
    var width = 0
    for character in text {
      width += Self.width(character)
    }
    return width
  }

  /// The columns of text each of whose scalars is a cluster of its own and one column wide: Latin
  /// letters, dashes, quotation marks, arrows and lines. -1 for other text.
  private static func plainWidth(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var width = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte &- 0x20 < 0x5F {
        index += 1
      } else if (0xC2...0xCB).contains(byte) {
        // U+0080 to U+02FF.
        index += 2
      } else if byte == 0xE2, index + 2 < bytes.count,
        isPlain(UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index + 2]))
      {
        index += 3
      } else {
        return -1
      }
      width += 1
    }
    return width
  }

  /// The last two bytes of a scalar from U+2000 on: U+2010 to U+2027, U+2190 to U+21FF, U+2500 to
  /// U+25FF.
  private static func isPlain(_ bytes: UInt16) -> Bool {
    switch bytes {
    case 0x8090...0x80A7, 0x8690...0x87BF, 0x9480...0x97BF: true
    default: false
    }
  }

  /// A cluster is as wide as its first scalar, or two columns when it is shown as an emoji.
  package static func width(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.value < 0x300 { return first.value < 0x20 ? 0 : 1 }
    if scalars.contains("\u{FE0F}") { return 2 }
    return width(first)
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1,
      0x26BD...0x26BE,
      0x2705, 0x274C, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50,
      0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    case 0x200B...0x200D, 0xFE00...0xFE0E:
      return 0
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }

  /// With spaces up to a width.
  package static func padded(_ text: String, to width: Int) -> String {
    let missing = width - Self.width(text)
    return missing > 0 ? text + spaces(missing) : text
  }

  /// With spaces before it, up to a width.
  static func paddedLeft(_ text: String, to width: Int) -> String {
    spaces(max(0, width - Self.width(text))) + text
  }

  /// What `String(repeating:count:)` makes, at a tenth of its cost.
  static func spaces(_ count: Int) -> String {
    guard count > 0 else { return "" }
    return String(unsafeUninitializedCapacity: count) { bytes in
      // All that is told to be initialized is.
      bytes.initialize(repeating: 0x20)
      return count
    }
  }

  /// A list broken after its commas into lines of a width; an item that is wider is cut.
  static func folded(_ list: String, to limit: Int) -> [String] {
    guard width(list) > limit else { return [list] }
    let items = items(of: list)
    var lines: [String] = []
    var line = ""
    var used = 0
    for (index, item) in items.enumerated() {
      var piece = index == items.count - 1 ? item : item + ","
      var columns = width(piece)
      if columns > limit {
        piece = cut(piece, to: limit)
        columns = width(piece)
      }
      if line.isEmpty {
        (line, used) = (piece, columns)
      } else if used + 1 + columns <= limit {
        line += " "
        line += piece
        used += 1 + columns
      } else {
        lines.append(line)
        (line, used) = (piece, columns)
      }
    }
    lines.append(line)
    return lines
  }

  /// What stands between ", ", without empty items.
  private static func items(of list: String) -> [String] {
    var items: [String] = []
    var list = list
    list.withUTF8 { bytes in
      var start = 0
      func add(_ end: Int) {
        if start < end { items.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
      }
      var index = 0
      while index + 1 < bytes.count {
        if bytes[index] == UInt8(ascii: ","), bytes[index + 1] == UInt8(ascii: " ") {
          add(index)
          index += 2
          start = index
        } else {
          index += 1
        }
      }
      add(bytes.count)
    }
    return items
  }

  /// Prose broken at spaces into lines of a width; a word that is wider has a line for itself.
  static func wrapped(_ prose: String, to limit: Int) -> [String] {
    guard width(prose) > limit else { return [prose] }
    var lines: [String] = []
    var line = ""
    for word in prose.split(separator: " ", omittingEmptySubsequences: false) {
      if line.isEmpty {
        line = String(word)
      } else if width(line) + 1 + width(word) <= limit {
        line += " " + word
      } else {
        // Wider gaps between the words are empty words here.
        while line.hasSuffix(" ") { line.removeLast() }
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }

  /// A line of source as it is, or in rows of a width, broken anywhere, its tabs as spaces.
  static func rows(of line: String, to limit: Int) -> [String] {
    var rows: [String] = []
    var row = ""
    var used = 0
    for character in line {
      let text =
        character == "\t" ? String(repeating: " ", count: 4 - used % 4) : String(character)
      let columns = width(text)
      if used + columns > limit, used > 0 {
        rows.append(row)
        (row, used) = ("", 0)
      }
      row += text
      used += columns
    }
    return rows.isEmpty ? [line] : rows + [row]
  }

  /// Cut to a width, the cut shown as `…`.
  package static func cut(_ text: String, to limit: Int) -> String {
    if width(text) <= limit { return text }
    var result = ""
    var used = 1
    for character in text {
      used += width(character)
      if used > limit { break }
      result.append(character)
    }
    return result + "…"
  }
}
