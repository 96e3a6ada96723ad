internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  // MARK: - status

  func status(_ names: [String]) throws -> CommandOutcome {
    let entries: [ModuleEntry]
    if names.isEmpty {
      entries = registry.all + stillReferenced()
    } else {
      entries = try names.map { try entry($0) }
    }
    let rows = rows(entries)
    return CommandOutcome(result: self.keepsReports ? ModuleRow.json(rows) : .null) {
      $0.status(rows)
    }
  }

  /// Replaced modules to which a registered one is still linked.
  private func stillReferenced() -> [ModuleEntry] {
    guard !registry.replaced.isEmpty else { return [] }
    var reached: Set<ModuleRecord> = []
    var waiting = registry.all.map(\.module.record)
    while let record = waiting.popLast() {
      guard reached.insert(record).inserted else { continue }
      waiting += record.asSourceText?.loadedModules.compactMap { $0 } ?? []
    }
    return registry.replaced.filter { reached.contains($0.module.record) }
  }

  func rows(_ entries: [ModuleEntry]) -> [ModuleRow] {
    let names = namespaceNames(of: entries)
    // What was given up is not shown.
    return entries.lazy.prefix { _ in !InterruptRequest.isPending() }.map { row($0, names) }
  }

  func namespaceNames(of entries: [ModuleEntry]) -> NamespaceNames {
    NamespaceNames(of: entries.map(\.module.record).filter(\.isLinked))
  }

  /// `names` are those of many modules, when there are many.
  func row(_ entry: ModuleEntry, _ names: NamespaceNames? = nil) -> ModuleRow {
    let module = entry.module
    var row = ModuleRow(
      name: entry.name, kind: module is SyntheticModule ? .synthetic : .source,
      identifier: module.identifier, context: module.context.name,
      status: ModuleStatusWord(rawValue: module.status.rawValue) ?? .unlinked,
      record: module.record.status.word)
    row.isReplaced = entry.isReplaced
    row.commonJS = entry.commonJS?.words
    if let source = module as? SourceTextModule {
      row.requests = source.moduleRequests.enumerated().map { index, request in
        ModuleRow.Request(
          specifier: request.specifier,
          attributes: request.attributes.map { .init(key: $0.key, value: $0.value) },
          resolved: source.source.loadedModules[index].flatMap { host.module(of: $0) }
            .map { name(of: $0) })
      }
      row.exports = exportNames(of: source, names)
      if !source.record.isLinked {
        let parsed = source.source.parsed
        row.stars = parsed.starExportEntries.map { parsed.requests[$0.request].specifier }
      }
      if options.spec {
        row.specification = specification(of: source.source) + steppedColumns(of: source.source)
      }
    } else if let synthetic = module as? SyntheticModule {
      row.exports = .list(synthetic.synthetic.exportNames)
      if options.spec { row.specification = specification(of: nil) + steppedColumns(of: nil) }
    }
    if let failure = module.failure { row.error = describe(failure, .evaluate).report }
    return row
  }

  /// Before linking: what the source names; afterwards: what the namespace has.
  private func exportNames(of module: SourceTextModule, _ names: NamespaceNames?) -> ExportedNames {
    let own = module.source.ownExportNames
    guard module.record.isLinked else { return .list(own) }
    // Each of its own resolves, or it would not have been linked.
    if module.source.parsed.starExportEntries.isEmpty {
      return .list(own.sorted(by: precedesInCodeUnits))
    }
    if let names { return .namespace(module.record.id, names) }
    return .list(module.record.namespaceExports().map(\.name))
  }

  private func specification(of record: SourceTextModuleRecord?) -> [(title: String, text: String)]
  {
    func text(_ number: Int?) -> String { number.map(String.init) ?? "–" }
    let order: String
    switch record?.asyncEvaluationOrder ?? .unset {
    case .unset: order = "–"
    case .order(let number): order = String(number)
    case .done: order = "done"
    }
    let parents = record?.asyncParentModules.map { name(of: $0) } ?? []
    return [
      ("DFS", text(record?.dfsIndex)), ("ANCESTOR", text(record?.dfsAncestorIndex)),
      ("ROOT", record?.cycleRoot.map { name(of: $0) } ?? "–"),
      ("TLA", record.map { $0.hasTLA ? "yes" : "no" } ?? "–"), ("ASYNC", order),
      ("PENDING", text(record?.pendingAsyncDependencies)),
      ("PARENTS", parents.isEmpty ? "–" : parents.joined(separator: ", ")),
    ]
  }

  // MARK: - show

  func show(_ name: String, at moment: SessionMoment? = nil) throws -> CommandOutcome {
    let entry = try moment.map { try self.entry(name, at: $0) } ?? self.entry(name)
    let row = moment.map { self.row(entry, at: $0) } ?? self.row(entry)
    let listing: ModuleListing
    if let source = entry.module as? SourceTextModule {
      let parsed = source.source.parsed
      listing = ModuleListing(
        row: row, source: parsed.source, entries: entries(of: parsed),
        topLevelAwait: parsed.firstTopLevelAwait.map { parsed.source.position(at: $0.start) })
    } else {
      listing = ModuleListing(row: row, source: entry.commonJS?.source, entries: [])
    }
    return CommandOutcome(result: Self.json(listing)) { $0.listing(listing) }
  }

  private func entries(of parsed: ParsedModule) -> [ModuleListing.Entry] {
    func place(_ range: SourceRange) -> SourcePosition {
      parsed.source.position(at: range.start)
    }
    func from(_ request: Int) -> String { "from \(quoted(parsed.requests[request].specifier))" }
    var entries: [ModuleListing.Entry] = []
    for request in parsed.requests {
      var text = quoted(request.specifier)
      if !request.attributes.isEmpty { text += " with" }
      for attribute in request.attributes { text += " \(attribute.key)=\(attribute.value)" }
      if request.phase != .evaluation { text += " (\(request.phase.rawValue) phase)" }
      entries.append(.init(kind: "request", text: text, position: place(request.range)))
    }
    for entry in parsed.importEntries {
      let name: String
      switch entry.importName {
      case .name(let imported):
        name = imported == entry.localName ? imported : "\(imported) as \(entry.localName)"
      case .namespace: name = "* as \(entry.localName)"
      case .source: name = "source \(entry.localName)"
      }
      entries.append(
        .init(
          kind: "import", text: "\(name) \(from(entry.request))",
          position: place(entry.importRange)))
    }
    for entry in parsed.localExportEntries {
      let text =
        entry.exportName == entry.localName
        ? entry.exportName : "\(entry.localName) as \(entry.exportName)"
      entries.append(.init(kind: "local export", text: text, position: place(entry.range)))
    }
    for entry in parsed.indirectExportEntries {
      let text: String
      switch entry.importName {
      case .all: text = "* as \(entry.exportName)"
      case .name(let imported):
        text = imported == entry.exportName ? imported : "\(imported) as \(entry.exportName)"
      }
      entries.append(
        .init(
          kind: "indirect export", text: "\(text) \(from(entry.request))",
          position: place(entry.range)))
    }
    for entry in parsed.starExportEntries {
      entries.append(
        .init(kind: "star export", text: "* \(from(entry.request))", position: place(entry.range)))
    }
    return entries
  }

  private static func json(_ listing: ModuleListing) -> JSONValue {
    [
      "module": listing.row.json(),
      "source": listing.source.map { .string($0.text) } ?? .null,
      "entries": .array(
        listing.entries.map {
          [
            "kind": .string($0.kind), "text": .string($0.text),
            "position": $0.position.map { ["line": .int($0.line), "column": .int($0.column)] }
              ?? .null,
          ]
        }),
      "topLevelAwait": listing.topLevelAwait.map {
        ["line": .int($0.line), "column": .int($0.column)]
      } ?? .null,
    ]
  }

  // MARK: - namespace

  func namespace(_ name: String) throws -> CommandOutcome {
    let module = try entry(name).module
    do {
      _ = try host.turn { try module.namespace() }
    } catch let failure as VMFailure {
      throw PhasedFailure(failure, .evaluate, hints: hints(for: failure, name))
    }
    let rows = host.turn {
      module.record.namespaceExports().map { export -> NamespaceRow in
        let shown = show(export.binding, through: module)
        return NamespaceRow(
          name: export.name, text: shown.text, isInitialized: shown.isInitialized)
      }
    }
    return CommandOutcome(result: NamespaceRow.json(rows)) { $0.namespace(rows) }
  }

  private func show(
    _ binding: ResolvedBinding, through module: VMModule
  ) -> (text: String, isInitialized: Bool) {
    if let source = binding.module.asSourceText, !source.isEnvironmentInitialized {
      return ("<no environment yet>", false)
    }
    switch module.instance.read(binding) {
    case .value(let value): return (oneLine(host.engine.inspector.inspect(value)), true)
    case .uninitialized: return ("<uninitialized>", false)
    }
  }

  // MARK: - bindings

  func bindings(_ name: String) throws -> CommandOutcome {
    let entry = try entry(name)
    let isInitialized = entry.module.record.asSourceText?.isEnvironmentInitialized == true
    guard entry.module.record.isLinked || isInitialized else {
      throw PhasedFailure(
        VMFailure(
          .node(
            name: "Error", code: "ERR_VM_MODULE_STATUS",
            message: "Module status must not be unlinked or linking")), .evaluate,
        hints: ["link \(quotedName(name))"])
    }
    let rows = host.turn { bindingRows(of: entry.module) }
    return CommandOutcome(result: BindingRow.json(rows)) { $0.bindings(rows) }
  }

  /// The engine must be entered.
  func bindingRows(of module: VMModule) -> [BindingRow] {
    if let synthetic = module as? SyntheticModule { return bindings(of: synthetic) }
    return (module as? SourceTextModule).map { bindings(of: $0) } ?? []
  }

  private func bindings(of module: SyntheticModule) -> [BindingRow] {
    module.synthetic.exportNames.map { name in
      let shown = module.record.resolveExport(name).binding.map { show($0, through: module) }
      return BindingRow(
        name: name, kind: .let, isInitialized: shown?.isInitialized ?? false,
        text: shown?.text ?? "")
    }
  }

  private func bindings(of module: SourceTextModule) -> [BindingRow] {
    let record = module.source
    var rows: [BindingRow] = []
    for (index, entry) in record.parsed.importEntries.enumerated()
    where index < record.importBindings.count {
      let binding = record.importBindings[index]
      let shown = show(binding, through: module)
      let exporter = host.module(of: binding.module).map { self.name(of: $0) } ?? ""
      let export: String
      switch binding.bindingName {
      case .name(let name): export = binding.exportName ?? name
      case .namespace, .deferredNamespace, .source: export = "*"
      }
      rows.append(
        BindingRow(
          name: entry.localName, kind: binding.isNamespace ? .namespace : .import,
          isInitialized: shown.isInitialized, text: shown.text,
          origin: .init(module: exporter, export: export)))
    }
    for declaration in record.parsed.declarations {
      let shown = show(localBinding: declaration.name, of: module)
      rows.append(
        BindingRow(
          name: declaration.name, kind: kind(of: declaration), isInitialized: shown.isInitialized,
          text: shown.text))
    }
    return rows
  }

  private func kind(of declaration: TopLevelDeclaration) -> BindingRow.Kind {
    switch declaration.kind {
    case .var: .var
    case .let: .let
    case .const, .using, .awaitUsing: .const
    case .class: .class
    case .function: .function
    }
  }

  /// A binding that is not exported can be read only while the module's body keeps it.
  private func show(
    localBinding name: String, of module: SourceTextModule
  ) -> (text: String, isInitialized: Bool) {
    switch module.instance.readLocal(name) {
    case .value(let value): (oneLine(host.engine.inspector.inspect(value)), true)
    case .uninitialized: ("<uninitialized>", false)
    }
  }

  // MARK: - rules

  func listRules() -> CommandOutcome {
    let rows = rules.reversed().map { RuleRow(number: $0.number, rule: $0.rule) }
    return CommandOutcome(result: ["rules": .array(rows.map { $0.json() })]) {
      [namesAreOn = options.names] in $0.rules(rows, namesAreOn: namesAreOn)
    }
  }

  // MARK: - option

  func option(_ name: String?, _ value: String?) throws -> CommandOutcome {
    guard let name else {
      let values = SessionOptions.all.map { ($0, shownValue(of: $0)) }
      return CommandOutcome(
        text: values.map { "\($0)   \($1 ?? "")\n" }.joined(),
        result: .object(values.map { .init($0, .optional($1)) }))
    }
    guard let current = shownValue(of: name) else {
      throw CommandError(
        .unknownOptionName(name, near: NearestNames.of(name, among: SessionOptions.all)))
    }
    guard let value else {
      return CommandOutcome(
        text: "\(name)   \(current)\n", result: .object([.init(name, .string(current))]))
    }
    guard SessionOptions.allows(value, of: name) else {
      let allowed = SessionOptions.allowed(name)
      throw CommandError(
        .notOneOf(
          value, argument: "VALUE", allowed, near: NearestNames.of(value, among: allowed)))
    }
    if name == "clock", let milliseconds = SessionOptions.advance(value) {
      host.timers.advance(milliseconds: Double(milliseconds))
      return CommandOutcome()
    }
    options.set(name, to: value)
    if name == "seed", host.hasEngine {
      for realm in host.engine.realms { realm.seedRandom(seed) }
    }
    if name == "clock", !isRebuilding { host.timers.clock = value == "real" ? .real : .virtual }
    if name == "color", !isRebuilding { onColorOption(value) }
    if name == "trace" { switchTrace() }
    return CommandOutcome()
  }

  private func shownValue(of name: String) -> String? {
    name == "clock" ? clock : options.value(of: name)
  }
}
