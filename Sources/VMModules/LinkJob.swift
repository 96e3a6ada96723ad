public import JavaScriptRuntime
internal import ModuleLinking
public import ModuleSyntax

/// What a linker answers to a request.
public enum LinkerAnswer {
  case module(VMModule)
  /// Any value of JavaScript: a module object, a promise, or something that is no module.
  case value(JavaScriptValue)
  /// `undefined`, without an engine.
  case undefined
  /// The linker threw.
  case thrown(VMFailure)
  /// A promise that was rejected.
  case rejected(VMFailure)
  /// A promise that Swift settles later, by calling the closure it hands over.
  case later((@escaping (LinkerAnswer) -> Void) -> Void)
}

/// A linker, as `module.link(linker)` takes it: called once for each request of each module that is
/// not linked yet.
public typealias Linker = (_ request: ModuleRequest, _ referrer: SourceTextModule) -> LinkerAnswer

/// A linker that is asked for all requests of a module in one call. Each answer comes in the job that
/// follows the settling of its promise. What it threw, and for which request.
typealias RequestsLinker = (_ link: ModuleLink) -> (failure: VMFailure, request: Int)?

extension SourceTextModule {
  /// `module.link(linker)`. `settled` is called when its promise settles: later, in a job.
  @discardableResult
  public func link(_ linker: @escaping Linker, settled: @escaping (VMFailure?) -> Void) -> LinkRun?
  {
    link(linker, askingAll: nil, settled: settled)
  }

  /// `requestsLinker` is asked where nobody steps.
  @discardableResult
  func link(
    _ linker: @escaping Linker, askingAll requestsLinker: RequestsLinker?,
    settled: @escaping (VMFailure?) -> Void
  ) -> LinkRun? {
    if recordStatus == .linked, !isLinkingOverride, linkFailure == nil {
      settled(.node("ERR_VM_MODULE_ALREADY_LINKED", "Module has already been linked"))
      return nil
    }
    guard status == .unlinked else {
      settled(.status("must be unlinked"))
      return nil
    }
    let run = LinkRun(host, linker: linker, requestsLinker: requestsLinker, settled: settled)
    if host.onStep?(.begin(self)) == .giveUp {
      run.giveUp()
      return nil
    }
    let attempt = LinkAttempt(root: record.id)
    host.linkBegan(attempt)
    run.attempt = attempt
    linkHistory = LinkHistory(attempt: attempt)
    ModuleLink.begin(self, in: run)
    return run
  }
}
