extension Parser {
  /// What a `for (` head begins with.
  private struct ForHead {
    var start: Int
    /// Where the bindings begin, after the keyword.
    var bindingsStart = 0
    var declaration: TopLevelDeclaration.Kind?
    var isIdentifier = true
    var bindingCount = 0
    var hasInitializer = false
    var initializerRange = SourceRange(0, 0)
  }

  /// A `for` statement of any form. `labelStart` is where its labels begin.
  mutating func parseFor(labelStart: Int, labelCount: Int) throws(SyntaxError) {
    let start = token.start
    try next()
    var awaitToken: Token?
    if token.kind == .await {
      guard function.awaitIsKeyword, !function.inStaticBlock else { throw unexpected() }
      awaitToken = token
      function.lastAwaitOrYield = token.start
      if function.isTopLevelAwait { noteTopLevelAwait(token.range) }
      try next()
    }
    try expect(.leftParenthesis)
    pushScope(.block)
    var point = -1
    if awaitToken != nil, function.isTopLevelAwait {
      point = points.count
      points.append(RewritePoint(range: SourceRange(labelStart, start), kind: .hashbang))
    }
    let opening = SourceRange(start, token.start)
    var parts = try parseForHead(isAwait: awaitToken != nil, labelCount: labelCount)
    if parts.declarationKeyword == nil { noteUsingLoop(from: labelStart) }
    popScope()
    if point >= 0 {
      parts.opening = opening
      points[point] = RewritePoint(
        range: SourceRange(labelStart, previousEnd), kind: .topLevelForAwait(parts))
    }
  }

  private mutating func parseForHead(isAwait: Bool, labelCount: Int) throws(SyntaxError)
    -> RewritePoint.ForAwait
  {
    var head = ForHead(start: token.start)
    let firstBound = boundVariables.count
    var declarators: [VariableList.Declarator] = []
    switch token.kind {
    case .semicolon:
      if isAwait { throw unexpected() }
      return try parseForRest(labelCount: labelCount)
    case .var:
      head.declaration = .var
      try next()
      try parseForVariables(&head, &declarators)
    case .const: try parseForLexical(.const, &head)
    case .let where try forStartsLet(): try parseForLexical(.let, &head)
    case .using where try forStartsUsing(): try parseForLexical(.using, &head)
    case .await where try startsAwaitUsing():
      try parseForLexical(.awaitUsing, &head)
    default:
      return try parseForExpression(isAwait: isAwait, labelCount: labelCount)
    }
    let headRange = SourceRange(head.start, previousEnd)
    let isIn = token.kind == .in
    guard isIn && !isAwait || token.kind == .of && !token.isEscaped else {
      if isAwait {
        throw token.kind == .endOfInput ? unexpected() : failure(.forAwaitNotOf, headRange)
      }
      if head.declaration == .var, wantsVariableLists {
        noteVariables(head.start, .forHead, declarators, firstBound: firstBound)
      }
      boundVariables.removeLast(boundVariables.count - firstBound)
      return try parseForRest(labelCount: labelCount)
    }
    try checkForInOrOf(head, isIn: isIn, isAwait: isAwait)
    if head.declaration == .var, wantsVariableLists {
      noteVariables(head.start, .forInOrOf, declarators, firstBound: firstBound)
    }
    boundVariables.removeLast(boundVariables.count - firstBound)
    return try parseForInOrOf(
      headRange, declaration: head.declaration, bindingsStart: head.bindingsStart, isIn: isIn,
      labelCount: labelCount)
  }

  private mutating func forStartsLet() throws(SyntaxError) -> Bool {
    let following = try peek()
    switch following.kind {
    case .leftBracket, .leftBrace: return true
    case .of:
      // `for (let of …` declares `of` unless that reads `for (let of x)`, which is an error.
      return true
    default: return following.kind.mayBeIdentifier
    }
  }

  /// `for (using of of x)` declares, `for (using of x)` does not.
  private mutating func forStartsUsing() throws(SyntaxError) -> Bool {
    guard try startsUsing() else { return false }
    guard try peek().kind == .of else { return true }
    let saved = (position, token, previousEnd, previousStart, previousKind, octal)
    defer { (position, token, previousEnd, previousStart, previousKind, octal) = saved }
    try next()
    try next()
    return token.kind == .assign || token.kind == .semicolon || token.kind == .colon
      || token.kind == .comma
  }

  private mutating func parseForVariables(
    _ head: inout ForHead, _ declarators: inout [VariableList.Declarator]
  ) throws(SyntaxError) {
    head.bindingsStart = token.start
    repeat {
      let declarator = try parseVariableDeclarator(allowIn: false)
      head.bindingCount += 1
      head.isIdentifier = head.isIdentifier && !declarator.isPattern
      if declarator.initializer != nil {
        head.hasInitializer = true
      } else if declarator.isPattern, token.kind != .in, token.kind != .of {
        throw failure(.missingDestructuringInitializer, declarator.target)
      }
      if wantsVariableLists { declarators.append(declarator) }
    } while try eat(.comma)
  }

