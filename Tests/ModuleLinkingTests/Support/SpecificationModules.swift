/// Link and Evaluate of Cyclic Module Records as the specification writes them, recursion and all,
/// with `import defer` as its proposal and test262 have it.
/// https://tc39.es/ecma262/#sec-cyclic-module-records
final class SpecificationModules {
  enum Status: String {
    case unlinked, linking, linked, evaluating, evaluatingAsync, evaluated
  }

  enum AsyncEvaluationOrder: Equatable {
    case unset
    case order(Int)
    case done
  }

  final class Module {
    let name: String
    var requests: [(module: Module, isDeferred: Bool)] = []
    var hasTLA = false
    var isThrowing = false
    /// InitializeEnvironment throws.
    var isUnlinkable = false
    var status = Status.unlinked
    var evaluationError: String?
    var dfsAncestorIndex = 0
    var cycleRoot: Module?
    var asyncEvaluationOrder = AsyncEvaluationOrder.unset
    var topLevelCapability: Capability?
    var asyncParentModules: [Module] = []
    var pendingAsyncDependencies: Int?

    init(_ name: String) { self.name = name }
  }

  final class Capability {
    var state = "pending"

    func settle(_ state: String) { if self.state == "pending" { self.state = state } }
  }

  private struct Abrupt: Error {
    var value: String
  }

  /// `a` ran, `a…` began and awaits, `a!` threw.
  private(set) var log: [String] = []
  private(set) var awaiting: [Module] = []
  private var moduleAsyncEvaluationCount = 0

  // MARK: - Link

  /// Link ( ): false when it throws.
  func link(_ module: Module) -> Bool {
    var stack: [Module] = []
    do throws(Abrupt) {
      _ = try innerModuleLinking(module, &stack, 0)
      return true
    } catch {
      for m in stack { m.status = .unlinked }
      return false
    }
  }

  private func innerModuleLinking(
    _ module: Module, _ stack: inout [Module], _ start: Int
  ) throws(Abrupt) -> Int {
    var index = start
    if module.status != .unlinked { return index }
    module.status = .linking
    let moduleIndex = index
    module.dfsAncestorIndex = index
    index += 1
    stack.append(module)
    for (required, _) in module.requests {
      index = try innerModuleLinking(required, &stack, index)
      if required.status == .linking {
        module.dfsAncestorIndex = min(module.dfsAncestorIndex, required.dfsAncestorIndex)
      }
    }
    if module.isUnlinkable { throw Abrupt(value: module.name) }
    if module.dfsAncestorIndex == moduleIndex {
      while let required = stack.popLast() {
        required.status = .linked
        if required === module { break }
      }
    }
    return index
  }

  // MARK: - Evaluate

  /// Evaluate ( ).
  func evaluate(_ asked: Module) -> Capability {
    var module = asked
    if module.status == .evaluatingAsync || module.status == .evaluated {
      // A module that failed before its component was finished has no [[CycleRoot]].
      module = module.cycleRoot ?? module
    }
    if let capability = module.topLevelCapability { return capability }
    var stack: [Module] = []
    let capability = Capability()
    module.topLevelCapability = capability
    do throws(Abrupt) {
      _ = try innerModuleEvaluation(module, &stack, 0)
      if module.status == .evaluated { capability.settle("fulfilled") }
    } catch {
      for m in stack {
        m.status = .evaluated
        m.evaluationError = error.value
      }
      capability.settle("rejected \(error.value)")
    }
    return capability
  }

