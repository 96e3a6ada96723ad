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
      switch module.status {
      case .evaluating, .evaluatingAsync, .evaluated: continue
      default: break
      }
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
      switch module.status {
      case .evaluated: continue
      case .evaluating, .evaluatingAsync: return false
      default: break
      }
      if module.hasTLA { return false }
      waiting.append(contentsOf: module.loadedModules.compactMap { $0 })
    }
    return true
  }
}
