/// What kind of function a parameter list and a body belong to.
struct FunctionShape {
  var isAsync = false
  var isGenerator = false
  var isMethod = false
  var isGetter = false
  var isSetter = false
  var isDerivedConstructor = false
}

extension Parser {
  /// The context inside a function that is not an arrow.
  private func context(_ shape: FunctionShape) -> FunctionContext {
    var result = FunctionContext(
      isStrict: function.isStrict, awaitIsKeyword: shape.isAsync,
      allowsSuperProperty: shape.isMethod, allowsNewTarget: true, forbidsArguments: false)
    result.isFunction = true
    result.isTop = false
    result.isAsync = shape.isAsync
    result.isGenerator = shape.isGenerator
    result.allowsSuperCall = shape.isDerivedConstructor
    result.inFunction = true
    result.inMethod = shape.isMethod
    result.firstLabel = labels.count
    return result
  }

  /// `function`, with `async` already read if there was one.
  mutating func parseFunctionExpression(asyncStart: Int? = nil) throws(SyntaxError) {
    try next()
    var shape = FunctionShape(isAsync: asyncStart != nil)
    shape.isGenerator = try eat(.star)
    guard token.kind != .leftParenthesis else {
      return try parseFunctionRest(shape, name: nil)
    }
    let name = token
    guard name.kind.mayBeIdentifier else { throw unexpected() }
    // The name of a function expression is the function's own business.
    let outer = function
    function.isGenerator = shape.isGenerator
    function.awaitIsKeyword = shape.isAsync
    function.inStaticBlock = false
    try checkIdentifier(name)
    function = outer
    if function.isStrict, name.kind == .eval || name.kind == .arguments {
      throw failure(.strictEvalArguments, name.range)
    }
    pushScope(.name)
    declareOwnName(intern(name))
    try next()
    try parseFunctionRest(shape, name: name)
    popScope()
  }

  /// A function declaration from `function`, `async` already read. Answers its name (nil only when
  /// `mayBeAnonymous`).
  @discardableResult
  mutating func parseFunctionDeclaration(
    asyncStart: Int? = nil, mayBeAnonymous: Bool = false
  ) throws(SyntaxError) -> Token? {
    let start = asyncStart ?? token.start
    try next()
    var shape = FunctionShape(isAsync: asyncStart != nil)
    shape.isGenerator = try eat(.star)
    var name: Token?
    var declared: Int?
    if token.kind == .leftParenthesis {
      if !mayBeAnonymous { throw failure(.functionName, previousRange) }
    } else {
      let word = token
      guard word.kind.mayBeIdentifier else { throw unexpected() }
      try checkIdentifier(word)
      if function.isStrict, word.kind == .eval || word.kind == .arguments {
        throw failure(.strictEvalArguments, word.range)
      }
      declared = try declareFunction(
        intern(word), word.range, isPlain: !shape.isAsync && !shape.isGenerator)
      name = word
      try next()
    }
    try parseFunctionRest(shape, name: name)
    if !isModule, scopes.count == 1, function.isTop, let declared, let name {
      points.append(
        RewritePoint(
          range: SourceRange(start, previousEnd), kind: .scriptFunction(declared, name: name.range))
      )
    }
    return name
  }

  /// Parameters and body.
  mutating func parseFunctionRest(_ shape: FunctionShape, name: Token?) throws(SyntaxError) {
    try enter()
    let outer = function
    let outerOctal = octal
    octal = nil
    function = context(shape)
    pushScope(.function)
    let firstParameter = parameters.count
    let opening = token
    try expect(.leftParenthesis)
    function.inParameters = true
    var isSimple = true
    var count = 0
    while token.kind != .rightParenthesis {
      count += 1
      if token.kind == .ellipsis {
        if shape.isSetter { throw failure(.setterRest, token.range) }
        isSimple = false
        try next()
        _ = try parseBindingTarget(.parameter)
        if token.kind == .assign { throw failure(.restInitializer, token.range) }
        if token.kind == .comma { throw failure(.parameterAfterRest, token.range) }
      } else if !(try parseBindingElement(.parameter)) {
        isSimple = false
      }
      if token.kind == .comma {
        try next()
      } else if token.kind != .rightParenthesis {
        throw unexpected()
      }
    }
    let parametersEnd = token.end
    try next()
    function.inParameters = false
    if shape.isGetter, count != 0 {
      throw failure(.accessorBodyArity, opening.start, parametersEnd)
    }
    if shape.isSetter, count != 1 {
      throw failure(.setterArity, opening.start, parametersEnd)
    }
    if let repeated = function.duplicateParameter,
      !isSimple || shape.isMethod || function.isStrict
    {
      throw failure(.duplicateParameter, repeated)
    }
    try parseFunctionBody(
      isSimple: isSimple, firstParameter: firstParameter, name: name, outer: outer,
      outerOctal: outerOctal)
    leave()
  }

