public import ModuleLinking

/// What a step of `link` or `evaluate` did.
public enum OperationStep {
  /// Nothing yet: the operation is about to begin.
  case begin(VMModule)
  /// The linker was asked, and has answered.
  case requestAnswered(SourceTextModule, request: Int)
  case linking(LinkOperation.Step, LinkOperation)
  case evaluating(EvaluateOperation.Step, EvaluateOperation)
  /// After the synchronous part of an evaluation.
  case settling(ModuleAgent.AsyncStep)
}

/// What becomes of the operation after a step.
public enum StepDecision {
  case goOn
  /// Its records are put back as its failure would put them back.
  case giveUp
}
