internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax

/// Node's `[kLink]` of one module: its requests, asked all at once, and the promises of their answers.
///
/// Node writes it as an asynchronous function. A `Step` here is a reaction to one of its promises, and
/// comes as many turns later as promises stand between, so that linkers are called, and failures come,
/// in Node's order.
final class ModuleLink {
  enum Step {
    /// The promise of the linker's answer to this request is fulfilled, with a module.
    case answered(Int32)
    /// The promise that `then` gave for this request has settled.
    case settled(Int32)
    /// The promise of all requests has settled.
    case allSettled
    /// The promise of the root's `[kLink]` has settled.
    case ended

    /// As the code of a job of the engine.
    var code: Int {
      switch self {
      case .answered(let request): Int(request) << 2
      case .settled(let request): Int(request) << 2 | 1
      case .allSettled: 2
      case .ended: 3
      }
    }

    init(code: Int) {
      let request = Int32(truncatingIfNeeded: code >> 2)
      switch code & 3 {
      case 0: self = .answered(request)
      case 1: self = .settled(request)
      case 2: self = .allSettled
      default: self = .ended
      }
    }
  }

  let module: SourceTextModule
  private let run: LinkRun
  /// The link whose request led here, and that request; nil for the root's.
  private var parent: ModuleLink?
  private let request: Int32
  /// The answers that are modules, by request.
  private var modules: [VMModule?]
  /// What the promises of requests were rejected with.
  private var failures: [Int32: VMFailure] = [:]
  private var failure: VMFailure?
  private var missing: Int
  /// The linker threw: nobody handles what other answers are rejected with.
  private var isStuck = false

  private init(
    _ module: SourceTextModule, in run: LinkRun, parent: ModuleLink? = nil, request: Int32 = 0
  ) {
    self.module = module
    self.run = run
    self.parent = parent
    self.request = request
    missing = module.moduleRequests.count
    modules = Array(repeating: nil, count: missing)
  }

  /// Links are as deep in each other as the graph is: one whose answer never comes is freed with all
  /// above it, which left to themselves would be freed each in a deeper call.
  deinit {
    var next = parent
    parent = nil
    while isKnownUniquelyReferenced(&next), let link = next {
      next = link.parent
      link.parent = nil
    }
  }

  static func begin(_ root: SourceTextModule, in run: LinkRun) {
    ModuleLink(root, in: run).askAll()
  }

  func perform(_ step: Step) {
    switch step {
    case .answered(let request):
      if !run.isGivenUp, let answer = modules[Int(request)] { accept(answer, for: request) }
    case .settled(let request): settle(request)
    case .allSettled: finishRequests()
    case .ended:
      guard !run.isGivenUp else { return }
      run.settle { failure ?? run.attempt.flatMap { module.instantiateGraph($0) } }
    }
  }

  private var host: VMHost { module.host }

  private func enqueue(_ step: Step, turns: UInt8 = 1) { host.enqueue(self, step, turns: turns) }

  // MARK: - Asking

  private func askAll() {
    module.isLinkingOverride = true
    run.began(module)
    host.overrideChanged(module)
    guard missing > 0 else { return enqueue(.allSettled) }
    if let requestsLinker = run.requestsLinker, host.onStep == nil {
      if let thrown = requestsLinker(self) {
        becomeStuck(thrown.failure, at: Int32(thrown.request))
      }
      return
    }
    for (index, request) in module.moduleRequests.enumerated() {
      let answer = run.linker(request, module)
      if host.onStep?(.requestAnswered(module, request: index)) == .giveUp { return run.giveUp() }
      let index = Int32(index)
      switch answer {
      case .module(let module):
        modules[Int(index)] = module
        enqueue(.answered(index))
      case .thrown(let failure): return becomeStuck(failure, at: index)
      default: whenSettled(answer) { [self] in accept($0, for: index) }
      }
    }
  }

  /// The rest is never asked, and the module stays `linking` for ever.
  private func becomeStuck(_ failure: VMFailure, at request: Int32) {
    failure.happened(at: module, Int(request))
    module.linkHistory?.failed = LinkHistory.FailedAnswer(
      request: Int(request), failure: failure, hasThrown: true)
    isStuck = true
    self.failure = failure
    tellParent()
  }

