public import ModuleLinking

/// One `link()` or `instantiate()` and what became of it: what its modules remember, to tell later
/// why they have their status.
public final class LinkAttempt {
  public enum State {
    case inProgress
    case failed(VMFailure)
    case succeeded
  }

  /// The module whose link was asked for.
  public let root: ModuleID
  public internal(set) var state = State.inProgress
  /// What the layer above keeps with it.
  public var payload: AnyObject?

  init(root: ModuleID) {
    self.root = root
  }
}

/// How a module came into the last link that asked its linker.
public struct LinkHistory {
  public var attempt: LinkAttempt
  /// The module whose request led to it, and the request's index; nil for the root.
  public var requester: (module: ModuleID, request: Int)?
  /// The answer to a request of its own that failed: the linker threw, or rejected.
  public internal(set) var failed: FailedAnswer?

  public struct FailedAnswer {
    public var request: Int
    public var failure: VMFailure
    /// The linker threw: the module is `linking` for ever.
    public var hasThrown: Bool
  }

  /// What its linker threw.
  public var stuckBy: VMFailure? { failed.flatMap { $0.hasThrown ? $0.failure : nil } }
}
