internal import ModuleLinking

/// `module.status` of `vm.Module`.
public enum NodeStatus: String, Hashable, Sendable, CaseIterable {
  case unlinked, linking, linked, evaluating, evaluated, errored

  /// The word for a record's state. The specification has a status for a module that waits for
  /// asynchronous bodies, Node has not: it says `evaluated`.
  init(_ status: ModuleStatus, hasError: Bool) {
    if hasError {
      self = .errored
      return
    }
    switch status {
    case .new, .unlinked: self = .unlinked
    case .linking: self = .linking
    case .linked: self = .linked
    case .evaluating: self = .evaluating
    case .evaluatingAsync, .evaluated: self = .evaluated
    }
  }
}

/// A change of a module's status, numbered over the session.
public struct Transition {
  public var number: Int
  public var module: VMModule
  public var from: NodeStatus
  public var to: NodeStatus
  /// How many events the log had when it came: what a snapshot of the moment is made from.
  public var eventCount: Int
}