  private mutating func parseForLexical(
    _ kind: TopLevelDeclaration.Kind, _ head: inout ForHead
  ) throws(SyntaxError) {
    head.declaration = kind
    let start = token.start
    try next()
    if kind == .awaitUsing { try next() }
    if kind == .using || kind == .awaitUsing { try noteUsing(kind, start) }
    head.bindingsStart = token.start
    repeat {
      let word = token
      let isIdentifier = try parseBindingTarget(.lexical(kind))
      head.bindingCount += 1
      head.isIdentifier = head.isIdentifier && isIdentifier
      if token.kind == .assign {
        head.hasInitializer = true
        try next()
        let first = token
        let value = try parseAssignment(allowIn: false)
        if kind == .using || kind == .awaitUsing {
          noteUsingInitializer(of: word, kind, first: first, value)
        }
      } else if token.kind != .in, token.kind != .of {
        if !isIdentifier {
          throw failure(.missingDestructuringInitializer, word.start, previousEnd)
        }
        try requireForInitializer(kind, word.start)
      }
    } while try eat(.comma)
  }

  private func requireForInitializer(_ kind: TopLevelDeclaration.Kind, _ start: Int)
    throws(SyntaxError)
  {
    switch kind {
    case .const: throw failure(.missingConstInitializer, start, previousEnd)
    case .using: throw failure(.missingUsingInitializer, start, previousEnd)
    case .awaitUsing: throw failure(.missingAwaitUsingInitializer, start, previousEnd)
    default: break
    }
  }

  private func checkForInOrOf(_ head: ForHead, isIn: Bool, isAwait: Bool) throws(SyntaxError) {
    let loop = isIn ? "for-in" : isAwait ? "for-await-of" : "for-of"
    let range = SourceRange(head.bindingsStart, previousEnd)
    if head.bindingCount != 1 {
      throw SyntaxError(
        "Invalid left-hand side in \(loop) loop: Must have a single binding.", range)
    }
    if head.hasInitializer,
      !(isIn && head.declaration == .var && head.isIdentifier && !function.isStrict)
    {
      throw SyntaxError("\(loop) loop variable declaration may not have an initializer.", range)
    }
    if isIn, head.declaration == .using || head.declaration == .awaitUsing {
      throw SyntaxError("Invalid 'using' in for-in loop", range)
    }
  }

  /// A head that begins with an expression, or with a target.
  private mutating func parseForExpression(isAwait: Bool, labelCount: Int) throws(SyntaxError)
    -> RewritePoint.ForAwait
  {
    let first = token
    let firstTarget = targets.count
    let outer = cover
    cover = Cover()
    var target = try parseAssignmentOrPattern(allowIn: false)
    if first.kind == .let, target.kind == .identifier, !target.isParenthesized {
      noteEngineCheck(.missing("`for (let` with a variable of that name"), first.range)
    }
    let isOf = token.kind == .of && !token.isEscaped
    guard isOf || token.kind == .in && !isAwait else {
      if let error = cover.expressionError { throw failure(error) }
      dropTargets(from: firstTarget)
      cover = outer
      if isAwait { throw unexpected() }
      while token.kind == .comma {
        try next()
        target = try parseAssignment(allowIn: false)
      }
      return try parseForRest(labelCount: labelCount)
    }
    if isOf {
      if first.kind == .let { throw failure(.forOfLet, first.range) }
      if first.kind == .async, !isAwait, target.kind == .identifier, !target.isParenthesized,
        !first.isEscaped
      {
        throw failure(.forOfAsync, first.range)
      }
    }
    if isAwait, first.kind == .async, target.kind == .identifier, !target.isParenthesized,
      !function.isTopLevelAwait
    {
      noteEngineCheck(
        .missing("`for await (async of …)`: write `for await ((async) of …)`"), first.range)
    }
    if target.kind == .arrow || target.kind == .assignment {
      throw failure(.invalidForTarget, target.start, target.end)
    }
    try makeTarget(target, firstTarget: firstTarget, message: .invalidForTarget)
    dropTargets(from: firstTarget)
    cover = outer
    return try parseForInOrOf(
      SourceRange(target.start, target.end), declaration: nil, bindingsStart: target.start,
      isIn: !isOf, labelCount: labelCount)
  }

  private mutating func parseForInOrOf(
    _ head: SourceRange, declaration: TopLevelDeclaration.Kind?, bindingsStart: Int, isIn: Bool,
    labelCount: Int
  ) throws(SyntaxError) -> RewritePoint.ForAwait {
    try next()
    let iterable = isIn ? try parseExpression() : try parseAssignment()
    try expect(.rightParenthesis)
    let bodyStart = token.start
    try parseLoopBody(labelCount: labelCount)
    noteUsingIteration(declaration, SourceRange(bindingsStart, head.end), body: bodyStart)
    return RewritePoint.ForAwait(
      opening: SourceRange(0, 0), head: head, declarationKeyword: declaration?.rawValue,
      iterable: SourceRange(iterable.start, iterable.end),
      body: SourceRange(bodyStart, previousEnd))
  }

  /// `; test; update) body`.
  private mutating func parseForRest(labelCount: Int) throws(SyntaxError)
    -> RewritePoint.ForAwait
  {
    try expect(.semicolon)
    if token.kind != .semicolon { try parseExpression() }
    try expect(.semicolon)
    if token.kind != .rightParenthesis { try parseExpression() }
    try expect(.rightParenthesis)
    try parseLoopBody(labelCount: labelCount)
    let nowhere = SourceRange(0, 0)
    return RewritePoint.ForAwait(
      opening: nowhere, head: nowhere, declarationKeyword: nil, iterable: nowhere, body: nowhere)
  }
}
