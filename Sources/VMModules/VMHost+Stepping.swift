public import JavaScriptRuntime
public import ModuleLinking

extension VMHost {
  /// The synchronous part of an evaluation.
  func run(_ operation: EvaluateOperation) -> EvaluationCapability {
    guard onStep != nil else { return operation.run() }
    while let step = operation.step() {
      if onStep?(.evaluating(step, operation)) == .giveUp {
        giveUpEvaluation(of: operation.root, operation)
      }
    }
    return operation.capability
  }

  /// Ends an evaluation as Ctrl-C ends one: what has not been evaluated is errored, and bodies that
  /// wait go on no more.
  public func giveUpEvaluation(
    of root: ModuleRecord, _ operation: EvaluateOperation? = nil,
    as kind: JavaScriptThrown.Kind = .interrupted
  ) {
    let error = ModuleError.thrown(JavaScriptThrown(stopped: kind))
    let waiting = ModuleRecord.reachable(from: [root]).compactMap(\.asSourceText).filter {
      $0.status == .evaluatingAsync || ($0.status == .evaluating && $0.hasTLA)
    }
    operation?.abort(error)
    module(of: root)?.isEvaluationStopped = true
    for record in waiting {
      if record.hasTLA { module(of: record)?.instance.giveUp() }
      agent.giveUp(record, error)
    }
    recordTransitions()
  }
}

extension VMFailure {
  /// Linking was given up.
  static var givenUp: VMFailure {
    VMFailure(.node(name: "Error", code: "", message: "Linking was given up"))
  }
}
