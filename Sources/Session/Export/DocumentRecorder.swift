internal import GraphRendering
internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Watches a session that is run again, and notes what a document shows of each moment. What the
/// records did is read from the log of events, up to the moment; values are read at the moment.
///
/// A body that runs between two transitions is noted when something else begins: if that is its own
/// transition, both are one moment.
final class DocumentRecorder {
  private(set) var document = SessionDocument()
  private unowned let session: Session
  private let graph = DocumentGraph()
  private var readEvents = 0
  private var changes: [SessionDocument.Change] = []
  private var run: BodyRun?
  /// How many moments tell of a body alone.
  private var runCount = 0
  /// Whether nothing has happened since all values were read.
  private var areValuesRead = false
  private var hasNewValues = false
  private var isReading = false
  /// Positions of the commands that run: a script that is read, and the one of its lines.
  private var running: [Int] = [0]
  /// The command that stands last on the console.
  private var consoleCommand: Int?

  init(_ session: Session) {
    self.session = session
    document.commands.append(SessionDocument.Command(text: "", failure: nil))
    document.moments.append(SessionDocument.Moment(command: 0))
  }

  // MARK: - Commands

  func begin(_ command: ScriptCommand) {
    running.append(document.commands.count)
    document.commands.append(SessionDocument.Command(text: command.text, failure: nil))
    areValuesRead = false
  }

