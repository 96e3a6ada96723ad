extension Parser {
  mutating func parseClassExpression() throws(SyntaxError) {
    let outerStrict = function.isStrict
    function.isStrict = true
    try next()
    var name: Token?
    if token.kind.mayBeIdentifier {
      try checkClassName(token)
      name = token
      try next()
    }
    try parseClassTail(name: name, outerStrict: outerStrict)
  }

  /// A class declaration; answers its name (nil only when `mayBeAnonymous`).
  @discardableResult
  mutating func parseClassDeclaration(mayBeAnonymous: Bool = false) throws(SyntaxError) -> Token? {
    let outerStrict = function.isStrict
    function.isStrict = true
    try next()
    var name: Token?
    if token.kind == .leftBrace || token.kind == .extends, mayBeAnonymous {
      // Anonymous.
    } else {
      let word = token
      try checkClassName(word)
      try declareLexical(intern(word), word.range, kind: .class)
      name = word
      try next()
    }
    try parseClassTail(name: name, outerStrict: outerStrict)
    return name
  }

  private mutating func checkClassName(_ word: Token) throws(SyntaxError) {
    guard word.kind.mayBeIdentifier else { throw unexpected(word) }
    try checkIdentifier(word)
    if word.kind == .eval || word.kind == .arguments {
      throw failure(.strictEvalArguments, word.range)
    }
  }

  private mutating func parseClassTail(name: Token?, outerStrict: Bool) throws(SyntaxError) {
    try enter()
    if let name {
      pushScope(.name)
      declareOwnName(intern(name))
    }
    let outerCover = cover
    cover = Cover()
    var isDerived = false
    if token.kind == .extends {
      isDerived = true
      try next()
      let heritage = try parseLeftHandSide()
      if heritage.kind == .arrowHead { throw unexpected() }
      if let error = cover.expressionError { throw failure(error) }
    }
    cover = outerCover
    guard token.kind == .leftBrace else { throw unexpected() }
    classStarts.append(privateNames.count)
    let firstPrivateReference = privateReferences.count
    try next()
    var hasConstructor = false
    while token.kind != .rightBrace {
      if token.kind == .semicolon {
        try next()
      } else {
        try parseClassElement(isDerived: isDerived, hasConstructor: &hasConstructor)
      }
    }
    try closeClass(firstPrivateReference: firstPrivateReference)
    if name != nil { popScope() }
    function.isStrict = outerStrict
    leave()
    try next()
  }

  /// Whether a modifier word is in truth the element's name, by the token after it.
  private func isElementName(before following: Token) -> Bool {
    switch following.kind {
    case .leftParenthesis, .assign, .semicolon, .rightBrace: true
    default: false
    }
  }

  private mutating func parseClassElement(isDerived: Bool, hasConstructor: inout Bool)
    throws(SyntaxError)
  {
    var shape = FunctionShape(isMethod: true)
    var isStatic = false
    if token.kind == .static {
      let following = try peek()
      if !isElementName(before: following) {
        isStatic = true
        try next()
        if token.kind == .leftBrace { return try parseStaticBlock() }
      }
    }
    if token.kind == .async {
      let following = try peek()
      if !following.newlineBefore, !isElementName(before: following) {
        shape.isAsync = true
        try next()
      }
    }
    if token.kind == .star {
      shape.isGenerator = true
      try next()
    } else if !shape.isAsync, token.kind == .get || token.kind == .set {
      let following = try peek()
      if !isElementName(before: following), following.kind != .star,
        !(following.newlineBefore && following.kind == .endOfInput)
      {
        shape.isGetter = token.kind == .get
        shape.isSetter = token.kind == .set
        try next()
      }
    }
    try parseNamedElement(
      shape, isStatic: isStatic, isDerived: isDerived, hasConstructor: &hasConstructor)
  }

  private mutating func parseNamedElement(
    _ plainShape: FunctionShape, isStatic: Bool, isDerived: Bool, hasConstructor: inout Bool
  ) throws(SyntaxError) {
    var shape = plainShape
    let key = token
    let isAccessor = shape.isGetter || shape.isSetter
    let isConstructor = keyEquals(key, "constructor")
    if key.kind == .privateName {
      try declarePrivate(
        intern(key), shape.isGetter ? .getter : shape.isSetter ? .setter : .other,
        isStatic: isStatic, key.range)
      try next()
      if name(of: key) == "#constructor" {
        throw failure(
          token.kind == .leftParenthesis ? .constructorIsPrivate : .constructorIsField, key.range)
      }
    } else {
      try parsePropertyKey()
    }
    if token.kind == .leftParenthesis {
      if isStatic, keyEquals(key, "prototype") { throw failure(.staticPrototype, key.range) }
      if isConstructor, !isStatic {
        if isAccessor { throw failure(.constructorIsAccessor, key.range) }
        if shape.isGenerator { throw failure(.constructorIsGenerator, key.range) }
        if shape.isAsync { throw failure(.constructorIsAsync, key.range) }
        if hasConstructor { throw failure(.duplicateConstructor, key.range) }
        hasConstructor = true
        shape.isDerivedConstructor = isDerived
      }
      return try parseFunctionRest(shape, name: nil)
    }
    if isAccessor || shape.isAsync || shape.isGenerator { throw unexpected() }
    if isConstructor { throw failure(.constructorIsField, key.range) }
    if isStatic, keyEquals(key, "prototype") { throw failure(.staticPrototype, key.range) }
    if token.kind == .assign {
      try parseFieldInitializer()
    } else if token.kind == .rightBrace, key.kind == .async || key.kind == .static {
      points.append(RewritePoint(range: key.range, kind: .bareField))
    }
    try consumeSemicolon()
  }

  private func keyEquals(_ key: Token, _ word: String) -> Bool {
    if key.kind == .string { return stringText(key) == word }
    guard key.kind.isWord, key.isEscaped || key.end - key.start == word.utf8.count else {
      return false
    }
    return name(of: key) == word
  }

  /// A context without labels, `await`, `yield` and `arguments`.
  private func initializerContext() -> FunctionContext {
    var result = FunctionContext(
      isStrict: true, awaitIsKeyword: false, allowsSuperProperty: true, allowsNewTarget: true,
      forbidsArguments: true)
    result.isTop = false
    result.inMethod = true
    result.inClassField = true
    result.inFunction = true
    result.firstLabel = labels.count
    return result
  }

  private mutating func parseFieldInitializer() throws(SyntaxError) {
    let outer = function
    function = initializerContext()
    try next()
    try parseAssignment()
    function = outer
  }

  private mutating func parseStaticBlock() throws(SyntaxError) {
    let outer = function
    function = initializerContext()
    function.inStaticBlock = true
    pushScope(.staticBlock)
    let start = token.end
    let firstFunction = bodyFunctions.count
    try next()
    while token.kind != .rightBrace { try parseStatementListItem() }
    noteUsingStatements(from: start, firstFunction: firstFunction)
    bodyFunctions.removeLast(bodyFunctions.count - firstFunction)
    popScope()
    labels.removeLast(labels.count - function.firstLabel)
    function = outer
    try next()
  }
}
