extension Parser {
  // MARK: Numbers

  /// https://tc39.es/ecma262/#prod-NumericLiteral
  mutating func scanNumber() throws(SyntaxError) {
    let start = position
    token.kind = .number
    var mayBeBigInt = true
    if source[position] == UInt8(ascii: "0") {
      switch byte(position + 1) | 0x20 {
      case UInt8(ascii: "x"):
        try scanRadix { Self.hexadecimal($0) != nil }
        return try finishNumber(mayBeBigInt: true)
      case UInt8(ascii: "o"):
        try scanRadix { $0 >= 0x30 && $0 <= 0x37 }
        return try finishNumber(mayBeBigInt: true)
      case UInt8(ascii: "b"):
        try scanRadix { $0 == 0x30 || $0 == 0x31 }
        return try finishNumber(mayBeBigInt: true)
      default: break
      }
      if byte(position + 1) == UInt8(ascii: "_") {
        throw failure(.separatorAfterZero, position + 1, position + 2)
      }
      if Self.isDigit(byte(position + 1)) {
        var isOctal = true
        while Self.isDigit(byte(position)) {
          if source[position] > 0x37 { isOctal = false }
          position += 1
        }
        if byte(position) == UInt8(ascii: "_") {
          throw failure(.invalidToken, position, position + 1)
        }
        if byte(position) == UInt8(ascii: "n") {
          throw failure(.invalidToken, start, position + 1)
        }
        try noteOctal(isOctal ? .octalInStrict : .decimalWithLeadingZero, start, position)
        if isOctal { return try finishNumber(mayBeBigInt: false) }
        mayBeBigInt = false
      } else {
        position += 1
      }
    } else {
      try scanDigits(Self.isDigit)
    }
    if byte(position) == UInt8(ascii: ".") {
      mayBeBigInt = false
      position += 1
      if byte(position) == UInt8(ascii: "_") {
        throw failure(.invalidToken, position, position + 1)
      }
      try scanDigits(Self.isDigit)
    }
    if byte(position) | 0x20 == UInt8(ascii: "e") {
      mayBeBigInt = false
      position += 1
      if byte(position) == UInt8(ascii: "+") || byte(position) == UInt8(ascii: "-") {
        position += 1
      }
      guard Self.isDigit(byte(position)) else { throw failure(.invalidToken, start, position) }
      try scanDigits(Self.isDigit)
    }
    try finishNumber(mayBeBigInt: mayBeBigInt)
  }

  private mutating func finishNumber(mayBeBigInt: Bool) throws(SyntaxError) {
    if mayBeBigInt, byte(position) == UInt8(ascii: "n") { position += 1 }
    if position < source.count, Self.isDigit(source[position]) || isIdentifierStartAhead() {
      throw failure(.invalidToken, token.start, position + 1)
    }
  }

  private mutating func scanRadix(_ accepts: (UInt8) -> Bool) throws(SyntaxError) {
    let start = position
    position += 2
    guard accepts(byte(position)) else {
      throw failure(.invalidToken, start, min(position + 1, source.count))
    }
    try scanDigits(accepts)
  }

  private mutating func scanDigits(_ accepts: (UInt8) -> Bool) throws(SyntaxError) {
    while position < source.count {
      let next = source[position]
      if next == UInt8(ascii: "_") {
        if byte(position + 1) == UInt8(ascii: "_") {
          throw failure(.doubleSeparator, position + 1, position + 2)
        }
        guard accepts(byte(position + 1)) else {
          throw failure(.trailingSeparator, position + 1, position + 2)
        }
      } else if !accepts(next) {
        return
      }
      position += 1
    }
  }

  private mutating func noteOctal(_ message: Message, _ start: Int, _ end: Int)
    throws(SyntaxError)
  {
    if function.isStrict { throw failure(message, start, end) }
    if octal == nil { octal = PendingError(message: message, start: start, end: end) }
  }

  // MARK: Strings

  /// https://tc39.es/ecma262/#prod-StringLiteral
  mutating func scanString(_ quote: UInt8) throws(SyntaxError) {
    let start = position
    token.kind = .string
    position += 1
    while true {
      skipRun(until: .endsStringRun)
      guard position < source.count else { break }
      let next = source[position]
      if next == quote {
        position += 1
        return
      }
      if next == UInt8(ascii: "\\") {
        token.isEscaped = true
        try scanStringEscape()
      } else if next == 0x0A || next == 0x0D {
        throw failure(.invalidToken, start, position)
      } else {
        position += 1
      }
    }
    // After a backslash the string may go on in the next line.
    let last = source.count - 1
    let isContinued =
      source[last] == 0x5C || last > 0 && source[last - 1] == 0x5C && source[last] == 0x0A
    throw SyntaxError(
      Message.invalidToken.rawValue, SourceRange(start, position), isUnfinished: isContinued)
  }

  private mutating func scanStringEscape() throws(SyntaxError) {
    let start = position
    let escaped = byte(position + 1)
    position += 2
    switch escaped {
    case UInt8(ascii: "x"):
      for _ in 0..<2 {
        guard Self.hexadecimal(byte(position)) != nil else {
          throw failure(.invalidHexEscape, start, min(position + 1, source.count))
        }
        position += 1
      }
    case UInt8(ascii: "u"):
      _ = try scanUnicodeEscape(start)
    case UInt8(ascii: "0") where !Self.isDigit(byte(position)): break
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      try noteOctal(.octalEscapeInStrict, start, position)
    case UInt8(ascii: "8"), UInt8(ascii: "9"):
      try noteOctal(.eightOrNineEscapeInStrict, start, position)
    case 0x0D:
      if byte(position) == 0x0A { position += 1 }
    case 0x80...0xFF:
      position += decodeScalar(at: position - 1).1 - 1
    default: break
    }
    position = min(position, source.count)
  }