  private func innerModuleEvaluation(
    _ module: Module, _ stack: inout [Module], _ start: Int
  ) throws(Abrupt) -> Int {
    var index = start
    if module.status == .evaluatingAsync || module.status == .evaluated {
      if let error = module.evaluationError { throw Abrupt(value: error) }
      return index
    }
    if module.status == .evaluating { return index }
    module.status = .evaluating
    let moduleIndex = index
    module.dfsAncestorIndex = index
    module.pendingAsyncDependencies = 0
    index += 1
    var evaluationList: [Module] = []
    for (required, isDeferred) in module.requests {
      var seen: [Module] = []
      for additional in isDeferred ? gather(required, &seen) : [required]
      where !evaluationList.contains(where: { $0 === additional }) {
        evaluationList.append(additional)
      }
    }
    stack.append(module)
    for listed in evaluationList {
      var required = listed
      index = try innerModuleEvaluation(required, &stack, index)
      if required.status == .evaluating {
        module.dfsAncestorIndex = min(module.dfsAncestorIndex, required.dfsAncestorIndex)
      } else {
        required = required.cycleRoot ?? required
        if let error = required.evaluationError { throw Abrupt(value: error) }
      }
      if case .order = required.asyncEvaluationOrder {
        module.pendingAsyncDependencies? += 1
        required.asyncParentModules.append(module)
      }
    }
    if module.pendingAsyncDependencies != 0 || module.hasTLA {
      module.asyncEvaluationOrder = incrementModuleAsyncEvaluationCount()
      if module.pendingAsyncDependencies == 0 { executeAsyncModule(module) }
    } else {
      try executeModule(module)
    }
    if module.dfsAncestorIndex == moduleIndex {
      while let required = stack.popLast() {
        required.status = required.asyncEvaluationOrder == .unset ? .evaluated : .evaluatingAsync
        required.cycleRoot = module
        if required === module { break }
      }
    }
    return index
  }

  private func gather(_ module: Module, _ seen: inout [Module]) -> [Module] {
    if seen.contains(where: { $0 === module }) { return [] }
    seen.append(module)
    if module.status == .evaluating || (module.cycleRoot ?? module).status == .evaluated {
      return []
    }
    if module.hasTLA { return [module] }
    return module.requests.flatMap { gather($0.module, &seen) }
  }

  private func incrementModuleAsyncEvaluationCount() -> AsyncEvaluationOrder {
    defer { moduleAsyncEvaluationCount += 1 }
    return .order(moduleAsyncEvaluationCount)
  }

  private func executeModule(_ module: Module) throws(Abrupt) {
    log.append(module.name + (module.isThrowing ? "!" : ""))
    if module.isThrowing { throw Abrupt(value: module.name) }
  }

  private func executeAsyncModule(_ module: Module) {
    log.append(module.name + "…")
    awaiting.append(module)
  }

  // MARK: - Afterwards

  /// The body at `position` of those that await comes to its end.
  func settle(at position: Int) {
    let module = awaiting.remove(at: position)
    log.append(module.name + (module.isThrowing ? "!" : ""))
    if module.isThrowing {
      asyncModuleExecutionRejected(module, module.name)
    } else {
      asyncModuleExecutionFulfilled(module)
    }
  }

  private func gatherAvailableAncestors(_ module: Module, _ execList: inout [Module]) {
    for m in module.asyncParentModules {
      // A module that failed before its component was finished has no [[CycleRoot]].
      let root = m.cycleRoot ?? m
      if execList.contains(where: { $0 === m }) || root.evaluationError != nil { continue }
      m.pendingAsyncDependencies? -= 1
      guard m.pendingAsyncDependencies == 0 else { continue }
      execList.append(m)
      if !m.hasTLA { gatherAvailableAncestors(m, &execList) }
    }
  }

  private func asyncModuleExecutionFulfilled(_ module: Module) {
    if module.status == .evaluated { return }
    module.asyncEvaluationOrder = .done
    module.status = .evaluated
    module.topLevelCapability?.settle("fulfilled")
    var execList: [Module] = []
    gatherAvailableAncestors(module, &execList)
    let sorted = execList.sorted { order(of: $0) < order(of: $1) }
    for m in sorted where m.status != .evaluated {
      if m.hasTLA {
        executeAsyncModule(m)
        continue
      }
      do throws(Abrupt) {
        try executeModule(m)
        m.asyncEvaluationOrder = .done
        m.status = .evaluated
        m.topLevelCapability?.settle("fulfilled")
      } catch {
        asyncModuleExecutionRejected(m, error.value)
      }
    }
  }

  private func order(of module: Module) -> Int {
    if case .order(let order) = module.asyncEvaluationOrder { order } else { -1 }
  }

  private func asyncModuleExecutionRejected(_ module: Module, _ error: String) {
    if module.status == .evaluated { return }
    module.evaluationError = error
    module.status = .evaluated
    module.asyncEvaluationOrder = .done
    module.topLevelCapability?.settle("rejected \(error)")
    for m in module.asyncParentModules { asyncModuleExecutionRejected(m, error) }
  }
}
