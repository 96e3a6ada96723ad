internal import GraphRendering
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// The modules that a document shows, and their places in its graph.
final class DocumentGraph {
  /// What is known of a module.
  final class Module {
    let module: VMModule
    var status: SessionDocument.Status
    var record: ModuleStatus
    var hasError = false
    var isReplaced = false
    var answers: [ModuleID?]
    var isLinked: Bool
    /// Its place in the graph, while it is there.
    fileprivate(set) var node: Int?
    var rows: [Int] = []
    /// The last statement that it came to.
    var statement: Int?
    var hasRun = false

    fileprivate init(
      _ module: VMModule, _ status: SessionDocument.Status, _ record: ModuleStatus
    ) {
      self.module = module
      self.status = status
      self.record = record
      answers =
        (module as? SourceTextModule).map { $0.source.parsed.requests.map { _ in nil } } ?? []
      isLinked = module is SyntheticModule
    }

    /// Whether it has values.
    fileprivate var isReadable: Bool {
      isLinked && (module.record.asSourceText?.isEnvironmentInitialized ?? true)
    }
  }

  private var known: [ModuleID: Module] = [:]
  /// In the order in which they were made.
  private var order: [Module] = []
  /// Edges, modules or names may have come or gone.
  var isStale = false
  /// The edges that are there.
  private var edges: Set<Int> = []
  /// By node.
  private var occupants: [Module?] = []

  subscript(id: ModuleID) -> Module? { known[id] }

  /// The modules that are there.
  var there: [Module] { order.filter { $0.node != nil } }
  var readable: [Module] { order.filter { $0.node != nil && $0.isReadable } }
  /// Those that have lost their values.
  var emptied: [Module] { order.filter { $0.node != nil && !$0.isReadable && !$0.rows.isEmpty } }

  func add(_ module: VMModule, _ status: SessionDocument.Status, _ record: ModuleStatus) {
    let id = module.record.id
    guard known[id] == nil else { return }
    let added = Module(module, status, record)
    known[id] = added
    order.append(added)
    isStale = true
  }

  func last(named name: String, by nameOf: (VMModule) -> String) -> Module? {
    order.last {
      $0.node != nil && ($0.module.identifier == name || nameOf($0.module) == name)
    }
  }

  // MARK: - Updating

  /// Gives each module that can be reached a place, and takes away what is gone.
  func update(
    _ document: inout SessionDocument, name: (VMModule) -> String
  ) -> [SessionDocument.Change] {
    guard isStale else { return [] }
    isStale = false
    var changes: [SessionDocument.Change] = []
    let reached = reachable()
    func isThere(_ module: Module) -> Bool { reached.contains(module.module.record.id) }
    for module in order where !isThere(module) {
      guard let node = module.node else { continue }
      module.node = nil
      module.rows = []
      occupants[node] = nil
      changes.append(.disappears(node: node))
    }
    for module in order where module.node == nil && isThere(module) {
      changes.append(place(module, name(module.module), in: &document))
    }
    for module in order where isThere(module) {
      guard let node = module.node, !module.isReplaced,
        (module.module.payload as? ModuleEntry)?.isReplaced == true
      else { continue }
      module.isReplaced = true
      changes.append(.replaced(node: node))
    }
    let wanted = Set(there.flatMap { requests(of: $0) }.map { document.edges.number(of: $0) })
    changes += edges.subtracting(wanted).sorted().map { .edge($0, isThere: false) }
    changes += wanted.subtracting(edges).sorted().map { .edge($0, isThere: true) }
    edges = wanted
    return changes
  }

  private func reachable() -> Set<ModuleID> {
    var found: Set<ModuleID> = []
    var work = order.filter {
      guard let entry = $0.module.payload as? ModuleEntry else { return false }
      return !entry.isReplaced
    }
    while let module = work.popLast() {
      guard found.insert(module.module.record.id).inserted else { continue }
      work += module.answers.compactMap { $0.flatMap { known[$0] } }
    }
    return found
  }

  private func place(
    _ module: Module, _ name: String, in document: inout SessionDocument
  ) -> SessionDocument.Change {
    let free = document.nodes.indices.first {
      occupants[$0] == nil && document.nodes[$0].name == name
    }
    let node = free ?? document.nodes.count
    if free == nil {
      document.nodes.append(SessionDocument.Node(name: name))
      occupants.append(module)
    }
    occupants[node] = module
    module.node = node
    module.isReplaced = false
    let text = (module.module as? SourceTextModule)?.source.parsed.source.text
    return .appears(
      node: node, source: text.map { document.sources.number(of: $0) }, isSynthetic: text == nil,
      module.status, record: module.record.word)
  }

  private func requests(of module: Module) -> [SessionDocument.Edge] {
    guard let from = module.node, let source = module.module as? SourceTextModule else { return [] }
    return zip(source.source.parsed.requests, module.answers).map { request, answer in
      SessionDocument.Edge(
        from: from, to: answer.flatMap { known[$0]?.node }, specifier: request.specifier,
        phase: request.phase == .evaluation ? nil : request.phase.rawValue)
    }
  }
}
