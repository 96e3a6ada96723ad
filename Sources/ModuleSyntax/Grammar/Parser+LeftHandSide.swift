extension Parser {
  /// LeftHandSideExpression.
  mutating func parseLeftHandSide() throws(SyntaxError) -> Expression {
    let head: Expression
    switch token.kind {
    case .new: head = try parseNew()
    case .import: head = try parseImportExpression(inNew: false)
    case .super: head = try parseSuper(inNew: false)
    default: head = try parsePrimary(form: .value)
    }
    return head.kind == .arrowHead ? head : try parseTails(of: head)
  }

  /// Members, calls and templates behind the head of a LeftHandSideExpression.
  mutating func parseTails(of head: Expression) throws(SyntaxError) -> Expression {
    var result = head
    let start = result.start
    var inChain = false
    while true {
      switch token.kind {
      case .dot, .leftBracket, .leftParenthesis, .template, .questionDot: break
      default: return result
      }
      if let error = cover.expressionError { throw failure(error) }
      switch token.kind {
      case .dot, .leftBracket:
        result = try parseMember(of: result, inNew: false)
        if inChain { result.kind = .optionalChain }
      case .questionDot:
        inChain = true
        try next()
        switch token.kind {
        case .leftParenthesis:
          if result.reference >= 0 { keepReceiver(result) }
          _ = try parseArguments()
        case .leftBracket: _ = try parseMember(of: result, inNew: false)
        case .template: throw failure(.optionalChainTemplate, token.range)
        default: try parsePropertyName()
        }
        result = Expression(.optionalChain, start, previousEnd)
        result.isPrivate = previousKind == .privateName
      case .leftParenthesis:
        if result.kind == .identifier, !result.isParenthesized, isAsyncCallee(result) {
          result = try parseAsyncCall(result)
          if result.kind == .arrowHead { return result }
          continue
        }
        keepReceiver(result)
        let isEval =
          result.kind == .identifier && references[Int(result.reference)].name == NameTable.eval
        let evalIndex = isEval ? noteEval(result) : -1
        let (callee, parenthesis) = (result, token.range)
        let argument = try parseArguments()
        if evalIndex >= 0 { evals[evalIndex].argument = argument }
        if let argument, let name = indirectEval(callee) {
          indirectEvals.append((name, parenthesis, argument))
        }
        result = Expression(inChain ? .optionalChain : .call, start, previousEnd)
      default:
        if inChain { throw failure(.optionalChainTemplate, token.range) }
        keepReceiver(result)
        try parseTemplate(isTagged: true)
        result = Expression(.other, start, previousEnd)
      }
    }
  }

  /// A call passes its receiver: `ns.f()` is no static member.
  private mutating func keepReceiver(_ callee: Expression) {
    if callee.kind == .member, callee.reference >= 0 {
      references[Int(callee.reference)].memberEnd = 0
    }
  }

  /// `(0, eval)`, as indirect evals are written, or `globalThis.eval`; nil for any other callee.
  private func indirectEval(_ callee: Expression) -> String? {
    guard callee.isParenthesized || callee.kind == .member, endsInEval(callee),
      callee.end - callee.start < 24
    else { return nil }
    let text = String(
      decoding: source[callee.start..<callee.end].filter { $0 != 0x20 }, as: UTF8.self)
    switch text {
    case "(0,eval)", "(1,eval)", "(null,eval)", "(void0,eval)": return "eval"
    case "globalThis.eval": return text
    default: return nil
    }
  }

  /// Nearly every callee ends otherwise, and needs no closer look.
  private func endsInEval(_ callee: Expression) -> Bool {
    var end = callee.end
    if callee.isParenthesized {
      end -= 1
      while end > callee.start, source[end - 1] == 0x20 { end -= 1 }
    }
    return end - callee.start >= 4 && source[end - 4..<end].elementsEqual("eval".utf8)
  }

  private mutating func noteEval(_ callee: Expression) -> Int {
    hasDirectEval = true
    let reference = references[Int(callee.reference)]
    evals.append(
      PendingEval(
        range: SourceRange(Int(reference.start), Int(reference.end)), argument: nil,
        inFunction: function.inFunction, inMethod: function.inMethod,
        inClassField: function.inClassField, isStrict: function.isStrict))
    return evals.count - 1
  }

  private func isEscapedWord(_ word: String) -> Bool {
    token.isEscaped && token.kind.isWord && name(of: token) == word
  }

  private func escapedMetaProperty(_ name: String) -> SyntaxError {
    SyntaxError("'\(name)' must not contain escaped characters", token.range)
  }

  /// `.name`, `.#name` or `[expression]`.
  private mutating func parseMember(of object: Expression, inNew: Bool)
    throws(SyntaxError) -> Expression
  {
    var result = Expression(.member, object.start, 0)
    if token.kind == .leftBracket {
      try next()
      try parseExpression()
      try expect(.rightBracket)
    } else {
      try next()
      let name = token
      try parsePropertyName()
      if object.kind == .identifier, !object.isParenthesized, name.kind != .privateName {
        result.reference = object.reference
        references[Int(object.reference)].memberEnd = Int32(name.end)
        references[Int(object.reference)].memberStart = Int32(name.start)
      }
      result.isPrivate = name.kind == .privateName
    }
    result.end = previousEnd
    return result
  }

  private mutating func parsePropertyName() throws(SyntaxError) {
    if token.kind == .privateName {
      try addPrivateReference(token)
    } else if !token.kind.isWord {
      throw unexpected()
    }
    try next()
  }

  /// `(…)` of a call. Answers the range of the first argument unless it is a spread.
  private mutating func parseArguments() throws(SyntaxError) -> SourceRange? {
    var first: SourceRange?
    var isFirst = true
    try next()
    while token.kind != .rightParenthesis {
      let isSpread = try eat(.ellipsis)
      let argument = try parseAssignment()
      if isFirst, !isSpread { first = SourceRange(argument.start, argument.end) }
      isFirst = false
      if token.kind == .comma {
        try next()
      } else if token.kind != .rightParenthesis {
        throw missingParenthesis()
      }
    }
    try next()
    return first
  }

  private func missingParenthesis() -> SyntaxError {
    SyntaxError(
      Message.missingParenthesisAfterArguments.rawValue, token.range,
      isUnfinished: token.kind == .endOfInput)
  }

  private func isAsyncCallee(_ callee: Expression) -> Bool {
    previousKind == .async && previousStart == callee.start && !token.newlineBefore
  }

  /// `async (…)`: a call, or the head of an arrow function.
  private mutating func parseAsyncCall(_ callee: Expression) throws(SyntaxError) -> Expression {
    var head = ArrowHead(
      start: callee.start, firstReference: references.count, firstTarget: targets.count,
      isAsync: true)
    let mayBeArrow = callee.start == arrowStart
    let outer = cover
    cover = Cover()
    try next()
    while token.kind != .rightParenthesis {
      let isSpread = try eat(.ellipsis)
      let firstTarget = targets.count
      let element = try parseAssignmentOrPattern()
      noteElement(element, firstTarget: firstTarget, inPattern: false)
      if isSpread || element.kind != .identifier { head.isSimple = false }
      if isSpread { noteRest(element) }
      if token.kind == .comma {
        if isSpread { noteParameterAfterRest() }
        try next()
      } else if token.kind != .rightParenthesis {
        throw missingParenthesis()
      }
    }
    try next()
    if token.kind == .arrow, mayBeArrow, !token.newlineBefore {
      head.error = cover.bindingError
      cover = outer
      // The word `async` was no reference after all.
      references[Int(callee.reference)].name = -1
      arrowHead = head
      return Expression(.arrowHead, callee.start, previousEnd)
    }
    if let error = cover.expressionError { throw failure(error) }
    dropTargets(from: head.firstTarget)
    cover = outer
    return Expression(.call, callee.start, previousEnd)
  }

  mutating func noteRest(_ element: Expression) {
    if element.kind == .assignment, cover.bindingError == nil {
      cover.bindingError = PendingError(
        message: .restInitializer, start: element.start, end: element.end)
    }
  }

  private mutating func noteParameterAfterRest() {
    if cover.bindingError == nil {
      cover.bindingError = PendingError(
        message: .parameterAfterRest, start: token.start, end: token.end)
    }
  }

  // MARK: new, super, import

  private mutating func parseNew() throws(SyntaxError) -> Expression {
    let start = token.start
    try enter()
    try next()
    if token.kind == .dot {
      try next()
      if isEscapedWord("target") { throw escapedMetaProperty("new.target") }
      guard token.kind == .target else { throw unexpected() }
      guard function.allowsNewTarget else { throw failure(.newTarget, token.range) }
      try next()
      leave()
      return Expression(.other, start, previousEnd)
    }
    var callee: Expression
    switch token.kind {
    case .new: callee = try parseNew()
    case .import: callee = try parseImportExpression(inNew: true)
    case .super: callee = try parseSuper(inNew: true)
    default: callee = try parsePrimary(form: .newCallee)
    }
    if callee.kind == .arrowHead { throw unexpected() }
    tails: while true {
      switch token.kind {
      case .dot, .leftBracket:
        if let error = cover.expressionError { throw failure(error) }
        callee = try parseMember(of: callee, inNew: true)
      case .template:
        if let error = cover.expressionError { throw failure(error) }
        keepReceiver(callee)
        try parseTemplate(isTagged: true)
        callee = Expression(.other, callee.start, previousEnd)
      case .questionDot: throw failure(.optionalChainFromNew, token.range)
      default: break tails
      }
    }
    if let error = cover.expressionError { throw failure(error) }
    if token.kind == .leftParenthesis { _ = try parseArguments() }
    if token.kind == .questionDot, previousKind != .rightParenthesis {
      throw failure(.optionalChainFromNew, token.range)
    }
    leave()
    return Expression(.other, start, previousEnd)
  }

  private mutating func parseSuper(inNew: Bool) throws(SyntaxError) -> Expression {
    let keyword = token
    try next()
    switch token.kind {
    case .leftParenthesis where function.allowsSuperCall && !inNew:
      return Expression(.superCall, keyword.start, keyword.end)
    case .dot, .leftBracket:
      guard function.allowsSuperProperty else { throw failure(.superUnexpected, keyword.range) }
      if token.kind == .dot, try peek().kind == .privateName {
        throw failure(.unexpectedPrivateField, try peek().range)
      }
      return Expression(.superProperty, keyword.start, keyword.end)
    case .questionDot where function.allowsSuperProperty:
      throw failure(.optionalChainFromSuper, token.range)
    default:
      throw failure(.superUnexpected, keyword.range)
    }
  }

  /// `import.meta`, `import(…)`, `import.defer(…)`, `import.source(…)`.
  private mutating func parseImportExpression(inNew: Bool) throws(SyntaxError) -> Expression {
    let keyword = token
    try next()
    var phase = ImportPhase.evaluation
    if token.kind == .dot {
      try next()
      switch token.kind {
      case .meta:
        guard isModule else { throw failure(.importMetaOutsideModule, token.range) }
        usesImportMeta = true
        points.append(
          RewritePoint(
            range: SourceRange(keyword.start, token.end), kind: .importMeta(inNew: inNew)))
        try next()
        return Expression(.other, keyword.start, previousEnd)
      case .defer where !token.isEscaped: phase = .defer
      case .source where !token.isEscaped: phase = .source
      default:
        if isModule, isEscapedWord("meta") { throw escapedMetaProperty("import.meta") }
        throw unexpected()
      }
      try next()
    }
    guard token.kind == .leftParenthesis else {
      if !isModule {
        throw failure(.importOutsideModule, keyword.range)
      }
      throw unexpected()
    }
    if inNew { throw failure(.newImport, keyword.range) }
    hasDynamicImport = true
    points.append(
      RewritePoint(range: SourceRange(keyword.start, previousEnd), kind: .importCall(phase)))
    try next()
    if token.kind == .rightParenthesis { throw failure(.importSpecifier, token.range) }
    try parseAssignment()
    if token.kind == .comma, phase == .evaluation {
      try next()
      if token.kind != .rightParenthesis {
        try parseAssignment()
        _ = try eat(.comma)
      }
    }
    try expect(.rightParenthesis)
    return Expression(.other, keyword.start, previousEnd)
  }
}
