/// What the records of one session share: the door to the engine, the count of asynchronous
/// evaluations, and the log of events.
///
/// The code of this target follows ECMA-262, 16th edition (2025).
/// https://tc39.es/ecma262/#sec-agents
public final class ModuleAgent {
  public let log = EventLog()
  /// Needed by `EvaluateOperation` and by the end of linking (nil: bodies are empty).
  public var evaluator: (any ModuleEvaluator)?
  /// Called after each step that is taken after the synchronous part of Evaluate ( ).
  public var onAsyncStep: ((AsyncStep) -> Void)?
  /// Called with an "Assert:" of the specification that does not hold. Nil: debug builds stop there,
  /// release builds do not look.
  public var onBrokenAssertion: ((String) -> Void)?
  /// V8 checks a module's imports in the order of their local names, and so reports another one
  /// first when several fail. Off, it is the order of the source.
  public var checksImportsByLocalName = false
  /// [[ModuleAsyncEvaluationCount]].
  public private(set) var moduleAsyncEvaluationCount = 0
  private var moduleCount: UInt32 = 0

  public init(evaluator: (any ModuleEvaluator)? = nil) {
    self.evaluator = evaluator
  }

  /// What happens once a body with top-level await has settled.
  public enum AsyncStep {
    case settled(SourceTextModuleRecord)
    /// The body of a module that waited ran to its end, or to its first `await`.
    case bodyExecuted(SourceTextModuleRecord)
  }

  func makeModuleID() -> ModuleID {
    moduleCount += 1
    return ModuleID(moduleCount)
  }

  /// IncrementModuleAsyncEvaluationCount ( ).
  /// https://tc39.es/ecma262/#sec-IncrementModuleAsyncEvaluationCount
  func incrementModuleAsyncEvaluationCount() -> Int {
    defer { moduleAsyncEvaluationCount += 1 }
    return moduleAsyncEvaluationCount
  }
}
