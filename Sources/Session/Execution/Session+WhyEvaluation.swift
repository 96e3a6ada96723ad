internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// `why NAME` for modules that are linked, evaluated, or failed to be.
extension Session {
  // MARK: - linked

  func whyLinked(_ module: VMModule) -> WhyAnswer {
    let name = quotedName(name(of: module))
    let importers = importers(of: module)
    let failed = importers.first {
      $0.module.evaluationError != nil
        && $0.module.parsed.requests[$0.request].phase == .evaluation
    }
    if let failed {
      let other = self.name(of: failed.module)
      var answer = why(
        module, .notReached,
        "The evaluation of \(other) ended in an error before the turn of this module came.")
      answer.parts.append(.chain(hops([failed])))
      answer.hints = (isReplaced(failed.module) ? [] : ["why \(quotedName(other))"])
      answer.hints.append("evaluate \(name)")
      return answer
    }
    var answer: WhyAnswer
    if module is SyntheticModule {
      answer = why(
        module, .synthetic,
        "A synthetic module requests nothing, and Node has it linked from the beginning.")
      answer.parts.append(.sentence("Its exports get their values when it is evaluated."))
      if let file = commonJS(module.record) {
        answer.parts.append(
          .sentence("It stands for a CommonJS file, as Node shows those: \(file.words)."))
      }
    } else {
      answer = why(
        module, .notEvaluated, "Its imports are bound, and no evaluation has come to it yet.")
      answer.parts.append(.sentence("Its body has not run: what it declares is uninitialised."))
    }
    if !importers.isEmpty {
      answer.parts.append(.chain(hops(Array(importers.prefix(3)))))
      answer.parts.append(.sentence("Evaluating one that imports it evaluates it first."))
    }
    answer.hints =
      ["bindings \(name)"] + (stepped == nil ? ["evaluate \(name)"] : ["step", "continue"])
    return answer
  }

  // MARK: - evaluating

  func whyEvaluating(_ module: VMModule) -> WhyAnswer {
    var answer = why(
      module, .stepped, "An evaluation is in the middle of it: the next steps will finish it.")
    if let record = module.record.asSourceText, let root = record.dfsAncestorIndex,
      let index = record.dfsIndex, root < index
    {
      answer.parts.append(
        .sentence("It belongs to a cycle: all of its modules are finished together."))
    }
    answer.hints = ["step", "continue", "abort"]
    return answer
  }

  // MARK: - evaluated

  func whyEvaluated(_ module: VMModule) -> WhyAnswer {
    if let record = module.record.asSourceText, record.status == .evaluatingAsync {
      return whyWaiting(module, record)
    }
    var answer = why(module, .evaluated, "Its body ran to the end, once and for all.")
    if module is SyntheticModule {
      answer.headline = "Its evaluation steps ran to the end, once and for all."
    }
    if let root = module.record.asSourceText?.cycleRoot, root !== module.record,
      root.evaluationError != nil
    {
      let other = self.name(of: root)
      answer.parts.append(
        .sentence(
          "It is in a cycle with \(other), which failed: evaluating it ends as \(other) did."))
    }
    let importers = importers(of: module)
    if !importers.isEmpty {
      answer.parts.append(.chain(hops(Array(importers.prefix(3)))))
      if importers.count > 3 {
        answer.parts.append(.sentence("\(importers.count - 3) more modules import it."))
      }
    }
    let name = quotedName(name(of: module))
    answer.hints = ["namespace \(name)", "reset \(name)"]
    return answer
  }

  // MARK: - errored

