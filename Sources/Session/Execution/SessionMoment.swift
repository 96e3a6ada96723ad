internal import ModuleLinking
internal import VMModules

/// The modules of a session at one moment: now, or right after a transition.
struct SessionMoment {
  /// Nil for now.
  let transition: Int?
  /// The registered modules, in the order of the registry.
  let entries: [ModuleEntry]
  let snapshot: GraphSnapshot
  private let modules: [ModuleID: Int]
  private let statuses: [ModuleID: NodeStatus]

  init(
    transition: Int?, entries: [ModuleEntry], snapshot: GraphSnapshot,
    statuses: [ModuleID: NodeStatus]
  ) {
    self.transition = transition
    self.entries = entries
    self.snapshot = snapshot
    self.statuses = statuses
    var modules: [ModuleID: Int] = [:]
    for (position, module) in snapshot.modules.enumerated() { modules[module.id] = position }
    self.modules = modules
  }

  subscript(id: ModuleID) -> GraphSnapshot.Module? { modules[id].map { snapshot.modules[$0] } }

  subscript(entry: ModuleEntry) -> GraphSnapshot.Module? { self[entry.module.record.id] }

  /// Node's word.
  func status(of module: VMModule) -> ModuleStatusWord {
    let status = statuses[module.record.id] ?? module.status
    return ModuleStatusWord(rawValue: status.rawValue) ?? .unlinked
  }

  /// What its glyph and its colour are those of.
  func mark(of module: VMModule) -> ModuleStatusWord {
    status(of: module).mark(record: self[module.record.id]?.status.word ?? "")
  }
}

extension Session {
  var present: SessionMoment {
    SessionMoment(
      transition: nil, entries: registry.all,
      snapshot: GraphSnapshot(roots: registry.all.map(\.module.record)), statuses: [:])
  }

  /// Now, of a module and what can be reached from it.
  func present(under name: String) throws -> SessionMoment {
    let entry = try entry(name)
    return SessionMoment(
      transition: nil, entries: [entry],
      snapshot: GraphSnapshot(roots: [entry.module.record]), statuses: [:])
  }

  /// The moment right after transition `number`; 0 is the one before the first.
  func moment(at number: Int) throws -> SessionMoment {
    host.recordTransitions()
    guard number <= timeline.count else {
      throw CommandError(.unknownTransition(number, count: timeline.count))
    }
    let log = host.agent.log
    let eventCount = timeline.eventCount(at: number, in: log) ?? log.count
    let snapshot = GraphSnapshot(
      of: host.allModules.map(\.record), at: eventCount, log: log)
    let made = Set(snapshot.modules.map(\.id))
    let entries = (registry.replaced + registry.all).filter { entry in
      made.contains(entry.module.record.id)
        && (entry.replacedAtEvent.map { $0 > eventCount } ?? true)
    }
    return SessionMoment(
      transition: number, entries: entries, snapshot: snapshot,
      statuses: timeline.statuses(at: number))
  }

  /// A module's entry at a moment.
  func entry(_ name: String, at moment: SessionMoment) throws -> ModuleEntry {
    guard moment.transition != nil else { return try entry(name) }
    if let entry = moment.entries.first(where: { $0.name == name }) { return entry }
    throw CommandError.unknownModule(name, among: moment.entries.map(\.name))
  }
}
