/// What a token is. The order matters: the word kinds stand together, see `isWord`.
enum TokenKind: UInt8 {
  case endOfInput
  case leftBrace, rightBrace, leftParenthesis, rightParenthesis, leftBracket, rightBracket
  case dot, ellipsis, semicolon, comma, question, questionDot, colon, arrow
  case assign
  /// `+=` and the like; `/=` is `slashAssign` because it may begin a regular expression.
  case compoundAssign, logicalAssign, slashAssign
  case nullish, logicalOr, logicalAnd
  /// `|`, `^`, `&` and the equality operators: they bind looser than the relational ones.
  case looseBinary
  /// Relational and shift operators, `%`.
  case tightBinary
  case plusMinus, star, slash, power
  /// `!` and `~`.
  case prefix
  case update
  case number, string, template, regularExpression, privateName
  /// A word that would be reserved, spelled with an escape.
  case escapedKeyword
  /// `let`, `static` and the words that only strict code reserves, spelled with an escape.
  case escapedStrictReserved

  // Words that may be identifiers.
  case identifier
  case async, of, get, set, `as`, from, using, accessor, source, `defer`, meta, target
  case arguments, eval
  case await, yield
  case `let`, `static`, strictReserved

  // Words that never are.
  case `break`, `case`, `catch`, `class`, const, `continue`, debugger, `default`, delete, `do`
  case `else`, `enum`, export, extends, `false`, finally, `for`, function, `if`, `import`, `in`
  case instanceof, new, null, `return`, `super`, `switch`, this, `throw`, `true`, `try`, `typeof`
  case `var`, void, `while`, with

  /// Whether the token is an IdentifierName.
  var isWord: Bool {
    rawValue >= TokenKind.escapedKeyword.rawValue
  }

  /// Whether the token may be an identifier somewhere: whether it may be one where it stands is
  /// for `Parser.checkIdentifier` to say.
  var mayBeIdentifier: Bool {
    rawValue >= TokenKind.escapedStrictReserved.rawValue
      && rawValue <= TokenKind.strictReserved.rawValue
  }

  /// Whether no expression goes on with the token, whatever it began with.
  var endsExpression: Bool {
    switch self {
    case .comma, .rightParenthesis, .semicolon, .rightBracket, .rightBrace, .colon, .endOfInput:
      true
    default: false
    }
  }

  var isReservedWord: Bool { rawValue >= TokenKind.break.rawValue }
}

/// One token with its place.
struct Token {
  var kind = TokenKind.endOfInput
  /// A line terminator stands between the token before and this one.
  var newlineBefore = false
  var isEscaped = false
  private var place = Place(0, 0)

  var start: Int {
    get { place.start }
    set { place.start = newValue }
  }
  var end: Int {
    get { place.end }
    set { place.end = newValue }
  }
  var range: SourceRange { SourceRange(start, end) }
}

/// A range of offsets in eight bytes: no text that is parsed has more than `Parser.sizeLimit`.
struct Place {
  private var first: Int32
  private var last: Int32

  init(_ start: Int, _ end: Int) {
    first = Int32(truncatingIfNeeded: start)
    last = Int32(truncatingIfNeeded: end)
  }

  var start: Int {
    get { Int(first) }
    set { first = Int32(truncatingIfNeeded: newValue) }
  }
  var end: Int {
    get { Int(last) }
    set { last = Int32(truncatingIfNeeded: newValue) }
  }
}
