// `import defer`, after the proposal's specification text.
extension ModuleRecord {
  /// GatherAsynchronousTransitiveDependencies ( module [ , seen ] ): what has to be evaluated at once,
  /// because it cannot be evaluated later without waiting. In source order, depth first.
  /// https://tc39.es/proposal-defer-import-eval/#sec-GatherAsynchronousTransitiveDependencies
  public func gatherAsynchronousTransitiveDependencies() -> [SourceTextModuleRecord] {
    var result: [SourceTextModuleRecord] = []
    var seen: Set<ModuleRecord> = []
    var waiting: [ModuleRecord] = [self]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let module = next.asSourceText else { continue }
      if module.status == .evaluating || module.isComponentEvaluated { continue }
      if module.hasTLA {
        result.append(module)
      } else {
        waiting.append(contentsOf: module.loadedModules.reversed().compactMap { $0 })
      }
    }
    return result
  }

  /// ReadyForSyncExecution ( module [ , seen ] ): whether evaluating the module now would wait for
  /// nothing.
  /// https://tc39.es/proposal-defer-import-eval/#sec-ReadyForSyncExecution
  public var isReadyForSyncExecution: Bool {
    var seen: Set<ModuleRecord> = []
    var waiting: [ModuleRecord] = [self]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted, let module = next.asSourceText else { continue }
      if module.isComponentEvaluated { continue }
      if module.status == .evaluating || module.status == .evaluatingAsync { return false }
      if module.hasTLA { return false }
      waiting.append(contentsOf: module.loadedModules.compactMap { $0 })
    }
    return true
  }
}

extension SourceTextModuleRecord {
  /// IsModuleSCCEvaluated ( module ): a member of a cycle may have been evaluated while the root of
  /// the cycle still waits. The proposal's text looks at the member alone; this is test262's, in
  /// `import-defer/evaluation-top-level-await/async-cycle-dependency-of-deferred-module`.
  public var isComponentEvaluated: Bool { (cycleRoot ?? self).status == .evaluated }
}
