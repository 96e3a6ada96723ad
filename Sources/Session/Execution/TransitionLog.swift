internal import ModuleLinking
internal import VMModules

/// The numbered transitions of a session, under the commands that made them.
struct TransitionLog {
  struct Entry {
    /// The module's name at the time.
    var name: String
    var module: ModuleID
    var from: NodeStatus
    var to: NodeStatus
    /// How many events the log of the records had then.
    var eventCount: Int
  }

  /// A command, and the first transition it made.
  struct Heading {
    var firstIndex: Int
    var command: String
  }

  /// Transition N stands at N - 1.
  private(set) var entries = PackedTransitions()
  private(set) var headings: [Heading] = []
  private var command: String?
  /// How many transitions there were when modules were let go last.
  private var countAtLoss: Int?

  var count: Int { entries.count }

  /// Modules that nothing leads to any more are gone.
  mutating func loseModules() { countAtLoss = count }

  func hasLostModules(since number: Int) -> Bool { countAtLoss.map { number <= $0 } ?? false }

  /// A command begins.
  mutating func begin(_ command: String) { self.command = command }

  mutating func append(_ transition: Transition, name: String) {
    if let command {
      headings.append(Heading(firstIndex: count, command: command))
      self.command = nil
    }
    entries.append(
      Entry(
        name: name, module: transition.module.record.id, from: transition.from, to: transition.to,
        eventCount: transition.eventCount))
  }

  /// How many events the log of the records had right after transition `number`; right before the
  /// first one for 0. Nil when nothing has happened.
  func eventCount(at number: Int, in log: EventLog) -> Int? {
    guard number > 0 else { return count > 0 ? countBefore(entries[0], in: log) : nil }
    return number <= count ? entries[number - 1].eventCount : nil
  }

  /// A record's own transition is the last event of its count; one that the facade adds is none.
  private func countBefore(_ entry: Entry, in log: EventLog) -> Int {
    guard entry.eventCount > 0 else { return 0 }
    let count = entry.eventCount
    switch log.events(in: count - 1..<count).first?.change {
    case .status, .error: return count - 1
    default: return count
    }
  }

  /// The statuses that transitions up to `number` tell of, and of modules whose first transition
  /// comes later, the status before it.
  func statuses(at number: Int) -> [ModuleID: NodeStatus] {
    var statuses: [ModuleID: NodeStatus] = [:]
    for entry in entries.prefix(number) { statuses[entry.module] = entry.to }
    for entry in entries.dropFirst(number) where statuses[entry.module] == nil {
      statuses[entry.module] = entry.from
    }
    return statuses
  }
}
