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
    guard callee.isParenthesized || callee.kind == .member, callee.end - callee.start < 24 else {
      return nil
    }
    let text = String(
      decoding: source[callee.start..<callee.end].filter { $0 != 0x20 }, as: UTF8.self)
    switch text {
    case "(0,eval)", "(1,eval)", "(null,eval)", "(void0,eval)": return "eval"
    case "globalThis.eval": return text
    default: return nil
    }
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

  private mutating func noteRest(_ element: Expression) {
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

  // MARK: Primary expressions

  private mutating func parsePrimary(form: Reference.Form) throws(SyntaxError) -> Expression {
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

  // MARK: Literals

  private mutating func parseArrayLiteral() throws(SyntaxError) -> Expression {
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

  private mutating func parseObjectLiteral() throws(SyntaxError) -> Expression {
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
