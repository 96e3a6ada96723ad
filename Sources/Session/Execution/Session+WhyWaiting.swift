internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Who waits for whom: modules that are evaluating-async, which Node already calls evaluated.
extension Session {
  func whyWaiting(_ module: VMModule, _ record: SourceTextModuleRecord) -> WhyAnswer {
    let chain = waits(of: record)
    var answer: WhyAnswer
    switch chain.end {
    case .cycle(let start):
      if let open = chain.unawaited {
        // Whether the body waits for that `import()` is not to be seen from outside.
        answer = waiting(module, record, chain.hops)
        answer.parts.append(
          .sentence(
            "If \(name(of: open)) waits for that import(), this is a deadlock, which nothing can "
              + "end; if not, something else has to settle its await."))
      } else {
        answer = why(
          module, .deadlock,
          start == 0
            ? "It waits for itself: a deadlock, which nothing can end."
            : "It waits for modules that wait for each other: a deadlock.")
        answer.parts.append(.chain(chain.hops))
        answer.parts.append(
          .sentence(
            "Each of them is settled only after the next, and the last only after the first."))
      }
      answer.hints = ["graph \(argument(record))", "reset"]
      if chain.unawaited != nil, let due = host.timers.nextDue {
        answer.hints.insert("tick \(max(0, Int((due - host.timers.now).rounded(.up))))", at: 0)
      }
    case .timer(let milliseconds):
      answer = waiting(module, record, chain.hops)
      answer.parts.append(.sentence("The next timer is due in \(milliseconds) ms."))
      answer.hints = ["tick \(milliseconds)"]
    case .request(let hints):
      answer = waiting(module, record, chain.hops)
      answer.hints = hints
    case .nothing:
      answer = waiting(module, record, chain.hops)
      answer.parts.append(
        .sentence(
          momentWatch == nil
            ? "Nothing is due: only code that is still to be given can settle that promise."
            : "Its turn is not over: jobs are still to run."))
      answer.hints = ["show \(argument(chain.last))", "reset \(argument(record))"]
    }
    answer.parts.insert(
      .sentence(
        "Node says evaluated as soon as the synchronous part is over; its promise is pending."),
      at: 0)
    return answer
  }

  private func waiting(
    _ module: VMModule, _ record: SourceTextModuleRecord, _ hops: [WhyAnswer.Hop]
  ) -> WhyAnswer {
    let isOwn = (record.pendingAsyncDependencies ?? 0) == 0
    var answer = why(
      module, .waitsForAwait,
      isOwn
        ? "Its body waits at a top-level await."
        : "Its body has not run yet, because it waits for modules with top-level await.")
    answer.parts.append(.chain(hops))
    return answer
  }

  private enum WaitEnd {
    /// The chain leads back to the hop with that index.
    case cycle(Int)
    case timer(Int)
    case request(hints: [String])
    case nothing
  }

  /// Follows who waits for whom until the chain closes or ends at something that is no module.
  private func waits(
    of start: SourceTextModuleRecord
  ) -> WaitChain {
    var hops: [WhyAnswer.Hop] = []
    var unawaited: ModuleRecord?
    func chain(_ last: ModuleRecord, _ end: WaitEnd) -> WaitChain {
      WaitChain(hops: hops, last: last, end: end, unawaited: unawaited)
    }
    var visited: [ModuleRecord: Int] = [:]
    var current: ModuleRecord = start
    while true {
      if let index = visited[current] { return chain(current, .cycle(index)) }
      visited[current] = hops.count
      guard let record = current.asSourceText else { break }
      guard let next = nextWait(of: record, avoiding: visited) else {
        hops.append(contentsOf: ownAwait(of: record))
        break
      }
      hops.append(next.hop)
      guard let target = next.target else { return chain(record, .request(hints: next.hints)) }
      if !next.isAwaited { unawaited = unawaited ?? record }
      current = target
    }
    if let due = host.timers.nextDue {
      return chain(current, .timer(max(0, Int((due - host.timers.now).rounded(.up)))))
    }
    return chain(current, .nothing)
  }

  private struct WaitChain {
    var hops: [WhyAnswer.Hop]
    var last: ModuleRecord
    var end: WaitEnd
    /// The first that has called an `import()` without an `await` before it.
    var unawaited: ModuleRecord?
  }

  private struct Wait {
    var hop: WhyAnswer.Hop
    /// Nil when an `import()` waits for its rule.
    var target: ModuleRecord?
    var hints: [String] = []
    var isAwaited = true
  }

  /// A chain that closes is preferred: it is the one that nothing can end.
  private func nextWait(
    of record: SourceTextModuleRecord, avoiding visited: [ModuleRecord: Int]
  ) -> Wait? {
    if record.status == .evaluatingAsync, let pending = record.pendingAsyncDependencies,
      pending > 0
    {
      let waits = dependencies(of: record)
      return waits.first { $0.target.map { visited[$0] != nil } ?? false }
        ?? waits.first { $0.target.map { leadsBack(from: $0, to: visited) } ?? false }
        ?? waits.first
    }
    if record.status == .evaluatingAsync || record.status == .evaluating {
      let waits = imports(of: record)
      if let wait = waits.first(where: {
        $0.target.map { leadsBack(from: $0, to: visited) } ?? false
      })
        ?? waits.first
      {
        return wait
      }
      if record.pendingAsyncDependencies == 0, record.hasTLA { return nil }
    }
    // The promise of a module in a cycle is that of the cycle's root.
    if let root = record.cycleRoot, root !== record, root.status == .evaluatingAsync {
      let hop = WhyAnswer.Hop(
        from: name(of: record), to: name(of: root),
        text: "\(name(of: record)) is in a cycle with \(name(of: root)), whose promise is its own",
        place: nil)
      return Wait(hop: hop, target: root)
    }
    return nil
  }

