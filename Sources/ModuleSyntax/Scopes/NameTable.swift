/// The distinct identifiers of one text as small integers: scopes and references compare numbers,
/// and a `String` is made only for the names that leave the parser.
struct NameTable {
  /// Where a name's bytes are: in the source, or (spelled with escapes) in `decoded`.
  private struct Entry {
    var start: Int32
    var count: Int32
    var hash: UInt32
    var isDecoded: Bool
  }

  static let arguments: Int32 = 0
  static let eval: Int32 = 1
  private static let firstFree = 2

  private let source: UnsafeBufferPointer<UInt8>
  private var decoded: [UInt8] = []
  private var entries: [Entry] = []
  private var slots: [Int32]

  init(source: UnsafeBufferPointer<UInt8>) {
    self.source = source
    slots = Array(repeating: -1, count: 64)
    entries.reserveCapacity(24)
  }

  /// The number of the name that stands at `start..<end` of the source without escapes.
  mutating func intern(_ start: Int, _ end: Int) -> Int32 {
    var hash: UInt32 = 2_166_136_261
    for i in start..<end { hash = (hash ^ UInt32(source[i])) &* 16_777_619 }
    return intern(UnsafeBufferPointer(rebasing: source[start..<end]), hash: hash) {
      (Int32(start), false)
    }
  }

  /// The number of a name that was spelled with escapes.
  mutating func intern(decoded bytes: [UInt8]) -> Int32 {
    var hash: UInt32 = 2_166_136_261
    for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let offset = Int32(decoded.count)
    let before = entries.count
    let name = bytes.withUnsafeBufferPointer { intern($0, hash: hash) { (offset, true) } }
    if entries.count > before { decoded += bytes }
    return name
  }

  func text(_ name: Int32) -> String {
    switch name {
    case Self.arguments: return "arguments"
    case Self.eval: return "eval"
    default:
      let entry = entries[Int(name) - Self.firstFree]
      let range = Int(entry.start)..<Int(entry.start + entry.count)
      return entry.isDecoded
        ? String(decoding: decoded[range], as: UTF8.self)
        : String(decoding: source[range], as: UTF8.self)
    }
  }

  private mutating func intern(
    _ bytes: UnsafeBufferPointer<UInt8>, hash: UInt32, place: () -> (Int32, Bool)
  ) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 15)) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, Int(entry.count) == bytes.count, isEqual(entry, bytes) {
        return slots[slot] + Int32(Self.firstFree)
      }
      slot = (slot + 1) & mask
    }
    let index = Int32(entries.count)
    let (start, isDecoded) = place()
    slots[slot] = index
    entries.append(
      Entry(start: start, count: Int32(bytes.count), hash: hash, isDecoded: isDecoded))
    if entries.count * 2 > slots.count { grow() }
    return index + Int32(Self.firstFree)
  }

  private func isEqual(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(entry.start)
    for i in 0..<bytes.count {
      let byte = entry.isDecoded ? decoded[start + i] : source[start + i]
      if byte != bytes[i] { return false }
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash ^ (entry.hash >> 15)) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}
