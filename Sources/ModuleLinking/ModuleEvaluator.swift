/// A thrown or rejected value of the engine, kept without knowing what it is. Identity is the
/// object's: the same thrown value is the same object for as long as records refer to it.
public protocol ThrownValue: AnyObject {
  /// Nothing was thrown: a limit, Ctrl-C or `abort` ended the body, which ECMA-262 does not know.
  var isStop: Bool { get }
}

extension ThrownValue {
  public var isStop: Bool { false }
}

/// Why a record failed to link or evaluate: found by the algorithms here, or thrown by JavaScript.
public enum ModuleError {
  /// A SyntaxError of linking; the object is shared by all who report the same failure.
  case resolution(ResolutionFailure)
  case thrown(any ThrownValue)

  /// What the text asserts of errors holds of those that it knows.
  var isStop: Bool {
    if case .thrown(let value) = self { value.isStop } else { false }
  }
}

/// The engine's side of module records. Calls come on one thread, in the order of ECMA-262; none of
/// them may call back into an operation that is running.
public protocol ModuleEvaluator: AnyObject {
  /// InitializeEnvironment ( ), the engine's part: bindings exist from now on. An engine may put the
  /// work off until the environment is first observed.
  /// https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment
  func initializeEnvironment(of module: SourceTextModuleRecord)

  /// ExecuteModule ( ) of a module without top-level await. Nil when the body ran to its end.
  /// https://tc39.es/ecma262/#sec-source-text-module-record-execute-module
  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)?

  /// ExecuteModule ( capability ) of a module with top-level await: runs the body to its first await
  /// and returns; later, in a job, calls `settled` once, with nil or the value thrown.
  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void)

  /// The evaluation steps of a synthetic module. Nil when they returned normally.
  /// https://tc39.es/ecma262/#sec-smr-Evaluate
  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)?
}
