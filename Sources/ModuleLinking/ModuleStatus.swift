/// The values of [[Status]] of a Cyclic Module Record. A synthetic module, which has no status in
/// the specification, goes from `linked` over `evaluating` to `evaluated`.
/// https://tc39.es/ecma262/#table-cyclic-module-fields
public enum ModuleStatus: UInt8, Hashable, Sendable, CaseIterable {
  case new
  case unlinked
  case linking
  case linked
  case evaluating
  case evaluatingAsync
  case evaluated

  /// The specification's word.
  public var word: String {
    switch self {
    case .new: "new"
    case .unlinked: "unlinked"
    case .linking: "linking"
    case .linked: "linked"
    case .evaluating: "evaluating"
    case .evaluatingAsync: "evaluating-async"
    case .evaluated: "evaluated"
    }
  }
}

/// [[AsyncEvaluationOrder]]: when a module joined the order in which asynchronous bodies are run.
/// https://tc39.es/ecma262/#table-cyclic-module-fields
public enum AsyncEvaluationOrder: Hashable, Sendable {
  case unset
  case order(Int)
  case done
}

/// Names a record in events and snapshots; unique within a `ModuleAgent`.
public struct ModuleID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let number: UInt32

  package init(_ number: UInt32) {
    self.number = number
  }

  public static func < (left: ModuleID, right: ModuleID) -> Bool {
    left.number < right.number
  }

  public var description: String { "#\(number)" }
}
