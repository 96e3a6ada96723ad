/// The distinct identifiers of one text as small integers: scopes and references compare numbers,
/// and a `String` is made only for the names that leave the parser.
struct NameTable {
  /// Where a name's bytes are, and as many of them as tell most names apart without a look at the text.
  private struct Entry {
    var letters: NameLetters
    /// In the source; `~start` in `decoded` for a name that was spelled with escapes.
    var start: Int32
    var count: Int32
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
    intern(source, start, end) { Int32(start) }
  }

  /// The number of a name that was spelled with escapes.
  mutating func intern(decoded bytes: [UInt8]) -> Int32 {
    let offset = ~Int32(decoded.count)
    let before = entries.count
    let name = bytes.withUnsafeBufferPointer { intern($0, 0, $0.count) { offset } }
    if entries.count > before { decoded += bytes }
    return name
  }

  func text(_ name: Int32) -> String {
    switch name {
    case Self.arguments: return "arguments"
    case Self.eval: return "eval"
    default:
      let entry = entries[Int(name) - Self.firstFree]
      let start = Int(entry.start < 0 ? ~entry.start : entry.start)
      let range = start..<start + Int(entry.count)
      return entry.start < 0
        ? String(decoding: decoded[range], as: UTF8.self)
        : String(decoding: source[range], as: UTF8.self)
    }
  }

  @inline(__always)
  private mutating func intern(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, place: () -> Int32
  ) -> Int32 {
    let letters = NameLetters(text, start, end)
    let mask = slots.count - 1
    var slot = letters.hash(of: text, start, end) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.letters == letters, Int(entry.count) == end - start,
        end - start <= NameLetters.most || isEqual(entry, text, start)
      {
        return slots[slot] + Int32(Self.firstFree)
      }
      slot = (slot + 1) & mask
    }
    let index = Int32(entries.count)
    slots[slot] = index
    entries.append(Entry(letters: letters, start: place(), count: Int32(end - start)))
    if entries.count * 2 > slots.count { grow(text, start) }
    return index + Int32(Self.firstFree)
  }

  private func isEqual(
    _ entry: Entry, _ text: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> Bool {
    let own = Int(entry.start < 0 ? ~entry.start : entry.start)
    for i in 0..<Int(entry.count) {
      let byte = entry.start < 0 ? decoded[own + i] : source[own + i]
      if byte != text[start + i] { return false }
    }
    return true
  }

  /// The last entry stands in `text`, at `start`: it may not be in `decoded` yet.
  @inline(never)
  private mutating func grow(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) {
    slots = Array(repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot: Int
      if index == entries.count - 1 {
        slot = entry.letters.hash(of: text, start, start + Int(entry.count))
      } else if entry.start < 0 {
        let own = Int(~entry.start)
        slot = decoded.withUnsafeBufferPointer {
          entry.letters.hash(of: $0, own, own + Int(entry.count))
        }
      } else {
        let own = Int(entry.start)
        slot = entry.letters.hash(of: source, own, own + Int(entry.count))
      }
      slot &= mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}
