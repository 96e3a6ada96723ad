/// A beginning for names of ours that does not stand in a source text.
enum FreshPrefix {
  static func choose(for source: [UInt8]) -> String {
    // Most sources have neither: one fast look at each byte.
    guard source.contains(UInt8(ascii: "$")) || source.contains(UInt8(ascii: "\\")) else {
      return "$_"
    }
    // An escape such as `\u0024` could spell a name without its bytes: then a prefix that no one types.
    let escaped = contains(source, Array("\\u".utf8))
    var prefix = escaped ? "$_modlab_" : "$_"
    var count = 0
    while contains(source, Array(prefix.utf8)) {
      count += 1
      prefix = "$_\(count)_"
    }
    return prefix
  }

  private static func contains(_ source: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first, source.count >= word.count else { return false }
    return source.withUnsafeBufferPointer { bytes in
      var i = 0
      let last = bytes.count - word.count
      while i <= last {
        if bytes[i] == first, (1..<word.count).allSatisfy({ bytes[i + $0] == word[$0] }) {
          return true
        }
        i += 1
      }
      return false
    }
  }
}
