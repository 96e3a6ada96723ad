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
    if !isOwn, let owner, let path = path(from: start, to: { $0 === owner }), !path.isEmpty {
      answer.parts.append(.chain(hops(path)))
    }
    answer.parts.append(.error(described.diagnostic.withoutHints))
    answer.error = described.report
    let own = "why \(argument(module.record))"
    answer.hints = described.diagnostic.hints.filter { $0 != own }
    answer.hints.append("link \(quotedName(rootName))")
    return answer
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
    let reset = "reset \(quotedName(name(of: module)))"
    if !answer.hints.contains(reset) { answer.hints.append(reset) }
    answer.hints.append("link \(quotedName(name(of: module)))")
    return answer
  }

  // MARK: - Waiting for the linker

  /// The requests of a link that nobody has answered, each with the way to answer it.
  private func wait(for attempt: LinkAttempt, in answer: inout WhyAnswer) {
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
    let root = host.module(attempt.root).map { name(of: $0) } ?? ""
    if let due = host.timers.nextDue {
      let milliseconds = Int((due - host.timers.now).rounded(.up))
      answer.parts.append(
        .sentence("A delayed answer of the linker is due in \(milliseconds) ms."))
      answer.hints = ["tick \(milliseconds)"]
    } else if answer.hints.isEmpty {
      for case let module as SourceTextModule in host.allModules
      where module.linkHistory?.attempt === attempt && module.status == .linking {
        for (index, request) in module.moduleRequests.enumerated() {
          let key = RequestKey(module: ObjectIdentifier(module), index: index)
          guard answers[key]?.type == "an instance of Promise" else { continue }
          answer.parts.append(
            .place(label(module.source, request.range, "the linker answered with a promise")))
        }
      }
      answer.parts.append(.sentence("Nothing has settled the promise of the linker's answer yet."))
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
    let owner = failure.request?.module as? SourceTextModule
    var answer: WhyAnswer
    if let owner, owner !== module {
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
    let isOwn = "why \(argument(module.record))"
    answer.hints = described.diagnostic.hints.filter { $0 != isOwn }
    if let owner, owner !== module {
      answer.hints.removeAll { $0 == "why \(argument(owner.record))" }
      let errored = requesters(of: owner).map { quotedName($0.from) } + [argument(owner.record)]
      answer.hints.removeAll { $0.hasPrefix("reset ") }
      answer.hints.append("reset \(errored.joined(separator: " "))")
    } else if !answer.hints.contains(where: { $0.hasPrefix("reset ") }) {
      answer.hints.append("reset \(argument(module.record))")
    }
    answer.hints.append("link \(argument(module.record))")
    return answer
  }

  private func words(forLinkFailure failure: VMFailure, of module: SourceTextModule) -> String {
    let specifier = failure.request.flatMap { request in
      (request.module as? SourceTextModule)?.moduleRequests[request.index].specifier
    }
    let asked = specifier.map { "Its request for \(quoted($0))" } ?? "One of its requests"
    switch failure.kind {
    case .node(_, "ERR_VM_MODULE_NOT_MODULE", _):
      return "\(asked) was answered with something that is no module."
    case .node(_, "ERR_VM_MODULE_DIFFERENT_CONTEXT", _):
      return "\(asked) was answered with a module of another context."
    case .node(_, "ERR_VM_MODULE_LINK_FAILURE", _):
      return "\(asked) was answered with a module that is errored."
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
