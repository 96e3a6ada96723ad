extension Parser {
  /// StatementListItem.
  mutating func parseStatementListItem() throws(SyntaxError) {
    switch token.kind {
    case .function:
      try parseFunctionDeclaration()
    case .class:
      try parseClassDeclaration()
    case .const:
      try parseLexicalDeclaration(.const)
    case .let:
      if try startsLetDeclaration() {
        try parseLexicalDeclaration(.let)
      } else {
        try parseStatement()
      }
    case .async:
      let start = token.start
      if !token.isEscaped, case let following = try peek(), following.kind == .function,
        !following.newlineBefore
      {
        try next()
        try parseFunctionDeclaration(asyncStart: start)
      } else {
        try parseStatement()
      }
    case .using:
      if try startsUsing() {
        try parseLexicalDeclaration(.using)
      } else {
        try parseStatement()
      }
    case .await:
      if function.awaitIsKeyword, try startsAwaitUsing() {
        try parseLexicalDeclaration(.awaitUsing)
      } else {
        try parseStatement()
      }
    default:
      try parseStatement()
    }
  }

  /// Whether the `let` here begins a declaration.
  private mutating func startsLetDeclaration() throws(SyntaxError) -> Bool {
    let following = try peek()
    switch following.kind {
    case .leftBracket, .leftBrace: return true
    case .escapedKeyword: return true
    default: return following.kind.mayBeIdentifier
    }
  }

  /// `let`, `const`, `using`, `await using` and their bindings, as a statement.
  mutating func parseLexicalDeclaration(_ kind: TopLevelDeclaration.Kind) throws(SyntaxError) {
    let start = token.start
    try next()
    let isUsing = kind == .using || kind == .awaitUsing
    if kind == .awaitUsing { try next() }
    if isUsing { try noteUsing(kind, start) }
    repeat {
      if isUsing, !token.kind.mayBeIdentifier { throw unexpected() }
      let word = token
      let isIdentifier = try parseBindingTarget(.lexical(kind))
      if token.kind == .assign {
        try next()
        let first = token
        let value = try parseAssignment()
        if isUsing { noteUsingInitializer(of: word, kind, first: first, value) }
      } else {
        try requireInitializer(kind, isIdentifier: isIdentifier, word.start)
      }
    } while try eat(.comma)
    try consumeSemicolon()
  }

  private func requireInitializer(
    _ kind: TopLevelDeclaration.Kind, isIdentifier: Bool, _ bindingStart: Int
  ) throws(SyntaxError) {
    let message: Message
    switch kind {
    case _ where !isIdentifier: message = .missingDestructuringInitializer
    case .const: message = .missingConstInitializer
    case .using: message = .missingUsingInitializer
    case .awaitUsing: message = .missingAwaitUsingInitializer
    default: return
    }
    throw failure(message, bindingStart, previousEnd)
  }

  // MARK: var

  /// A `var` statement.
  private mutating func parseVariableStatement() throws(SyntaxError) {
    let start = token.start
    let firstBound = boundVariables.count
    try next()
    var declarators: [VariableList.Declarator] = []
    let wantsList = wantsVariableLists
    repeat {
      let declarator = try parseVariableDeclarator()
      if token.kind != .assign, declarator.isPattern, declarator.initializer == nil {
        throw failure(.missingDestructuringInitializer, declarator.target)
      }
      if wantsList { declarators.append(declarator) }
    } while try eat(.comma)
    if wantsList { noteVariables(start, .statement, declarators, firstBound: firstBound) }
    boundVariables.removeLast(boundVariables.count - firstBound)
    try consumeSemicolon()
  }

  var wantsVariableLists: Bool { !isModule && function.isTop }

  mutating func parseVariableDeclarator(allowIn: Bool = true) throws(SyntaxError)
    -> VariableList.Declarator
  {
    let start = token.start
    let isIdentifier = try parseBindingTarget(.variable)
    var declarator = VariableList.Declarator(
      target: SourceRange(start, previousEnd), isPattern: !isIdentifier, initializer: nil)
    if token.kind == .assign {
      try next()
      let value = try parseAssignment(allowIn: allowIn)
      declarator.initializer = SourceRange(value.start, value.end)
    }
    return declarator
  }

  mutating func noteVariables(
    _ start: Int, _ place: VariableList.Place, _ declarators: [VariableList.Declarator],
    firstBound: Int
  ) {
    let bound = Array(boundVariables[firstBound...])
    guard let first = bound.first else { return }
    let range = SourceRange(start, previousEnd)
    points.append(RewritePoint(range: range, kind: .scriptVariables(first)))
    variableLists.append(
      VariableList(range: range, place: place, declarators: declarators, declarations: bound))
  }

  // MARK: Statements

  /// Statement, with the labels that stand before it (their start, and how many of the innermost
  /// `labels` they are).
  mutating func parseStatement(
    labelStart: Int? = nil, labelCount: Int = 0, isBody: Bool = false
  ) throws(SyntaxError) {
    try enter()
    let start = token.start
    let first = token.kind
    switch first {
    case .leftBrace: try parseBlock()
    case .semicolon: try next()
    case .var: try parseVariableStatement()
    case .if: try parseIf()
    case .for: try parseFor(labelStart: labelStart ?? start, labelCount: labelCount)
    case .while:
      try next()
      try parseCondition()
      try parseLoopBody(labelCount: labelCount)
    case .do: try parseDo(labelCount: labelCount)
    case .continue, .break: try parseJump()
    case .return:
      guard function.isFunction else { throw failure(.illegalReturn, token.range) }
      try next()
      if !endsStatement { try parseExpression() }
      try consumeSemicolon()
    case .with: try parseWith()
    case .switch: try parseSwitch()
    case .throw:
      try next()
      if token.newlineBefore { throw failure(.newlineAfterThrow, previousRange) }
      try parseExpression()
      try consumeSemicolon()
    case .try: try parseTry()
    case .debugger:
      try next()
      try consumeSemicolon()
    case .function:
      throw failure(
        function.isStrict ? .strictFunctionInStatement : .sloppyFunctionInStatement, token.range)
    case .class: throw unexpected()
    case .import: try parseImportStatement()
    default:
      try parseExpressionStatement(
        labelStart: labelStart ?? start, labelCount: labelCount, isBody: isBody)
    }
    if notesCompletion { noteStatement(first, from: labelStart ?? start) }
    leave()
  }

  private var notesCompletion: Bool { options.notesCompletions && function.isTop }

  private mutating func noteStatement(_ first: TokenKind, from start: Int) {
    switch first {
    case .if, .for, .while, .do, .with, .switch, .try: noteCompletion(.statement, from: start)
    default: break
    }
  }

  mutating func noteCompletion(_ completion: RewritePoint.Completion, from start: Int) {
    points.append(
      RewritePoint(range: SourceRange(start, previousEnd), kind: .completion(completion)))
  }

  private var endsStatement: Bool {
    token.kind == .semicolon || token.kind == .rightBrace || token.kind == .endOfInput
      || token.newlineBefore
  }

  /// An import declaration may not stand here, `import(…)` and `import.meta` may.
  private mutating func parseImportStatement() throws(SyntaxError) {
    let keyword = token
    let following = try peek()
    if following.kind != .leftParenthesis, following.kind != .dot, !isModule {
      throw failure(.importOutsideModule, keyword.range)
    }
    let expression = try parseExpression()
    lastExpression = SourceRange(expression.start, expression.end)
    if notesCompletion { noteCompletion(.value, from: keyword.start) }
    try consumeSemicolon()
  }

  private mutating func parseExpressionStatement(
    labelStart: Int, labelCount: Int, isBody: Bool
  ) throws(SyntaxError) {
    let first = token
    switch first.kind {
    case .let:
      let following = try peek()
      if following.kind == .leftBracket
        || !following.newlineBefore
          && (following.kind == .leftBrace || following.kind.mayBeIdentifier)
      {
        throw failure(.lexicalInSingleStatement, first.range)
      }
    case .async:
      if !first.isEscaped, case let following = try peek(), following.kind == .function,
        !following.newlineBefore
      {
        throw failure(.asyncFunctionInSingleStatement, first.range)
      }
    default: break
    }
    let expression = try parseExpression()
    if token.kind == .colon, expression.kind == .identifier, !expression.isParenthesized,
      previousStart == first.start
    {
      return try parseLabelled(
        first, labelStart: labelStart, labelCount: labelCount, isBody: isBody)
    }
    if first.isEscaped, token.kind == .function, name(of: first) == "async" {
      throw failure(.escapedKeyword, first.range)
    }
    lastExpression = SourceRange(expression.start, expression.end)
    if notesCompletion { noteCompletion(.value, from: first.start) }
    try consumeSemicolon()
  }

  private mutating func parseLabelled(
    _ word: Token, labelStart: Int, labelCount: Int, isBody: Bool
  ) throws(SyntaxError) {
    // The label was read as an expression.
    references.removeLast()
    if word.kind == .await, isModule { throw failure(.reservedWord, word.range) }
    let name = intern(word)
    if labels[function.firstLabel...].contains(where: { $0.name == name }) {
      throw SyntaxError("Label '\(self.name(of: word))' has already been declared", word.range)
    }
    labels.append(Label(name: name, isLoop: false))
    try next()
    if token.kind == .function {
      if function.isStrict { throw failure(.strictFunctionInStatement, token.range) }
      if isBody { throw failure(.sloppyFunctionInStatement, token.range) }
      try rejectGenerator()
      try parseFunctionDeclaration()
    } else {
      try parseStatement(labelStart: labelStart, labelCount: labelCount + 1, isBody: isBody)
    }
    labels.removeLast()
  }

  private mutating func rejectGenerator() throws(SyntaxError) {
    let following = try peek()
    if following.kind == .star { throw failure(.generatorInSingleStatement, following.range) }
  }

  mutating func parseBlock() throws(SyntaxError) {
    pushScope(.block)
    try parseBlockBody()
    popScope()
  }

  /// `{ … }` in a scope that is open.
  private mutating func parseBlockBody() throws(SyntaxError) {
    guard token.kind == .leftBrace else { throw unexpected() }
    let start = token.end
    try next()
    while token.kind != .rightBrace {
      if token.kind == .endOfInput { throw unexpected() }
      try parseStatementListItem()
    }
    noteUsingStatements(from: start)
    try next()
  }

  mutating func parseCondition() throws(SyntaxError) {
    try expect(.leftParenthesis)
    try parseExpression()
    try expect(.rightParenthesis)
  }

  mutating func parseLoopBody(labelCount: Int) throws(SyntaxError) {
    for i in labels.count - labelCount..<labels.count { labels[i].isLoop = true }
    function.loopDepth += 1
    function.breakableDepth += 1
    try parseStatement(isBody: true)
    function.loopDepth -= 1
    function.breakableDepth -= 1
  }

  /// A chain of `else if` is a loop.
  private mutating func parseIf() throws(SyntaxError) {
    while true {
      try next()
      try parseCondition()
      try parseIfBranch()
      guard token.kind == .else else { return }
      try next()
      if token.kind != .if { return try parseIfBranch() }
    }
  }

  /// In sloppy code a function declaration may be a branch, as if in a block.
  /// https://tc39.es/ecma262/#sec-functiondeclarations-in-ifstatement-statement-clauses
  private mutating func parseIfBranch() throws(SyntaxError) {
    guard token.kind == .function, !function.isStrict else {
      return try parseStatement(isBody: true)
    }
    try rejectGenerator()
    pushScope(.block)
    try parseFunctionDeclaration()
    popScope()
  }

  private mutating func parseDo(labelCount: Int) throws(SyntaxError) {
    try next()
    try parseLoopBody(labelCount: labelCount)
    try expect(.while)
    try parseCondition()
    _ = try eat(.semicolon)
  }

  private mutating func parseJump() throws(SyntaxError) {
    let keyword = token
    let isContinue = keyword.kind == .continue
    try next()
    if !endsStatement {
      let word = token
      try checkIdentifier(word)
      let name = intern(word)
      let label = labels[function.firstLabel...].last { $0.name == name }
      guard let label else {
        throw SyntaxError("Undefined label '\(self.name(of: word))'", word.range)
      }
      if isContinue, !label.isLoop {
        throw SyntaxError(
          "Illegal continue statement: '\(self.name(of: word))' does not denote an iteration statement",
          word.range)
      }
      if !isContinue, function.inStaticBlock, function.breakableDepth == 0 {
        noteEngineCheck(
          .missing("`break` to a label outside loops in a static block"), word.range)
      }
      try next()
    } else if isContinue, function.loopDepth == 0 {
      throw failure(.continueOutsideLoop, keyword.range)
    } else if !isContinue, function.breakableDepth == 0 {
      throw failure(.illegalBreak, keyword.range)
    }
    try consumeSemicolon()
  }

  private mutating func parseWith() throws(SyntaxError) {
    if function.isStrict { throw failure(.strictWith, token.range) }
    try next()
    try parseCondition()
    try parseStatement(isBody: true)
  }

  private mutating func parseSwitch() throws(SyntaxError) {
    try next()
    try parseCondition()
    try expect(.leftBrace)
    pushScope(.switch)
    function.breakableDepth += 1
    var hasDefault = false
    while token.kind != .rightBrace {
      if token.kind == .default {
        if hasDefault { throw failure(.duplicateDefault, token.range) }
        hasDefault = true
        try next()
      } else {
        try expect(.case)
        try parseExpression()
      }
      try expect(.colon)
      while token.kind != .case, token.kind != .default, token.kind != .rightBrace {
        if token.kind == .endOfInput { throw unexpected() }
        try parseStatementListItem()
      }
    }
    function.breakableDepth -= 1
    popScope()
    try next()
  }

  private mutating func parseTry() throws(SyntaxError) {
    try next()
    try parseBlock()
    guard token.kind == .catch || token.kind == .finally else {
      throw SyntaxError(
        Message.missingCatch.rawValue, previousRange, isUnfinished: token.kind == .endOfInput)
    }
    if token.kind == .catch {
      try next()
      pushScope(.catch)
      if token.kind == .leftParenthesis {
        try next()
        let isSimple = token.kind != .leftBrace && token.kind != .leftBracket
        _ = try parseBindingTarget(.catchParameter(isSimple: isSimple))
        try expect(.rightParenthesis)
      }
      try parseClause(.catchClause)
      popScope()
    }
    if token.kind == .finally {
      try next()
      pushScope(.block)
      try parseClause(.finallyClause)
      popScope()
    }
  }

  private mutating func parseClause(_ completion: RewritePoint.Completion) throws(SyntaxError) {
    let start = token.end
    try parseBlockBody()
    if notesCompletion {
      points.append(
        RewritePoint(
          range: SourceRange(start, previousStart), kind: .completion(completion)))
    }
  }
}
