internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// `why NAME` for modules that are not linked.
extension Session {
  // MARK: - unlinked

  func whyUnlinked(_ module: VMModule) -> WhyAnswer {
    guard let source = module as? SourceTextModule else {
      return why(module, .notLinked, "No link has asked for it yet.")
    }
    let name = name(of: module)
    guard let history = source.linkHistory else {
      if source.hasLinkedRequests {
        var answer = why(
          module, .notInstantiated,
          "Its requests were answered by link-requests, and instantiate has not been called.")
        answer.hints = ["instantiate \(quotedName(name))"]
        return answer
      }
      var answer = why(module, .notLinked, "No link has come to it yet.")
      let requests = source.moduleRequests
      if requests.isEmpty {
        answer.parts = [.sentence("It requests nothing, so linking cannot fail.")]
      }
      for request in requests.prefix(4) {
        let label = label(source.source, request.range, "the linker will be asked for this")
        answer.parts.append(.place(label))
      }
      if requests.count > 4 {
        answer.parts.append(.sentence("… and for \(requests.count - 4) more."))
      }
      answer.hints = ["link \(quotedName(name))"]
      return answer
    }
    switch history.attempt.state {
    case .failed(let failure): return why(unlinked: source, history, failure)
    case .inProgress:
      var answer = why(
        module, .waitsForLinker,
        source.hasLinkedRequests
          ? "Its own requests are answered, but the link that asked for them has not ended."
          : "The link that has come to it has not asked for its requests yet.")
      wait(for: history.attempt, in: &answer)
      return answer
    case .succeeded:
      var answer = why(module, .notLinked, "No link has come to its end here.")
      answer.hints = ["link \(quotedName(name))"]
      return answer
    }
  }

  private func why(
    unlinked module: SourceTextModule, _ history: LinkHistory, _ failure: VMFailure
  ) -> WhyAnswer {
    let described = describe(failure, .instantiate)
    let root = host.module(history.attempt.root)
    let rootName = root.map { name(of: $0) } ?? "another module"
    let owner: ModuleRecord?
    if case .resolution(let resolution) = failure.kind {
      owner = resolution.linkedModule
    } else {
      owner = failure.request?.module.record
    }
    let isOwn = owner === module.record
    var answer: WhyAnswer
    if isOwn {
      answer = why(module, .linkFailed, "Linking it failed, and put it back.")
    } else if root === module {
      let culprit = owner.map { name(of: $0) } ?? "another module"
      answer = why(
        module, .linkFailed,
        "Linking it failed in \(culprit), and put back every module that it had not finished.")
    } else {
      answer = why(
        module, .linkFailedElsewhere,
        "Linking \(rootName) failed elsewhere, and put back every module that it had not finished.")
    }
    let start = root?.record ?? module.record
    if !isOwn, let owner, let path = path(from: start, to: { $0 === owner }) {
      let hops = hops(path).filter { hop in
        !described.diagnostic.labels.contains { $0.isSamePlace(as: hop.place) }
      }
      if !hops.isEmpty { answer.parts.append(.chain(hops)) }
    }
    answer.parts.append(.error(described.diagnostic.withoutHints))
    answer.error = described.report
    let own = "why \(argument(module.record))"
    answer.hints = described.diagnostic.hints.filter { $0 != own }
    if let root { addLink(of: root, to: &answer) }
    return answer
  }

  func repairsSomething(_ hint: String) -> Bool {
    !["show", "why", "status", "rules", "graph", "reset", "link"].contains {
      hint.hasPrefix("\($0) ") || hint == $0
    }
  }

  // MARK: - linking

  func whyLinking(_ module: VMModule) -> WhyAnswer {
    guard let source = module as? SourceTextModule, module.record.status != .linking,
      let history = source.linkHistory
    else {
      var answer = why(
        module, .stepped, "A link is in the middle of it: the next steps will link it.")
      answer.hints = ["step", "continue", "abort"]
      return answer
    }
    if let failure = history.stuckBy { return why(stuck: source, failure) }
    var answer: WhyAnswer
    if case .failed(let failure) = history.attempt.state {
      answer = why(
        module, .linkFailedElsewhere,
        "The link that asked for it has failed meanwhile, and its own requests are still pending.")
      let described = describe(failure, .resolve)
      answer.parts.append(.error(described.diagnostic.withoutHints))
      answer.error = described.report
      answer.hints = ["reset"]
      wait(for: history.attempt, in: &answer)
      return answer
    }
    answer = why(module, .waitsForLinker, "Its link waits for the linker's answers.")
    if let begun = words(forBeginOf: history.attempt), let root = host.module(history.attempt.root)
    {
      answer.parts.append(
        .sentence(
          root === module ? "It was \(begun)." : "It is the link of \(name(of: root)), \(begun)."))
    }
    wait(for: history.attempt, in: &answer)
    return answer
  }

