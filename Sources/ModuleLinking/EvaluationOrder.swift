import ModuleSyntax

/// The order in which Evaluate ( ) runs the bodies of a graph from one entry, as if all of it were
/// linked and none evaluated yet. Nothing is run: it is a dry run over a snapshot.
/// https://tc39.es/ecma262/#sec-moduleevaluation
public struct EvaluationOrder: Sendable {
  public struct Entry: Hashable, Sendable {
    public var module: ModuleID
    /// Nil for a synthetic module, which is on no stack.
    public var dfsIndex: Int?
    /// As it is when the module's component leaves the stack.
    public var dfsAncestorIndex: Int?
    /// Components are numbered from 1 as they are finished.
    public var component: Int
    /// Whether it shares its component with other modules.
    public var isInCycle = false
    /// [[AsyncEvaluationOrder]], were this the first evaluation. Nil for a module that neither awaits
    /// at its top level nor depends on one that does.
    public var asyncOrder: Int?
    /// The modules that its body waits for, each as often as [[PendingAsyncDependencies]] counts it.
    public var waitsFor: [ModuleID] = []
    /// [[PendingAsyncDependencies]] when its body would run, were it not for them.
    public var pendingAsyncDependencies: Int { waitsFor.count }
  }

  /// In the order of the bodies; one that waits for others runs later than its place here.
  public private(set) var entries: [Entry] = []

  public init(from root: ModuleID, in graph: GraphSnapshot) {
    var run = DryRun(graph)
    entries = run.entries(from: root)
  }
}

/// `EvaluateOperation` over copies of the modules, which are linked and whose bodies do nothing.
private struct DryRun {
  private let agent = ModuleAgent()
  private let evaluator = SilentEvaluator()
  private var copies: [ModuleID: ModuleRecord] = [:]
  /// The modules of the snapshot, by their copies.
  private var originals: [ModuleID: ModuleID] = [:]
  private var entries: [EvaluationOrder.Entry] = []
  private var places: [ModuleID: Int] = [:]

  init(_ graph: GraphSnapshot) {
    agent.evaluator = evaluator
    for module in graph.modules {
      let copy: ModuleRecord
      switch module.kind {
      case .synthetic:
        copy = SyntheticModuleRecord(identifier: "", exportNames: [], in: agent)
      case .sourceText:
        var parsed = ParsedModule(source: Self.source)
        parsed.requests = module.requests.map {
          ModuleRequest(specifier: $0.specifier, phase: $0.phase)
        }
        if module.hasTLA { parsed.firstTopLevelAwait = SourceRange(0, 0) }
        copy = SourceTextModuleRecord(identifier: "", parsed: parsed, status: .linked, in: agent)
      }
      copies[module.id] = copy
      originals[copy.id] = module.id
    }
    for module in graph.modules {
      guard let copy = copies[module.id]?.asSourceText else { continue }
      for (index, request) in module.requests.enumerated() {
        guard let loaded = request.module.flatMap({ copies[$0] }) else { continue }
        copy.setLoadedModule(loaded, request: index, in: agent)
      }
    }
  }

  private static let source = SourceText("", name: "")

  /// What the log of the operation says.
  mutating func entries(from root: ModuleID) -> [EvaluationOrder.Entry] {
    guard let copy = copies[root] else { return [] }
    defer { for copy in copies.values { copy.asSourceText?.dispose() } }
    let start = agent.log.count
    EvaluateOperation(copy, in: agent).run()
    var component = 1
    var members: [ModuleID] = []
    var waitsFor: [ModuleID: [ModuleID]] = [:]
    for event in agent.log.events(in: start..<agent.log.count) {
      switch event.change {
      case .asyncEvaluationOrder(.order(let order)):
        note(event.module)
        if let place = places[event.module] { entries[place].asyncOrder = order }
      case .bodyStarted:
        note(event.module)
        guard let place = places[event.module],
          copies[entries[place].module]?.asSourceText == nil
        else { continue }
        // A synthetic module, which is on no stack.
        entries[place].component = component
        component += 1
      case .asyncParent(let parent):
        if let awaited = originals[event.module] { waitsFor[parent, default: []].append(awaited) }
      case .cycleRoot: members.append(event.module)
      case .componentFinished:
        for member in members {
          guard let place = places[member] else { continue }
          entries[place].component = component
          entries[place].isInCycle = members.count > 1
        }
        members = []
        component += 1
      default: continue
      }
    }
    for (module, place) in places {
      entries[place].waitsFor = waitsFor[module] ?? []
      let record = originals[module].flatMap { copies[$0] }?.asSourceText
      entries[place].dfsIndex = record?.dfsIndex
      entries[place].dfsAncestorIndex = record?.dfsAncestorIndex
    }
    return entries
  }

  /// The body of the copy comes next, or would, were it not for what it waits for.
  private mutating func note(_ copy: ModuleID) {
    guard places[copy] == nil, let module = originals[copy] else { return }
    places[copy] = entries.count
    entries.append(
      EvaluationOrder.Entry(module: module, component: 0))
  }
}

/// Bodies end at once; those with top-level await never do.
private final class SilentEvaluator: ModuleEvaluator {
  func initializeEnvironment(of module: SourceTextModuleRecord) {}
  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)? { nil }
  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)? { nil }
  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void
  ) {}
}