  func whyErrored(_ module: VMModule) -> WhyAnswer {
    guard let error = module.record.evaluationError else {
      guard let failure = module.failure, let source = module as? SourceTextModule else {
        return why(module, .threw, "It failed.")
      }
      return why(linkFailure: failure, of: source)
    }
    let failure = host.failure(of: error)
    if case .thrown(let thrown) = failure.kind, let stopped = VMFailure.stopped(thrown.kind) {
      return why(stopped: module, stopped)
    }
    var described = describe(failure, .evaluate)
    let origin = origin(of: failure, reachedFrom: module.record)
    addThrownImport(failure, by: origin, to: &described)
    var answer: WhyAnswer
    if origin === module.record {
      let what = module is SyntheticModule ? "Its evaluation steps" : "Its body"
      answer = why(module, .threw, "\(what) threw.")
    } else {
      let thrower = name(of: origin)
      answer = why(
        module, .inheritedError,
        headline(of: module.record, failedBy: origin, thrower))
      if let path = path(
        from: module.record, through: { self.has(failure, $0) }, to: { $0 === origin })
      {
        answer.parts.append(.chain(hops(path)))
      }
    }
    answer.error = described.report
    answer.parts.append(.error(described.diagnostic.withoutHints))
    if described.diagnostic.labels.isEmpty {
      answer.parts.append(
        .sentence(wordsForNoPlace(name(of: origin), described.report)))
    }
    if let source = origin.asSourceText { explainUninitialized(source, described, in: &answer) }
    let errored = ModuleRecord.reachable(from: [module.record]).filter { has(failure, $0) }
    if answer.hints.isEmpty {
      if isReplaced(origin) {
        answer.parts.append(
          .sentence("\(name(of: origin)) has another record now: this one holds on to the old one.")
        )
      } else {
        if origin !== module.record { answer.hints.append("why \(argument(origin))") }
        answer.hints.append("show \(argument(origin))")
      }
      // What a person can do about what an `import()` was answered with.
      answer.hints += described.diagnostic.hints.filter { !answer.hints.contains($0) }
      // What JavaScript made only JavaScript can make again.
      let made = errored.filter { !isMadeByScript($0) && !isReplaced($0) }.map { argument($0) }
      if !made.isEmpty {
        answer.hints.append(errored.count > 6 ? "reset" : "reset " + made.joined(separator: " "))
      }
      if !isMadeByScript(module.record) {
        answer.hints.append("link \(argument(module.record))")
      }
    }
    return answer
  }

  /// The registry has another module of its name, or none.
  func isReplaced(_ record: ModuleRecord) -> Bool {
    guard let entry = host.module(of: record)?.payload as? ModuleEntry else { return false }
    return registry[entry.name] !== entry
  }

  func isMadeByScript(_ record: ModuleRecord) -> Bool {
    guard case .script? = (host.module(of: record)?.payload as? ModuleEntry)?.definition else {
      return false
    }
    return true
  }

  private func headline(
    of module: ModuleRecord, failedBy origin: ModuleRecord, _ thrower: String
  ) -> String {
    let isCycle = path(from: origin, to: { $0 === module }) != nil
    let reason =
      isCycle
      ? "\(thrower) threw, and they are a cycle: it fails as one."
      : "\(thrower) threw, which its cycle needs: it fails with it."
    if hasRun(module) { return "Its body ran to the end, but \(reason)" }
    if hasBegun(module) {
      return "Its body ran to an await, but \(reason)"
    }
    return "Its body did not run, because \(thrower) threw, which it needs."
  }

  /// Whether a module's body came to its end.
  func hasRun(_ module: ModuleRecord) -> Bool {
    logHas(module) { if case .bodyFinished(threw: false) = $0 { true } else { false } }
  }

  private func hasBegun(_ module: ModuleRecord) -> Bool {
    logHas(module) { if case .bodyStarted = $0 { true } else { false } }
  }

  private func logHas(_ module: ModuleRecord, _ isSought: (ModuleEvent.Change) -> Bool) -> Bool {
    host.agent.log.events.contains { $0.module == module.id && isSought($0.change) }
  }

  func wordsForNoPlace(_ thrower: String, _ report: ErrorReport) -> String {
    report.name == nil
      ? "It carries no place: \(thrower) threw a value with no stack."
      : "\(thrower) threw it: it has no stack that leads to a module's source."
  }

  func has(_ failure: VMFailure, _ record: ModuleRecord) -> Bool {
    record.evaluationError.map { host.failure(of: $0) === failure } ?? false
  }

  private func why(stopped module: VMModule, _ failure: VMFailure) -> WhyAnswer {
    let described = describe(failure, .evaluate)
    var answer = why(
      module, .stopped, "Its evaluation was stopped from outside, so Node has no error to show.")
    answer.error = described.report
    answer.parts.append(.error(described.diagnostic.withoutHints))
    // To evaluate it again would be stopped again.
    let errored = ModuleRecord.reachable(from: [module.record]).filter {
      $0.evaluationError != nil && !isMadeByScript($0) && !isReplaced($0)
    }
    answer.hints = ["show \(quotedName(name(of: module)))"]
    if !errored.isEmpty {
      answer.hints.append("reset \(errored.map { argument($0) }.joined(separator: " "))")
    }
    return answer
  }

  /// The module whose body threw: of those with this failure, the last that the log has throwing.
  func origin(of failure: VMFailure, reachedFrom module: ModuleRecord) -> ModuleRecord {
    let errored = ModuleRecord.reachable(from: [module]).filter { has(failure, $0) }
    var byID: [ModuleID: ModuleRecord] = [:]
    for record in errored { byID[record.id] = record }
    for event in host.agent.log.events.reversed() {
      if case .bodyFinished(threw: true) = event.change, let record = byID[event.module] {
        return record
      }
    }
    return module
  }
}
