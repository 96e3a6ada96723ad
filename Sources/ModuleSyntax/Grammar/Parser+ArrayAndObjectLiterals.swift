extension Parser {
  /// ArrayLiteral, which may turn out to be a pattern.
  mutating func parseArrayLiteral() throws(SyntaxError) -> Expression {
    let start = token.start
    try next()
    while token.kind != .rightBracket {
      if token.kind == .comma {
        try next()
        continue
      }
      let elementStart = token.start
      let isSpread = try eat(.ellipsis)
      let firstTarget = targets.count
      var element = try parseAssignmentOrPattern()
      noteElement(element, firstTarget: firstTarget)
      if isSpread {
        element.start = elementStart
        if element.kind == .assignment { notePatternError(.invalidDestructuringTarget, element) }
        if token.kind == .comma { notePatternError(.elementAfterRest, element) }
      }
      if token.kind != .rightBracket { try expect(.comma) }
    }
    try next()
    return Expression(.literal, start, previousEnd)
  }

  /// Something that is right in a literal and wrong in every pattern.
  private mutating func notePatternError(_ message: Message, _ element: Expression) {
    let error = PendingError(message: message, start: element.start, end: element.end)
    if cover.assignmentError == nil { cover.assignmentError = error }
    if cover.bindingError == nil { cover.bindingError = error }
  }

  /// ObjectLiteral, which may turn out to be a pattern.
  mutating func parseObjectLiteral() throws(SyntaxError) -> Expression {
    let start = token.start
    var hasProto = false
    try next()
    while token.kind != .rightBrace {
      if token.kind == .ellipsis {
        try parseSpreadProperty()
      } else {
        try parseProperty(hasProto: &hasProto)
      }
      if token.kind != .rightBrace { try expect(.comma) }
    }
    try next()
    return Expression(.literal, start, previousEnd)
  }

  private mutating func parseSpreadProperty() throws(SyntaxError) {
    let start = token.start
    try next()
    let firstTarget = targets.count
    let element = try parseAssignmentOrPattern()
    noteElement(element, firstTarget: firstTarget)
    switch element.kind {
    case .identifier, .member, .superProperty: break
    default: notePatternError(.invalidRestTarget, element)
    }
    if token.kind == .comma {
      notePatternError(.elementAfterRest, Expression(.other, start, element.end))
    }
  }

  private mutating func parseProperty(hasProto: inout Bool) throws(SyntaxError) {
    let first = token
    var shape = FunctionShape(isMethod: true)
    switch first.kind {
    case .star:
      shape.isGenerator = true
      try next()
    case .async, .get, .set:
      let following = try peek()
      switch following.kind {
      case .comma, .colon, .leftParenthesis, .rightBrace, .assign: break
      case .endOfInput: throw unexpected(following)
      default:
        if first.kind == .async {
          if following.newlineBefore { break }
          shape.isAsync = true
          try next()
          shape.isGenerator = try eat(.star)
        } else {
          shape.isGetter = first.kind == .get
          shape.isSetter = first.kind == .set
          try next()
        }
      }
    default: break
    }
    let key = token
    let isPlain = !shape.isGenerator && !shape.isAsync && !shape.isGetter && !shape.isSetter
    if isPlain, key.kind.isWord {
      try next()
      switch token.kind {
      case .comma, .rightBrace, .assign:
        return try parseShorthand(key)
      case .endOfInput: throw unexpected()
      default: break
      }
    } else {
      try parsePropertyKey()
    }
    if isPlain, token.kind == .colon {
      let isProto = isProtoKey(key)
      if isProto, hasProto, cover.expressionError == nil {
        cover.expressionError = PendingError(
          message: .duplicateProto, start: key.start, end: key.end)
        // It may turn out to be a pattern, where that is allowed.
        noteEngineCheck(.missing("a pattern with two `__proto__`"), key.range)
      }
      hasProto = hasProto || isProto
      try next()
      let firstTarget = targets.count
      let value = try parseAssignmentOrPattern()
      return noteElement(value, firstTarget: firstTarget)
    }
    guard token.kind == .leftParenthesis else {
      if key.isEscaped, ["async", "get", "set"].contains(name(of: key)) {
        throw failure(.escapedKeyword, key.range)
      }
      switch token.kind {
      case .comma where isPlain, .rightBrace where isPlain, .assign where isPlain:
        throw unexpected(key)
      default: throw unexpected()
      }
    }
    notePatternError(.invalidDestructuringTarget, Expression(.other, key.start, key.end))
    try parseFunctionRest(shape, name: nil)
  }

  private mutating func parseShorthand(_ key: Token) throws(SyntaxError) {
    if !key.kind.mayBeIdentifier {
      // `{ while }`: the word is wrong, not what follows it.
      throw unexpected(key)
    }
    try checkReference(key)
    let reference = addReference(key, form: .shorthand)
    let element = Expression(.identifier, key.start, key.end, reference: reference)
    noteStrictTarget(element)
    targets.append(reference)
    guard token.kind == .assign else { return }
    references[Int(reference)].form = .shorthandTarget
    if key.kind == .async {
      points.append(
        RewritePoint(range: SourceRange(key.start, key.start), kind: .asyncShorthand))
    }
    try next()
    try parseAssignment()
    if cover.expressionError == nil {
      cover.expressionError = PendingError(
        message: .invalidShorthandInitializer, start: key.start, end: previousEnd)
    }
  }

  private func isProtoKey(_ key: Token) -> Bool {
    switch key.kind {
    case .string: stringText(key) == "__proto__"
    case .leftBracket: false
    default: key.kind.isWord && name(of: key) == "__proto__"
    }
  }

  /// PropertyName (a private name is the caller's business).
  mutating func parsePropertyKey() throws(SyntaxError) {
    if token.kind == .leftBracket {
      try next()
      try parseAssignment()
      try expect(.rightBracket)
      return
    }
    guard token.kind.isWord || token.kind == .string || token.kind == .number else {
      throw unexpected()
    }
    try next()
  }
}