  /// A linker that threw leaves its module as it was: Node has no way back.
  private func why(stuck module: SourceTextModule, _ failure: VMFailure) -> WhyAnswer {
    var answer = why(
      module, .linkerThrew,
      "Its linker threw, and Node's link() then leaves the module as it is, for ever.")
    let described = describe(failure, .resolve)
    answer.error = described.report
    answer.parts.append(.error(described.diagnostic.withoutHints))
    answer.parts.append(
      .sentence("A linker that rejects or answers wrongly makes the module errored instead."))
    answer.hints = described.diagnostic.hints.filter { !$0.hasPrefix("why ") }
    if !answer.hints.contains(where: { $0.hasPrefix("reset ") || $0 == "reset" }) {
      answer.hints += resets(after: failure, module)
    }
    addLink(of: module, to: &answer)
    return answer
  }

  // MARK: - Waiting for the linker

  /// The requests of a link that nobody has answered, each with the way to answer it.
  func wait(for attempt: LinkAttempt, in answer: inout WhyAnswer) {
    var found = 0
    for request in pending {
      guard let module = registry[request.referrer]?.module as? SourceTextModule,
        module.linkHistory?.attempt === attempt,
        let index = module.moduleRequests.firstIndex(where: {
          $0.specifier == request.specifier
        })
      else { continue }
      found += 1
      if found > 4 { continue }
      let chain = requesters(of: module)
      if !chain.isEmpty, name(of: module) != answer.module { answer.parts.append(.chain(chain)) }
      answer.parts.append(
        .place(
          label(
            module.source, module.moduleRequests[index].range,
            "rule \(request.rule) has not answered this yet")))
      answer.hints += answers(to: request, index, of: module)
    }
    if found > 4 { answer.parts.append(.sentence("\(found - 4) more requests are pending.")) }
    guard found == 0 else { return }
    if stepped != nil {
      answer.reason = .stepped
      answer.parts.append(.sentence("A link is being stepped: its next steps go on."))
      answer.hints = ["step", "continue", "abort"]
      return
    }
    waitForPromises(of: attempt, in: &answer)
  }

  /// The answers of a link that are promises: when the first delayed one is due, or that nothing has
  /// settled them.
  private func waitForPromises(of attempt: LinkAttempt, in answer: inout WhyAnswer) {
    var due: Double?
    for case let module as SourceTextModule in host.allModules
    where module.linkHistory?.attempt === attempt && module.status == .linking {
      for (index, request) in module.moduleRequests.enumerated() {
        let given = answers[RequestKey(module: ObjectIdentifier(module), index: index)]
        if let delay = given?.due, delay >= host.timers.now {
          due = min(due ?? delay, delay)
        } else if given?.type != "an instance of Promise" {
          continue
        }
        let who = given?.rule.map { "rule \($0)" } ?? "the linker"
        answer.parts.append(
          .place(label(module.source, request.range, "\(who) answered with a promise")))
      }
    }
    if let due {
      let milliseconds = Int((due - host.timers.now).rounded(.up))
      answer.parts.append(.sentence("A delayed answer is due in \(milliseconds) ms."))
      answer.hints = ["tick \(milliseconds)"]
    } else if let next = host.timers.nextDue {
      let milliseconds = max(0, Int((next - host.timers.now).rounded(.up)))
      answer.parts.append(
        .sentence(
          "Nothing has settled the promise of an answer yet; the next timer is due in "
            + "\(milliseconds) ms."))
      answer.hints = ["tick \(milliseconds)"]
    } else if momentWatch != nil {
      answer.parts.append(.sentence("Its turn is not over: jobs are still to run."))
    } else if answer.hints.isEmpty {
      answer.parts.append(.sentence("Nothing has settled the promise of the linker's answer yet."))
      let root = host.module(attempt.root).map { name(of: $0) } ?? ""
      answer.hints = ["rules", "reset \(quotedName(root))"]
    }
  }

