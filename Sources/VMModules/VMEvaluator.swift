internal import JavaScriptRuntime
internal import ModuleLinking

/// Leads the algorithms on records to the modules' instances in the engine.
final class VMEvaluator: ModuleEvaluator {
  private unowned let host: VMHost

  init(host: VMHost) {
    self.host = host
  }

  /// Nothing to do yet: an instance makes its environment when somebody observes it.
  func initializeEnvironment(of module: SourceTextModuleRecord) {}

  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)? {
    host.module(of: module)?.instance.execute()
  }

  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void
  ) {
    host.shareEngineJobs()
    host.module(of: module)?.instance.executeAsync { settled($0) }
  }

  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)? {
    guard let synthetic = host.module(of: module) as? SyntheticModule else { return nil }
    if let thrown = synthetic.instance.makeEnvironment() { return thrown }
    guard let thrown = synthetic.evaluationSteps(synthetic) else { return nil }
    // In Node a time limit ends the steps, and the module is evaluated; the graph goes on.
    let isHeld = thrown.kind != .value && host.holdsStops && host.engine.holdStop()
    return isHeld ? nil : thrown
  }
}
