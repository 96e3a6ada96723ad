internal import ModuleLinking

extension VMHost {
  /// While an operation is stepped, JavaScript and other commands may run between two steps of it.
  /// Link ( ) and Evaluate ( ) assume that no other call is in the middle of its work: what they
  /// would do over a module that is `linking` or `evaluating` has no meaning, and would be left
  /// behind when the stepped operation fails. The failure for it; nil when there is no such module.
  func conflictWithPausedOperation(of module: VMModule) -> VMFailure? {
    guard isPaused else { return nil }
    var seen: Set<ModuleRecord> = [module.record]
    var work: [ModuleRecord] = [module.record]
    while let record = work.popLast() {
      if record.status == .linking || record.status == .evaluating {
        return .paused(record, for: module.record)
      }
      // What is evaluated, or linked and not to be evaluated, is not looked into.
      guard let source = record.asSourceText,
        record.status.rawValue < ModuleStatus.evaluatingAsync.rawValue
      else { continue }
      for case let required? in source.loadedModules where seen.insert(required).inserted {
        work.append(required)
      }
    }
    return nil
  }
}

extension VMFailure {
  /// `record`, on which `root` depends, belongs to an operation that is being stepped.
  fileprivate static func paused(_ record: ModuleRecord, for root: ModuleRecord) -> VMFailure {
    .node(
      "ERR_VM_MODULE_STATUS",
      "Module status of '\(record.identifier)', on which '\(root.identifier)' depends, must not be "
        + "\(record.status.word) while an operation is stepped")
  }
}
