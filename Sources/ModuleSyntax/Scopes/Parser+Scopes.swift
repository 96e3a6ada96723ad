extension Parser {
  mutating func pushScope(_ kind: Scope.Kind, firstReference: Int? = nil) {
    scopes.append(
      Scope(
        kind: kind, id: nextScope, firstReference: firstReference ?? references.count,
        firstEval: evals.count))
    nextScope += 1
  }

  /// Closes the innermost scope: drops the references that its declarations resolve; the others
  /// are now the surrounding scope's.
  mutating func popScope() {
    guard let scope = scopes.popLast() else { return }
    let resolvesArguments = sawArguments && (scope.kind == .function)
    if scope.lastDeclaration >= 0 || resolvesArguments {
      resolve(scope, resolvesArguments: resolvesArguments)
    }
    if evals.count > scope.firstEval { shadow(scope) }
    declarationTable.removeAll(from: scope.lastDeclaration)
  }

  private mutating func resolve(_ scope: Scope, resolvesArguments: Bool) {
    var kept = scope.firstReference
    for i in scope.firstReference..<references.count {
      let name = references[i].name
      if name < 0 || declarationTable.isDeclared(name, inInnermost: scope.id)
        || resolvesArguments && name == NameTable.arguments
      {
        continue
      }
      if kept != i { references[kept] = references[i] }
      kept += 1
    }
    if kept < references.count { references.removeLast(references.count - kept) }
  }

  private mutating func shadow(_ scope: Scope) {
    var declared: [Int32] = []
    var index = scope.lastDeclaration
    while index >= 0 {
      declared.append(declarationTable[index].name)
      index = declarationTable[index].next
    }
    for i in scope.firstEval..<evals.count { evals[i].shadowed += declared }
  }

  // MARK: Declaring

  mutating func addReference(_ token: Token, form: Reference.Form) -> Int32 {
    let name = intern(token)
    if name == NameTable.arguments { sawArguments = true }
    references.append(
      Reference(name: name, start: Int32(token.start), end: Int32(token.end), form: form))
    return Int32(references.count - 1)
  }

  @discardableResult
  private mutating func insert(
    _ name: Int32, _ traits: Declaration.Traits, scope index: Int
  ) -> Int32 {
    let declaration = declarationTable.insert(
      Declaration(
        name: name, scope: scopes[index].id, next: scopes[index].lastDeclaration, traits: traits))
    scopes[index].lastDeclaration = declaration
    return declaration
  }

  private func redeclared(_ name: Int32, _ range: SourceRange) -> SyntaxError {
    SyntaxError("Identifier '\(names.text(name))' has already been declared", range)
  }

  /// A `var` binding: it belongs to the nearest function, but no scope on the way may declare the
  /// name otherwise. Answers the index in `declarations` if it is a top-level name.
  @discardableResult
  mutating func declareVariable(
    _ name: Int32, _ range: SourceRange, kind: TopLevelDeclaration.Kind = .var
  ) throws(SyntaxError) -> Int? {
    let added: Declaration.Traits = kind == .var ? [.variable, .declaredByVar] : .variable
    var index = scopes.count - 1
    while true {
      if let found = declarationTable.find(name, scope: scopes[index].id) {
        let traits = declarationTable[found].traits
        if !traits.isDisjoint(with: [.lexical, .importBinding]) { throw redeclared(name, range) }
        if !traits.isSuperset(of: added) {
          declarationTable[found].traits.formUnion(added)
        }
      } else {
        let declaration = insert(name, added, scope: index)
        if index == 0 { addTopLevel(name, kind, range, declaration) }
      }
      if scopes[index].holdsVariables || index == 0 { break }
      index -= 1
    }
    guard index == 0, let found = declarationTable.find(name, scope: scopes[0].id) else {
      return nil
    }
    return Int(declarationTable[found].index)
  }

  private mutating func addTopLevel(
    _ name: Int32, _ kind: TopLevelDeclaration.Kind, _ range: SourceRange, _ declaration: Int32
  ) {
    declarationTable[declaration].index = Int32(declarations.count)
    declarations.append(TopLevelDeclaration(name: names.text(name), kind: kind, range: range))
  }

  mutating func declareLexical(
    _ name: Int32, _ range: SourceRange, kind: TopLevelDeclaration.Kind,
    traits: Declaration.Traits = .lexical
  ) throws(SyntaxError) {
    let index = scopes.count - 1
    if let found = declarationTable.find(name, scope: scopes[index].id) {
      let bothSloppy =
        traits.contains(.sloppyBlockFunction)
        && declarationTable[found].traits == traits
      if bothSloppy { return }
      throw redeclared(name, range)
    }
    if scopes[index].kind == .functionBody,
      let found = declarationTable.find(name, scope: scopes[index - 1].id),
      declarationTable[found].traits.contains(.parameter)
    {
      throw redeclared(name, range)
    }
    let declaration = insert(name, traits, scope: index)
    if index == 0 { addTopLevel(name, kind, range, declaration) }
  }

  mutating func declareImport(_ name: Int32, _ range: SourceRange, entry: Int)
    throws(SyntaxError)
  {
    if declarationTable.find(name, scope: scopes[0].id) != nil { throw redeclared(name, range) }
    let index = insert(name, .importBinding, scope: 0)
    declarationTable[index].index = Int32(entry)
  }

  /// A function declaration, which is a `var` at the top of a function or script and lexical in
  /// blocks and modules.
  @discardableResult
  mutating func declareFunction(_ name: Int32, _ range: SourceRange, isPlain: Bool)
    throws(SyntaxError) -> Int?
  {
    guard let scope = scopes.last else { return nil }
    if scope.holdsVariables, !(isModule && scopes.count == 1) {
      if scopes.count > 1 { bodyFunctions.append(BodyFunction(name: name, range: range)) }
      return try declareVariable(name, range, kind: .function)
    }
    let traits: Declaration.Traits =
      isPlain && !function.isStrict ? [.lexical, .sloppyBlockFunction] : .lexical
    try declareLexical(name, range, kind: .function, traits: traits)
    return nil
  }

  mutating func declareParameter(_ name: Int32) -> Bool {
    let index = scopes.count - 1
    if declarationTable.find(name, scope: scopes[index].id) != nil { return false }
    insert(name, .parameter, scope: index)
    return true
  }

  mutating func declareCatchParameter(_ name: Int32, _ range: SourceRange, isSimple: Bool)
    throws(SyntaxError)
  {
    let index = scopes.count - 1
    if declarationTable.find(name, scope: scopes[index].id) != nil {
      throw redeclared(name, range)
    }
    insert(name, isSimple ? .simpleCatch : .lexical, scope: index)
  }

  /// The name of a function or class expression, in a scope of its own.
  mutating func declareOwnName(_ name: Int32) {
    insert(name, .simpleCatch, scope: scopes.count - 1)
  }

  // MARK: Private names

  mutating func declarePrivate(
    _ name: Int32, _ kind: PrivateName.Kind, isStatic: Bool, _ range: SourceRange
  ) throws(SyntaxError) {
    let start = classStarts.last ?? 0
    for i in start..<privateNames.count where privateNames[i].name == name {
      let other = privateNames[i]
      let isPair =
        other.isStatic == isStatic
        && (kind == .getter && other.kind == .setter || kind == .setter && other.kind == .getter)
      guard isPair else { throw redeclared(name, range) }
      privateNames[i].kind = .both
      return
    }
    privateNames.append(PrivateName(name: name, kind: kind, isStatic: isStatic))
  }

  mutating func addPrivateReference(_ token: Token) throws(SyntaxError) {
    let name = intern(token)
    if classStarts.isEmpty { throw undeclaredPrivate(name, token.range) }
    privateReferences.append(
      PrivateReference(name: name, start: token.start, end: token.end))
  }

  private func undeclaredPrivate(_ name: Int32, _ range: SourceRange) -> SyntaxError {
    SyntaxError(
      "Private field '\(names.text(name))' must be declared in an enclosing class", range)
  }

  /// AllPrivateIdentifiersValid at the end of a class body.
  /// https://tc39.es/ecma262/#sec-static-semantics-allprivateidentifiersvalid
  mutating func closeClass(firstPrivateReference: Int) throws(SyntaxError) {
    let start = classStarts.removeLast()
    if privateReferences.count > firstPrivateReference {
      let declared = Set(privateNames[start...].lazy.map(\.name))
      var kept = firstPrivateReference
      for i in firstPrivateReference..<privateReferences.count
      where !declared.contains(privateReferences[i].name) {
        let reference = privateReferences[i]
        if classStarts.isEmpty {
          throw undeclaredPrivate(reference.name, SourceRange(reference.start, reference.end))
        }
        privateReferences[kept] = reference
        kept += 1
      }
      privateReferences.removeLast(privateReferences.count - kept)
    }
    privateNames.removeLast(privateNames.count - start)
  }
}
