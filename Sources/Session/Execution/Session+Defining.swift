internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  func context(named name: String?) throws -> VMContext {
    guard let name else { return host.mainContext }
    guard let context = contexts[name] else {
      throw CommandError(
        .unknownContext(name, near: NearestNames.of(name, among: contextNames)))
    }
    return context
  }

  func entry(_ name: String) throws -> ModuleEntry {
    guard let entry = registry[name] else {
      throw CommandError(
        .unknownModule(name, near: NearestNames.ofModule(name, among: registry.names)))
    }
    return entry
  }

  func sourceEntry(_ name: String) throws -> SourceTextModule {
    guard let module = try entry(name).module as? SourceTextModule else {
      throw CommandFailure(
        message: "\(name) is a synthetic module: it requests nothing, so there is nothing to link.",
        hints: ["evaluate \(quotedName(name))"])
    }
    return module
  }

  // MARK: - module

  func define(_ definition: ModuleDefinition) throws -> CommandOutcome {
    let context = try context(named: definition.context)
    let identifier = definition.identifier ?? definition.name
    let bytes: [UInt8]
    var file: String?
    switch definition.source {
    case .text(let text): bytes = text.bytes
    case .file(let reference):
      bytes = try outside.text(of: reference)
      file = reference.resolved
    }
    let source = SourceText(
      bytes: bytes, name: identifier, lineOffset: definition.lineOffset,
      columnOffset: definition.columnOffset)
    let module = try makeSource(source, definition, context: context)
    let entry = ModuleEntry(
      name: definition.name, definition: .source(source, definition), module: module, file: file)
    registry.add(entry)
    if let file { filesByPath[fileKey(file, .javaScript)] = entry }
    collectIfMany()
    return CommandOutcome(show: definitionLine(entry))
  }

  func makeSource(
    _ source: SourceText, _ definition: ModuleDefinition, context: VMContext
  ) throws -> SourceTextModule {
    let module = try SourceTextModule(source, identifier: source.name, context: context)
    module.dynamicImport = .host
    if let meta = definition.meta {
      module.importMeta = .fill { [unowned self] object in
        switch evaluate(meta, in: context) {
        case .thrown(let thrown): return thrown
        case .value(let value) where value.isObject:
          return context.realm.assign(value, to: object)
        case .value(let value):
          let shown = host.engine.inspector.inspect(value)
          return JavaScriptThrown(
            context.realm.makeErrorObject(
              name: "TypeError", message: "--meta takes an object, not \(shown)"))
        }
      }
    }
    return module
  }

  // MARK: - synthetic

  func define(_ definition: SyntheticDefinition) throws -> CommandOutcome {
    let context = try context(named: definition.context)
    let module = makeSynthetic(definition, context: context)
    let entry = ModuleEntry(
      name: definition.name, definition: .synthetic(definition), module: module)
    registry.add(entry)
    collectIfMany()
    return CommandOutcome(show: definitionLine(entry))
  }

  func makeSynthetic(_ definition: SyntheticDefinition, context: VMContext) -> SyntheticModule {
    SyntheticModule(
      exports: definition.exports.map(\.name), identifier: definition.identifier ?? definition.name,
      context: context
    ) { [unowned self] module in
      if let body = definition.body {
        switch evaluate(body: body, of: module.identifier, in: context) {
        case .thrown(let thrown): return thrown
        case .value(let callback): return host.runEvaluateCallback(callback, of: module)
        }
      }
      for export in definition.exports {
        guard let text = export.value else { continue }
        switch evaluate(text, in: context) {
        case .thrown(let thrown): return thrown
        case .value(let value): try? module.setExport(export.name, to: value)
        }
      }
      return nil
    }
  }

  func defineJSON(_ name: String, _ operand: SourceOperand) throws -> CommandOutcome {
    let text: CarriedText
    var file: String?
    switch operand {
    case .text(let given): text = given
    case .file(let reference):
      text = CarriedText(bytes: try outside.text(of: reference), line: 1)
      file = reference.resolved
    }
    if case .thrown(let thrown) = host.mainContext.realm.parseJSON(text.text) {
      throw failure(ofJSON: text.source(named: file ?? name), thrown)
    }
    let module = makeJSON(text, identifier: name, context: host.mainContext)
    let entry = ModuleEntry(name: name, definition: .json(text), module: module, file: file)
    registry.add(entry)
    if let file { filesByPath[fileKey(file, .json)] = entry }
    collectIfMany()
    return CommandOutcome(show: definitionLine(entry))
  }

  /// The engine's words for text that is no JSON, and the place, which it does not tell.
  private func failure(ofJSON source: SourceText, _ thrown: JavaScriptThrown) -> CommandFailure {
    var failure = describe(host.failure(of: ModuleError.thrown(thrown)), .parse)
    guard let offset = JSONSyntax.firstMistake(in: source.bytes) else { return failure }
    let range = SourceRange(offset, min(offset + 1, source.bytes.count))
    failure.diagnostic.labels = [
      Diagnostic.Label(source: source, range: range, text: "this is no JSON any more")
    ]
    failure.report.position = source.position(at: offset)
    return failure
  }

  func set(_ name: String, _ export: String, _ text: CarriedText) throws -> CommandOutcome {
    guard let module = try entry(name).module as? SyntheticModule else {
      throw CommandFailure(
        message: "\(name) is a source text module: only its own code sets its exports.",
        hints: ["js \(JavaScriptText.member("ns", name))", "show \(quotedName(name))"])
    }
    switch evaluate(text, in: module.context) {
    case .thrown(let thrown):
      throw PhasedFailure(host.failure(of: ModuleError.thrown(thrown)), .evaluate)
    case .value(let value):
      do {
        try module.setExport(export, to: value)
      } catch let failure as VMFailure {
        var described = describe(failure, .evaluate)
        let names = module.synthetic.exportNames
        described.diagnostic.notes = [
          names.isEmpty
            ? "\(name) has no exports."
            : "\(name) exports \(list(names.map { renderer.quotedIfOdd($0) }))."
        ]
        described.diagnostic.hints = NearestNames.of(export, among: names).map {
          "set \(quotedName(name)).\(quotedName($0)) = \(text.text)"
        }
        throw described
      }
      return CommandOutcome(
        text:
          "\(quotedName(name)).\(quotedName(export)) = \(oneLine(host.engine.inspector.inspect(value)))\n"
      )
    }
  }

  // MARK: - context, reset, remove, clear

  func makeContext(_ name: String) throws -> CommandOutcome {
    guard contexts[name] == nil else { throw CommandError(.contextExists(name)) }
    contexts[name] = host.makeContext(name: name)
    contextNames.append(name)
    return CommandOutcome(text: "context \(name)\n")
  }

  func reset(_ names: [String]) throws -> CommandOutcome {
    let entries = try names.isEmpty ? registry.all : names.map { try entry($0) }
    var lines: [(TextRenderer) -> String] = []
    for entry in entries {
      let context = entry.module.context
      let module: VMModule
      var commonJS: CommonJSFile?
      switch entry.definition {
      case .source(let source, let definition):
        module = try makeSource(source, definition, context: context)
      case .synthetic(let definition): module = makeSynthetic(definition, context: context)
      case .json(let json): module = makeJSON(json, identifier: entry.name, context: context)
      case .file(let path, let kind):
        (module, commonJS) = try makeModule(
          path: path, kind: kind, context: context, asNode: entry.commonJS != nil)
      case .script:
        guard !names.isEmpty else { continue }
        throw CommandFailure(
          message: "JavaScript made \(entry.name): only JavaScript can make it again.",
          hints: ["remove \(quotedName(entry.name))"])
      }
      let fresh = ModuleEntry(
        name: entry.name, definition: entry.definition, module: module, file: entry.file,
        commonJS: commonJS)
      registry.add(fresh)
      for (key, known) in filesByPath where known === entry { filesByPath[key] = fresh }
      lines.append(definitionLine(fresh))
    }
    collectIfMany()
    return CommandOutcome { renderer in lines.map { $0(renderer) }.joined() }
  }

  func remove(_ names: [String]) throws -> CommandOutcome {
    for name in names { _ = try entry(name) }
    for name in names { registry.remove(name) }
    collectIfMany()
    return CommandOutcome()
  }

  func clear() -> CommandOutcome {
    registry.removeAll()
    rules = []
    lastRuleNumber = 0
    pending = []
    answers = [:]
    rejectedImports = []
    filesByPath = [:]
    host.timers.removeAll()
    collect()
    return CommandOutcome()
  }

  /// `main   source      unlinked   requests "dep"`
  func definitionLine(_ entry: ModuleEntry) -> (TextRenderer) -> String {
    // Thousands of definitions need no lines that nobody sees.
    guard showsText else { return { _ in "" } }
    let (row, widest) = (row(entry), registry.widestName)
    return { $0.module(row, names: CollectionOfOne(widest)) }
  }
}
