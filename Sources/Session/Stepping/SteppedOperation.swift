internal import ModuleLinking
internal import VMModules

/// A `link` or `evaluate` that stops between its steps.
final class SteppedOperation {
  enum Kind: String {
    case link, evaluate
  }

  /// When it stops next.
  enum Goal {
    /// After so many steps.
    case steps(Int)
    /// Before the next top-level statement of a body.
    case statement
    /// When that module has come to its end.
    case module(ModuleRecord)
    /// Not before it has ended.
    case end
    case abort
  }

  let kind: Kind
  /// The module's name when it was given.
  let name: String
  let root: VMModule
  let coroutine: Coroutine
  var goal = Goal.steps(1)
  /// What the command would have answered, had it not been stepped.
  var outcome: Result<CommandOutcome, any Error>?
  var hasBegun = false
  var hasGivenUp = false
  var stepCount = 0
  /// The last step or statement; nil before the first.
  var last: StepReport?
  /// The stack of the depth-first search, and of each module whether it is done.
  var stack: [(record: SourceTextModuleRecord, isDone: Bool)] = []
  /// The same before the last step.
  var lastStack: [(record: SourceTextModuleRecord, isDone: Bool)] = []
  /// The module that `finish` means: the one that is worked on.
  var current: ModuleRecord
  /// The link in progress: it can be given up while it waits.
  var linkRun: LinkRun?

  init(_ kind: Kind, _ name: String, _ root: VMModule, _ coroutine: Coroutine) {
    self.kind = kind
    self.name = name
    self.root = root
    self.coroutine = coroutine
    current = root.record
  }

  /// Whether a step belongs to this operation: a body may link, and a linker evaluate, something
  /// else.
  func counts(_ step: OperationStep) -> Bool {
    switch step {
    case .begin(let module): !hasBegun && module === root
    case .requestAnswered, .linking: kind == .link && hasBegun
    case .evaluating, .settling: kind == .evaluate && hasBegun
    }
  }

  /// What a step leaves behind: the stack, and the module that is worked on.
  func follow(_ step: OperationStep) {
    lastStack = stack
    switch step {
    case .begin, .settling: break
    case .requestAnswered(let module, _): current = module.record
    case .linking(_, let operation):
      stack = operation.stack.map { ($0, $0.isEnvironmentInitialized) }
      current = operation.frames.last { !$0.module.isEnvironmentInitialized }?.module ?? root.record
    case .evaluating(_, let operation):
      let open = Set(
        operation.frames.lazy.filter { !$0.isExecuted }.map { $0.module as ModuleRecord })
      stack = operation.stack.map { ($0, !open.contains($0)) }
      current = operation.frames.last { !$0.isExecuted }?.module ?? root.record
    }
  }

  /// Whether the operation has nothing left to do after this step: then it does not stop.
  func ends(with step: OperationStep) -> Bool {
    switch step {
    case .begin, .requestAnswered: false
    case .linking(_, let operation): operation.isFinished
    case .evaluating(_, let operation): operation.isFinished && !operation.capability.isPending
    case .settling: root.record.topLevelCapability?.isPending == false
    }
  }

  /// Whether the goal is reached with this step.
  func reaches(_ step: OperationStep) -> Bool {
    switch goal {
    case .end, .abort, .statement: return false
    case .steps(let count):
      goal = .steps(count - 1)
      return count <= 1
    case .module(let module): return isEnd(step, of: module)
    }
  }

  private func isEnd(_ step: OperationStep, of module: ModuleRecord) -> Bool {
    switch step {
    case .begin: return false
    case .requestAnswered(let asker, let request):
      return asker.record === module && request == asker.moduleRequests.count - 1
    case .linking(.environmentInitialized(let record), _): return record === module
    case .linking: return false
    case .evaluating(.bodyExecuted(let record), _):
      // With top-level await, the end comes when it settles.
      return record === module && record.asSourceText?.hasTLA != true
    case .evaluating: return false
    case .settling(.settled(let record)): return record === module
    case .settling(.bodyExecuted(let record)): return record === module && !record.hasTLA
    }
  }
}
