/// `using` and `await using` declarations, and the scopes whose resources they are.
/// https://tc39.es/ecma262/#sec-let-and-const-declarations
extension Parser {
  /// Whether the `using` here begins a declaration: a name follows on its line.
  mutating func startsUsing() throws(SyntaxError) -> Bool {
    if token.isEscaped { return false }
    let following = try peek()
    return following.kind.mayBeIdentifier && !following.newlineBefore
  }

  /// Whether the `await` here begins `await using name`.
  mutating func startsAwaitUsing() throws(SyntaxError) -> Bool {
    guard function.awaitIsKeyword else { return false }
    let saved = (position, token, previousEnd, previousStart, previousKind, octal)
    defer { (position, token, previousEnd, previousStart, previousKind, octal) = saved }
    try next()
    guard token.kind == .using, !token.newlineBefore, !token.isEscaped else { return false }
    return try startsUsing()
  }

  /// The keywords of a declaration, just read: the innermost scope gets a resource.
  mutating func noteUsing(_ kind: TopLevelDeclaration.Kind, _ start: Int) throws(SyntaxError) {
    usesExplicitResourceManagement = true
    let isAtTopOfScript = !isModule && function.isTop && scopes.count == 1
    if isAtTopOfScript || scopes.last?.kind == .switch { throw unexpected() }
    let keywords = SourceRange(start, previousEnd)
    if kind == .awaitUsing {
      if function.isTopLevelAwait { noteTopLevelAwait(keywords) }
      function.lastAwaitOrYield = start
      if scopes[scopes.count - 1].using != .async { scopes[scopes.count - 1].awaitUsing = start }
      scopes[scopes.count - 1].using = .async
    } else if scopes[scopes.count - 1].using == .none {
      scopes[scopes.count - 1].using = .sync
    }
    points.append(RewritePoint(range: keywords, kind: .usingKeyword))
  }

  /// The initializer of a binding, just read: `value`, which began with the token `first`.
  mutating func noteUsingInitializer(
    of word: Token, _ kind: TopLevelDeclaration.Kind, first: Token, _ value: Expression
  ) {
    let mayBeAnonymousFunction: Bool
    switch first.kind {
    case .function, .class, .async, .leftParenthesis: mayBeAnonymousFunction = true
    default: mayBeAnonymousFunction = value.kind == .arrow
    }
    points.append(
      RewritePoint(
        range: SourceRange(word.start, previousEnd),
        kind: .usingInitializer(
          name: mayBeAnonymousFunction ? name(of: word) : nil, start: first.start,
          isAsync: kind == .awaitUsing)))
  }

  /// The end of the innermost scope, whose statements begin at `start`.
  mutating func noteUsingStatements(from start: Int, firstFunction: Int? = nil) {
    guard let scope = scopes.last, scope.using != .none else { return }
    var result = usingScope(.statements, of: scope)
    if let firstFunction { result.functions = renameFunctions(from: firstFunction) }
    points.append(
      RewritePoint(range: SourceRange(start, token.start), kind: .usingScope(result)))
  }

  /// The end of `for (using … ; … ; …) …`, which begins at its labels.
  mutating func noteUsingLoop(from start: Int) {
    guard let scope = scopes.last, scope.using != .none else { return }
    points.append(
      RewritePoint(
        range: SourceRange(start, previousEnd),
        kind: .usingScope(usingScope(.loop, of: scope))))
  }

  /// The end of the body of `for (using NAME of …) …`.
  mutating func noteUsingIteration(
    _ kind: TopLevelDeclaration.Kind?, _ name: SourceRange, body start: Int
  ) {
    guard kind == .using || kind == .awaitUsing, let scope = scopes.last else { return }
    points.append(
      RewritePoint(
        range: SourceRange(start, previousEnd),
        kind: .usingScope(usingScope(.iteration(name), of: scope))))
  }

  func usingScope(_ form: RewritePoint.UsingScope.Form, of scope: Scope)
    -> RewritePoint.UsingScope
  {
    RewritePoint.UsingScope(
      form: form, isAsync: scope.using == .async, isTop: function.isTop, place: scope.awaitUsing)
  }

  /// New names for the functions of a body that is put into a block: there a function is no `var`.
  /// In strict code that can be told only of a name that is declared again.
  private mutating func renameFunctions(from first: Int) -> [RewritePoint.UsingScope.BodyFunction] {
    guard let scope = scopes.last else { return [] }
    let declared = bodyFunctions[first...]
    var renamed: [RewritePoint.UsingScope.BodyFunction] = []
    for each in declared {
      let isVariable =
        declarationTable.find(each.name, scope: scope.id).map {
          declarationTable[$0].traits.contains(.declaredByVar)
        } ?? false
      guard
        !function.isStrict || isVariable
          || declared.reduce(0, { $0 + ($1.name == each.name ? 1 : 0) }) > 1
      else { continue }
      points.append(RewritePoint(range: each.range, kind: .bodyFunction(renamedFunctions)))
      renamed.append(
        RewritePoint.UsingScope.BodyFunction(
          number: renamedFunctions, name: names.text(each.name)))
      renamedFunctions += 1
    }
    return renamed
  }
}