  /// `{ … }` of a function; closes its scopes and goes back to the surrounding context.
  private mutating func parseFunctionBody(
    isSimple: Bool, firstParameter: Int, name: Token?, outer: FunctionContext,
    outerOctal: PendingError?
  ) throws(SyntaxError) {
    guard token.kind == .leftBrace else { throw unexpected() }
    if !isSimple { pushScope(.functionBody) }
    let firstFunction = bodyFunctions.count
    try next()
    let start = try parseDirectives(isSimple: isSimple)
    while token.kind != .rightBrace {
      if token.kind == .endOfInput { throw unexpected() }
      try parseStatementListItem()
    }
    if function.isStrict, !outer.isStrict {
      try checkStrictParameters(firstParameter: firstParameter, name: name)
    }
    if function.isStrict, let octal { throw failure(octal) }
    noteUsingStatements(from: start, firstFunction: firstFunction)
    bodyFunctions.removeLast(bodyFunctions.count - firstFunction)
    closeFunction(isSimple: isSimple, firstParameter: firstParameter, outer: outer)
    octal = outerOctal ?? octal
    try next()
  }

  private mutating func closeFunction(
    isSimple: Bool, firstParameter: Int, outer: FunctionContext
  ) {
    if !isSimple { popScope() }
    popScope()
    parameters.removeLast(parameters.count - firstParameter)
    labels.removeLast(labels.count - function.firstLabel)
    // An `await` that is an identifier in an arrow may still stand in an async arrow's parameters.
    let lastAwaitIdentifier = function.isArrow ? function.lastAwaitIdentifier : -1
    function = outer
    function.lastAwaitIdentifier = max(outer.lastAwaitIdentifier, lastAwaitIdentifier)
  }

  /// The checks that a "use strict" in the body makes on what stands before it.
  private func checkStrictParameters(firstParameter: Int, name: Token?) throws(SyntaxError) {
    if let name {
      switch keywords.kind(source, name.start, name.end) {
      case .eval, .arguments: throw failure(.strictEvalArguments, name.range)
      case .let, .static, .strictReserved, .yield:
        throw failure(.strictReservedWord, name.range)
      default: break
      }
    }
    for parameter in parameters[firstParameter...] {
      let range = SourceRange(parameter.start, parameter.end)
      switch keywords.kind(source, parameter.start, parameter.end) {
      case .eval, .arguments: throw failure(.strictEvalArguments, range)
      case .let, .static, .strictReserved, .yield: throw failure(.strictReservedWord, range)
      default: break
      }
    }
    if let repeated = function.duplicateParameter { throw failure(.duplicateParameter, repeated) }
  }

  /// The directive prologue: statements that are nothing but a string. Answers where it ends.
  /// https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive
  @discardableResult
  mutating func parseDirectives(isSimple: Bool, atTop: Bool = false) throws(SyntaxError) -> Int {
    var end = previousEnd
    var last: SourceRange?
    while token.kind == .string {
      let directive = token
      let isUseStrict =
        directive.end - directive.start == 12
        && text(directive.start + 1, directive.end - 1) == "use strict"
      let isPlain = try parseDirectiveCandidate(atTop: atTop)
      guard isPlain else { break }
      end = previousEnd
      last = directive.range
      if isUseStrict {
        if !isSimple { throw failure(.nonSimpleStrict, directive.range) }
        function.isStrict = true
        // The token after the directive was read as sloppy code.
        if token.kind == .number, let octal, octal.start == token.start { throw failure(octal) }
      }
    }
    if atTop, options.notesCompletions {
      points.append(
        RewritePoint(
          range: SourceRange(end, end), kind: .completion(.beginning(directive: last))))
    }
    return end
  }

