/// Evaluate ( ) of a module record, as work that can stop after every step.
/// https://tc39.es/ecma262/#sec-moduleevaluation
///
/// Bodies may begin other operations: a module that was evaluated meanwhile is passed over.
public final class EvaluateOperation {
  /// What `step()` did.
  public enum Step {
    case entered(SourceTextModuleRecord)
    /// The body ran to its end; that of a module with top-level await, to its first `await`.
    case bodyExecuted(ModuleRecord)
    case componentFinished(root: SourceTextModuleRecord, moduleCount: Int)
    case failed(ModuleError)
  }

  /// An invocation of InnerModuleEvaluation.
  public struct Frame {
    public var module: SourceTextModuleRecord
    /// The request that is looked at next.
    public var nextRequest: Int
    public fileprivate(set) var isExecuted = false
    /// The proposal's `evaluationList`, and the request that each module of it is for. Nil when
    /// nothing is deferred: then it is the requests.
    fileprivate var evaluationList: [(module: ModuleRecord, request: Int)]?
    fileprivate var nextInList = 0
    /// Modules that are waited for already: one may be required by several requests.
    fileprivate var waitedFor: Set<ModuleRecord> = []

    init(module: SourceTextModuleRecord) {
      self.module = module
      nextRequest = 0
      guard module.hasDeferPhaseRequest else { return }
      var list: [(module: ModuleRecord, request: Int)] = []
      var known: Set<ModuleRecord> = []
      for (request, loaded) in module.loadedModules.enumerated() {
        guard let loaded, !module.isSourcePhase(request) else { continue }
        let required: [ModuleRecord] =
          module.isDeferPhase(request)
          ? loaded.gatherAsynchronousTransitiveDependencies() : [loaded]
        for required in required where known.insert(required).inserted {
          list.append((required, request))
        }
      }
      evaluationList = list
    }

    /// The module that has to be evaluated next, and stays so until it is passed. Nil when all are.
    fileprivate mutating func required() -> ModuleRecord? {
      if let evaluationList {
        guard nextInList < evaluationList.count else {
          nextRequest = module.loadedModules.count
          return nil
        }
        nextRequest = evaluationList[nextInList].request
        return evaluationList[nextInList].module
      }
      while nextRequest < module.loadedModules.count {
        if let loaded = module.loadedModules[nextRequest], !module.isSourcePhase(nextRequest) {
          return loaded
        }
        nextRequest += 1
      }
      return nil
    }

    fileprivate mutating func pass() {
      if evaluationList == nil { nextRequest += 1 } else { nextInList += 1 }
    }
  }

  /// The module whose evaluation was asked for.
  public let root: ModuleRecord
  /// What the promise of Evaluate ( ) stands for: of the root's cycle root, when it has one.
  public let capability: EvaluationCapability
  /// The invocations of InnerModuleEvaluation that have not returned, outermost first.
  public private(set) var frames: [Frame] = []
  /// The specification's `stack`: modules whose component is not finished.
  public private(set) var stack: [SourceTextModuleRecord] = []
  public private(set) var isFinished = false
  private let agent: ModuleAgent
  private let module: ModuleRecord
  private var isStarted = false
  private var index: Int32 = 0

  /// The root is linked, evaluating-async or evaluated.
  public init(_ root: ModuleRecord, in agent: ModuleAgent) {
    self.root = root
    self.agent = agent
    var module = root
    agent.assertStep(
      root, root.isLinked && root.status != .evaluating,
      "Evaluate ( ) begins with a module that is linked, evaluating-async or evaluated")
    if let source = root.asSourceText,
      source.status == .evaluatingAsync || source.status == .evaluated
    {
      // Without a cycle root, the module failed before its component was finished.
      agent.assertStep(
        source, source.cycleRoot != nil || source.evaluationError != nil,
        "without a cycle root, it has an error")
      module = source.cycleRoot ?? source
    }
    self.module = module
    if let existing = module.topLevelCapability {
      capability = existing
      isFinished = true
    } else {
      capability = EvaluationCapability()
      module.topLevelCapability = capability
      agent.log.append(
        .capability, module, Int32(ModuleEvent.CapabilityState.pending.rawValue))
    }
  }

  /// Steps to the end of the synchronous part.
  @discardableResult
  public func run() -> EvaluationCapability {
    while step() != nil {}
    return capability
  }

  /// Nil when there is nothing left to do.
  public func step() -> Step? {
    guard !isFinished else { return nil }
    guard isStarted else {
      isStarted = true
      return begin()
    }
    return innerModuleEvaluation()
  }

  /// Gives up with `error`: every module on the stack is evaluated with that error.
  public func abort(_ error: ModuleError) {
    guard !isFinished else { return }
    _ = fail(error)
  }

  private func begin() -> Step? {
    guard let source = module.asSourceText else {
      if let error = module.evaluationError { return fail(error) }
      if module.status == .evaluated { return finish() }
      if let error = evaluateSynthetic(module) { return fail(error) }
      let step = Step.bodyExecuted(module)
      _ = finish()
      return step
    }
    if let error = source.evaluationError { return fail(error) }
    guard source.status == .linked else { return finish() }
    return enter(source)
  }

  private func enter(_ module: SourceTextModuleRecord) -> Step {
    agent.assertStep(module, module.status == .linked, "a module that is entered is linked")
    module.setStatus(.evaluating, agent)
    module.enter(index, agent)
    module.setPendingAsyncDependencies(0, agent)
    index += 1
    stack.append(module)
    frames.append(Frame(module: module))
    return .entered(module)
  }

