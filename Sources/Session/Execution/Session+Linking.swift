internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  // MARK: - Rules

  func resolve(_ rule: SpecifierRule, _ command: ScriptCommand) throws -> CommandOutcome {
    if let message = refusal(of: rule.pattern) {
      let pattern = rule.pattern.text
      throw CommandError(
        .badRegularExpression(pattern, message), command.range(ofText: pattern))
    }
    lastRuleNumber += 1
    rules.append(AttachedRule(number: lastRuleNumber, rule: rule))
    var row = RuleRow(number: lastRuleNumber, rule: rule)
    if case .module(let name) = rule.target, registry[name] == nil,
      !name.contains("*"), !name.contains("$")
    {
      row.warning = "no module \(quoted(name)) yet: until there is one, this rule answers undefined"
    }
    return CommandOutcome { $0.rule(row) }
  }

  func unresolve(_ selection: RuleSelection) throws -> CommandOutcome {
    switch selection {
    case .all: rules = []
    case .numbers(let numbers):
      for number in numbers where !rules.contains(where: { $0.number == number }) {
        throw CommandError(.unknownRule(number, count: rules.count))
      }
      rules.removeAll { numbers.contains($0.number) }
    }
    return CommandOutcome()
  }

  // MARK: - link

  func link(_ name: String) throws -> CommandOutcome {
    guard let module = try entry(name).module as? SourceTextModule else {
      // Node 24: a synthetic module's link() does nothing.
      return CommandOutcome(text: "\(name) is linked: a synthetic module requests nothing\n")
    }
    var settled: VMFailure??
    var isPending = false
    let begun = report.command
    host.turn {
      let run = module.link(linker) { [unowned self] failure in
        settled = .some(failure)
        if isPending, let failure {
          noteLateFailure(failure, phase(ofLinkFailure: failure), of: begun)
        }
        resumeWaitingImports()
      }
      stepped?.linkRun = run
    }
    try wait { settled != nil }
    while settled == nil, pauseWaiting(for: linkWaits(of: module)) { try wait { settled != nil } }
    guard let outcome = settled else {
      isPending = true
      return pendingOutcome("link \(name)", waitsFor: linkWaits(of: module), subject: name)
    }
    if let failure = outcome {
      throw PhasedFailure(
        failure, phase(ofLinkFailure: failure), hints: hints(for: failure, name), subject: name)
    }
    return CommandOutcome()
  }

  /// What to do about a status that does not allow an operation.
  func hints(for failure: VMFailure, _ name: String) -> [String] {
    guard case .node(_, let code, let message) = failure.kind else { return [] }
    switch code {
    case "ERR_VM_MODULE_ALREADY_LINKED": return ["evaluate \(quotedName(name))"]
    case "ERR_VM_MODULE_STATUS":
      let wantsLink =
        message.contains("must not be unlinked") || message.contains("one of linked")
      let status = registry[name]?.module.status
      if wantsLink, status == .unlinked { return ["link \(quotedName(name))"] }
      if message.hasSuffix("must be unlinked"), status == .linked {
        return ["evaluate \(quotedName(name))", "reset \(quotedName(name))"]
      }
      // Who is in the middle of something, or has failed, has a reason for it.
      let hasReason = status == .linking || status == .errored
      return (hasReason ? ["why \(quotedName(name))"] : []) + ["reset \(quotedName(name))"]
    case "ERR_MODULE_LINK_MISMATCH", "ERR_VM_MODULE_LINK_FAILURE":
      guard let source = registry[name]?.module as? SourceTextModule else { return [] }
      if let request = pendingRequest(under: source) {
        let target = quotedName(request.specifier)
        let answer = "answer \(quoted(request.specifier)) => \(target)"
        let missing = registry[request.specifier] == nil ? ["synthetic \(target) x=1"] : []
        return missing + [answer, "link \(quotedName(name))"]
      }
      let specifiers = source.moduleRequests.map(\.specifier)
      if let missing = specifiers.firstIndex(where: { registry[$0] == nil }) {
        return [syntheticHint(for: missing, of: source.source), "link \(quotedName(name))"]
      }
      let modules = specifiers.map { " " + quotedName($0) }.joined()
      return ["link-requests \(quotedName(name))\(modules)", "link \(quotedName(name))"]
    case "ERR_SCRIPT_EXECUTION_TIMEOUT", "ERR_SCRIPT_EXECUTION_INTERRUPTED":
      return ["why \(quotedName(name))", "reset \(quotedName(name))"]
    default: return []
    }
  }

  /// A request that is still pending of a module that one of the requests names: what is linking
  /// already is not asked for again, and not waited for.
  private func pendingRequest(under source: SourceTextModule) -> PendingRequest? {
    var reached: Set<String> = []
    var waiting = [source]
    while let module = waiting.popLast() {
      for request in module.moduleRequests where reached.insert(request.specifier).inserted {
        guard let next = registry[request.specifier]?.module as? SourceTextModule else { continue }
        if let found = pending.first(where: { $0.referrer == request.specifier }) { return found }
        waiting.append(next)
      }
    }
    return nil
  }

  private func phase(ofLinkFailure failure: VMFailure) -> ErrorReport.Phase {
    switch failure.kind {
    case .resolution: .instantiate
    case .syntax: .parse
    case .node(_, let code, let message):
      code == "ERR_VM_MODULE_LINK_FAILURE" && message.hasSuffix("is not linked")
        ? .instantiate : .resolve
    case .thrown: .resolve
    }
  }

  func linkRequests(_ name: String, _ modules: [String]) throws -> CommandOutcome {
    let module = try sourceEntry(name)
    let answers = try modules.map { LinkerAnswer.module(try entry($0).module) }
    do {
      try host.turn { try module.linkRequests(answers) }
    } catch let failure as VMFailure {
      throw PhasedFailure(failure, .resolve, hints: hints(for: failure, name))
    }
    return CommandOutcome()
  }

  func instantiate(_ name: String) throws -> CommandOutcome {
    let module = try sourceEntry(name)
    do {
      try host.turn { try module.instantiate() }
    } catch let failure as VMFailure {
      throw PhasedFailure(failure, .instantiate, hints: hints(for: failure, name), subject: name)
    }
    return CommandOutcome()
  }

  // MARK: - evaluate

  func evaluate(_ name: String, timeout: Int?) throws -> CommandOutcome {
    let module = try entry(name).module
    let stopped = module.stoppedEvaluation
    let capability: EvaluationCapability
    let limit = timeout.map(Double.init)
    // It bounds the jobs that the bodies leave, too.
    host.hooks.turnLimit = limit
    defer { host.hooks.turnLimit = nil }
    do {
      capability = try host.turn { try module.evaluate(limit: Limit(milliseconds: limit)) }
    } catch let failure as VMFailure {
      throw PhasedFailure(failure, .evaluate, hints: hints(for: failure, name))
    }
    switch stopped {
    case .root:
      return pendingOutcome(
        "evaluate \(name)", waitsFor: ["the evaluation that was stopped: it never settles"])
    case .dependency: throw stoppedBefore(name)
    case nil: break
    }
    // A body that is stopped behind its `await` would wait for ever.
    awaited = capability
    defer { awaited = nil }
    let giveUp = { [unowned self] kind in host.giveUpEvaluation(of: module.record, as: kind) }
    try wait(onStop: giveUp) { !capability.isPending }
    while capability.isPending, pauseWaiting(for: evaluationWaits()) {
      try wait(onStop: giveUp) { !capability.isPending }
    }
    switch capability.state {
    case .fulfilled: return CommandOutcome()
    case .pending:
      watchLate(capability)
      return pendingOutcome(
        "evaluate \(name)", waitsFor: evaluationWaits(of: module), subject: name)
    case .rejected(let error):
      let failure = host.failure(of: error)
      if case .thrown(let thrown) = failure.kind, thrown.kind != .value {
        throw stoppedBefore(name)
      }
      throw PhasedFailure(failure, .evaluate, subject: name)
    }
  }

  /// Another evaluation was stopped, of the module or of one that it needs: as in Node, that is no error
  /// of this one.
  private func stoppedBefore(_ name: String) -> CommandFailure {
    var failure = CommandFailure(
      message: "null", notes: ["Its evaluation was stopped, and left no error behind."],
      hints: ["reset \(quotedName(name))"])
    failure.report.name = nil
    failure.report.phase = .evaluate
    return failure
  }

  /// Tells of an evaluation that was pending when its command ended, when it fails.
  private func watchLate(_ capability: EvaluationCapability) {
    guard !pendingEvaluations.contains(where: { $0 === capability }) else { return }
    pendingEvaluations.append(capability)
    let begun = report.command
    capability.whenSettled { [unowned self] state in
      pendingEvaluations.removeAll { $0 === capability }
      // A command that waits for it now tells of it itself.
      guard case .rejected(let error) = state, awaited !== capability else { return }
      noteLateFailure(host.failure(of: error), .evaluate, of: begun)
    }
  }

  /// An operation that was pending when its command ended has failed now.
  func noteLateFailure(
    _ failure: VMFailure, _ phase: ErrorReport.Phase, of command: String
  ) {
    host.recordTransitions()
    note(
      late: describe(failure, phase),
      "This is how \(quoted(TerminalText.cut(oneLine(command), to: 50))) ended, which was pending.")
  }

  // MARK: - Waiting

  /// Runs host tasks as they come due until `isDone`, or until none is left. `onStop`: when one of them
  /// was stopped.
  func wait(
    until limit: Double = .infinity, onStop: (JavaScriptThrown.Kind) -> Void = { _ in },
    _ isDone: () -> Bool
  ) throws {
    while !isDone() {
      try checkInterruption()
      try checkJobs(onStop)
      if host.runTask(until: limit) { continue }
      guard let due = host.timers.nextDue, due <= limit, host.timers.clock == .real else { return }
      let milliseconds = due - host.timers.now
      if milliseconds > 0 { try sleep(milliseconds: milliseconds) }
    }
  }

  func pendingOutcome(
    _ what: String, waitsFor: [String], subject: String? = nil
  ) -> CommandOutcome {
    var text = "\(what) is pending: nothing is due that could settle it\n"
    for line in waitsFor { text += "  waits for \(line)\n" }
    let told = TerminalText.clean(text, keepingLines: true)
    let hints = subject.map { ["why \(quotedName($0))"] } ?? []
    return CommandOutcome(result: ["pending": true, "waitsFor": .strings(waitsFor)]) { renderer in
      told + renderer.hints(hints)
    }
  }

  /// What the link of a module waits for; other links may wait too, for answers of their own.
  private func linkWaits(of root: SourceTextModule) -> [String] {
    let own = pending.filter {
      guard let attempt = root.linkHistory?.attempt,
        let referrer = registry[$0.referrer]?.module as? SourceTextModule
      else { return false }
      return referrer.linkHistory?.attempt === attempt
    }
    let asked = own.map {
      "an answer to \(quoted($0.specifier)) for \($0.referrer) (rule \($0.rule)): "
        + "answer \(quoted($0.specifier)) => …"
    }
    return asked.isEmpty ? ["a promise of the linker that nothing settles"] : asked
  }

  /// The bodies that have begun and wait at an `await`.
  func evaluationWaits(of root: VMModule? = nil) -> [String] {
    host.turn { bodiesThatWait(under: root) }
  }

  private func bodiesThatWait(under root: VMModule?) -> [String] {
    var lines: [String] = []
    let modules = root.map {
      ModuleRecord.reachable(from: [$0.record]).compactMap(host.module(of:))
    }
    for module in modules ?? host.allModules {
      guard let record = module.record.asSourceText, record.status == .evaluatingAsync,
        record.hasTLA, record.pendingAsyncDependencies == 0,
        let range = pendingAwait(of: record)?.keyword
      else { continue }
      let place = record.parsed.source.position(at: range.start)
      lines.append(
        "the top-level await of \(name(of: module)) (\(module.identifier):\(place.line):"
          + "\(place.column))")
    }
    return lines.isEmpty ? ["a promise that nothing settles"] : lines
  }

  func answerPending(
    _ specifier: String, _ referrer: String?, _ target: RuleTarget
  ) throws -> CommandOutcome {
    guard
      let index = pending.firstIndex(where: {
        $0.specifier == specifier && (referrer == nil || $0.referrer == referrer)
      })
    else { throw CommandError(.nothingPending(specifier)) }
    let waiting = pending.remove(at: index)
    var request = waiting.request
    // `*` and `$1` of the pattern are the rule's, not the answer's.
    request.match = RulePattern.Match()
    host.turn { waiting.settle(answer(request, with: target)) }
    return CommandOutcome()
  }
}