  /// Calls `body` in the job that follows the settling of an answer's promise.
  private func whenSettled(
    _ answer: LinkerAnswer, _ body: @escaping (Result<LinkerAnswer, VMFailure>) -> Void
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
      start { [self] answer in whenSettled(answer, body) }
    }
  }

  // MARK: - Answers

  /// The function that Node passes to `then` of an answer's promise.
  func accept(_ result: Result<LinkerAnswer, VMFailure>, for request: Int32) {
    guard !run.isGivenUp else { return }
    switch result {
    case .failure(let failure):
      failure.happened(at: module, Int(request))
      module.linkHistory?.failed = LinkHistory.FailedAnswer(
        request: Int(request), failure: failure, hasThrown: false)
      failures[request] = failure
      enqueue(.settled(request))
    case .success(.module(let answer)): accept(answer, for: request)
    case .success(let answer):
      var value: JavaScriptValue?
      if case .value(let given) = answer { value = given }
      if let value, host.isProxyOfSourceTextModule(value) {
        reject(
          request,
          VMFailure(
            .node(
              name: "TypeError", code: "",
              message:
                "Cannot read private member #error from an object whose class did not declare it")))
      } else {
        let failure = VMFailure.node(
          "ERR_VM_MODULE_NOT_MODULE", "Provided module is not an instance of Module")
        failure.fulfilment = value
        reject(request, failure)
      }
    }
  }

  private func accept(_ answer: VMModule, for request: Int32) {
    modules[Int(request)] = answer
    if let failure = module.refusal(of: answer, module.moduleRequests[Int(request)]) {
      failure.answeredModule = answer
      return reject(request, failure)
    }
    guard let source = answer as? SourceTextModule, source.status == .unlinked else {
      return enqueue(.settled(request), turns: Self.turnsOfAsync)
    }
    if let linkHistory = module.linkHistory {
      source.linkHistory = LinkHistory(
        attempt: linkHistory.attempt, requester: (module.record.id, Int(request)))
    }
    ModuleLink(source, in: run, parent: self, request: request).askAll()
  }

  /// An asynchronous function's promise, returned from a `then`, is one more promise to wait for.
  private static let turnsOfAsync: UInt8 = 3

  private func reject(_ request: Int32, _ failure: VMFailure) {
    failure.request = (module, Int(request))
    failures[request] = failure
    enqueue(.settled(request), turns: Self.turnsOfAsync)
  }

  // MARK: - The promise of all

  private func settle(_ request: Int32) {
    let failure = failures[request]
    if isStuck {
      if let failure { host.unhandled(failure) }
      return
    }
    guard missing > 0 else { return }
    missing = failure == nil ? missing - 1 : 0
    self.failure = failure
    if missing == 0 { enqueue(.allSettled) }
  }

  private func finishRequests() {
    guard !run.isGivenUp else { return }
    if let failure {
      module.linkFailure = failure
    } else {
      for case (let request, let answer?) in modules.enumerated() {
        module.source.setLoadedModule(answer.record, request: request, in: host.agent)
      }
      module.hasLinkedRequests = true
    }
    module.isLinkingOverride = false
    host.overrideChanged(module)
    tellParent()
  }

  private func tellParent() {
    guard let parent else { return enqueue(.ended) }
    parent.failures[request] = failure
    parent.enqueue(.settled(request), turns: Self.turnsOfAsync)
  }
}

extension SourceTextModule {
  /// What Node says of an answer that is a module; nil when it takes it.
  fileprivate func refusal(of answer: VMModule, _ request: ModuleRequest) -> VMFailure? {
    if answer.context !== context {
      return .node(
        "ERR_VM_MODULE_DIFFERENT_CONTEXT", "Linked modules must use the same context")
    }
    if answer.status == .errored {
      return .node(
        "ERR_VM_MODULE_LINK_FAILURE",
        "request for '\(request.specifier)' resolved to an errored module", cause: answer.failure)
    }
    return nil
  }
}

extension ModuleLink: EngineJob {
  func perform(_ code: Int) { perform(Step(code: code)) }
}
