extension Parser {
  /// The rewrite points of everything, in order; references that no scope resolved are compared
  /// with the imports.
  private mutating func finishPoints() {
    let top = scopes.removeLast()
    for reference in references where reference.name >= 0 {
      if let entry = importEntry(of: reference, top: top) {
        points.append(point(reference, entry: entry))
      } else if reference.name == NameTable.arguments,
        declarationTable.find(reference.name, scope: top.id) == nil
      {
        points.append(
          RewritePoint(
            range: SourceRange(Int(reference.start), Int(reference.end)), kind: .freeArguments))
      }
    }
    for eval in evals {
      var shadowed: [String] = []
      for name in eval.shadowed {
        let text = names.text(name)
        if !shadowed.contains(text) { shadowed.append(text) }
      }
      points.append(
        RewritePoint(
          range: eval.range,
          kind: .directEval(
            RewritePoint.DirectEval(
              argument: eval.argument, shadowed: shadowed, inFunction: eval.inFunction,
              inMethod: eval.inMethod, inClassField: eval.inClassField, isStrict: eval.isStrict))))
    }
    for (callee, parenthesis, argument) in indirectEvals {
      points.append(
        RewritePoint(
          range: parenthesis, kind: .indirectEval(callee: callee, argument: argument)))
    }
    if usesExplicitResourceManagement {
      sortPointsWithScopes()
    } else {
      points.sort { ($0.range.start, $1.range.end) < ($1.range.start, $0.range.end) }
    }
  }

  /// A scope stands before what it holds, also before one that is all it holds: that was noted first.
  private mutating func sortPointsWithScopes() {
    func rank(_ index: Int) -> Int {
      if case .usingScope = points[index].kind { return -index }
      return 1
    }
    let order = points.indices.sorted {
      let (one, other) = (points[$0].range, points[$1].range)
      return (one.start, other.end, rank($0)) < (other.start, one.end, rank($1))
    }
    points = order.map { points[$0] }
  }

  private func importEntry(of reference: Reference, top: Scope) -> Int? {
    if let found = declarationTable.find(reference.name, scope: top.id) {
      let declaration = declarationTable[found]
      return declaration.traits.contains(.importBinding) ? Int(declaration.index) : nil
    }
    if options.evalImports.isEmpty { return nil }
    return options.evalImports[names.text(reference.name)]
  }

  private func point(_ reference: Reference, entry: Int) -> RewritePoint {
    var range = SourceRange(Int(reference.start), Int(reference.end))
    let form: RewritePoint.ReferenceForm
    let isNamespace =
      entry < importEntries.count && isModule && importEntries[entry].importName == .namespace
    if reference.memberEnd > 0, isNamespace {
      let name = memberName(Int(reference.memberStart), Int(reference.memberEnd))
      form = .staticMember(name: name, inNew: reference.form == .newCallee)
      range.end = Int(reference.memberEnd)
    } else {
      form =
        switch reference.form {
        case .value: .value
        case .newCallee: .newCallee
        case .shorthand: .shorthand
        case .assignmentTarget: .assignmentTarget
        case .shorthandTarget: .shorthandTarget
        }
    }
    return RewritePoint(range: range, kind: .importReference(import: entry, form: form))
  }

  private func memberName(_ start: Int, _ end: Int) -> String {
    String(decoding: decodedIdentifier(start, end), as: UTF8.self)
  }

  /// The export entries of a module: what `export { x }` means is known only at the end.
  /// https://tc39.es/ecma262/#sec-parsemodule
  mutating func parseModule(_ source: SourceText) throws(SyntaxError) -> ParsedModule {
    try parseProgram()
    let top = scopes[0]
    var module = ParsedModule(source: source)
    module.indirectExportEntries = indirectExportEntries
    for export in localExports {
      if export.name < 0 {
        module.localExportEntries.append(
          LocalExportEntry(
            exportName: export.exportName, localName: "*default*", range: export.range))
        continue
      }
      let text = names.text(export.name)
      guard let found = declarationTable.find(export.name, scope: scopes[0].id) else {
        throw SyntaxError("Export '\(text)' is not defined in module", export.range)
      }
      let declaration = declarationTable[found]
      if declaration.traits.contains(.importBinding),
        case let entry = importEntries[Int(declaration.index)],
        case .name(let importName) = entry.importName
      {
        module.indirectExportEntries.append(
          IndirectExportEntry(
            request: entry.request, importName: .name(importName), exportName: export.exportName,
            range: export.range))
      } else {
        module.localExportEntries.append(
          LocalExportEntry(
            exportName: export.exportName, localName: text, range: export.range))
      }
    }
    module.indirectExportEntries.sort { $0.range.start < $1.range.start }
    finishPoints()
    module.requests = requests
    module.importEntries = importEntries
    module.starExportEntries = starExportEntries
    module.declarations = declarations
    module.statements = statements
    module.rewritePoints = points
    module.firstTopLevelAwait = firstTopLevelAwait
    module.hasDirectEval = hasDirectEval
    module.engineChecks = engineChecks
    module.usesImportMeta = usesImportMeta
    module.hasDynamicImport = hasDynamicImport
    module.usesExplicitResourceManagement = usesExplicitResourceManagement
    if top.using != .none {
      module.topLevelUsing = usingScope(.statements, of: top)
    }
    return module
  }

  mutating func parseScript(_ source: SourceText) throws(SyntaxError) -> ParsedScript {
    try parseProgram()
    finishPoints()
    var script = ParsedScript(source: source)
    script.declarations = declarations
    script.statements = statements
    script.rewritePoints = points
    script.variableLists = variableLists
    script.firstTopLevelAwait = firstTopLevelAwait
    script.engineChecks = engineChecks
    script.hasDynamicImport = hasDynamicImport
    script.isStrict = function.isStrict
    script.usesExplicitResourceManagement = usesExplicitResourceManagement
    script.notesCompletions = options.notesCompletions
    return script
  }
}
