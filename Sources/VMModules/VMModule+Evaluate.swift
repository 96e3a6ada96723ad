public import JavaScriptRuntime
public import ModuleLinking

extension VMModule {
  /// `module.evaluate({ timeout })`: runs the synchronous part and returns what its promise stands
  /// for. Throws ERR_VM_MODULE_STATUS, and ERR_SCRIPT_EXECUTION_TIMEOUT or
  /// ERR_SCRIPT_EXECUTION_INTERRUPTED when the engine stopped the code.
  public func evaluate(timeout: Double? = nil) throws -> EvaluationCapability {
    try checkEvaluable()
    if let failure = host.conflictWithPausedOperation(of: self) { throw failure }
    let wasStopped = stoppedEvaluation != nil
    // Its jobs wait for the end of the whole graph, so the realm is made before the first body runs.
    _ = context.realm
    let operation = EvaluateOperation(record, in: host.agent)
    if operation.isFinished { return operation.capability }
    _ = host.onStep?(.begin(self))
    let capability = host.engine.operation {
      host.engine.limited(milliseconds: timeout) { host.run(operation) }
    }
    host.recordTransitions()
    if !wasStopped, let stopped = stop(of: capability) { throw stopped }
    return capability
  }

  func checkEvaluable() throws {
    switch recordStatus {
    case .linked, .evaluated, .errored: if !isLinkingOverride { return }
    default: break
    }
    throw VMFailure.status("must be one of linked, evaluated, or errored")
  }

  /// The error of Node for code that the engine stopped.
  private func stop(of capability: EvaluationCapability) -> VMFailure? {
    guard case .rejected(.thrown(let thrown)) = capability.state,
      let thrown = thrown as? JavaScriptThrown
    else { return nil }
    return VMFailure.stopped(thrown.kind)
  }

  /// What became of a module whose evaluation the engine stopped.
  public enum StoppedEvaluation {
    /// `evaluate()` was called on it: its promise stays pending for ever in Node.
    case root
    /// It was evaluated for another: `evaluate()` rejects with null.
    case dependency
  }

  /// Nil when the engine did not stop the evaluation.
  public var stoppedEvaluation: StoppedEvaluation? {
    guard case .thrown(let thrown) = record.evaluationError,
      let thrown = thrown as? JavaScriptThrown, thrown.kind != .value
    else { return nil }
    return record.topLevelCapability == nil ? .dependency : .root
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
