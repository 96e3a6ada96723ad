internal import CJavaScriptCore
public import ModuleLinking

/// A value that JavaScript threw or a promise was rejected with, kept alive.
public final class JavaScriptThrown: ThrownValue {
  public enum Kind: Equatable {
    case value
    /// The engine stopped the code: it ran longer than it was given.
    case timedOut(milliseconds: Double)
    /// The engine stopped the code: the person pressed Ctrl-C.
    case interrupted
    /// The engine stopped the code: the process took more memory than it may.
    case outOfMemory
  }

  public let kind: Kind
  /// Nil when the engine stopped the code: there is no thrown value then.
  public let value: JavaScriptValue?
  public var isStop: Bool { kind != .value }

  public init(_ value: JavaScriptValue) {
    self.value = value
    kind = .value
  }

  public init(stopped kind: Kind) {
    value = nil
    self.kind = kind
  }
}
