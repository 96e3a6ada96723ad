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

  private var entries: [Entry] = []
  private var errors: [ModuleError] = []
  /// Off, nothing is kept.
  public var isEnabled = true

  /// The number that the next event will have; events count from 0.
  public var count: Int { entries.count }

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

  public subscript(number: Int) -> ModuleEvent {
    let entry = entries[number]
    return ModuleEvent(number: number, module: ModuleID(entry.module), change: change(of: entry))
  }

  /// The events from `start` on.
  public func events(from start: Int = 0) -> [ModuleEvent] {
    (min(start, count)..<count).map { self[$0] }
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
