internal import GraphRendering
internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Watches a session that is run again, and notes what a document shows of each moment. What the
/// records did is read from the log of events, up to the moment; values are read at the moment.
final class DocumentRecorder {
  private(set) var document = SessionDocument()

  /// What is known of a module.
  private final class Known {
    let module: VMModule
    var status: SessionDocument.Status
    var record: ModuleStatus
    var isReplaced = false
    var answers: [ModuleID?]
    var isLinked: Bool
    /// Its place in the graph, while it is there.
    var node: Int?
    var rows: [Int] = []
    /// The last statement that ran.
    var line: Int?

    init(_ module: VMModule, _ status: SessionDocument.Status, _ record: ModuleStatus) {
      self.module = module
      self.status = status
      self.record = record
      answers =
        (module as? SourceTextModule).map { $0.source.parsed.requests.map { _ in nil } } ?? []
      isLinked = module is SyntheticModule
    }
  }

  private unowned let session: Session
  private var known: [ModuleID: Known] = [:]
  /// In the order in which they were made.
  private var order: [ModuleID] = []
  private var readEvents = 0
  private var isGraphStale = false
  /// The edges that are there.
  private var edgesThere: Set<Int> = []
  private var numberOfEdge: [SessionDocument.Edge: Int] = [:]
  private var numberOfRow: [BindingRow: Int] = [:]
  private var numberOfSource: [String: Int] = [:]
  private var occupants: [ModuleID?] = []
  private var changes: [SessionDocument.Change] = []
  /// Positions of the commands that run: a script that is read, and the one of its lines.
  private var running: [Int] = [0]
  /// What the latest statement of the command that runs belongs to.
  private var latest: ModuleID?
  private var isReading = false

  init(_ session: Session) {
    self.session = session
    document.commands.append(SessionDocument.Command(text: "", failure: nil))
    document.moments.append(SessionDocument.Moment(command: 0))
  }

  // MARK: - What the session tells

  func begin(_ command: ScriptCommand) {
    running.append(document.commands.count)
    document.commands.append(SessionDocument.Command(text: command.text, failure: nil))
    latest = nil
  }

  func end(_ command: ScriptCommand, _ failure: ErrorReport?) {
    session.host.recordTransitions()
    readLog(upTo: session.host.agent.log.count)
    isGraphStale = true
    updateGraph()
    if command.runsCode { for id in order { readBindings(of: id) } }
    if let current = running.last, let failure {
      document.commands[current].failure = Self.words(failure)
    }
    let hasFailed = failure.map { !isShown($0) } ?? false
    let hasPrinted = document.console.count > document.moments.last?.consoleCount ?? 0
    if hasFailed || hasPrinted || !changes.isEmpty {
      addMoment(nil, failure: hasFailed ? failure : nil, place: place(of: failure) ?? latestPlace)
    }
    if running.count > 1 { running.removeLast() }
    latest = nil
  }

  /// Whether the last moment is the end of a module by this error.
  private func isShown(_ failure: ErrorReport) -> Bool {
    guard let last = document.moments.last, last.command == running.last,
      last.transition?.to == .errored
    else { return false }
    return last.changes.contains {
      if case .error(_, let text) = $0 { return text == Self.words(failure) }
      return false
    }
  }

  private static func words(_ report: ErrorReport) -> String {
    let code = report.code.map { " [\($0)]" } ?? ""
    return (report.name.map { "\($0)\(code): " } ?? "") + report.message
  }

  func note(console text: String, level: String) {
    document.console.append(SessionDocument.Console(level: level, text: text))
  }

  func note(statement index: Int, of instance: ModuleInstance) {
    guard let parsed = instance.record.asSourceText?.parsed, index < parsed.statements.count
    else { return }
    latest = instance.record.id
    known[instance.record.id]?.line =
      parsed.source.position(at: parsed.statements[index].range.start).line
      - parsed.source.lineOffset
  }

  func note(_ transition: Transition) {
    guard !isReading else { return }
    readLog(upTo: transition.eventCount)
    let id = transition.module.record.id
    let from = Self.status(transition.from)
    let to = Self.status(transition.to)
    if known[id] == nil { add(transition.module, from, .unlinked) }
    known[id]?.status = to
    updateGraph()
    guard let known = known[id], let node = known.node else { return }
    changes.append(.status(node: node, to))
    var failure: ErrorReport?
    if to == .errored, let error = transition.module.failure {
      let report = session.describe(error, .evaluate).report
      changes.append(.error(node: node, Self.words(report)))
      failure = report
    }
    if to != .linking, to != .unlinked { readBindings(around: id) }
    addMoment(
      SessionDocument.Transition(node: node, from: from, to: to),
      place: place(of: failure) ?? place(in: known, to))
  }

