/// A source text, its name, and where it begins for the person who wrote it.
public struct SourceText: Sendable {
  /// The name that errors and stack traces show.
  public var name: String
  public var bytes: [UInt8]
  /// Added to line numbers (Node's `lineOffset`, 0-based).
  public var lineOffset: Int
  /// Added to columns of the first line (Node's `columnOffset`, 0-based).
  public var columnOffset: Int

  public init(_ text: String, name: String, lineOffset: Int = 0, columnOffset: Int = 0) {
    self.init(
      bytes: Array(text.utf8), name: name, lineOffset: lineOffset, columnOffset: columnOffset)
  }

  public init(bytes: [UInt8], name: String, lineOffset: Int = 0, columnOffset: Int = 0) {
    self.bytes = bytes
    self.name = name
    self.lineOffset = lineOffset
    self.columnOffset = columnOffset
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public func slice(_ range: SourceRange) -> String {
    String(decoding: bytes[range.start..<range.end], as: UTF8.self)
  }

  /// The place of a UTF-8 offset, offsets of line and column applied. Line terminators are LF, CR,
  /// CRLF, U+2028 and U+2029.
  public func position(at offset: Int) -> SourcePosition {
    var line = 1
    var lineStart = 0
    forEachLineEnd { end, next in
      if next > offset { return false }
      line += 1
      lineStart = next
      _ = end
      return true
    }
    let column =
      String(decoding: bytes[lineStart..<max(lineStart, min(offset, bytes.count))], as: UTF8.self)
      .utf16.count + 1
    return SourcePosition(
      line: line + lineOffset, column: line == 1 ? column + columnOffset : column)
  }

  /// The text of a line by the number that `position(at:)` gives, without its terminator; nil when
  /// there is no such line.
  public func line(_ number: Int) -> String? {
    let wanted = number - lineOffset
    var current = 1
    var start = 0
    var found: String?
    forEachLineEnd { end, next in
      if current == wanted {
        found = String(decoding: bytes[start..<end], as: UTF8.self)
        return false
      }
      current += 1
      start = next
      return true
    }
    if found == nil, current == wanted {
      found = String(decoding: bytes[start...], as: UTF8.self)
    }
    return found
  }

  /// The UTF-8 offset of a place (as `position(at:)` gives it), clamped to its line's end.
  public func offset(of position: SourcePosition) -> Int? {
    let wanted = position.line - lineOffset
    guard wanted >= 1, line(position.line) != nil else { return nil }
    var start = 0
    var current = 1
    forEachLineEnd { _, next in
      if current == wanted { return false }
      current += 1
      start = next
      return true
    }
    let text = line(position.line) ?? ""
    let units = position.column - 1 - (wanted == 1 ? columnOffset : 0)
    let index = text.utf16.index(text.startIndex, offsetBy: max(0, units), limitedBy: text.endIndex)
    return start + text.utf8.distance(from: text.startIndex, to: index ?? text.endIndex)
  }

  /// Calls `body` with the end of each line and the start of the next until it answers false.
  private func forEachLineEnd(_ body: (_ end: Int, _ next: Int) -> Bool) {
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      var length = 0
      if byte == 0x0A {
        length = 1
      } else if byte == 0x0D {
        length = i + 1 < bytes.count && bytes[i + 1] == 0x0A ? 2 : 1
      } else if byte == 0xE2, i + 2 < bytes.count, bytes[i + 1] == 0x80,
        bytes[i + 2] == 0xA8 || bytes[i + 2] == 0xA9
      {
        length = 3
      }
      if length > 0 {
        if !body(i, i + length) { return }
        i += length
      } else {
        i += 1
      }
    }
  }
}
