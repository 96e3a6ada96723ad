public import JavaScriptRuntime
public import ModuleLinking

extension VMModule {
  /// `module.evaluate({ timeout })`: runs the synchronous part and returns what its promise stands
  /// for. Throws ERR_VM_MODULE_STATUS, and ERR_SCRIPT_EXECUTION_TIMEOUT or
  /// ERR_SCRIPT_EXECUTION_INTERRUPTED when the engine stopped the code.
  public func evaluate(limit: Limit = Limit()) throws -> EvaluationCapability {
    try checkEvaluable()
    if let failure = host.conflictWithPausedOperation(of: self) { throw failure }
    // Its jobs wait for the end of the whole graph, so the realm is made before the first body runs.
    _ = context.realm
    let operation = EvaluateOperation(record, in: host.agent)
    if operation.isFinished { return operation.capability }
    _ = host.onStep?(.begin(self))
    let engine = host.engine
    let outer = host.holdsStops
    host.holdsStops = !limit.isNone
    defer { host.holdsStops = outer }
    let (capability, stop) = engine.operation {
      let (capability, stop) = engine.limited(limit) {
        let capability = host.run(operation)
        context.realm.endEvaluation()
        return capability
      }
      return (capability, stop ?? engine.passingStop)
    }
    host.recordTransitions()
    if let stop, let failure = VMFailure.stopped(stop) {
      isEvaluationStopped = true
      throw failure
    }
    return capability
  }

  /// Node asks the record: a link of the facade may still be under way.
  func checkEvaluable() throws {
    switch recordStatus {
    case .linked, .evaluated, .errored: return
    default: throw VMFailure.status("must be one of linked, evaluated, or errored")
    }
  }

  /// What became of a module whose evaluation the engine stopped.
  public enum StoppedEvaluation {
    /// `evaluate()` was called on it: its promise stays pending for ever in Node.
    case root
    /// It was evaluated for another, or needs one that was: `evaluate()` rejects with null.
    case dependency
  }

  /// Nil when the engine did not stop the evaluation.
  public var stoppedEvaluation: StoppedEvaluation? {
    guard case .thrown(let thrown) = record.evaluationError,
      let thrown = thrown as? JavaScriptThrown, thrown.kind != .value
    else { return nil }
    return isEvaluationStopped ? .root : .dependency
  }
}

extension VMFailure {
  /// Nil when the code threw by itself.
  public static func stopped(_ kind: JavaScriptThrown.Kind) -> VMFailure? {
    switch kind {
    case .value: nil
    case .timedOut(let milliseconds):
      node(
        "ERR_SCRIPT_EXECUTION_TIMEOUT",
        "Script execution timed out after \(Int(milliseconds))ms")
    case .interrupted:
      node("ERR_SCRIPT_EXECUTION_INTERRUPTED", "Script execution was interrupted by `SIGINT`")
    case .outOfMemory:
      node("ERR_WORKER_OUT_OF_MEMORY", "The code took more memory than it may")
    }
  }
}
