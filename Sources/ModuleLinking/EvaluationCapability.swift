/// [[TopLevelCapability]] without an engine: the layer above makes a promise of it. Reactions are
/// called synchronously, where the specification calls the resolving functions.
public final class EvaluationCapability {
  public enum State {
    case pending
    case fulfilled
    case rejected(ModuleError)
  }

  public private(set) var state = State.pending
  /// The promise of the layer above.
  public var payload: AnyObject?
  private var reactions: [(State) -> Void] = []

  public init() {}

  public var isPending: Bool {
    if case .pending = state { return true }
    return false
  }

  /// Calls `reaction` when the capability settles; at once when it has.
  public func whenSettled(_ reaction: @escaping (State) -> Void) {
    if isPending {
      reactions.append(reaction)
    } else {
      reaction(state)
    }
  }

  func settle(_ state: State) {
    guard isPending else { return }
    self.state = state
    let reactions = reactions
    self.reactions = []
    for reaction in reactions { reaction(state) }
  }
}