  /// One expression statement; whether it is a string and nothing else.
  private mutating func parseDirectiveCandidate(atTop: Bool) throws(SyntaxError) -> Bool {
    let start = token.start
    let expression = try parseExpression()
    let isPlain = expression.kind == .string && !expression.isParenthesized
    if atTop, options.notesCompletions, !isPlain { noteCompletion(.value, from: start) }
    try consumeSemicolon()
    if atTop {
      statements.append(
        TopLevelStatement(
          range: SourceRange(start, previousEnd),
          kind: .expression(SourceRange(expression.start, expression.end))))
    }
    return isPlain
  }

  // MARK: Arrow functions

  /// From the `=>`, with the expression before it.
  mutating func parseArrowFunction(after expression: Expression, allowIn: Bool)
    throws(SyntaxError) -> Expression
  {
    var head = arrowHead
    switch expression.kind {
    case .arrowHead: break
    case .identifier where !expression.isParenthesized && expression.start == arrowStart:
      let reference = Int(expression.reference)
      head = ArrowHead(
        start: expression.start, firstReference: reference, firstTarget: targets.count)
      targets.append(expression.reference)
      if function.isStrict, isEvalOrArguments(expression) {
        head.error = PendingError(
          message: .strictEvalArguments, start: expression.start, end: expression.end)
      }
    default:
      throw failure(.malformedArrowParameters, expression.start, expression.end)
    }
    if token.newlineBefore { throw unexpected() }
    if let error = head.error { throw failure(error) }
    if function.lastAwaitOrYield >= head.start {
      let message: Message =
        function.lastIsYield ? .yieldInParameters : .awaitInParameters
      throw failure(message, function.lastAwaitOrYield, function.lastAwaitOrYield + 5)
    }
    if head.isAsync, function.lastAwaitIdentifier >= head.start {
      throw failure(
        .awaitAsIdentifier, function.lastAwaitIdentifier, function.lastAwaitIdentifier + 5)
    }
    try enter()
    let outer = function
    let outerOctal = octal
    octal = nil
    pushScope(.arrow, firstReference: head.firstReference)
    enterArrow(isAsync: head.isAsync)
    let firstParameter = parameters.count
    try declareArrowParameters(head)
    try next()
    if token.kind == .leftBrace {
      try parseFunctionBody(
        isSimple: head.isSimple, firstParameter: firstParameter, name: nil,
        outer: outer, outerOctal: outerOctal)
    } else {
      if !head.isSimple { pushScope(.functionBody) }
      try parseAssignment(allowIn: allowIn)
      closeFunction(
        isSimple: head.isSimple, firstParameter: firstParameter, outer: outer)
      octal = outerOctal ?? octal
    }
    leave()
    return Expression(.arrow, expression.start, previousEnd)
  }

  private mutating func enterArrow(isAsync: Bool) {
    function.isTop = false
    function.isFunction = true
    function.isArrow = true
    function.isGenerator = false
    function.isAsync = isAsync
    function.inStaticBlock = false
    function.awaitIsKeyword = isAsync
    function.inParameters = false
    function.loopDepth = 0
    function.breakableDepth = 0
    function.firstLabel = labels.count
    function.duplicateParameter = nil
  }

  private mutating func declareArrowParameters(_ head: ArrowHead) throws(SyntaxError) {
    for i in head.firstTarget..<targets.count {
      let index = Int(targets[i])
      let reference = references[index]
      references[index].name = -1
      let range = SourceRange(Int(reference.start), Int(reference.end))
      if !declareParameter(reference.name) { throw failure(.duplicateParameter, range) }
      parameters.append(Parameter(name: reference.name, start: range.start, end: range.end))
    }
    dropTargets(from: head.firstTarget)
  }
}
