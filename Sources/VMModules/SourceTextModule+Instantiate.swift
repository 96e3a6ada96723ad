internal import ModuleLinking
internal import ModuleSyntax

extension SourceTextModule {
  /// `module.linkRequests(modules)`: assigns a module to each request. May be repeated.
  public func linkRequests(_ modules: [LinkerAnswer]) throws {
    guard status == .unlinked else { throw VMFailure.status("must be unlinked") }
    guard modules.count == moduleRequests.count else {
      throw VMFailure.node(
        "ERR_MODULE_LINK_MISMATCH",
        "Expected \(moduleRequests.count) modules, got \(modules.count)", name: "TypeError")
    }
    var found: [VMModule] = []
    for (index, answer) in modules.enumerated() {
      guard case .module(let module) = answer else {
        let failure = VMFailure.node(
          "ERR_VM_MODULE_NOT_MODULE", "Provided module is not an instance of Module")
        failure.request = (self, index)
        if case .value(let value) = answer { failure.fulfilment = value }
        throw failure
      }
      guard module.context === context else {
        let failure = VMFailure.node(
          "ERR_VM_MODULE_DIFFERENT_CONTEXT", "Linked modules must use the same context")
        failure.request = (self, index)
        failure.answeredModule = module
        throw failure
      }
      found.append(module)
    }
    source.setLoadedModules(found.map(\.record), in: host.agent)
    hasLinkedRequests = true
  }

  /// `module.instantiate()`: links the graph that `linkRequests` made.
  public func instantiate() throws {
    guard status == .unlinked else { throw VMFailure.status("must be unlinked") }
    guard hasLinkedRequests else {
      throw VMFailure.node("ERR_VM_MODULE_LINK_FAILURE", "module is not linked")
    }
    let attempt = LinkAttempt(root: record.id)
    host.linkBegan(attempt)
    let unlinked = ModuleRecord.reachable(from: [record]).filter { !$0.isLinked }
    // A link that is still in progress is what its modules wait for.
    for case let module as SourceTextModule in unlinked.compactMap(host.module(of:))
    where module.status == .unlinked {
      module.linkHistory = LinkHistory(attempt: attempt)
    }
    let failure = instantiateGraph(attempt)
    attempt.state = failure.map { .failed($0) } ?? .succeeded
    if let failure {
      if failure.link == nil { failure.link = attempt }
      throw failure
    }
  }

  /// Link ( ), once every module that it reaches knows its dependencies.
  func instantiateGraph(_ attempt: LinkAttempt) -> VMFailure? {
    if let failure = host.conflictWithPausedOperation(of: self) { return failure }
    if let failure = missingLink() {
      failure.link = attempt
      return failure
    }
    defer { host.recordTransitions() }
    let operation = LinkOperation(source, in: host.agent)
    while let step = operation.step() {
      if host.onStep?(.linking(step, operation)) == .giveUp, !operation.isFinished {
        operation.abort()
        return .givenUp
      }
    }
    return operation.failure.map { host.failure(of: .resolution($0)) }
  }

  /// The first request, depth first, that has no module yet.
  func missingLink() -> VMFailure? {
    var seen: Set<ModuleRecord> = [source]
    var stack: [(module: SourceTextModuleRecord, next: Int)] = [(source, 0)]
    while let top = stack.indices.last {
      let module = stack[top].module
      let next = stack[top].next
      guard next < module.loadedModules.count else {
        stack.removeLast()
        continue
      }
      stack[top].next += 1
      guard let loaded = module.loadedModules[next] else {
        let failure = VMFailure.node(
          "ERR_VM_MODULE_LINK_FAILURE",
          "request for '\(module.parsed.requests[next].specifier)' can not be resolved on module "
            + "'\(module.identifier)' that is not linked")
        if let owner = host.module(of: module) as? SourceTextModule {
          failure.request = (owner, next)
          if owner.status == .linking { failure.otherLink = owner.linkHistory?.attempt }
        }
        return failure
      }
      guard let child = loaded.asSourceText, !child.isLinked, seen.insert(child).inserted else {
        continue
      }
      stack.append((child, 0))
    }
    return nil
  }
}
