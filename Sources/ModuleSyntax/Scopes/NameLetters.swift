/// The first and the last eight bytes of a word as two numbers: all of it, up to sixteen bytes.
struct NameLetters: Equatable {
  static let most = 16

  var first: UInt64
  /// Zero for a word of eight bytes and fewer.
  var last: UInt64

  init(first: UInt64, last: UInt64) {
    self.first = first
    self.last = last
  }

  @inline(__always)
  init(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
    let count = end - start
    if count > 8 {
      first = Self.load(text, start)
      last = Self.load(text, end - 8)
    } else if start + 8 <= text.count {
      first = Self.load(text, start) & (UInt64.max >> UInt64(64 - 8 * count))
      last = 0
    } else {
      first = 0
      last = 0
      for i in 0..<count { first |= UInt64(text[start + i]) << UInt64(8 * i) }
    }
  }

  /// Not bound to a table's size. The text is that of the word.
  @inline(__always)
  func hash(of text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var hash = mix(first ^ UInt64(truncatingIfNeeded: end - start) << 56) ^ last
    if end - start > Self.most {
      var i = start + 8
      while i < end - 8 {
        hash = mix(hash) ^ Self.load(text, min(i, end - 16))
        i += 8
      }
    }
    return Int(truncatingIfNeeded: mix(hash) >> 32)
  }

  @inline(__always)
  private func mix(_ word: UInt64) -> UInt64 {
    let product = word &* 0x9E37_79B9_7F4A_7C15
    return product ^ product >> 32
  }

  /// Eight bytes, which the text has there.
  @inline(__always)
  private static func load(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= text.count)
    return UInt64(
      littleEndian: UnsafeRawBufferPointer(text).loadUnaligned(
        fromByteOffset: offset, as: UInt64.self))
  }
}