  func end(_ command: ScriptCommand, _ result: JSONValue, _ failure: ErrorReport?) {
    session.host.recordTransitions()
    noteStep()
    flush()
    graph.isStale = true
    updateGraph()
    if command.runsCode || hasNewValues { readValues() }
    if let current = running.last, let failure {
      document.commands[current].failure = Self.words(failure)
    }
    if let failure {
      append(Self.words(failure), .failure)
    } else if let text = command.shownResult(result) {
      append(text, .result)
    }
    let hasFailed = failure.map { !isShown($0) } ?? false
    let hasPrinted = document.console.count > document.moments.last?.consoleCount ?? 0
    if hasFailed || !changes.isEmpty || (hasPrinted && failure == nil) {
      addMoment(failure: hasFailed ? failure : nil, place: place(of: failure))
    } else if hasPrinted, let last = document.moments.indices.last {
      document.moments[last].consoleCount = document.console.count
    }
    if running.count > 1 { running.removeLast() }
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

  // MARK: - The console

  func note(console text: String, level: String) {
    noteStep()
    if run?.end != nil { flush() }
    append(text, .printed(level: level))
    areValuesRead = false
  }

  func note(unhandled failure: ErrorReport) { append(Self.words(failure), .unhandled) }

  /// The command stands before the first thing that comes from it.
  private func append(_ text: String, _ kind: SessionDocument.Console.Kind) {
    if let command = running.last, command > 0, consoleCommand != command {
      consoleCommand = command
      let lines = HTMLText.lines(document.commands[command].text)
      document.console.append(
        SessionDocument.Console(
          kind: .command, text: (lines.first ?? "") + (lines.count > 1 ? " …" : "")))
    }
    document.console.append(SessionDocument.Console(kind: kind, text: text))
  }

  // MARK: - Bodies

  /// A body is before a statement.
  func note(statement index: Int, of instance: ModuleInstance) {
    guard let parsed = instance.record.asSourceText?.parsed, index < parsed.statements.count
    else { return }
    begin(instance.record.id)
    run?.begin(statement: index)
    graph[instance.record.id]?.statement = index
  }

  /// A body waits at its top level, or goes on.
  func note(waits: Bool, _ instance: ModuleInstance) {
    let id = instance.record.id
    noteStep()
    areValuesRead = false
    if waits {
      if run?.module == id { run?.end = .waits }
      return
    }
    begin(id)
    if let statement = graph[id]?.statement { run?.goOn(inStatement: statement) }
  }

  private func begin(_ id: ModuleID) {
    noteStep()
    areValuesRead = false
    if let run, run.module == id, run.end == nil || goesOnUnseen(run) {
      self.run?.end = nil
      return
    }
    flush()
    run = BodyRun(
      id, isLater: graph[id]?.hasRun == true, consoleCount: document.console.count)
    graph[id]?.hasRun = true
  }

  /// A loop that awaits and shows nothing is no moment each time; none makes more than can be looked
  /// at.
  private func goesOnUnseen(_ run: BodyRun) -> Bool {
    guard run.end == .waits, run.isLater else { return false }
    return runCount > Self.mostRuns
      || (!run.hasBegunStatement && run.consoleCount == document.console.count)
  }

  private static let mostRuns = 2000

  /// Notes what has run, and what was printed, as a moment of its own.
  private func flush() {
    let hasPrinted = document.console.count > document.moments.last?.consoleCount ?? 0
    guard run != nil || hasPrinted else { return }
    readValues()
    let ran = takeRun()
    guard ran != nil || hasPrinted else { return }
    if ran != nil { runCount += 1 }
    addMoment(run: ran?.run, place: ran?.place)
  }

  /// Nil for a body without statements, and for that of a synthetic module.
  private func takeRun() -> (run: SessionDocument.Run, place: SessionDocument.Place)? {
    guard let run else { return nil }
    self.run = nil
    guard let known = graph[run.module],
      let place = SessionDocument.Place(ran: run.statements, of: known)
    else { return nil }
    return (SessionDocument.Run(node: place.node, isLater: run.isLater, end: run.end), place)
  }

  // MARK: - Transitions

  func note(_ transition: Transition) {
    guard !isReading else { return }
    readLog(upTo: transition.eventCount)
    let id = transition.module.record.id
    let from = Self.status(transition.from)
    let to = Self.status(transition.to)
    if run?.module != id { flush() }
    graph.add(transition.module, from, .unlinked)
    graph[id]?.status = to
    updateGraph()
    guard let known = graph[id], let node = known.node else { return }
    changes.append(.status(node: node, to))
    var failure: ErrorReport?
    if to == .errored, let error = transition.module.failure {
      let report = session.describe(error, .evaluate).report
      changes.append(.error(node: node, Self.words(report)))
      failure = report
    }
    let isSource = transition.module is SourceTextModule
    // Between two modules that an evaluation comes to, nothing runs.
    if to != .evaluating || !isSource { areValuesRead = false }
    readValues()
    let ran = takeRun()?.place
    let asks = to == .linking ? SessionDocument.Place(requestsOf: known) : nil
    addMoment(
      transition: SessionDocument.Transition(node: node, from: from, to: to),
      place: place(of: failure) ?? ran ?? asks)
    if to == .evaluating, !isSource {
      run = BodyRun(id, isLater: false, consoleCount: document.console.count)
    }
  }

  /// Something was done that may be no transition.
  func noteStep() { readLog(upTo: session.host.agent.log.count) }

  private func addMoment(
    transition: SessionDocument.Transition? = nil, run: SessionDocument.Run? = nil,
    settled: Int? = nil, failure: ErrorReport? = nil, place: SessionDocument.Place?
  ) {
    document.moments.append(
      SessionDocument.Moment(
        command: running.last ?? 0, transition: transition, run: run, settled: settled,
        failure: failure.map(Self.words), changes: changes, consoleCount: document.console.count,
        place: place))
    changes = []
  }

  private static func status(_ status: NodeStatus) -> SessionDocument.Status {
    SessionDocument.Status(rawValue: status.rawValue) ?? .unlinked
  }

  // MARK: - The log

  private func readLog(upTo end: Int) {
    guard readEvents < end else { return }
    for event in session.host.agent.log.events(in: readEvents..<end) {
      readEvents = event.number + 1
      switch event.change {
      case .created(_, let status):
        guard let module = session.host.module(event.module) else { continue }
        graph.add(module, status == .linked ? .linked : .unlinked, status)
      case .status(let from, let status): note(event.module, from, status)
      case .error:
        if run?.module != event.module { flush() }
        graph[event.module]?.hasError = true
      case .loaded(let request, let answer):
        guard let known = graph[event.module], request < known.answers.count else { continue }
        known.answers[request] = answer
        graph.isStale = true
      case .environmentInitialized: graph[event.module]?.isLinked = true
      case .environmentDiscarded: graph[event.module]?.isLinked = false
      case .bodyFinished(let threw):
        if run?.module == event.module { run?.end = threw ? .threw : .finished }
      default: continue
      }
    }
  }

  private func note(_ id: ModuleID, _ from: ModuleStatus, _ status: ModuleStatus) {
    guard let known = graph[id] else { return }
    if run?.module != id { flush() }
    known.record = status
    guard let node = known.node else { return }
    changes.append(.record(node: node, status.word))
    // Node has said `evaluated` all the time.
    guard from == .evaluatingAsync, status == .evaluated, !known.hasError else { return }
    areValuesRead = false
    readValues()
    let ran = takeRun()
    addMoment(run: ran?.run, settled: node, place: ran?.place)
  }

  private func updateGraph() {
    if InterruptRequest.isPending() { return }
    let updated = graph.update(&document, name: session.name)
    // A synthetic module has values from the beginning.
    if updated.contains(where: { if case .appears(_, _, true, _, _) = $0 { true } else { false } })
    {
      hasNewValues = true
      areValuesRead = false
    }
    changes += updated
  }

  // MARK: - Values

  private func readValues() {
    guard !areValuesRead, !isReading else { return }
    isReading = true
    let host = session.host
    let wasPaused = host.isPaused
    host.isPaused = true
    let modules = graph.readable
    if !modules.isEmpty {
      session.readWithEngine {
        for known in modules { note(session.bindingRows(of: known.module), of: known) }
      }
    }
    host.isPaused = wasPaused
    isReading = false
    for known in graph.emptied { note([], of: known) }
    areValuesRead = true
    hasNewValues = false
  }

  private func note(_ rows: [BindingRow], of known: DocumentGraph.Module) {
    guard let node = known.node else { return }
    let numbers = rows.map { document.rows.number(of: $0) }
    guard numbers != known.rows else { return }
    known.rows = numbers
    changes.append(.bindings(node: node, numbers))
  }

  /// Where an error stands.
  private func place(of failure: ErrorReport?) -> SessionDocument.Place? {
    guard let failure, let position = failure.position, let name = failure.module,
      let known = graph.last(named: name, by: session.name), let node = known.node,
      let source = known.module as? SourceTextModule
    else { return nil }
    return SessionDocument.Place(
      node: node, kind: .fails, line: position.line - source.source.parsed.source.lineOffset)
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

  /// What the console has of its result: a value, or what it waits for.
  fileprivate func shownResult(_ result: JSONValue) -> String? {
    guard case .success(let command) = parsed else { return nil }
    if case .javaScript = command, case .string(let text)? = result["text"] { return text }
    guard case .array(let waits)? = result["waitsFor"] else { return nil }
    let texts = waits.map { if case .string(let text) = $0 { text } else { "" } }
    return "pending: waits for " + texts.joined(separator: ", ")
  }
}
