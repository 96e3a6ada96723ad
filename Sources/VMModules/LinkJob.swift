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
typealias RequestsLinker = (
  _ referrer: SourceTextModule,
  _ reply: @escaping (_ request: Int, Swift.Result<LinkerAnswer, VMFailure>) -> Void
) -> (failure: VMFailure, request: Int)?

extension SourceTextModule {
  /// `module.link(linker)`. `settled` is called when its promise settles: later, in a job.
  ///
  /// Node writes this as asynchronous functions; each `enqueue` here is one turn of the promises that
  /// they wait for, so that linkers are called, and failures come, in Node's order.
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
    linkRequests(in: run) { [self] failure in
      host.enqueue { [self] in
        guard !run.isGivenUp else { return }
        run.settle { failure ?? instantiateGraph(attempt) }
      }
    }
    return run
  }

  /// Node's `[kLink]`. `done` is called when the promise of that function settles.
  private func linkRequests(in run: LinkRun, done: @escaping (VMFailure?) -> Void) {
    isLinkingOverride = true
    run.began(self)
    host.overrideChanged(self)
    let requests = moduleRequests
    guard !requests.isEmpty else {
      // The promise of all, and the await of it.
      return host.enqueue { [self] in finishRequests([], nil, run, done) }
    }
    let all = AnswerCollector(count: requests.count) { [self] modules, failure in
      host.enqueue { [self] in finishRequests(modules, failure, run, done) }
    }
    if let requestsLinker = run.requestsLinker, host.onStep == nil {
      let outcomes = requests.map { _ in RequestOutcome() }
      let thrown = requestsLinker(self) { [self] index, result in
        accept(result, requests[index], index, run, outcomes[index])
      }
      guard let thrown else {
        for (index, outcome) in outcomes.enumerated() {
          outcome.whenSettled(host) { all.settle(index, $0) }
        }
        return
      }
      thrown.failure.happened(at: self, thrown.request)
      linkHistory?.failed = LinkHistory.FailedAnswer(
        request: thrown.request, failure: thrown.failure, hasThrown: true)
      for outcome in outcomes.prefix(thrown.request) { outcome.abandon(host) }
      return done(thrown.failure)
    }
    var outcomes: [RequestOutcome] = []
    outcomes.reserveCapacity(requests.count)
    for (index, request) in requests.enumerated() {
      let answer = run.linker(request, self)
      if host.onStep?(.requestAnswered(self, request: index)) == .giveUp { return run.giveUp() }
      if case .thrown(let failure) = answer {
        // The rest is never asked, and this module stays `linking` for ever. A failure of an earlier
        // answer has nobody who handles it.
        failure.happened(at: self, index)
        linkHistory?.failed = LinkHistory.FailedAnswer(
          request: index, failure: failure, hasThrown: true)
        for outcome in outcomes { outcome.abandon(host) }
        return done(failure)
      }
      let outcome = RequestOutcome()
      outcomes.append(outcome)
      settle(answer) { [self] result in
        accept(result, request, index, run, outcome)
      }
    }
    for (index, outcome) in outcomes.enumerated() {
      outcome.whenSettled(host) { all.settle(index, $0) }
    }
  }

  private func finishRequests(
    _ modules: [VMModule], _ failure: VMFailure?, _ run: LinkRun, _ done: (VMFailure?) -> Void
  ) {
    guard !run.isGivenUp else { return }
    if let failure {
      linkFailure = failure
      isLinkingOverride = false
      host.overrideChanged(self)
    } else {
      source.setLoadedModules(modules.map(\.record), in: host.agent)
      hasLinkedRequests = true
      isLinkingOverride = false
      host.overrideChanged(self)
    }
    done(failure)
  }

  /// Calls `body` in the job that follows the settling of an answer's promise.
  private func settle(
    _ answer: LinkerAnswer, _ body: @escaping (Swift.Result<LinkerAnswer, VMFailure>) -> Void
  ) {
    switch answer {
    case .module, .undefined:
      host.enqueue { body(.success(answer)) }
    case .rejected(let failure), .thrown(let failure):
      host.enqueue { body(.failure(failure)) }
    case .value(let value):
      host.shareEngineJobs()
      value.realm.watch(value) { [host] rejected, value in
        if rejected {
          body(.failure(host.failure(of: .thrown(JavaScriptThrown(value)))))
        } else if let module = host.module(ofObject: value) {
          body(.success(.module(module)))
        } else {
          body(.success(.value(value)))
        }
      }
    case .later(let start):
      start { [self] answer in settle(answer, body) }
    }
  }

  /// The function that Node passes to `then` of an answer's promise.
  private func accept(
    _ result: Swift.Result<LinkerAnswer, VMFailure>, _ request: ModuleRequest, _ index: Int,
    _ run: LinkRun, _ outcome: RequestOutcome
  ) {
    guard !run.isGivenUp else { return }
    switch result {
    case .failure(let failure):
      failure.happened(at: self, index)
      linkHistory?.failed = LinkHistory.FailedAnswer(
        request: index, failure: failure, hasThrown: false)
      outcome.settle(.failure(failure))
    case .success(let answer):
      if case .value(let value) = answer, host.isProxyOfSourceTextModule(value) {
        let failure = VMFailure(
          .node(
            name: "TypeError", code: "",
            message:
              "Cannot read private member #error from an object whose class did not declare it"))
        failure.request = (self, index)
        return outcome.settleAsync(.failure(failure), host)
      }
      guard case .module(let module) = answer else {
        let failure = VMFailure.node(
          "ERR_VM_MODULE_NOT_MODULE", "Provided module is not an instance of Module")
        failure.request = (self, index)
        if case .value(let value) = answer { failure.fulfilment = value }
        return outcome.settleAsync(.failure(failure), host)
      }
      if let failure = refusal(of: module, request) {
        failure.request = (self, index)
        failure.answeredModule = module
        return outcome.settleAsync(.failure(failure), host)
      }
      guard let source = module as? SourceTextModule, source.status == .unlinked else {
        return outcome.settleAsync(.success(module), host)
      }
      if let linkHistory {
        source.linkHistory = LinkHistory(
          attempt: linkHistory.attempt, requester: (record.id, index))
      }
      source.linkRequests(in: run) { [host] failure in
        host.enqueue {
          host.enqueue { outcome.settle(failure.map { .failure($0) } ?? .success(module)) }
        }
      }
    }
  }

  private func refusal(of module: VMModule, _ request: ModuleRequest) -> VMFailure? {
    if module.context !== context {
      return .node(
        "ERR_VM_MODULE_DIFFERENT_CONTEXT", "Linked modules must use the same context")
    }
    if module.status == .errored {
      return .node(
        "ERR_VM_MODULE_LINK_FAILURE",
        "request for '\(request.specifier)' resolved to an errored module", cause: module.failure)
    }
    return nil
  }
}

