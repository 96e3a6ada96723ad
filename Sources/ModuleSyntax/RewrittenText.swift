/// A text made from pieces of a source text and words of our own, that knows for each of its places
/// where in the source it came from.
public struct RewrittenText: Sendable {
  /// A run of bytes copied from the source.
  struct Segment: Sendable {
    var start: Int
    var sourceStart: Int
    var length: Int
  }

  public private(set) var bytes: [UInt8] = []
  private(set) var segments: [Segment] = []
  /// Whether segments are kept. Only who asks for places needs them.
  let keepsMap: Bool

  init(keepsMap: Bool, capacity: Int) {
    self.keepsMap = keepsMap
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ words: String) {
    bytes.append(contentsOf: words.utf8)
  }

  mutating func append(decimal number: Int) {
    if number >= 10 { append(decimal: number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  mutating func copy(_ range: SourceRange, of source: [UInt8]) {
    guard range.end > range.start else { return }
    if keepsMap {
      segments.append(
        Segment(start: bytes.count, sourceStart: range.start, length: range.end - range.start))
    }
    bytes.append(contentsOf: source[range.start..<range.end])
  }

  /// Marks the next bytes, which are ours, as standing for a place of the source.
  mutating func mark(_ sourceOffset: Int) {
    if keepsMap {
      segments.append(Segment(start: bytes.count, sourceStart: sourceOffset, length: 0))
    }
  }

  /// Appends another rewritten text with its places.
  mutating func append(contentsOf other: RewrittenText) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    if keepsMap {
      for var segment in other.segments {
        segment.start += base
        segments.append(segment)
      }
    }
  }

  /// The source offset of a place of this text (1-based line, 1-based UTF-16 column): inside a
  /// copied run exactly, elsewhere the start of what our words stand for.
  public func sourceOffset(line: Int, column: Int) -> Int? {
    guard
      let offset = SourceText(bytes: bytes, name: "").offset(
        of: SourcePosition(line: line, column: column))
    else { return nil }
    var found: Segment?
    for segment in segments {
      if segment.start > offset { break }
      found = segment
    }
    guard let found else { return nil }
    return found.sourceStart + min(offset - found.start, found.length)
  }

  /// The name that ends at a place of this text.
  public func identifier(endingAtLine line: Int, column: Int) -> String? {
    guard
      let end = SourceText(bytes: bytes, name: "").offset(
        of: SourcePosition(line: line, column: column))
    else { return nil }
    var start = end
    while start > 0, Self.isNamePart(bytes[start - 1]) { start -= 1 }
    return start < end ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x80...: true
    default: false
    }
  }
}