  /// InnerModuleEvaluation ( module, stack, index ), from where it stopped to its next step.
  /// https://tc39.es/ecma262/#sec-innermoduleevaluation
  private func innerModuleEvaluation() -> Step? {
    while let top = frames.indices.last {
      let module = frames[top].module
      while let loaded = frames[top].required() {
        if let required = loaded.asSourceText {
          // It is not passed until it has been evaluated.
          if required.status == .linked { return enter(required) }
          frames[top].pass()
          if let error = wait(for: required, in: top) { return fail(error) }
        } else {
          frames[top].pass()
          if loaded.status != .linked {
            if let error = loaded.evaluationError { return fail(error) }
            continue
          }
          if let error = evaluateSynthetic(loaded) { return fail(error) }
          return .bodyExecuted(loaded)
        }
      }
      if !frames[top].isExecuted {
        frames[top].isExecuted = true
        if module.storedPendingAsyncDependencies > 0 || module.hasTLA {
          agent.assertStep(
            module, module.asyncEvaluationOrder == .unset,
            "it has no place in the asynchronous order yet")
          module.setAsyncEvaluationOrder(
            .order(agent.incrementModuleAsyncEvaluationCount()), agent)
          guard module.storedPendingAsyncDependencies == 0 else { continue }
          agent.executeAsyncModule(module)
        } else if let error = agent.executeModule(module) {
          return fail(error)
        }
        return .bodyExecuted(module)
      }
      frames.removeLast()
      agent.assertStep(module, stack.isOnStack(module), "it is on the stack")
      agent.assertStep(
        module, module.storedDFSAncestorIndex <= module.storedDFSIndex,
        "its ancestor index is not above its index")
      if module.storedDFSAncestorIndex == module.storedDFSIndex {
        return finishComponent(of: module)
      }
    }
    return finish()
  }

  /// What InnerModuleEvaluation does once a required module has been evaluated, or is being so.
  private func wait(for required: SourceTextModuleRecord, in top: Int) -> ModuleError? {
    let module = frames[top].module
    var awaited = required
    if let error = required.evaluationError { return error }
    // It may be evaluating without being on the stack: its body called this Evaluate ( ), which the
    // text does not allow.
    agent.assertStep(
      required, required.isLinked && required.status != .linked,
      "a required module is evaluating, evaluating-async or evaluated")
    agent.assertStep(
      required, required.status == .evaluating || !stack.isOnStack(required),
      "a required module on the stack is evaluating")
    if required.status == .evaluating {
      module.lowerAncestorIndex(to: required.storedDFSAncestorIndex, agent)
    } else {
      awaited = required.cycleRoot ?? required
      agent.assertStep(
        awaited, awaited.status == .evaluatingAsync || awaited.status == .evaluated,
        "the cycle root of a required module is evaluating-async or evaluated")
      if let error = awaited.evaluationError { return error }
    }
    if awaited.isAsyncEvaluationOrdered, frames[top].waitedFor.insert(required).inserted {
      module.setPendingAsyncDependencies(module.storedPendingAsyncDependencies + 1, agent)
      awaited.appendAsyncParent(module, agent)
    }
    return nil
  }

  private func finishComponent(of root: SourceTextModuleRecord) -> Step {
    var count = 0
    while let member = stack.popLast() {
      count += 1
      agent.assertStep(
        member, member.asyncEvaluationOrder != .done,
        "its asynchronous evaluation is not done before its component is finished")
      member.setCycleRoot(root, agent)
      member.setStatus(
        member.storedAsyncEvaluationOrder == -1 ? .evaluated : .evaluatingAsync, agent)
      if member === root { break }
    }
    agent.log.append(.componentFinished, root, Int32(count))
    if frames.isEmpty { _ = finish() }
    return .componentFinished(root: root, moduleCount: count)
  }

  private func evaluateSynthetic(_ module: ModuleRecord) -> ModuleError? {
    guard let synthetic = module.asSynthetic else { return nil }
    synthetic.setStatus(.evaluating, agent)
    agent.log.append(.bodyStarted, synthetic)
    let thrown = agent.evaluator?.executeSyntheticModule(synthetic)
    agent.log.append(.bodyFinished, synthetic, thrown == nil ? 0 : 1)
    let error = thrown.map(ModuleError.thrown)
    if let error { synthetic.setEvaluationError(error, agent) }
    synthetic.setStatus(.evaluated, agent)
    return error
  }

  private func fail(_ error: ModuleError) -> Step {
    for module in stack {
      agent.assertStep(
        module, module.status == .evaluating || error.isStop, "what is on the stack is evaluating")
      module.setEvaluationError(error, agent)
      module.setStatus(.evaluated, agent)
    }
    agent.assertStep(
      module, module.status == .evaluated && module.evaluationError != nil,
      "Evaluate ( ) fails with it evaluated, and an error")
    stack = []
    frames = []
    isFinished = true
    agent.settle(module, .rejected(error))
    return .failed(error)
  }

  private func finish() -> Step? {
    isFinished = true
    agent.assertStep(
      module, module.status == .evaluatingAsync || module.status == .evaluated,
      "Evaluate ( ) ends with it evaluating-async or evaluated")
    agent.assertStep(module, module.evaluationError == nil, "Evaluate ( ) ends with no error")
    agent.assertStep(module, stack.isEmpty, "the stack is empty when Evaluate ( ) ends")
    if module.status == .evaluated { agent.settle(module, .fulfilled) }
    return nil
  }
}