/// The promise that `then` gives for one request.
private final class RequestOutcome {
  typealias Outcome = Swift.Result<VMModule, VMFailure>

  private var outcome: Outcome?
  private var reaction: ((Outcome) -> Void)?

  func settle(_ outcome: Outcome) {
    guard self.outcome == nil else { return }
    self.outcome = outcome
    reaction?(outcome)
  }

  /// An asynchronous function's promise, returned from a `then`, is one more promise to wait for.
  func settleAsync(_ outcome: Outcome, _ host: VMHost) {
    host.enqueue { [self] in host.enqueue { [self] in settle(outcome) } }
  }

  func whenSettled(_ host: VMHost, _ body: @escaping (Outcome) -> Void) {
    reaction = { outcome in host.enqueue { body(outcome) } }
    if let outcome { reaction?(outcome) }
  }

  /// Nobody will handle it.
  func abandon(_ host: VMHost) {
    whenSettled(host) { outcome in
      if case .failure(let failure) = outcome { host.unhandled(failure) }
    }
  }
}

/// The promise of all requests of a module.
private final class AnswerCollector {
  private var modules: [VMModule?]
  private var missing: Int
  private let done: ([VMModule], VMFailure?) -> Void

  init(count: Int, done: @escaping ([VMModule], VMFailure?) -> Void) {
    modules = Array(repeating: nil, count: count)
    missing = count
    self.done = done
  }

  func settle(_ index: Int, _ outcome: Swift.Result<VMModule, VMFailure>) {
    guard missing > 0 else { return }
    switch outcome {
    case .failure(let failure):
      missing = 0
      done([], failure)
    case .success(let module):
      modules[index] = module
      missing -= 1
      if missing == 0 { done(modules.compactMap { $0 }, nil) }
    }
  }
}