  private func leadsBack(from start: ModuleRecord, to visited: [ModuleRecord: Int]) -> Bool {
    if visited[start] != nil { return true }
    var seen: Set<ModuleRecord> = [start]
    var work = [start]
    while let module = work.popLast() {
      guard let source = module.asSourceText, source.status == .evaluatingAsync else { continue }
      for wait in dependencies(of: source) + imports(of: source) {
        guard let target = wait.target else { continue }
        if visited[target] != nil { return true }
        if seen.insert(target).inserted { work.append(target) }
      }
    }
    return false
  }

  /// The modules whose end a module's body waits for: its own requests, or for the members of a
  /// finished cycle its root.
  private func dependencies(of record: SourceTextModuleRecord) -> [Wait] {
    var waits: [Wait] = []
    for (request, loaded) in record.loadedModules.enumerated() {
      guard let loaded = loaded?.asSourceText else { continue }
      let isAwaited = [loaded, loaded.cycleRoot].compactMap { $0 }.first { candidate in
        candidate.status == .evaluatingAsync
          && candidate.asyncParentModules.contains { $0 === record }
      }
      guard let awaited = isAwaited else { continue }
      let target = name(of: awaited)
      let text =
        awaited === loaded
        ? "\(name(of: record)) waits for \(target), which it imports"
        : "\(name(of: record)) waits for \(target), the root of \(name(of: loaded))'s cycle"
      waits.append(Wait(hop: hop(record, request, to: target, text), target: awaited))
    }
    return waits
  }

  /// What the open `import()` calls of a module wait for.
  private func imports(of record: SourceTextModuleRecord) -> [Wait] {
    openImports.compactMap { open -> Wait? in
      guard let referrer = open.referrer, referrer.record === record else { return nil }
      let from = name(of: record)
      let call = importCall(of: open.specifier, in: record)
      let place = (call ?? record.parsed.firstTopLevelAwait).map { label(record, $0) }
      let isAwaited = call.map { self.isAwaited($0, in: record) } ?? false
      guard let target = open.target else {
        let specifier = quoted(open.specifier)
        let hop = WhyAnswer.Hop(
          from: from, to: open.specifier,
          text: "\(from) waits for import(\(specifier)), which no rule has answered yet",
          place: place)
        let target = quotedName(open.specifier)
        let isPending = pending.contains { $0.specifier == open.specifier && $0.referrer == from }
        var hints = isPending ? ["answer \(specifier) => \(target)"] : ["rules"]
        if isPending, registry[open.specifier] == nil {
          hints.insert("synthetic \(target) x=1", at: 0)
        }
        return Wait(hop: hop, target: nil, hints: hints)
      }
      let to = name(of: target)
      var hop = WhyAnswer.Hop(
        from: from, to: to,
        text: isAwaited
          ? "\(from) waits here for the end of \(to)"
          : "\(from) called this import(), which waits for the end of \(to)", place: place)
      if target.status == .linking {
        hop.text = "\(from) waits here for \(to), which is being linked"
        return Wait(hop: hop, target: nil, hints: ["why \(quotedName(to))"])
      }
      return Wait(hop: hop, target: target.record, isAwaited: isAwaited)
    }
  }

  /// Whether an `import(` is what an `await` of the top level waits for.
  private func isAwaited(_ call: SourceRange, in record: SourceTextModuleRecord) -> Bool {
    let source = record.parsed.source
    return record.parsed.rewritePoints.contains { point in
      guard case .topLevelAwait = point.kind, point.range.end <= call.start else { return false }
      let between = String(decoding: source.bytes[point.range.end..<call.start], as: UTF8.self)
      return between.allSatisfy { $0.isWhitespace || $0 == "(" }
    }
  }

  /// The `import(` with that specifier, as far as the source tells.
  private func importCall(
    of specifier: String, in record: SourceTextModuleRecord
  ) -> SourceRange? {
    let source = record.parsed.source
    var calls: [SourceRange] = []
    for point in record.parsed.rewritePoints {
      if case .importCall = point.kind { calls.append(point.range) }
    }
    let named = calls.first { range in
      let end = min(range.end + specifier.utf8.count + 16, source.bytes.count)
      return String(decoding: source.bytes[range.end..<end], as: UTF8.self).contains(specifier)
    }
    return named ?? calls.first
  }

  private func ownAwait(of record: SourceTextModuleRecord) -> [WhyAnswer.Hop] {
    guard let range = record.parsed.firstTopLevelAwait else { return [] }
    let from = name(of: record)
    return [
      WhyAnswer.Hop(
        from: from, to: "", text: "\(from) waits at an await of its top level; this is the first",
        place: label(record, range))
    ]
  }
}
