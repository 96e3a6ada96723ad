extension Parser {
  @inline(__always)
  func byte(_ index: Int) -> UInt8 { index < source.count ? source[index] : 0 }

  /// Goes to the next byte of a class, or to the end.
  @inline(__always)
  mutating func skipRun(until stop: CharacterClasses.Class) {
    var end = position
    while end < source.count, !classes.has(stop, source[end]) { end += 1 }
    position = end
  }

  @inline(__always)
  static func isIdentifierPart(_ byte: UInt8) -> Bool {
    // One bit for each of `$ 0-9` and of `A-Z _ a-z`.
    byte < 64
      ? (0x03FF_0010_0000_0000 as UInt64) >> UInt64(byte) & 1 != 0
      : byte < 128 && (0x07FF_FFFE_87FF_FFFE as UInt64) >> UInt64(byte - 64) & 1 != 0
  }

  /// Reads the next token. A `/` is always a division here: `rescanRegularExpression` is for the
  /// places where an operand must stand; likewise `}` never continues a template.
  mutating func next() throws(SyntaxError) {
    previousStart = token.start
    previousEnd = token.end
    previousKind = token.kind
    token.newlineBefore = false
    token.isEscaped = false
    if position < source.count {
      // Most often there is one space, or none.
      if source[position] == 0x20 { position += 1 }
      if position < source.count, classes.has(.mayBeTrivia, source[position]) { try skipTrivia() }
    }
    token.start = position
    if position >= nextCheck { try lookForInterruption() }
    guard position < source.count else {
      token.kind = .endOfInput
      token.end = position
      return
    }
    let first = source[position]
    if classes.has(.identifierPart, first), first < 0x30 || first > 0x39 {
      var end = position + 1
      while end < source.count, classes.has(.identifierPart, source[end]) { end += 1 }
      if end < source.count, source[end] >= 0x80 || source[end] == 0x5C {
        return try scanSlowIdentifier()
      }
      token.kind = first >= 0x61 ? keywords.kind(source, position, end) : .identifier
      position = end
      token.end = end
      return
    }
    try scanOther(first)
    token.end = position
  }

  private mutating func scanOther(_ first: UInt8) throws(SyntaxError) {
    switch first {
    case UInt8(ascii: "("): single(.leftParenthesis)
    case UInt8(ascii: ")"): single(.rightParenthesis)
    case UInt8(ascii: "{"): single(.leftBrace)
    case UInt8(ascii: "}"): single(.rightBrace)
    case UInt8(ascii: "["): single(.leftBracket)
    case UInt8(ascii: "]"): single(.rightBracket)
    case UInt8(ascii: ";"): single(.semicolon)
    case UInt8(ascii: ","): single(.comma)
    case UInt8(ascii: ":"): single(.colon)
    case UInt8(ascii: "~"): single(.prefix)
    case UInt8(ascii: "`"): single(.template)
    case UInt8(ascii: "."):
      if Self.isDigit(byte(position + 1)) {
        try scanNumber()
      } else if byte(position + 1) == first, byte(position + 2) == first {
        operatorToken(.ellipsis, 3)
      } else {
        single(.dot)
      }
    case UInt8(ascii: "\""), UInt8(ascii: "'"): try scanString(first)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    case UInt8(ascii: "#"):
      position += 1
      guard position < source.count, isIdentifierStartAhead() else {
        throw failure(.invalidToken, token.start, token.start + 1)
      }
      try scanIdentifierTail()
      token.kind = .privateName
    case UInt8(ascii: "\\"), 0x80...0xFF: try scanSlowIdentifier()
    default: try scanOperator(first)
    }
  }

  private mutating func scanOperator(_ first: UInt8) throws(SyntaxError) {
    let second = byte(position + 1)
    let third = byte(position + 2)
    let equals = UInt8(ascii: "=")
    switch first {
    case equals:
      if second == equals {
        operatorToken(.looseBinary, third == equals ? 3 : 2)
      } else if second == UInt8(ascii: ">") {
        operatorToken(.arrow, 2)
      } else {
        single(.assign)
      }
    case UInt8(ascii: "!"):
      if second == equals {
        operatorToken(.looseBinary, third == equals ? 3 : 2)
      } else {
        single(.prefix)
      }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      if second == first {
        operatorToken(.update, 2)
      } else if second == equals {
        operatorToken(.compoundAssign, 2)
      } else {
        single(.plusMinus)
      }
    case UInt8(ascii: "*"):
      if second == first {
        third == equals ? operatorToken(.compoundAssign, 3) : operatorToken(.power, 2)
      } else {
        second == equals ? operatorToken(.compoundAssign, 2) : single(.star)
      }
    case UInt8(ascii: "/"):
      second == equals ? operatorToken(.slashAssign, 2) : single(.slash)
    case UInt8(ascii: "%"):
      second == equals ? operatorToken(.compoundAssign, 2) : single(.tightBinary)
    case UInt8(ascii: "^"):
      second == equals ? operatorToken(.compoundAssign, 2) : single(.looseBinary)
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      if second == first {
        if third == equals {
          operatorToken(.logicalAssign, 3)
        } else {
          operatorToken(first == UInt8(ascii: "&") ? .logicalAnd : .logicalOr, 2)
        }
      } else {
        second == equals ? operatorToken(.compoundAssign, 2) : single(.looseBinary)
      }
    case UInt8(ascii: "?"):
      if second == first {
        third == equals ? operatorToken(.logicalAssign, 3) : operatorToken(.nullish, 2)
      } else if second == UInt8(ascii: "."), !Self.isDigit(third) {
        operatorToken(.questionDot, 2)
      } else {
        single(.question)
      }
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      var count = 1
      let most = first == UInt8(ascii: "<") ? 2 : 3
      while count < most, byte(position + count) == first { count += 1 }
      if byte(position + count) == equals {
        operatorToken(count == 1 ? .tightBinary : .compoundAssign, count + 1)
      } else {
        operatorToken(.tightBinary, count)
      }
    default:
      throw failure(.invalidToken, position, position + 1)
    }
  }

  private mutating func single(_ kind: TokenKind) {
    token.kind = kind
    position += 1
  }

  private mutating func operatorToken(_ kind: TokenKind, _ count: Int) {
    token.kind = kind
    position += count
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  func isLineTerminator(at index: Int) -> Bool {
    let first = byte(index)
    return (first == 0x0A || first == 0x0D) && index < source.count
      || first == 0xE2 && byte(index + 1) == 0x80
        && (byte(index + 2) == 0xA8 || byte(index + 2) == 0xA9)
  }

  // MARK: White space and comments

  private mutating func skipTrivia() throws(SyntaxError) {
    while position < source.count {
      let first = source[position]
      switch first {
      case 0x20, 0x09, 0x0B, 0x0C:
        position += 1
      case 0x0A, 0x0D:
        position += 1
        token.newlineBefore = true
        skipIndentation()
      case UInt8(ascii: "/"):
        let second = byte(position + 1)
        if second == UInt8(ascii: "/") {
          skipLine()
        } else if second == UInt8(ascii: "*") {
          try skipBlockComment()
        } else {
          return
        }
      case UInt8(ascii: "<"):
        guard byte(position + 1) == UInt8(ascii: "!"), byte(position + 2) == UInt8(ascii: "-"),
          byte(position + 3) == UInt8(ascii: "-")
        else { return }
        if isModule { throw failure(.htmlComment, position, position + 4) }
        skipLine()
      case UInt8(ascii: "-"):
        guard byte(position + 1) == UInt8(ascii: "-"), byte(position + 2) == UInt8(ascii: ">"),
          token.newlineBefore || previousIsStart
        else { return }
        if isModule { throw failure(.htmlComment, position, position + 3) }
        skipLine()
      case 0x80...0xFF:
        if isLineTerminator(at: position) {
          token.newlineBefore = true
          position += 3
        } else {
          let (scalar, count) = decodeScalar(at: position)
          guard Self.isSpace(scalar) else { return }
          position += count
        }
      default:
        return
      }
    }
  }

  /// Spaces at the beginning of a line, eight and four at a time.
  @inline(__always)
  private mutating func skipIndentation() {
    let text = UnsafeRawBufferPointer(source)
    var end = position
    while end + 8 <= text.count,
      text.loadUnaligned(fromByteOffset: end, as: UInt64.self) == 0x2020_2020_2020_2020
    {
      end += 8
    }
    if end + 4 <= text.count,
      text.loadUnaligned(fromByteOffset: end, as: UInt32.self) == 0x2020_2020
    {
      end += 4
    }
    position = end
  }

  /// Nothing but white space and comments stands before the current place.
  private var previousIsStart: Bool { token.end == 0 }

  mutating func skipLine() {
    while true {
      skipRun(until: .mayEndLine)
      if position >= source.count || isLineTerminator(at: position) { return }
      position += 1
    }
  }

  private mutating func skipBlockComment() throws(SyntaxError) {
    let start = position
    position += 2
    while true {
      skipRun(until: .endsCommentRun)
      guard position < source.count else { break }
      let first = source[position]
      if first == UInt8(ascii: "*"), byte(position + 1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      if isLineTerminator(at: position) { token.newlineBefore = true }
      position += 1
    }
    throw SyntaxError(
      Message.invalidToken.rawValue, SourceRange(start, source.count), isUnfinished: true)
  }

  private static func isSpace(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return switch scalar.value {
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  // MARK: Identifiers

  /// The scalar at an offset and its length in bytes; nil where the text is not valid UTF-8.
  func decodeScalar(at index: Int) -> (Unicode.Scalar?, Int) {
    let first = byte(index)
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + count <= source.count else { return (nil, 1) }
    var value = UInt32(first) & (count == 4 ? 0x07 : count == 3 ? 0x0F : 0x1F)
    for i in 1..<count {
      let next = source[index + i]
      guard next & 0xC0 == 0x80 else { return (nil, 1) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = count == 4 ? 0x10000 : count == 3 ? 0x800 : 0x80
    guard value >= least, let scalar = Unicode.Scalar(value) else { return (nil, 1) }
    return (scalar, count)
  }

  /// Whether an identifier begins at `position`.
  func isIdentifierStartAhead() -> Bool {
    let first = byte(position)
    if first == UInt8(ascii: "\\") { return true }
    if first < 0x80 { return Self.isIdentifierPart(first) && !Self.isDigit(first) }
    return decodeScalar(at: position).0.map { $0.properties.isIDStart } ?? false
  }

  private mutating func scanSlowIdentifier() throws(SyntaxError) {
    position = token.start
    guard isIdentifierStartAhead() else {
      let count = decodeScalar(at: position).1
      throw failure(.invalidToken, position, position + count)
    }
    try scanIdentifierTail()
    token.end = position
    guard token.isEscaped else {
      token.kind = keywords.kind(source, token.start, position)
      return
    }
    let decoded = decodedIdentifier(token.start, token.end)
    let kind = decoded.withUnsafeBufferPointer { keywords.kind($0, 0, $0.count) }
    token.kind =
      switch kind {
      case .let, .static, .strictReserved: .escapedStrictReserved
      case .await, .yield, .arguments, .eval: kind
      case _ where kind.isReservedWord: .escapedKeyword
      default: .identifier
      }
  }

  /// Reads identifier characters from `position`, whose first is known to begin one.
  private mutating func scanIdentifierTail() throws(SyntaxError) {
    var isFirst = true
    var isASCII = true
    let begin = token.start + (source[token.start] == UInt8(ascii: "#") ? 1 : 0)
    defer { if !isASCII { noteEngineCheck(.identifier, SourceRange(begin, position)) } }
    while position < source.count {
      let first = source[position]
      if first == UInt8(ascii: "\\") {
        let start = position
        guard byte(position + 1) == UInt8(ascii: "u") else {
          throw failure(.invalidToken, start, start + 1)
        }
        position += 2
        let value = try scanUnicodeEscape(start)
        guard let scalar = Unicode.Scalar(value), Self.isIdentifier(scalar, first: isFirst) else {
          throw failure(.invalidToken, start, position)
        }
        token.isEscaped = true
        if value >= 0x80 { isASCII = false }
      } else if first < 0x80 {
        guard Self.isIdentifierPart(first) else { return }
        position += 1
      } else {
        let (scalar, count) = decodeScalar(at: position)
        guard let scalar, Self.isIdentifier(scalar, first: isFirst) else {
          if scalar == nil { throw failure(.invalidToken, position, position + 1) }
          return
        }
        position += count
        isASCII = false
      }
      isFirst = false
    }
  }

  /// A token that was looked at ahead is read again.
  mutating func noteEngineCheck(_ kind: EngineCheck.Kind, _ range: SourceRange) {
    if let last = engineChecks.last, last.range.start >= range.start { return }
    engineChecks.append(EngineCheck(range, kind))
  }

  static func isIdentifier(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      return isIdentifierPart(byte) && !(first && byte >= 0x30 && byte <= 0x39)
    }
    if first { return scalar.properties.isIDStart }
    return scalar.properties.isIDContinue || scalar.value == 0x200C || scalar.value == 0x200D
  }

  /// The hexadecimal part of `\uXXXX` or `\u{X…}`, from after the `u`.
  mutating func scanUnicodeEscape(_ start: Int) throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    if byte(position) == UInt8(ascii: "{") {
      position += 1
      var digits = 0
      while let digit = Self.hexadecimal(byte(position)) {
        value = value << 4 | digit
        digits += 1
        position += 1
        if value > 0x10FFFF { throw failure(.undefinedCodePoint, start, position) }
      }
      guard digits > 0, byte(position) == UInt8(ascii: "}") else {
        throw failure(.invalidUnicodeEscape, start, min(position + 1, source.count))
      }
      position += 1
    } else {
      for _ in 0..<4 {
        guard let digit = Self.hexadecimal(byte(position)) else {
          throw failure(.invalidUnicodeEscape, start, min(position + 1, source.count))
        }
        value = value << 4 | digit
        position += 1
      }
    }
    return value
  }

  static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// The bytes of an identifier that was checked, its escapes decoded.
  func decodedIdentifier(_ start: Int, _ end: Int) -> [UInt8] {
    var result: [UInt8] = []
    var index = start
    while index < end {
      guard source[index] == UInt8(ascii: "\\") else {
        result.append(source[index])
        index += 1
        continue
      }
      index += 2
      let value = decodedUnicodeEscape(&index)
      if let scalar = Unicode.Scalar(value) { result += Array(String(scalar).utf8) }
    }
    return result
  }

  /// The value of the checked `XXXX` or `{X…}` at an index, which moves behind it.
  func decodedUnicodeEscape(_ index: inout Int) -> UInt32 {
    var value: UInt32 = 0
    let isBraced = byte(index) == UInt8(ascii: "{")
    if isBraced { index += 1 }
    var digits = 0
    while isBraced || digits < 4, let digit = Self.hexadecimal(byte(index)) {
      value = value << 4 | digit
      index += 1
      digits += 1
    }
    if isBraced { index += 1 }
    return value
  }
}
