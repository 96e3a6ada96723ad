extension Parser {
  /// PrimaryExpression.
  mutating func parsePrimary(form: Reference.Form) throws(SyntaxError) -> Expression {
    let first = token
    switch first.kind {
    case .number, .true, .false, .null, .this:
      try next()
      return Expression(.other, first.start, first.end)
    case .string:
      try next()
      return Expression(.string, first.start, first.end)
    case .slash, .slashAssign:
      try rescanRegularExpression()
      try next()
      return Expression(.other, first.start, previousEnd)
    case .template:
      try parseTemplate(isTagged: false)
      return Expression(.other, first.start, previousEnd)
    case .leftParenthesis: return try parseParenthesized()
    case .leftBracket: return try parseArrayLiteral()
    case .leftBrace: return try parseObjectLiteral()
    case .function:
      try parseFunctionExpression()
      return Expression(.other, first.start, previousEnd)
    case .class:
      try parseClassExpression()
      return Expression(.other, first.start, previousEnd)
    case .async where !first.isEscaped:
      if let result = try parseAsyncPrimary(first) { return result }
      let reference = addReference(first, form: form)
      return Expression(.identifier, first.start, first.end, reference: reference)
    default:
      guard first.kind.mayBeIdentifier else { throw unexpected() }
      try checkReference(first)
      let reference = addReference(first, form: form)
      try next()
      return Expression(.identifier, first.start, first.end, reference: reference)
    }
  }

  /// `async function`, `async x =>`; nil (with the word read) when `async` is an identifier.
  private mutating func parseAsyncPrimary(_ first: Token) throws(SyntaxError) -> Expression? {
    let mayBeArrow = first.start == arrowStart
    try next()
    if token.newlineBefore { return nil }
    if token.kind == .function {
      try parseFunctionExpression(asyncStart: first.start)
      return Expression(.other, first.start, previousEnd)
    }
    guard mayBeArrow, token.kind.mayBeIdentifier, try peek().kind == .arrow else { return nil }
    let parameter = token
    if parameter.kind == .await {
      throw failure(isModule ? .reservedWord : .awaitAsIdentifier, parameter.range)
    }
    try checkReference(parameter)
    var head = ArrowHead(
      start: first.start, firstReference: references.count, firstTarget: targets.count,
      isAsync: true)
    if function.isStrict, parameter.kind == .eval || parameter.kind == .arguments {
      head.error = PendingError(
        message: .strictEvalArguments, start: parameter.start, end: parameter.end)
    }
    targets.append(addReference(parameter, form: .value))
    try next()
    if token.newlineBefore { throw unexpected() }
    arrowHead = head
    return Expression(.arrowHead, first.start, previousEnd)
  }

  /// Whether a word may be an identifier where it stands.
  /// https://tc39.es/ecma262/#sec-identifiers-static-semantics-early-errors
  mutating func checkIdentifier(_ word: Token) throws(SyntaxError) {
    switch word.kind {
    case .await:
      if isModule || function.awaitIsKeyword || function.inStaticBlock {
        throw failure(.reservedWord, word.range)
      }
      function.lastAwaitIdentifier = word.start
    case .yield:
      if function.isGenerator || function.isStrict {
        throw unexpected(word)
      }
    case .let, .static, .strictReserved:
      if function.isStrict { throw unexpected(word) }
    case .escapedStrictReserved:
      if function.isStrict { throw failure(.escapedKeyword, word.range) }
    default:
      if !word.kind.mayBeIdentifier { throw unexpected(word) }
    }
  }

  mutating func checkReference(_ word: Token) throws(SyntaxError) {
    switch word.kind {
    case .identifier: return
    case .arguments:
      if function.forbidsArguments { throw failure(.argumentsInInitializer, word.range) }
    default: try checkIdentifier(word)
    }
  }

  mutating func parseTemplate(isTagged: Bool) throws(SyntaxError) {
    position = token.start + 1
    while true {
      if try scanTemplateCharacters(isTagged: isTagged) { break }
      try next()
      if token.kind == .endOfInput {
        throw unexpected()
      }
      try parseExpression()
      guard token.kind == .rightBrace else {
        throw SyntaxError(
          Message.missingTemplateBrace.rawValue, token.range,
          isUnfinished: token.kind == .endOfInput)
      }
      position = token.start + 1
    }
    token.end = position
    token.kind = .template
    try next()
  }

  /// A parenthesized expression, or the head of an arrow function.
  private mutating func parseParenthesized() throws(SyntaxError) -> Expression {
    let start = token.start
    let mayBeArrow = start == arrowStart
    var head = ArrowHead(
      start: start, firstReference: references.count, firstTarget: targets.count)
    let outer = cover
    cover = Cover()
    try next()
    // What stands only before an arrow: `()`, `(a, )`, `(...a)`.
    var onlyArrow: Token? = token.kind == .rightParenthesis ? token : nil
    var inner = Expression(.other, start, start)
    var count = 0
    while token.kind != .rightParenthesis {
      let firstTarget = targets.count
      count += 1
      if token.kind == .ellipsis {
        onlyArrow = token
        head.isSimple = false
        try next()
        let rest = try parseAssignmentOrPattern()
        noteElement(rest, firstTarget: firstTarget)
        noteRest(rest)
        if token.kind == .comma { throw failure(.parameterAfterRest, previousRange) }
        break
      }
      inner = try parseAssignmentOrPattern()
      noteElement(inner, firstTarget: firstTarget, inPattern: false)
      if inner.kind != .identifier { head.isSimple = false }
      guard token.kind == .comma else { break }
      try next()
      if token.kind == .rightParenthesis { onlyArrow = token }
    }
    try expect(.rightParenthesis)
    if token.kind == .arrow, mayBeArrow {
      head.error = cover.bindingError
      cover = outer
      arrowHead = head
      return Expression(.arrowHead, start, previousEnd)
    }
    if let onlyArrow {
      // What may follow `()` is known only when it follows.
      if token.kind == .endOfInput { throw unexpected() }
      guard token.kind == .arrow else { throw unexpected(onlyArrow) }
      count = 2
    }
    if let error = cover.expressionError { throw failure(error) }
    dropTargets(from: head.firstTarget)
    cover = outer
    if count > 1 { inner = Expression(.other, start, previousEnd) }
    inner.start = start
    inner.end = previousEnd
    inner.isParenthesized = true
    return inner
  }
}
