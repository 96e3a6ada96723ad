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

  /// The first eight bytes of each name as a number: comparing them costs nothing, and a longer
  /// identifier that begins the same only costs a parse.
  private static let packed = names.map { pack(Array($0.utf8)[...]) }

  /// The word in these bytes; empty for any other.
  static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> TellingWords {
    let key = pack(bytes[range])
    for (index, candidate) in packed.enumerated() where candidate == key {
      return TellingWords(rawValue: 1 << UInt64(index))
    }
    return []
  }

  private static func pack(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
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