  private func answers(
    to request: PendingRequest, _ index: Int, of module: SourceTextModule
  ) -> [String] {
    let specifier = quoted(request.specifier)
    let many = pending.filter { $0.specifier == request.specifier }.count > 1
    let referrer = many ? " for \(quotedName(request.referrer))" : ""
    let target = quotedName(request.specifier)
    var hints: [String] = []
    if registry[request.specifier] == nil {
      hints.append(syntheticHint(for: index, of: module.source))
    }
    hints.append("answer \(specifier)\(referrer) => \(target)")
    return hints
  }

  /// Who asked for a module in its last link, from the root on.
  func requesters(of module: SourceTextModule) -> [WhyAnswer.Hop] {
    var hops: [WhyAnswer.Hop] = []
    var seen: Set<ModuleRecord> = []
    var module = module
    while let (id, request) = module.linkHistory?.requester,
      let requester = host.module(id) as? SourceTextModule,
      seen.insert(requester.record).inserted
    {
      let (from, to) = (name(of: requester), name(of: module))
      hops.append(hop(requester.source, request, to: to, "\(from) asks for \(to)"))
      module = requester
    }
    return hops.reversed()
  }

  // MARK: - errored by linking

  func why(linkFailure failure: VMFailure, of module: SourceTextModule) -> WhyAnswer {
    let described = describe(failure, .resolve)
    // The module whose request failed: its answer was wrong, or ended in this error.
    let owner = failedRequest(failure, from: module)?.module ?? module
    var answer: WhyAnswer
    if owner !== module {
      answer = why(
        module, .inheritedError,
        "Linking \(name(of: owner)) failed, which it asks for.")
      let way = requesters(of: owner)
      let start = way.firstIndex { $0.from == name(of: module) } ?? 0
      answer.parts.append(.chain(Array(way[start...])))
    } else {
      answer = why(module, .wrongAnswer, words(forLinkFailure: failure, of: module))
    }
    answer.error = described.report
    answer.parts.append(.error(described.diagnostic.withoutHints))
    let own = ["why \(argument(module.record))", "why \(argument(owner.record))"]
    answer.hints = described.diagnostic.hints.filter { !own.contains($0) }
    if !answer.hints.contains(where: { $0.hasPrefix("reset ") || $0 == "reset" }) {
      answer.hints += resets(after: failure, owner)
    }
    addLink(of: module, to: &answer)
    return answer
  }

  /// What failed fails again, unless something is done before.
  private func addLink(of module: VMModule, to answer: inout WhyAnswer) {
    let link = "link \(argument(module.record))"
    answer.hints.removeAll { $0 == link }
    if answer.hints.contains(where: repairsSomething) { answer.hints.append(link) }
  }

  /// The request by which a link failed, under a module that is errored by it.
  private func failedRequest(
    _ failure: VMFailure, from module: SourceTextModule
  ) -> (module: SourceTextModule, request: Int)? {
    let attempt = module.linkHistory?.attempt
    if let attempt, failure.link !== attempt {
      for case let owner as SourceTextModule in host.allModules
      where owner.linkHistory?.attempt === attempt {
        if let failed = owner.linkHistory?.failed, failed.failure === failure {
          return (owner, failed.request)
        }
      }
    }
    return failure.request.flatMap { request in
      (request.module as? SourceTextModule).map { ($0, request.index) }
    }
  }

  private func words(forLinkFailure failure: VMFailure, of module: SourceTextModule) -> String {
    guard let request = failedRequest(failure, from: module) else {
      return "One of its requests failed in the linker."
    }
    let asked =
      "Its request for \(quoted(request.module.moduleRequests[request.request].specifier))"
    if let failed = module.linkHistory?.failed, failed.failure === failure,
      failure.link !== module.linkHistory?.attempt,
      let root = failure.link.flatMap({ host.module($0.root) })
    {
      return "\(asked) ended in the error of another link, that of \(name(of: root))."
    }
    if let answered = failure.answeredModule {
      return answered.context === module.context
        ? "\(asked) was answered with a module that is errored."
        : "\(asked) was answered with a module of another context."
    }
    switch failure.kind {
    case .node(_, "ERR_VM_MODULE_NOT_MODULE", _):
      return "\(asked) was answered with something that is no module."
    default: return "\(asked) failed in the linker."
    }
  }
}

extension Diagnostic {
  /// For an answer that has hints of its own.
  var withoutHints: Diagnostic {
    var copy = self
    copy.hints = []
    return copy
  }
}
