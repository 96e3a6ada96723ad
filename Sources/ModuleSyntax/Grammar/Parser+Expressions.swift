extension Parser {
  /// Expression: assignments separated by commas.
  @discardableResult
  mutating func parseExpression(allowIn: Bool = true) throws(SyntaxError) -> Expression {
    var result = try parseAssignment(allowIn: allowIn)
    while token.kind == .comma {
      try next()
      let last = try parseAssignment(allowIn: allowIn)
      result = Expression(.other, result.start, last.end)
    }
    return result
  }

  /// AssignmentExpression, when nothing around it can make it a pattern.
  @discardableResult
  mutating func parseAssignment(allowIn: Bool = true) throws(SyntaxError) -> Expression {
    try enter()
    let operand = try parseOperand()
    if let operand, token.kind.endsExpression {
      leave()
      return operand
    }
    let outer = cover
    let firstTarget = targets.count
    cover = Cover()
    let result = try parseAssignment(after: operand, allowIn: allowIn)
    if let error = cover.expressionError { throw failure(error) }
    dropTargets(from: firstTarget)
    cover = outer
    return result
  }

  /// AssignmentExpression; if it is a literal that may be a pattern, what would be wrong is left in
  /// `cover` and its identifiers in `targets`.
  mutating func parseAssignmentOrPattern(allowIn: Bool = true) throws(SyntaxError) -> Expression {
    try enter()
    let operand = try parseOperand()
    if let operand, token.kind.endsExpression {
      leave()
      return operand
    }
    return try parseAssignment(after: operand, allowIn: allowIn)
  }

  /// The operand of which most expressions are all: one token that is read in one way only. Nil when
  /// something else is there.
  @inline(__always)
  private mutating func parseOperand() throws(SyntaxError) -> Expression? {
    let first = token
    var kind = Expression.Kind.other
    var reference: Int32 = -1
    switch first.kind {
    case .identifier:
      kind = .identifier
      reference = addReference(first, form: .value)
    case .string: kind = .string
    case .number, .true, .false, .null, .this: break
    default: return nil
    }
    try next()
    return Expression(kind, first.start, first.end, reference: reference)
  }

  /// The rest of an AssignmentExpression that was entered, behind its first operand if that was read.
  private mutating func parseAssignment(after operand: Expression?, allowIn: Bool)
    throws(SyntaxError) -> Expression
  {
    if operand == nil, token.kind == .yield, function.isGenerator {
      leave()
      return try parseYield(allowIn: allowIn)
    }
    let outer = cover
    let firstTarget = targets.count
    cover = Cover()
    arrowStart = operand?.start ?? token.start
    var result: Expression
    if let operand {
      let first = try parsePostfix(after: try parseTails(of: operand))
      result = try parseBinary(after: first, allowIn: allowIn)
    } else {
      result = try parseBinary(allowIn: allowIn)
    }
    if token.kind == .question {
      result = try parseConditional(after: result, allowIn: allowIn)
    }
    switch token.kind {
    case .arrow:
      cover = outer
      result = try parseArrowFunction(after: result, allowIn: allowIn)
    case .assign:
      try makeTarget(result, firstTarget: firstTarget)
      let isPlain = !result.isParenthesized
      try next()
      let isReserved = result
      let value = try parseAssignment(allowIn: allowIn)
      let bindingError = cover.bindingError
      cover = outer
      // `[a.b = 1]` stays assignable but cannot be a parameter.
      if cover.bindingError == nil {
        if result.kind == .member || !isPlain {
          cover.bindingError = PendingError(
            message: .invalidDestructuringTarget, start: result.start, end: result.end)
        } else {
          cover.bindingError = bindingError
        }
      }
      if isReserved.kind == .identifier, isPlain {
        noteStrictTarget(isReserved)
        targets.append(isReserved.reference)
      } else if result.kind != .literal {
        dropTargets(from: firstTarget)
      }
      result = Expression(.assignment, result.start, value.end)
    case .compoundAssign, .logicalAssign, .slashAssign:
      try checkExpression(firstTarget: firstTarget)
      guard try makeSimpleTarget(result) else {
        throw failure(.invalidAssignmentTarget, result.start, result.end)
      }
      if token.kind == .logicalAssign, result.kind == .call {
        throw failure(.invalidAssignmentTarget, result.start, result.end)
      }
      try next()
      let value = try parseAssignment(allowIn: allowIn)
      cover = outer
      result = Expression(.other, result.start, value.end)
    default:
      if result.kind == .literal, !result.isParenthesized {
        // The errors of the literal are its surroundings' to judge, the first ones win.
        let inner = cover
        cover = outer
        if cover.expressionError == nil { cover.expressionError = inner.expressionError }
        if cover.assignmentError == nil { cover.assignmentError = inner.assignmentError }
        if cover.bindingError == nil { cover.bindingError = inner.bindingError }
      } else {
        try checkExpression(firstTarget: firstTarget)
        cover = outer
      }
    }
    leave()
    return result
  }

  @inline(__always)
  mutating func dropTargets(from first: Int) {
    if targets.count > first { targets.removeLast(targets.count - first) }
  }

  /// Settles that what was read since `firstTarget` is an expression, not a pattern.
  private mutating func checkExpression(firstTarget: Int) throws(SyntaxError) {
    if let error = cover.expressionError { throw failure(error) }
    dropTargets(from: firstTarget)
  }

  /// Settles that an expression is the target of `=`.
  mutating func makeTarget(
    _ target: Expression, firstTarget: Int, message: Message = .invalidAssignmentTarget
  ) throws(SyntaxError) {
    if target.kind == .literal {
      if target.isParenthesized {
        throw failure(message, target.start, target.end)
      }
      if let error = cover.assignmentError { throw failure(error) }
      cover.expressionError = nil
      for i in firstTarget..<targets.count { markTarget(targets[i]) }
      return
    }
    if let error = cover.expressionError { throw failure(error) }
    guard try makeSimpleTarget(target) else { throw failure(message, target.start, target.end) }
  }

  /// Makes an identifier, a member (or, in sloppy code, a call that will throw) an assignment target.
  /// https://tc39.es/ecma262/#sec-static-semantics-assignmenttargettype
  mutating func makeSimpleTarget(_ target: Expression) throws(SyntaxError) -> Bool {
    switch target.kind {
    case .identifier:
      if function.isStrict, isEvalOrArguments(target) {
        throw failure(.strictEvalArguments, target.start, target.end)
      }
      markTarget(target.reference)
    case .member, .superProperty:
      if target.reference >= 0 { markTarget(target.reference) }
    case .call:
      return !function.isStrict
    default:
      return false
    }
    return true
  }

  /// A reference is assigned to, or its static member is.
  mutating func markTarget(_ index: Int32) {
    let i = Int(index)
    if references[i].memberEnd != 0 {
      references[i].memberEnd = 0
      return
    }
    switch references[i].form {
    case .shorthand, .shorthandTarget: references[i].form = .shorthandTarget
    default: references[i].form = .assignmentTarget
    }
  }

  func isEvalOrArguments(_ expression: Expression) -> Bool {
    guard expression.reference >= 0 else { return false }
    let name = references[Int(expression.reference)].name
    return name == NameTable.eval || name == NameTable.arguments
  }

  /// An identifier in a literal becomes a target: `eval` and `arguments` may not in strict code.
  mutating func noteStrictTarget(
    _ target: Expression, message: Message = .strictEvalArguments
  ) {
    guard function.isStrict, isEvalOrArguments(target) else { return }
    var error = PendingError(message: message, start: target.start, end: target.end)
    if cover.assignmentError == nil { cover.assignmentError = error }
    error.message = .strictEvalArguments
    if cover.bindingError == nil { cover.bindingError = error }
  }

  /// An element of a literal or parenthesized list: is it a possible target?
  mutating func noteElement(
    _ element: Expression, firstTarget: Int, inPattern: Bool = true
  ) {
    switch element.kind {
    case .identifier:
      noteStrictTarget(element, message: .invalidDestructuringTarget)
      if element.isParenthesized, cover.bindingError == nil {
        cover.bindingError = PendingError(
          message: .invalidDestructuringTarget, start: element.start, end: element.end)
      }
      targets.append(element.reference)
      return
    case .member, .superProperty:
      if element.reference >= 0 { targets.append(element.reference) }
      if cover.bindingError == nil {
        cover.bindingError = PendingError(
          message: inPattern ? .memberInBinding : .invalidDestructuringTarget, start: element.start,
          end: element.end)
      }
      return
    case .literal, .assignment:
      if !element.isParenthesized { return }
    default: break
    }
    let error = PendingError(
      message: .invalidDestructuringTarget, start: element.start, end: element.end)
    if cover.assignmentError == nil { cover.assignmentError = error }
    if cover.bindingError == nil { cover.bindingError = error }
    dropTargets(from: firstTarget)
  }

  // MARK: Operators

  /// The rest of a ConditionalExpression behind what stands before its `?`. Without a tree, precedence
  /// matters only where the grammar forbids a mixture.
  private mutating func parseConditional(after condition: Expression, allowIn: Bool)
    throws(SyntaxError) -> Expression
  {
    var result = condition
    // A chain `a ? b : c ? d : e` is a loop.
    let start = result.start
    while token.kind == .question {
      if let error = cover.expressionError { throw failure(error) }
      try next()
      try parseAssignment()
      try expect(.colon)
      arrowStart = token.start
      if token.kind == .yield, function.isGenerator {
        let value = try parseAssignment(allowIn: allowIn)
        return Expression(.other, start, value.end)
      }
      let firstTarget = targets.count
      let outer = cover
      cover = Cover()
      let last = try parseBinary(allowIn: allowIn)
      switch token.kind {
      case .question:
        if let error = cover.expressionError { throw failure(error) }
        result = Expression(.other, start, last.end)
        dropTargets(from: firstTarget)
        cover = outer
        continue
      case .arrow:
        let arrow = try parseArrowFunction(after: last, allowIn: allowIn)
        result = Expression(.other, start, arrow.end)
      case .assign:
        try makeTarget(last, firstTarget: firstTarget)
        try next()
        result = Expression(.other, start, try parseAssignment(allowIn: allowIn).end)
      case .compoundAssign, .logicalAssign, .slashAssign:
        if let error = cover.expressionError { throw failure(error) }
        guard try makeSimpleTarget(last), !(token.kind == .logicalAssign && last.kind == .call)
        else { throw failure(.invalidAssignmentTarget, last.start, last.end) }
        try next()
        result = Expression(.other, start, try parseAssignment(allowIn: allowIn).end)
      default:
        if let error = cover.expressionError { throw failure(error) }
        result = Expression(.other, start, last.end)
      }
      dropTargets(from: firstTarget)
      cover = outer
      return result
    }
    return result
  }

  private mutating func parseBinary(allowIn: Bool) throws(SyntaxError) -> Expression {
    let first =
      token.kind == .privateName ? try parsePrivateIn(allowIn: allowIn) : try parseUnary()
    if first.kind == .arrowHead { return first }
    return try parseBinary(after: first, allowIn: allowIn)
  }

  /// The operators behind an operand, and theirs.
  private mutating func parseBinary(after first: Expression, allowIn: Bool)
    throws(SyntaxError) -> Expression
  {
    var result = first
    let start = first.start
    var hasNullish = false
    var hasLogical = false
    while true {
      let kind = token.kind
      switch kind {
      case .nullish:
        hasNullish = true
        if hasLogical { throw unexpected() }
      case .logicalOr, .logicalAnd:
        hasLogical = true
        if hasNullish { throw unexpected() }
      case .looseBinary, .tightBinary, .plusMinus, .star, .slash, .instanceof: break
      case .in:
        if !allowIn { return result }
      case .power:
        if result.kind == .unary, !result.isParenthesized {
          throw failure(.unaryBeforePower, result.start, token.end)
        }
      default: return result
      }
      if let error = cover.expressionError { throw failure(error) }
      let isLoose =
        kind == .nullish || kind == .logicalOr || kind == .logicalAnd || kind == .looseBinary
      try next()
      var right: Expression
      if token.kind == .privateName, isLoose {
        right = try parsePrivateIn(allowIn: allowIn)
      } else {
        right = try parseUnary()
      }
      if let error = cover.expressionError { throw failure(error) }
      if right.kind == .unary, token.kind == .power, !right.isParenthesized {
        throw failure(.unaryBeforePower, right.start, token.end)
      }
      right.start = start
      result = Expression(.other, start, right.end)
    }
  }

  /// `#name in object`, from the private name.
  private mutating func parsePrivateIn(allowIn: Bool) throws(SyntaxError) -> Expression {
    let name = token
    try next()
    if classStarts.isEmpty { try addPrivateReference(name) }
    guard token.kind == .in, allowIn else { throw unexpected(name) }
    try addPrivateReference(name)
    return Expression(.privateIn, name.start, name.end)
  }

  private mutating func parseUnary() throws(SyntaxError) -> Expression {
    let start = token.start
    switch token.kind {
    case .prefix, .plusMinus, .typeof, .void:
      try enter()
      try next()
      let operand = try parseUnary()
      try rejectArrowHead(operand)
      leave()
      return Expression(.unary, start, operand.end)
    case .delete:
      try enter()
      try next()
      let operand = try parseUnary()
      try rejectArrowHead(operand)
      leave()
      if operand.kind == .identifier, function.isStrict {
        throw failure(.strictDelete, previousRange)
      }
      if operand.isPrivate {
        throw failure(.deletePrivate, previousRange)
      }
      if operand.kind == .member, operand.reference >= 0 {
        references[Int(operand.reference)].memberEnd = 0
      }
      return Expression(.unary, start, operand.end)
    case .update:
      try enter()
      try next()
      let operand = try parseUnary()
      leave()
      if let error = cover.expressionError { throw failure(error) }
      guard try makeSimpleTarget(operand) else {
        throw failure(.invalidPrefixTarget, operand.start, operand.end)
      }
      return Expression(.other, start, operand.end)
    case .await where function.awaitIsKeyword:
      return try parseAwait()
    default: break
    }
    return try parsePostfix(after: try parseLeftHandSide())
  }

  @inline(__always)
  private mutating func parsePostfix(after operand: Expression) throws(SyntaxError) -> Expression {
    guard token.kind == .update, !token.newlineBefore, operand.kind != .arrowHead else {
      return operand
    }
    if let error = cover.expressionError { throw failure(error) }
    guard try makeSimpleTarget(operand) else {
      throw failure(.invalidPostfixTarget, operand.start, operand.end)
    }
    let result = Expression(.other, operand.start, token.end)
    try next()
    return result
  }

  private func rejectArrowHead(_ operand: Expression) throws(SyntaxError) {
    if operand.kind == .arrowHead {
      throw failure(.malformedArrowParameters, operand.start, operand.end)
    }
    if let error = cover.expressionError { throw failure(error) }
  }

  private mutating func parseAwait() throws(SyntaxError) -> Expression {
    let keyword = token
    if keyword.isEscaped { throw failure(.escapedKeyword, keyword.range) }
    if function.inParameters { throw failure(.awaitInParameters, keyword.range) }
    try enter()
    function.lastAwaitOrYield = keyword.start
    function.lastIsYield = false
    var index = -1
    if function.isTopLevelAwait {
      noteTopLevelAwait(keyword.range)
      index = points.count
      points.append(RewritePoint(range: keyword.range, kind: .topLevelAwait(operandEnd: 0)))
    }
    try next()
    let operand = try parseUnary()
    try rejectArrowHead(operand)
    if index >= 0 { points[index].kind = .topLevelAwait(operandEnd: previousEnd) }
    leave()
    return Expression(.unary, keyword.start, operand.end)
  }

  mutating func noteTopLevelAwait(_ range: SourceRange) {
    if firstTopLevelAwait == nil { firstTopLevelAwait = range }
  }

  private mutating func parseYield(allowIn: Bool) throws(SyntaxError) -> Expression {
    let keyword = token
    if keyword.isEscaped { throw failure(.escapedKeyword, keyword.range) }
    if function.inParameters { throw failure(.yieldInParameters, keyword.range) }
    try enter()
    function.lastAwaitOrYield = keyword.start
    function.lastIsYield = true
    try next()
    if token.newlineBefore {
      leave()
      return Expression(.other, keyword.start, previousEnd)
    }
    if token.kind == .star {
      try next()
      try parseAssignment(allowIn: allowIn)
    } else {
      switch token.kind {
      case .endOfInput, .semicolon, .rightBrace, .rightBracket, .rightParenthesis, .colon,
        .comma, .in:
        break
      default: try parseAssignment(allowIn: allowIn)
      }
    }
    leave()
    return Expression(.other, keyword.start, previousEnd)
  }
}
