/// The operations on modules that run when a body with top-level await has settled.
extension ModuleAgent {
  /// ExecuteModule ( ) of a module without top-level await.
  func executeModule(_ module: SourceTextModuleRecord) -> ModuleError? {
    log.append(.bodyStarted, module)
    let thrown = evaluator?.executeModule(module)
    log.append(.bodyFinished, module, thrown == nil ? 0 : 1)
    return thrown.map(ModuleError.thrown)
  }

  /// ExecuteAsyncModule ( module ).
  /// https://tc39.es/ecma262/#sec-execute-async-module
  func executeAsyncModule(_ module: SourceTextModuleRecord) {
    assertStep(
      module, module.status == .evaluating || module.status == .evaluatingAsync,
      "ExecuteAsyncModule ( ) has a module that is evaluating or evaluating-async")
    assertStep(module, module.hasTLA, "ExecuteAsyncModule ( ) has a module with top-level await")
    log.append(.bodyStarted, module)
    guard let evaluator else { return }
    evaluator.executeAsyncModule(module) { thrown in
      self.log.append(.bodyFinished, module, thrown == nil ? 0 : 1)
      if let thrown {
        self.asyncModuleExecutionRejected(module, .thrown(thrown))
      } else {
        self.asyncModuleExecutionFulfilled(module)
      }
    }
  }

  func settle(_ module: ModuleRecord, _ state: EvaluationCapability.State) {
    guard let capability = module.topLevelCapability, capability.isPending else { return }
    let event: ModuleEvent.CapabilityState
    if case .rejected = state { event = .rejected } else { event = .fulfilled }
    log.append(.capability, module, Int32(event.rawValue))
    capability.settle(state)
  }

  /// GatherAvailableAncestors ( module, execList ). Its recursion is a list of work here: the order
  /// does not matter, as the list is sorted afterwards.
  /// https://tc39.es/ecma262/#sec-gather-available-ancestors
  private func gatherAvailableAncestors(_ module: SourceTextModuleRecord)
    -> [SourceTextModuleRecord]
  {
    var execList: [SourceTextModuleRecord] = []
    var work = [module]
    while let module = work.popLast() {
      for parent in module.asyncParentModules {
        // With nothing pending it is in the list already.
        guard parent.storedPendingAsyncDependencies > 0,
          parent.status == .evaluatingAsync,
          parent.cycleRoot?.evaluationError == nil
        else { continue }
        assertStep(parent, parent.evaluationError == nil, "an available ancestor has no error")
        assertStep(
          parent, parent.isAsyncEvaluationOrdered,
          "an available ancestor has a place in the asynchronous order")
        parent.setPendingAsyncDependencies(parent.storedPendingAsyncDependencies - 1, self)
        guard parent.storedPendingAsyncDependencies == 0 else { continue }
        execList.append(parent)
        if !parent.hasTLA { work.append(parent) }
      }
    }
    execList.sort { $0.storedAsyncEvaluationOrder < $1.storedAsyncEvaluationOrder }
    return execList
  }

  /// What AsyncModuleExecutionFulfilled and AsyncModuleExecutionRejected assert first.
  private func assertAsyncEvaluation(of module: SourceTextModuleRecord) {
    assertStep(module, module.status == .evaluatingAsync, "what settles is evaluating-async")
    assertStep(
      module, module.isAsyncEvaluationOrdered, "what settles has a place in the asynchronous order")
    assertStep(module, module.evaluationError == nil, "what settles has no error")
    assertStep(
      module, module.topLevelCapability == nil || module.cycleRoot === module,
      "what has a capability is the root of its cycle")
  }

  private func becomeEvaluated(_ module: SourceTextModuleRecord) {
    module.setAsyncEvaluationOrder(.done, self)
    module.setStatus(.evaluated, self)
  }

  /// AsyncModuleExecutionFulfilled ( module ).
  /// https://tc39.es/ecma262/#sec-async-module-execution-fulfilled
  func asyncModuleExecutionFulfilled(_ module: SourceTextModuleRecord) {
    // Evaluated already: with an error, its own or a dependency's.
    guard module.status != .evaluated else {
      assertStep(module, module.evaluationError != nil, "what was evaluated meanwhile has an error")
      return
    }
    assertAsyncEvaluation(of: module)
    becomeEvaluated(module)
    settle(module, .fulfilled)
    let available = gatherAvailableAncestors(module)
    onAsyncStep?(.settled(module))
    for ancestor in available {
      guard ancestor.status != .evaluated else {
        assertStep(
          ancestor, ancestor.evaluationError != nil, "what was evaluated meanwhile has an error")
        continue
      }
      if ancestor.hasTLA {
        executeAsyncModule(ancestor)
      } else if let error = executeModule(ancestor) {
        asyncModuleExecutionRejected(ancestor, error)
        continue
      } else {
        becomeEvaluated(ancestor)
        settle(ancestor, .fulfilled)
      }
      onAsyncStep?(.bodyExecuted(ancestor))
    }
  }

  /// AsyncModuleExecutionRejected ( module, error ), its recursion as a stack. A capability is
  /// rejected before the parents are told.
  /// https://tc39.es/ecma262/#sec-async-module-execution-rejected
  func asyncModuleExecutionRejected(_ module: SourceTextModuleRecord, _ error: ModuleError) {
    guard module.status != .evaluated else { return }
    let origin = module
    var work = [module]
    while let module = work.popLast() {
      guard module.status != .evaluated else {
        assertStep(
          module, module.evaluationError != nil, "what was evaluated meanwhile has an error")
        continue
      }
      // A stop ends what still evaluates, too.
      if !error.isStop { assertAsyncEvaluation(of: module) }
      module.setEvaluationError(error, self)
      becomeEvaluated(module)
      settle(module, .rejected(error))
      work.append(contentsOf: module.asyncParentModules.reversed())
    }
    onAsyncStep?(.settled(origin))
  }

  /// Gives up a module that waits for its body or for others: it is evaluated with `error`, and so
  /// are all that wait for it.
  public func giveUp(_ module: SourceTextModuleRecord, _ error: ModuleError) {
    guard module.status == .evaluatingAsync else { return }
    asyncModuleExecutionRejected(module, error)
  }
}
