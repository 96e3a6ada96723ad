/// The words that are tokens of their own kind, found by their letters.
struct KeywordTable {
  private struct Slot {
    var letters: NameLetters
    /// 0 where the slot is empty.
    var count: Int
    var kind: TokenKind
  }

  static let shared = KeywordTable()

  private static let words: [(String, TokenKind)] = [
    ("accessor", .accessor), ("arguments", .arguments), ("as", .as), ("async", .async),
    ("await", .await), ("break", .break), ("case", .case), ("catch", .catch), ("class", .class),
    ("const", .const), ("continue", .continue), ("debugger", .debugger), ("default", .default),
    ("defer", .defer), ("delete", .delete), ("do", .do), ("else", .else), ("enum", .enum),
    ("eval", .eval), ("export", .export), ("extends", .extends), ("false", .false),
    ("finally", .finally), ("for", .for), ("from", .from), ("function", .function), ("get", .get),
    ("if", .if), ("implements", .strictReserved), ("import", .import), ("in", .in),
    ("instanceof", .instanceof), ("interface", .strictReserved), ("let", .let), ("meta", .meta),
    ("new", .new), ("null", .null), ("of", .of), ("package", .strictReserved),
    ("private", .strictReserved), ("protected", .strictReserved), ("public", .strictReserved),
    ("return", .return), ("set", .set), ("source", .source), ("static", .static),
    ("super", .super), ("switch", .switch), ("target", .target), ("this", .this),
    ("throw", .throw), ("true", .true), ("try", .try), ("typeof", .typeof), ("using", .using),
    ("var", .var), ("void", .void), ("while", .while), ("with", .with), ("yield", .yield),
  ]
  private static let lengths = 2...10

  private var slots = Array(
    repeating: Slot(letters: NameLetters(first: 0, last: 0), count: 0, kind: .identifier),
    count: 256)

  private init() {
    for (word, kind) in Self.words {
      let letters = Array(word.utf8).withUnsafeBufferPointer { NameLetters($0, 0, $0.count) }
      var place = Self.place(letters)
      while slots[place].count > 0 { place = (place + 1) & 255 }
      slots[place] = Slot(letters: letters, count: word.utf8.count, kind: kind)
    }
  }

  private static func place(_ letters: NameLetters) -> Int {
    Int(truncatingIfNeeded: (letters.first &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  /// The kind of the word at `start..<end` of a text, escapes aside.
  func kind(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> TokenKind {
    guard Self.lengths.contains(end - start) else { return .identifier }
    let letters = NameLetters(text, start, end)
    var place = Self.place(letters)
    while slots[place].count > 0 {
      if slots[place].letters == letters, slots[place].count == end - start {
        return slots[place].kind
      }
      place = (place + 1) & 255
    }
    return .identifier
  }
}
