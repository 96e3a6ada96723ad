/// Words of JavaScript after which the end of a line says little about the end of a source, as a
/// set of bits.
struct TellingWords: OptionSet {
  let rawValue: UInt64

  private static let names = [
    "do", "try", "extends", "if", "while", "for", "with", "switch", "catch", "function", "class",
    "async", "get", "static", "set", "export", "import", "from", "as", "default", "typeof", "void",
    "delete", "new", "in", "of", "instanceof", "return", "throw", "await", "yield", "const", "let",
    "var", "case", "else", "using", "defer", "source",
  ]

  /// Finds a name by its first eight bytes, as a number: a longer identifier that begins the same only
  /// costs a parse. Empty places have no bits.
  private static let table: [(key: UInt64, bits: UInt64)] = {
    var table = [(key: UInt64, bits: UInt64)](repeating: (0, 0), count: 256)
    for (index, name) in names.enumerated() {
      let key = Array(name.utf8).withUnsafeBufferPointer { pack($0, 0..<$0.count) }
      var place = place(key)
      while table[place].bits != 0 { place = (place + 1) & 255 }
      table[place] = (key, 1 << UInt64(index))
    }
    return table
  }()

  private static func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  /// The word in these bytes; empty for any other.
  static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> TellingWords {
    let key = pack(bytes, range)
    let table = table
    var place = place(key)
    while table[place].bits != 0 {
      if table[place].key == key { return TellingWords(rawValue: table[place].bits) }
      place = (place + 1) & 255
    }
    return []
  }

  private static func pack(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var key: UInt64 = 0
    for index in range.prefix(8) { key = key << 8 | UInt64(bytes[index]) }
    return key
  }

  private static func of(_ words: String...) -> TellingWords {
    words.reduce(into: TellingWords()) { set, word in
      if let index = names.firstIndex(of: word) {
        set.insert(TellingWords(rawValue: 1 << UInt64(index)))
      }
    }
  }

  /// With these, no ending is plain.
  static let openStatements = of("do", "try", "extends")
  /// With these, a `)` may be a head that needs a body.
  static let heads = of(
    "if", "while", "for", "with", "switch", "catch", "function", "class", "async", "get", "set",
    "static")
  /// With these, an identifier may be the middle of a declaration.
  static let declarations = of("import", "export", "class", "function", "as", "from", "async")
  static let imports = of("import")
  static let renamings = of("as")
}