  /// The value of a string literal that was scanned, lone surrogates replaced.
  func stringText(_ token: Token) -> String {
    token.isEscaped
      ? String(decoding: stringValue(token), as: UTF16.self)
      : text(token.start + 1, token.end - 1)
  }

  /// The value of a string literal that was scanned, as UTF-16 code units.
  func stringValue(_ token: Token) -> [UInt16] {
    if !token.isEscaped { return Array(text(token.start + 1, token.end - 1).utf16) }
    var units: [UInt16] = []
    var index = token.start + 1
    let end = token.end - 1
    var plain = index
    func flush(_ units: inout [UInt16], _ from: Int, _ to: Int) {
      if from < to { units += text(from, to).utf16 }
    }
    while index < end {
      guard source[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      flush(&units, plain, index)
      let escaped = source[index + 1]
      index += 2
      switch escaped {
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "v"): units.append(0x0B)
      case UInt8(ascii: "f"): units.append(0x0C)
      case 0x0A: break
      case 0x0D: if byte(index) == 0x0A { index += 1 }
      case UInt8(ascii: "x"):
        let value = (Self.hexadecimal(byte(index)) ?? 0) << 4
        units.append(UInt16(value | (Self.hexadecimal(byte(index + 1)) ?? 0)))
        index += 2
      case UInt8(ascii: "u"):
        let value = decodedUnicodeEscape(&index)
        if value >= 0x10000, let scalar = Unicode.Scalar(value) {
          units += Array(scalar.utf16)
        } else {
          units.append(UInt16(truncatingIfNeeded: value))
        }
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var value = UInt16(escaped - 0x30)
        let most = escaped < 0x34 ? 2 : 1
        var digits = 0
        while digits < most, index < end, source[index] >= 0x30, source[index] <= 0x37 {
          value = value << 3 | UInt16(source[index] - 0x30)
          index += 1
          digits += 1
        }
        units.append(value)
      case 0xE2 where isLineTerminator(at: index - 1): index += 2
      default:
        plain = index - 1
        index = escaped < 0x80 ? index : index - 1 + decodeScalar(at: index - 1).1
        continue
      }
      plain = index
    }
    flush(&units, plain, end)
    return units
  }

  // MARK: Templates

  /// Reads template characters from `position` up to `` ` `` (answers true) or `${` (false).
  mutating func scanTemplateCharacters(isTagged: Bool) throws(SyntaxError) -> Bool {
    while true {
      skipRun(until: .endsTemplateRun)
      guard position < source.count else { break }
      let next = source[position]
      if next == UInt8(ascii: "`") {
        position += 1
        return true
      }
      if next == UInt8(ascii: "$"), byte(position + 1) == UInt8(ascii: "{") {
        position += 2
        return false
      }
      if next == UInt8(ascii: "\\") {
        try scanTemplateEscape(isTagged: isTagged)
      } else {
        position += 1
      }
    }
    throw SyntaxError(
      Message.endOfInput.rawValue, SourceRange(source.count, source.count),
      isUnfinished: true)
  }

  private mutating func scanTemplateEscape(isTagged: Bool) throws(SyntaxError) {
    let start = position
    let escaped = byte(position + 1)
    if isTagged {
      // What is no escape makes the cooked string undefined.
      position = min(position + 2, source.count)
      return
    }
    switch escaped {
    case UInt8(ascii: "0") where !Self.isDigit(byte(position + 2)): position += 2
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      throw failure(.octalEscapeInTemplate, start, start + 2)
    case UInt8(ascii: "8"), UInt8(ascii: "9"):
      throw failure(.eightOrNineEscapeInTemplate, start, start + 2)
    case UInt8(ascii: "x"), UInt8(ascii: "u"): try scanStringEscape()
    default: position = min(position + 2, source.count)
    }
  }

  // MARK: Regular expressions

  private static func isRegularExpressionFlag(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "d"), UInt8(ascii: "g"), UInt8(ascii: "i"), UInt8(ascii: "m"),
      UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "y"):
      true
    default: false
    }
  }

  /// Reads the regular expression literal that begins with the current token, `/` or `/=`.
  mutating func rescanRegularExpression() throws(SyntaxError) {
    position = token.start + 1
    var inClass = false
    scan: while true {
      guard position < source.count, !isLineTerminator(at: position) else {
        throw failure(.unterminatedRegExp, token.start, position)
      }
      switch source[position] {
      case UInt8(ascii: "\\"):
        position += 1
        guard position < source.count, !isLineTerminator(at: position) else {
          throw failure(.unterminatedRegExp, token.start, position)
        }
      case UInt8(ascii: "["): inClass = true
      case UInt8(ascii: "]"): inClass = false
      case UInt8(ascii: "/") where !inClass: break scan
      default: break
      }
      position += 1
    }
    position += 1
    let flags = position
    var seen: UInt32 = 0
    while position < source.count {
      let next = source[position]
      guard Self.isIdentifierPart(next) else {
        if isIdentifierStartAhead() { throw failure(.invalidRegExpFlags, token.start, position) }
        break
      }
      position += 1
      let letter = next >= 0x61 && next <= 0x7A ? UInt32(1) << UInt32(next - 0x61) : 0
      guard Self.isRegularExpressionFlag(next), seen & letter == 0 else {
        throw failure(.invalidRegExpFlags, token.start, position)
      }
      seen |= letter
    }
    let both = UInt32(1) << 20 | UInt32(1) << 21
    if seen & both == both { throw failure(.invalidRegExpFlags, flags, position) }
    token.kind = .regularExpression
    token.end = position
    noteEngineCheck(.regularExpression, token.range)
  }
}
