package import ModuleSyntax

/// Why the reading of a command stops before its end.
enum ParseStop: Error {
  case wrong(CommandError)
  case needsMoreLines(Continuation)
}

/// What the lines to come will be.
package enum Continuation: Hashable, Sendable {
  case source(SourceGoal)
  case heredoc(tag: String)
}

/// A word of a command line.
package struct CommandWord: Hashable, Sendable {
  package var text: String
  /// In the command's text.
  package var range: SourceRange
  package var isQuoted: Bool

  /// Whether it is this word of the language; a quoted word is always a name.
  func isBare(_ word: String) -> Bool { !isQuoted && text == word }
}

/// Reads words from the lines of one command. The bytes are the whole script's and are never copied
/// for it.
struct CommandCursor {
  let bytes: [UInt8]
  /// Where the command begins; ranges count from here.
  let start: Int
  var offset: Int
  /// The end of the lines in view, without line break.
  private(set) var end: Int
  /// Where the line after them begins; nil at the end of the text.
  private(set) var nextLine: Int?
  /// The line breaks of the command before an offset, as far as they have been counted.
  var countedTo: Int
  var countedBreaks = 0

  init(bytes: [UInt8], start: Int) {
    self.bytes = bytes
    self.start = start
    countedTo = start
    offset = start
    (end, nextLine) = CommandCursor.line(of: bytes, from: start)
  }

  /// The end of the line that begins at `start`, and the start of the next. Only LF ends a command:
  /// U+2028 may stand in a source.
  static func line(of bytes: [UInt8], from start: Int) -> (end: Int, next: Int?) {
    bytes.withUnsafeBufferPointer { bytes in
      var i = start
      while i < bytes.count, bytes[i] != 0x0A { i += 1 }
      return (i, i < bytes.count ? i + 1 : nil)
    }
  }

  /// Takes one more line into view; false at the end of the text.
  mutating func takeLine() -> Bool {
    guard let next = nextLine else { return false }
    (end, nextLine) = CommandCursor.line(of: bytes, from: next)
    return true
  }

  /// Takes the lines after the one of `offset` out of view again.
  mutating func cut(at offset: Int) {
    var begin = min(offset, end)
    if begin == end, begin > start, bytes[begin - 1] == 0x0A { begin -= 1 }
    while begin > start, bytes[begin - 1] != 0x0A { begin -= 1 }
    (end, nextLine) = CommandCursor.line(of: bytes, from: begin)
  }

  /// Puts the view back to the first line.
  mutating func cutToFirstLine() {
    (end, nextLine) = CommandCursor.line(of: bytes, from: start)
  }

  /// The text of the command up to the end of view.
  var text: String { String(decoding: bytes[start..<end], as: UTF8.self) }

  var peek: UInt8? { offset < end ? bytes[offset] : nil }

  func range(from: Int, to: Int? = nil) -> SourceRange {
    SourceRange(from - start, (to ?? offset) - start)
  }

  func slice(_ from: Int, _ to: Int) -> String { String(decoding: bytes[from..<to], as: UTF8.self) }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Skips white space; a `#` then begins a comment to the end of the line.
  mutating func skipBlanks() {
    skipWhiteSpace()
    if peek == UInt8(ascii: "#") { offset = end }
  }

  mutating func skipWhiteSpace() {
    while offset < end, CommandCursor.isBlank(bytes[offset]) || bytes[offset] == 0x0A {
      offset += 1
    }
  }

  /// Whether these bytes come next.
  func isAt(_ text: StaticString) -> Bool {
    guard offset + text.utf8CodeUnitCount <= end else { return false }
    for i in 0..<text.utf8CodeUnitCount where bytes[offset + i] != text.utf8Start[i] {
      return false
    }
    return true
  }

  mutating func skip(_ text: StaticString) -> Bool {
    guard isAt(text) else { return false }
    offset += text.utf8CodeUnitCount
    return true
  }

  /// The next word, nil at the end of the line or a comment. A bare word ends at white space or at
  /// one of `stops`.
  mutating func word(stops: String = "") throws(ParseStop) -> CommandWord? {
    skipBlanks()
    guard let first = peek else { return nil }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") { return try quotedWord() }
    let begin = offset
    while let byte = peek, !CommandCursor.isBlank(byte), byte != 0x0A {
      if !stops.isEmpty, stops.utf8.contains(byte) { break }
      offset += 1
    }
    return CommandWord(text: slice(begin, offset), range: range(from: begin), isQuoted: false)
  }

  /// The word to come, without taking it.
  func peekedWord(stops: String = "") throws(ParseStop) -> CommandWord? {
    var copy = self
    return try copy.word(stops: stops)
  }

  /// A word in quotation marks; the escapes are JavaScript's.
  private mutating func quotedWord() throws(ParseStop) -> CommandWord {
    let begin = offset
    let quote = bytes[offset]
    offset += 1
    var units: [UInt16] = []
    var plain = offset
    func flush(_ to: Int, _ units: inout [UInt16]) {
      units.append(contentsOf: slice(plain, to).utf16)
    }
    while let byte = peek, byte != 0x0A {
      if byte == quote {
        flush(offset, &units)
        offset += 1
        return CommandWord(
          text: String(decoding: units, as: UTF16.self), range: range(from: begin), isQuoted: true)
      }
      offset += 1
      if byte == UInt8(ascii: "\\"), offset < end {
        flush(offset - 1, &units)
        try escape(&units)
        plain = offset
      }
    }
    throw .wrong(
      CommandError(.unterminatedQuote(Character(Unicode.Scalar(quote))), range(from: begin)))
  }

  /// What follows a backslash.
  private mutating func escape(_ units: inout [UInt16]) throws(ParseStop) {
    let begin = offset - 1
    let byte = bytes[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): units.append(0x0A)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "r"): units.append(0x0D)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0C)
    case UInt8(ascii: "v"): units.append(0x0B)
    case UInt8(ascii: "0"): units.append(0)
    case UInt8(ascii: "x"): units.append(contentsOf: try hexadecimal(digits: 2, from: begin))
    case UInt8(ascii: "u"):
      if skip("{") {
        let digits = offset
        while let next = peek, next != UInt8(ascii: "}") {
          if Character(Unicode.Scalar(next)).isHexDigit { offset += 1 } else { break }
        }
        let value = UInt32(slice(digits, offset), radix: 16)
        guard skip("}"), let value, let scalar = Unicode.Scalar(value) else {
          throw .wrong(CommandError(.badEscape(slice(begin, offset)), range(from: begin)))
        }
        units.append(contentsOf: String(Character(scalar)).utf16)
      } else {
        units.append(contentsOf: try hexadecimal(digits: 4, from: begin))
      }
    default:
      // Any other character stands for itself; it may be of several bytes.
      offset -= 1
      var to = offset + 1
      while to < end, bytes[to] & 0xC0 == 0x80 { to += 1 }
      units.append(contentsOf: slice(offset, to).utf16)
      offset = to
    }
  }

  private mutating func hexadecimal(digits: Int, from begin: Int) throws(ParseStop) -> [UInt16] {
    let to = min(offset + digits, end)
    let text = slice(offset, to)
    guard text.utf8.count == digits, text.allSatisfy(\.isHexDigit),
      let value = UInt16(text, radix: 16)
    else {
      throw .wrong(CommandError(.badEscape(slice(begin, to)), range(from: begin, to: to)))
    }
    offset = to
    return [value]
  }
}