  private func addMoment(
    _ transition: SessionDocument.Transition?, failure: ErrorReport? = nil,
    place: SessionDocument.Place?
  ) {
    document.moments.append(
      SessionDocument.Moment(
        command: running.last ?? 0, transition: transition, failure: failure.map(Self.words),
        changes: changes, consoleCount: document.console.count, place: place))
    changes = []
  }

  private static func status(_ status: NodeStatus) -> SessionDocument.Status {
    SessionDocument.Status(rawValue: status.rawValue) ?? .unlinked
  }

  // MARK: - The log

  private func readLog(upTo end: Int) {
    let log = session.host.agent.log
    while readEvents < min(end, log.count) {
      let event = log[readEvents]
      readEvents += 1
      switch event.change {
      case .created(_, let status):
        guard let module = session.host.module(event.module) else { continue }
        add(module, status == .linked ? .linked : .unlinked, status)
      case .status(_, let status):
        guard let known = known[event.module] else { continue }
        known.record = status
        if let node = known.node { changes.append(.record(node: node, status.word)) }
      case .loaded(let request, let answer):
        guard let known = known[event.module], request < known.answers.count else { continue }
        known.answers[request] = answer
        isGraphStale = true
      case .environmentInitialized: known[event.module]?.isLinked = true
      case .environmentDiscarded: known[event.module]?.isLinked = false
      default: continue
      }
    }
  }

  private func add(
    _ module: VMModule, _ status: SessionDocument.Status, _ record: ModuleStatus
  ) {
    let id = module.record.id
    guard known[id] == nil else { return }
    known[id] = Known(module, status, record)
    order.append(id)
    isGraphStale = true
  }

  // MARK: - The graph

  /// Gives each module that can be reached a place, and takes away what is gone.
  private func updateGraph() {
    guard isGraphStale else { return }
    isGraphStale = false
    let there = reachable()
    for id in order {
      guard let module = known[id], let node = module.node, !there.contains(id) else { continue }
      module.node = nil
      module.rows = []
      occupants[node] = nil
      changes.append(.disappears(node: node))
    }
    for id in order where there.contains(id) {
      guard let module = known[id], module.node == nil else { continue }
      place(module, id)
    }
    for id in order where there.contains(id) {
      guard let module = known[id], let node = module.node, !module.isReplaced,
        (module.module.payload as? ModuleEntry)?.isReplaced == true
      else { continue }
      module.isReplaced = true
      changes.append(.replaced(node: node))
    }
    updateEdges(there)
  }

  private func reachable() -> Set<ModuleID> {
    var found: Set<ModuleID> = []
    var work = order.filter {
      guard let entry = known[$0]?.module.payload as? ModuleEntry else { return false }
      return !entry.isReplaced
    }
    while let id = work.popLast() {
      guard known[id] != nil, found.insert(id).inserted else { continue }
      work += known[id]?.answers.compactMap { $0 } ?? []
    }
    return found
  }

  private func place(_ module: Known, _ id: ModuleID) {
    let name = session.name(of: module.module)
    let free = document.nodes.indices.first {
      occupants[$0] == nil && document.nodes[$0].name == name
    }
    let node = free ?? document.nodes.count
    if free == nil {
      document.nodes.append(SessionDocument.Node(name: name))
      occupants.append(id)
    }
    occupants[node] = id
    module.node = node
    let text = (module.module as? SourceTextModule)?.source.parsed.source.text
    module.isReplaced = false
    changes.append(
      .appears(
        node: node, source: text.map { number(of: $0, in: &numberOfSource, &document.sources) },
        isSynthetic: text == nil, module.status, record: module.record.word))
    if module.module is SyntheticModule { readBindings(of: id) }
  }

  private func updateEdges(_ there: Set<ModuleID>) {
    var wanted: Set<Int> = []
    for id in order where there.contains(id) {
      guard let known = known[id], let from = known.node,
        let source = known.module as? SourceTextModule
      else { continue }
      for (index, request) in source.source.parsed.requests.enumerated() {
        let to = known.answers[index].flatMap { self.known[$0]?.node }
        let edge = SessionDocument.Edge(
          from: from, to: to, specifier: request.specifier,
          phase: request.phase == .evaluation ? nil : request.phase.rawValue)
        wanted.insert(number(of: edge, in: &numberOfEdge, &document.edges))
      }
    }
    for edge in edgesThere.subtracting(wanted).sorted() {
      changes.append(.edge(edge, isThere: false))
    }
    for edge in wanted.subtracting(edgesThere).sorted() {
      changes.append(.edge(edge, isThere: true))
    }
    edgesThere = wanted
  }

