/// A scan over JavaScript or JSON text that knows brackets, quotes and comments and nothing else.
///
/// Most sources of one line are seen to be finished by it alone, which spares a parse for each of
/// ten thousand `module` lines. Where it cannot be sure (a `/` may begin a regular expression) it
/// says so, and the parser decides.
struct LexicalScan {
  private enum Mode {
    case code
    case string(UInt8)
    case template
    case lineComment
    case blockComment
  }

  private var mode = Mode.code
  /// Open brackets; a backtick stands for a template whose substitution is being read.
  private var open: [UInt8] = []
  /// False after something that this scan may have misread.
  private(set) var isCertain = true
  /// A bracket closes that nothing opened, and no regular expression can be the reason.
  private(set) var hasStrayBracket = false
  /// The last byte that is neither white space nor comment.
  private var last: UInt8 = 0
  private var lastWord: TellingWords = []
  private var words: TellingWords = []

  /// Whether every bracket, quote and comment that began has ended.
  var isBalanced: Bool {
    guard open.isEmpty else { return false }
    switch mode {
    case .code, .lineComment: return true
    case .string, .template, .blockComment: return false
    }
  }

  /// Whether a bracket, template or comment is surely open.
  var isSurelyOpen: Bool { isCertain && !isBalanced }

  /// Reads on. With `stop`, ends at the first offset outside brackets, quotes and comments that
  /// white space precedes and `stop` accepts, and returns it.
  @discardableResult
  mutating func scan(
    _ bytes: [UInt8], from: Int, to: Int, stop: ((Int) -> Bool)? = nil
  ) -> Int {
    bytes.withUnsafeBufferPointer { scan($0, from: from, to: to, stop: stop) }
  }

  private mutating func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, to: Int, stop: ((Int) -> Bool)?
  ) -> Int {
    var i = from
    while i < to {
      let byte = bytes[i]
      switch mode {
      case .code:
        if let stop, open.isEmpty, i > from, CommandCursor.isBlank(bytes[i - 1]), stop(i) {
          return i
        }
        i = code(bytes, at: i, to: to)
      case .string(let quote):
        if byte == UInt8(ascii: "\\") {
          i += 1
        } else if byte == quote {
          mode = .code
        } else if byte == 0x0A {
          mode = .code
          isCertain = false
        }
        i += 1
      case .template:
        if byte == UInt8(ascii: "\\") {
          i += 1
        } else if byte == UInt8(ascii: "`") {
          mode = .code
          last = byte
        } else if byte == UInt8(ascii: "$"), i + 1 < to, bytes[i + 1] == UInt8(ascii: "{") {
          open.append(UInt8(ascii: "`"))
          mode = .code
          i += 1
        }
        i += 1
      case .lineComment:
        if byte == 0x0A { mode = .code }
        i += 1
      case .blockComment:
        if byte == UInt8(ascii: "*"), i + 1 < to, bytes[i + 1] == UInt8(ascii: "/") {
          mode = .code
          i += 1
        }
        i += 1
      }
    }
    return to
  }

  private mutating func code(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, to: Int) -> Int {
    let byte = bytes[index]
    switch byte {
    case 0x20, 0x09, 0x0A, 0x0D:
      return index + 1
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      mode = .string(byte)
    case UInt8(ascii: "`"):
      mode = .template
    case UInt8(ascii: "/"):
      let next = index + 1 < to ? bytes[index + 1] : 0
      if next == UInt8(ascii: "/") {
        mode = .lineComment
        return index + 2
      }
      if next == UInt8(ascii: "*") {
        mode = .blockComment
        return index + 2
      }
      isCertain = false
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      open.append(byte)
    case UInt8(ascii: ")"):
      close(UInt8(ascii: "("))
    case UInt8(ascii: "]"):
      close(UInt8(ascii: "["))
    case UInt8(ascii: "}"):
      if open.last == UInt8(ascii: "`") {
        open.removeLast()
        mode = .template
      } else {
        close(UInt8(ascii: "{"))
      }
    default:
      if isWordByte(byte) { return word(bytes, at: index, to: to) }
    }
    last = byte
    return index + 1
  }

  private mutating func close(_ bracket: UInt8) {
    if open.last == bracket {
      open.removeLast()
    } else {
      if isCertain { hasStrayBracket = true }
      isCertain = false
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
      return true
    default:
      return false
    }
  }

  private mutating func word(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, to: Int
  ) -> Int {
    var i = index + 1
    while i < to, isWordByte(bytes[i]) { i += 1 }
    lastWord = []
    if (2...10).contains(i - index), (0x61...0x7A).contains(bytes[index]) {
      lastWord = TellingWords.word(bytes, index..<i)
      words.formUnion(lastWord)
    }
    last = bytes[index]
    return i
  }

  /// Whether the text is a whole module or script for sure.
  var isPlainlyFinished: Bool {
    guard isCertain, isBalanced, words.isDisjoint(with: .openStatements) else { return false }
    switch last {
    case 0, UInt8(ascii: ";"):
      return true
    case UInt8(ascii: "}"):
      return words.isDisjoint(with: .imports)
    case UInt8(ascii: ")"):
      return words.isDisjoint(with: .heads)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return words.isDisjoint(with: .renamings)
    case let byte where isWordByte(byte):
      return lastWord.isEmpty && words.isDisjoint(with: .declarations)
    default:
      return false
    }
  }
}
