/// One change, with its number in the log.
public struct ModuleEvent {
  public enum Change {
    case created(isSynthetic: Bool, status: ModuleStatus)
    /// A request was answered: GetImportedModule gives `module` from now on.
    case loaded(request: Int, module: ModuleID)
    case status(from: ModuleStatus, to: ModuleStatus)
    /// The module came onto the stack of Link or Evaluate.
    case entered(dfsIndex: Int)
    case ancestorIndex(Int)
    case environmentInitialized
    /// Linking failed or was given up: the environment is gone.
    case environmentDiscarded
    /// A strongly connected component left the stack; the event's module is its root.
    case componentFinished(moduleCount: Int)
    case cycleRoot(ModuleID)
    case bodyStarted
    /// The body ran to its end (an asynchronous one: settled), or threw.
    case bodyFinished(threw: Bool)
    case asyncEvaluationOrder(AsyncEvaluationOrder)
    case pendingAsyncDependencies(Int)
    case asyncParent(ModuleID)
    case error(ModuleError)
    case capability(CapabilityState)
  }

  public enum CapabilityState: UInt8, Hashable, Sendable {
    case pending, fulfilled, rejected
  }

  public var number: Int
  public var module: ModuleID
  public var change: Change
}

/// The numbered changes of a session's records, kept small: 16 bytes each until they are read.
public final class EventLog {
  enum Kind: UInt8 {
    case created, loaded, status, entered, ancestorIndex, environmentInitialized
    case environmentDiscarded, componentFinished, cycleRoot, bodyStarted, bodyFinished
    case asyncEvaluationOrder, pendingAsyncDependencies, asyncParent, error, capability
  }

  private struct Entry {
    var module: UInt32
    var first: Int32
    var second: Int32
    var kind: Kind
  }

  /// What is left of the events before `firstNumber`, with their numbers.
  private var older: [(number: Int, entry: Entry)] = []
  private var firstNumber = 0
  private var entries: [Entry] = []
  private var errors: [ModuleError] = []
  /// Off, nothing is kept.
  public var isEnabled = true

  /// The number that the next event will have; events count from 0.
  public var count: Int { firstNumber + entries.count }

  @inline(__always)
  func append(_ kind: Kind, _ module: ModuleRecord, _ first: Int32 = 0, _ second: Int32 = 0) {
    guard isEnabled else { return }
    entries.append(
      Entry(module: module.id.number, first: first, second: second, kind: kind))
  }

  func appendError(_ module: ModuleRecord, _ error: ModuleError) {
    guard isEnabled else { return }
    append(.error, module, Int32(errors.count))
    errors.append(error)
  }

  /// Forgets the events of modules that are gone. Those of the others keep their numbers.
  public func forget(except isThere: (ModuleID) -> Bool) {
    let all = older + entries.enumerated().map { (firstNumber + $0.offset, $0.element) }
    let oldErrors = errors
    errors = []
    older = []
    for (number, entry) in all where isThere(ModuleID(entry.module)) {
      var entry = entry
      if entry.kind == .error {
        errors.append(oldErrors[Int(entry.first)])
        entry.first = Int32(errors.count - 1)
      }
      older.append((number, entry))
    }
    firstNumber = count
    entries = []
  }

  /// The events with these numbers, without those that are forgotten.
  public func events(in numbers: Range<Int>) -> Events {
    Events(
      log: self, startIndex: position(of: numbers.lowerBound),
      endIndex: position(of: numbers.upperBound))
  }

  public var events: Events { events(in: 0..<count) }

  /// Events of a log, by where they lie in it.
  public struct Events: RandomAccessCollection {
    fileprivate let log: EventLog
    public let startIndex: Int
    public let endIndex: Int

    public subscript(position: Int) -> ModuleEvent { log.event(at: position) }
  }

  /// The first event from `number` on of those that a module's status follows from: `status`, `error`
  /// and `environmentDiscarded`. Only for numbers of which nothing is forgotten.
  public func nextOfStatus(from number: Int) -> ModuleEvent? {
    for index in max(0, number - firstNumber)..<max(entries.count, number - firstNumber) {
      switch entries[index].kind {
      case .status, .error, .environmentDiscarded: return event(at: older.count + index)
      default: continue
      }
    }
    return nil
  }

  /// Where the first event lies that has this number or a higher one.
  private func position(of number: Int) -> Int {
    if number >= firstNumber { return older.count + min(number - firstNumber, entries.count) }
    var low = 0
    var high = older.count
    while low < high {
      let middle = (low + high) / 2
      if older[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func event(at position: Int) -> ModuleEvent {
    let isOlder = position < older.count
    let index = position - older.count
    let entry = isOlder ? older[position].entry : entries[index]
    return ModuleEvent(
      number: isOlder ? older[position].number : firstNumber + index,
      module: ModuleID(entry.module), change: change(of: entry))
  }

  private func change(of entry: Entry) -> ModuleEvent.Change {
    let first = Int(entry.first)
    switch entry.kind {
    case .created:
      return .created(isSynthetic: first == 1, status: status(entry.second))
    case .loaded: return .loaded(request: first, module: ModuleID(UInt32(entry.second)))
    case .status: return .status(from: status(entry.first), to: status(entry.second))
    case .entered: return .entered(dfsIndex: first)
    case .ancestorIndex: return .ancestorIndex(first)
    case .environmentInitialized: return .environmentInitialized
    case .environmentDiscarded: return .environmentDiscarded
    case .componentFinished: return .componentFinished(moduleCount: first)
    case .cycleRoot: return .cycleRoot(ModuleID(UInt32(first)))
    case .bodyStarted: return .bodyStarted
    case .bodyFinished: return .bodyFinished(threw: first == 1)
    case .asyncEvaluationOrder: return .asyncEvaluationOrder(AsyncEvaluationOrder(code: first))
    case .pendingAsyncDependencies: return .pendingAsyncDependencies(first)
    case .asyncParent: return .asyncParent(ModuleID(UInt32(first)))
    case .error: return .error(errors[first])
    case .capability:
      return .capability(ModuleEvent.CapabilityState(rawValue: UInt8(first)) ?? .pending)
    }
  }

  private func status(_ code: Int32) -> ModuleStatus {
    ModuleStatus(rawValue: UInt8(code)) ?? .new
  }
}

extension AsyncEvaluationOrder {
  /// One number for the three cases: -1 is unset, -2 done.
  init(code: Int) {
    self = code == -1 ? .unset : code == -2 ? .done : .order(code)
  }

  var code: Int32 {
    switch self {
    case .unset: -1
    case .order(let order): Int32(order)
    case .done: -2
    }
  }
}
