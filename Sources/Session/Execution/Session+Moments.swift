internal import ModuleLinking
internal import VMModules

// What happened so far, and looking at it as it was.
extension Session {
  // MARK: - timeline

  func listTimeline(at moment: SessionMoment? = nil) -> CommandOutcome {
    host.recordTransitions()
    let count = moment?.transition ?? timeline.count
    let entries = timeline.entries.prefix(count)
    var commands: [Int: String] = [:]
    for heading in timeline.headings { commands[heading.firstIndex] = heading.command }
    var rows: [TransitionRow] = []
    var current = ""
    for (index, entry) in entries.enumerated() {
      let begins = commands[index] != nil
      if let command = commands[index] { current = oneLine(command) }
      rows.append(
        TransitionRow(
          number: index + 1, module: entry.name, from: entry.from.rawValue,
          to: entry.to.rawValue, command: current, beginsCommand: begins))
    }
    return CommandOutcome(result: ["transitions": .array(rows.map { $0.json() })]) {
      [rows] in $0.timeline(rows)
    }
  }

  // MARK: - at

  /// A looking command as of a transition. What is not kept is made once more: values, and modules
  /// that were let go.
  func look(_ number: Int, _ command: Command) throws -> CommandOutcome {
    let moment = try moment(at: number)
    if momentWatch == nil, command.readsValues || timeline.hasLostModules(since: number) {
      return try lookAgain(number) { try $0.look(number, command) }
    }
    switch command {
    case .status(let names): return try status(names, at: moment)
    case .states(let name): return try states(name, at: moment)
    case .graph(let name, let format): return try graph(name, format, at: moment)
    case .order(let name): return try order(name, at: moment)
    case .cycles: return listCycles(at: moment)
    case .timeline: return listTimeline(at: moment)
    case .show(let name): return try show(name, at: moment)
    case .bindings(let name): return try bindings(name)
    case .namespace(let name): return try namespace(name)
    case .why(.module(let name)): return try why(name)
    case .why(.export(let export, let module)): return try why(export, in: module)
    default: throw noPast("explain")
    }
  }

  /// Runs the session again, unseen, up to a transition.
  private func lookAgain(
    _ number: Int, _ look: @escaping (Session) throws -> CommandOutcome
  ) throws -> CommandOutcome {
    let twin = Session(output: SilentOutput(), keepsReports: false)
    let watch = MomentWatch(twin, number, look)
    twin.momentWatch = watch
    twin.watchSteps()
    defer { twin.momentWatch = nil }
    try carryOut(in: twin, for: "at", state: "the session has not changed") { _, run in
      // Before the first transition is after the last command that made none.
      if number == 0 { watch.look() }
      _ = run()
      return twin.timeline.count <= number
    }
    guard let answer = watch.answer else {
      throw CommandFailure(
        message: "The session went another way when it was run again up to transition \(number).",
        notes: ["What it read or waited for has changed."],
        hints: ["timeline", "at \(number) status"])
    }
    return try answer.get()
  }

  private func noPast(_ name: String) -> CommandFailure {
    CommandFailure(
      message: "\(name) looks at the session as it is now, not as it was.",
      notes: [
        "status, states, graph, order, cycles, show and timeline", "can be asked for the past.",
      ])
  }

  private func status(_ names: [String], at moment: SessionMoment) throws -> CommandOutcome {
    let entries =
      try names.isEmpty ? moment.entries : names.map { try entry($0, at: moment) }
    let names = namespaceNames(of: entries)
    let rows = entries.map { row($0, names, at: moment) }
    return CommandOutcome(result: self.keepsReports ? ModuleRow.json(rows) : .null) {
      $0.status(rows)
    }
  }

  /// A module as it was. What a source says never changes; the rest is from the snapshot.
  func row(
    _ entry: ModuleEntry, _ names: NamespaceNames? = nil, at moment: SessionMoment
  ) -> ModuleRow {
    var row = row(entry, names)
    guard moment.transition != nil, let past = moment[entry] else { return row }
    row.isReplaced = false
    row.status = moment.status(of: entry.module)
    row.record = past.status.word
    for (index, request) in past.requests.enumerated() where index < row.requests.count {
      row.requests[index].resolved = request.module.flatMap { host.module($0) }
        .map { name(of: $0) }
    }
    switch past.status {
    case .new, .unlinked, .linking: row.exports = .list(past.exportNames)
    default: break
    }
    if row.status != .errored { row.error = nil }
    if options.spec { row.specification = specification(of: past) }
    return row
  }

  private func specification(of past: GraphSnapshot.Module) -> [(title: String, text: String)] {
    func text(_ number: Int?) -> String { number.map(String.init) ?? "–" }
    let order: String
    switch past.asyncEvaluationOrder {
    case .unset: order = "–"
    case .order(let number): order = String(number)
    case .done: order = "done"
    }
    func name(_ id: ModuleID) -> String? { host.module(id).map { self.name(of: $0) } }
    let parents = past.asyncParentModules.compactMap(name)
    let isSource = past.kind == .sourceText
    return [
      ("DFS", text(past.dfsIndex)), ("ANCESTOR", text(past.dfsAncestorIndex)),
      ("ROOT", past.cycleRoot.flatMap(name) ?? "–"),
      ("TLA", isSource ? (past.hasTLA ? "yes" : "no") : "–"), ("ASYNC", order),
      ("PENDING", text(past.pendingAsyncDependencies)),
      ("PARENTS", parents.isEmpty ? "–" : parents.joined(separator: ", ")),
    ]
  }
}

extension Command {
  /// What it shows is in the engine, as it is now.
  fileprivate var readsValues: Bool {
    switch self {
    case .bindings, .namespace, .why: true
    default: false
    }
  }
}
