import ModuleSyntax

/// What must hold between two steps of any operation, for tests.
public struct GraphInvariants {
  /// What does not hold, one sentence each.
  public private(set) var violations: [String] = []

  /// Checks all that can be reached from `roots`. While an operation stands between two steps,
  /// modules on its stack may be in the middle of their component.
  public static func violations(of roots: [ModuleRecord]) -> [String] {
    var check = GraphInvariants()
    let modules = ModuleRecord.reachable(from: roots)
    var awaited: [ModuleRecord: Int] = [:]
    for module in modules {
      guard let source = module.asSourceText, source.status == .evaluatingAsync else { continue }
      for parent in source.asyncParentModules { awaited[parent, default: 0] += 1 }
    }
    for module in modules {
      guard let source = module.asSourceText else {
        check.checkSynthetic(module)
        continue
      }
      check.checkFields(of: source)
      check.checkDependencies(of: source)
      check.checkAsync(source, awaited: awaited[source] ?? 0)
    }
    return check.violations
  }

  private mutating func require(
    _ condition: Bool, _ module: ModuleRecord, _ words: @autoclosure () -> String
  ) {
    if !condition { violations.append("\(module.identifier) (\(module.status.word)): \(words())") }
  }

  private mutating func checkSynthetic(_ module: ModuleRecord) {
    require(
      module.status == .linked || module.status == .evaluating || module.status == .evaluated,
      module, "not a status of a synthetic module")
    require(
      module.evaluationError == nil || module.status == .evaluated, module,
      "an error before evaluation has ended")
  }

  private mutating func checkFields(of module: SourceTextModuleRecord) {
    require(
      module.loadedModules.count == module.parsed.requests.count, module,
      "requests and loaded modules differ in number")
    if module.isEnvironmentInitialized {
      require(
        module.importBindings.count == module.parsed.importEntries.count, module,
        "imports without a binding")
    } else {
      require(module.importBindings.isEmpty, module, "bindings without an environment")
    }
    if let index = module.dfsIndex, let ancestor = module.dfsAncestorIndex {
      require(ancestor <= index, module, "ancestor index \(ancestor) above index \(index)")
    }
    require(
      (module.dfsIndex == nil) == (module.dfsAncestorIndex == nil), module,
      "one of the two indices is empty")
    switch module.status {
    case .new, .unlinked:
      require(!module.isEnvironmentInitialized, module, "has an environment")
      require(module.topLevelCapability == nil, module, "has a capability")
    case .linking:
      require(module.dfsIndex != nil, module, "has no index")
    case .linked:
      require(module.isEnvironmentInitialized, module, "has no environment")
      require(module.pendingAsyncDependencies == nil, module, "waits for something")
    case .evaluating, .evaluatingAsync, .evaluated:
      require(module.isEnvironmentInitialized, module, "has no environment")
    }
    require(
      module.evaluationError == nil || module.status == .evaluated, module, "has an error")
    switch module.topLevelCapability?.state {
    case nil: break
    case .pending:
      require(
        module.status != .evaluated || module.evaluationError == nil, module,
        "its capability is pending")
    case .fulfilled:
      require(
        module.status == .evaluated && module.evaluationError == nil, module,
        "its capability is fulfilled")
    case .rejected:
      require(module.evaluationError != nil, module, "its capability is rejected without an error")
    }
  }

  private mutating func checkDependencies(of module: SourceTextModuleRecord) {
    for case (let request, let required?) in zip(module.parsed.requests, module.loadedModules)
    where request.phase != .source {
      if module.isLinked {
        require(required.isLinked, module, "requires \(required.identifier), which is not linked")
      }
      // In a cycle, a member may be done before another one fails.
      // A deferred module is evaluated later, and its error is that of who looks into it.
      guard request.phase == .evaluation, module.status == .evaluated,
        module.evaluationError == nil,
        module.cycleRoot == nil || module.cycleRoot !== required.asSourceText?.cycleRoot
      else { continue }
      require(
        required.status == .evaluated || required.status == .evaluating, module,
        "\(required.identifier) is \(required.status.word)")
      require(
        required.evaluationError == nil, module, "hides the error of \(required.identifier)")
    }
  }

  private mutating func checkAsync(_ module: SourceTextModuleRecord, awaited: Int) {
    switch module.status {
    case .evaluatingAsync:
      require(module.isAsyncEvaluationOrdered, module, "has no place in the order")
      require(module.cycleRoot != nil, module, "has no cycle root")
      if module.cycleRoot?.evaluationError == nil {
        require(
          module.pendingAsyncDependencies == awaited, module,
          "\(module.pendingAsyncDependencies ?? -1) pending, but \(awaited) will tell it")
      }
    case .evaluated:
      require(
        !module.isAsyncEvaluationOrdered || module.evaluationError != nil, module,
        "still has a place in the order")
      require(
        module.cycleRoot != nil || module.evaluationError != nil, module, "has no cycle root")
    case .new, .unlinked, .linking, .linked, .evaluating: break
    }
    if let root = module.cycleRoot {
      require(root.cycleRoot === root, module, "its cycle root is not its own")
    }
  }
}