  private func number<Value: Hashable>(
    of value: Value, in numbers: inout [Value: Int], _ values: inout [Value]
  ) -> Int {
    if let known = numbers[value] { return known }
    numbers[value] = values.count
    values.append(value)
    return values.count - 1
  }

  // MARK: - Bindings

  /// The module's, and those of the modules that may import from it.
  private func readBindings(around id: ModuleID) {
    var importers: [ModuleID: [ModuleID]] = [:]
    for importer in order where known[importer]?.node != nil {
      for answer in known[importer]?.answers ?? [] {
        if let answer { importers[answer, default: []].append(importer) }
      }
    }
    var seen: Set<ModuleID> = [id]
    var waiting = [id]
    var next = 0
    while next < waiting.count, next < Self.mostImporters {
      readBindings(of: waiting[next])
      for importer in importers[waiting[next]] ?? [] where seen.insert(importer).inserted {
        waiting.append(importer)
      }
      next += 1
    }
  }

  /// The rest is read when the command has ended.
  private static let mostImporters = 40

  private func readBindings(of id: ModuleID) {
    guard let module = known[id], let node = module.node, !isReading else { return }
    let isLinked =
      module.isLinked
      && (module.module.record.asSourceText?.isEnvironmentInitialized ?? true)
    var rows: [BindingRow] = []
    if isLinked {
      let host = session.host
      isReading = true
      let wasPaused = host.isPaused
      host.isPaused = true
      session.readWithEngine { rows = session.bindingRows(of: module.module) }
      host.isPaused = wasPaused
      isReading = false
    }
    let numbers = rows.map { number(of: $0, in: &numberOfRow, &document.rows) }
    guard numbers != module.rows else { return }
    module.rows = numbers
    changes.append(.bindings(node: node, numbers))
  }

  // MARK: - Places

  private func place(of failure: ErrorReport?) -> SessionDocument.Place? {
    guard let failure, let position = failure.position, let name = failure.module,
      let id = order.last(where: { known[$0]?.node != nil && isNamed($0, name) }),
      let known = known[id], let node = known.node,
      let source = known.module as? SourceTextModule
    else { return nil }
    return SessionDocument.Place(
      node: node, line: position.line - source.source.parsed.source.lineOffset)
  }

  private func isNamed(_ id: ModuleID, _ name: String) -> Bool {
    guard let module = known[id]?.module else { return false }
    return module.identifier == name || session.name(of: module) == name
  }

  private var latestPlace: SessionDocument.Place? {
    guard let latest, let known = known[latest], let node = known.node, let line = known.line
    else { return nil }
    return SessionDocument.Place(node: node, line: line)
  }

  /// The line that a change of status is about.
  private func place(
    in known: Known, _ status: SessionDocument.Status
  ) -> SessionDocument.Place? {
    guard let node = known.node, let source = known.module as? SourceTextModule else { return nil }
    let parsed = source.source.parsed
    func number(ofLineAt offset: Int?) -> Int {
      offset.map { parsed.source.position(at: $0).line - parsed.source.lineOffset } ?? 1
    }
    let line: Int
    switch status {
    case .unlinked, .linking, .linked: line = number(ofLineAt: parsed.requests.first?.range.start)
    case .evaluating:
      let first = parsed.statements.first { $0.kind != .importOrExport } ?? parsed.statements.first
      line = number(ofLineAt: first?.range.start)
    case .evaluated, .errored:
      // Nothing has run where the module still waits for others.
      let rest =
        known.record == .evaluatingAsync
        ? parsed.requests.first?.range
        : parsed.statements.last?.range
      line = known.line ?? number(ofLineAt: rest?.start)
    }
    return SessionDocument.Place(node: node, line: line)
  }
}

extension ScriptCommand {
  /// Whether values may be others after it.
  fileprivate var runsCode: Bool {
    guard case .success(let command) = parsed else { return false }
    switch command {
    case .evaluate, .step, .continue, .finish, .abort, .javaScript, .script, .tick, .set, .answer,
      .synthetic, .json, .link, .instantiate, .load:
      return true
    default: return false
    }
  }
}
