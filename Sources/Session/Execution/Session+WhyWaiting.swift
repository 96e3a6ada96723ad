internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Who waits for whom: modules that are evaluating-async, which Node already calls evaluated.
extension Session {
  func whyWaiting(_ module: VMModule, _ record: SourceTextModuleRecord) -> WhyAnswer {
    var answer = ringOfWaits(module, record)
    answer.parts.insert(
      .sentence(
        "Node says evaluated as soon as the synchronous part is over; its promise is pending."),
      at: 0)
    return answer
  }

  /// What a module waits for, and what that waits for.
  func ringOfWaits(_ module: VMModule, _ record: SourceTextModuleRecord) -> WhyAnswer {
    let chain = waits(of: record)
    var answer: WhyAnswer
    switch chain.end {
    case .cycle(let start):
      if let open = chain.unawaited {
        // Whether the body waits for that `import()` is not to be seen from outside.
        answer = waiting(module, record, chain.hops)
        let rest =
          host.timers.nextDue != nil
          ? "" : pending.isEmpty ? " Nothing else is due." : " Requests are pending, too."
        answer.parts.append(
          .sentence(
            "If the await of \(name(of: open)) waits for that import(), this is a deadlock, which "
              + "nothing can end; if not, something else has to settle it.\(rest)"))
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
      if chain.unawaited != nil, let request = pending.first {
        answer.hints = hints(forPending: request) + answer.hints
      }
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
            ? pending.isEmpty
              ? program != nil
                ? "Nothing is due that could settle that promise."
                : "Nothing is due: only code that is still to be given can settle that promise."
              : "Nothing is due; requests are pending, and their answers may settle that promise."
            : "Its turn is not over: jobs are still to run."))
      answer.hints =
        (pending.isEmpty ? [] : ["rules"])
        + ["show \(argument(chain.last))", "reset \(argument(record))"]
    }
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
      hops += next.hops
      guard let target = next.target else { return chain(record, .request(hints: next.hints)) }
      if next.certainty != .certain { unawaited = unawaited ?? record }
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
    /// The first that does not surely wait for the `import()` that comes next.
    var unawaited: ModuleRecord?
  }

  /// Whether an `await` waits for an `import()`, as far as it is to be seen from outside.
  private enum Certainty: Int {
    /// Its operand is that promise, or has to be pending as long as that is.
    case certain
    /// Its own body called it, or called the code that did.
    case likely
    /// Code that runs by itself called it.
    case possible
  }

  private struct Wait {
    var hops: [WhyAnswer.Hop]
    /// Nil when an `import()` waits for its rule.
    var target: ModuleRecord?
    var hints: [String] = []
    var certainty = Certainty.certain
  }

  /// A chain that closes is preferred: it is the one that nothing can end.
  private func nextWait(
    of record: SourceTextModuleRecord, avoiding visited: [ModuleRecord: Int]
  ) -> Wait? {
    func closing(_ waits: [Wait]) -> Wait? {
      waits.first { $0.target.map { visited[$0] != nil } ?? false }
        ?? waits.first { $0.target.map { leadsBack(from: $0, to: visited) } ?? false }
        ?? waits.first
    }
    if record.status == .evaluatingAsync, let pending = record.pendingAsyncDependencies,
      pending > 0
    {
      return closing(dependencies(of: record))
    }
    if record.status == .evaluatingAsync || record.status == .evaluating {
      if let wait = closing(imports(of: record)) { return wait }
      if record.pendingAsyncDependencies == 0, record.hasTLA { return nil }
    }
    // The promise of a module in a cycle is that of the cycle's root.
    if let root = record.cycleRoot, root !== record, root.status == .evaluatingAsync {
      let hop = WhyAnswer.Hop(
        from: name(of: record), to: name(of: root),
        text: "\(name(of: record)) is in a cycle with \(name(of: root)), whose promise is its own",
        place: nil)
      return Wait(hops: [hop], target: root)
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
      waits.append(Wait(hops: [hop(record, request, to: target, text)], target: awaited))
    }
    return waits
  }

  // MARK: - import()

  /// What the open `import()` calls that a module may wait for wait for; only the surest ones.
  private func imports(of record: SourceTextModuleRecord) -> [Wait] {
    let pending = pendingAwait(of: record)
    let waits = openImports.compactMap { wait(of: record, at: pending, for: $0) }
    let surest = waits.map(\.certainty.rawValue).min()
    return waits.filter { $0.certainty.rawValue == surest }
  }

  private func wait(
    of record: SourceTextModuleRecord, at pending: AwaitPlace?, for open: OpenImport
  ) -> Wait? {
    guard let certainty = certainty(of: record, at: pending, for: open) else { return nil }
    let from = name(of: record)
    let caller = open.referrer.map { name(of: $0) } ?? "a script"
    let call = callRange(of: open)
    let source = open.referrer?.record.asSourceText
    let isOwn = source === record
    let place = call.flatMap { call in source.map { label($0, call) } }
    // The place of the call is the one of the `await`, where that is what it waits for.
    let isHere = isOwn && certainty == .certain && call.map { pending?.holds($0) ?? false } ?? false
    var hops: [WhyAnswer.Hop] = []
    if !isHere, let keyword = pending?.keyword {
      hops.append(
        WhyAnswer.Hop(
          from: from, to: from, text: "\(from) waits at this await", place: label(record, keyword)))
    }
    var wait = Wait(hops: hops, certainty: certainty)
    guard let target = open.target else {
      let specifier = quoted(open.specifier)
      let text =
        isHere
        ? "\(from) waits for import(\(specifier)), which no rule has answered yet"
        : "\(caller) called this import(), which no rule has answered yet"
      wait.hops.append(
        WhyAnswer.Hop(from: caller, to: open.specifier, text: text, place: place))
      let request = self.pending.first {
        $0.specifier == open.specifier && $0.referrer == caller
      }
      wait.hints = request.map { hints(forPending: $0) } ?? ["rules"]
      return wait
    }
    let to = name(of: target)
    var hop = WhyAnswer.Hop(
      from: caller, to: to,
      text: isHere
        ? "\(from) waits here for the end of \(to)"
        : certainty == .certain && !isOwn
          ? "code of \(caller), which it called, waits here for the end of \(to)"
          : "\(isOwn ? from : "code of \(caller)") called this import(), which waits for the end of \(to)",
      place: place)
    if target.status == .linking {
      hop.text =
        isHere
        ? "\(from) waits here for \(to), which is being linked"
        : "\(caller) called this import(), which waits for \(to), which is being linked"
      wait.hops.append(hop)
      wait.hints = ["why \(quotedName(to))"]
      return wait
    }
    wait.hops.append(hop)
    wait.target = target.record
    return wait
  }

  /// What answers a request that a rule took.
  private func hints(forPending request: PendingRequest) -> [String] {
    let target = quotedName(request.specifier)
    let many = pending.filter { $0.specifier == request.specifier }.count > 1
    let referrer = many ? " for \(quotedName(request.referrer))" : ""
    return (registry[request.specifier] == nil ? ["synthetic \(target) x=1"] : [])
      + ["answer \(quoted(request.specifier))\(referrer) => \(target)"]
  }

  /// Nil where a module has nothing to do with an `import()`.
  private func certainty(
    of record: SourceTextModuleRecord, at pending: AwaitPlace?, for open: OpenImport
  ) -> Certainty? {
    if let pending, pending.importNumber == open.number { return .certain }
    let isOwn = open.referrer?.record === record
    if isOwn, let pending, let call = callRange(of: open), pending.holds(call),
      waitsForAll(of: record, from: pending, to: call)
    {
      return .certain
    }
    if let pending, open.isAwaited(by: record, at: pending.keyword) { return .certain }
    if isOwn || open.caller?.record === record { return .likely }
    // Code that nobody's body runs: what a function did after an `await` of its own.
    return open.caller == nil && open.referrer != nil ? .possible : nil
  }

  /// Whether nothing but what waits for all that is in it stands between an `await` and an `import(`.
  private func waitsForAll(
    of record: SourceTextModuleRecord, from pending: AwaitPlace, to call: SourceRange
  ) -> Bool {
    let bytes = record.parsed.source.bytes[pending.keyword.end..<call.start]
    var text = String(decoding: bytes, as: UTF8.self)
    for word in ["Promise.all", "Promise.allSettled"] where text.contains(word) {
      text = text.replacing(word + "(", with: "(")
    }
    // Other calls of `import` in the same list.
    while let other = text.firstRange(of: "import("),
      let end = text[other.upperBound...].firstIndex(of: ")")
    {
      text.removeSubrange(other.lowerBound...end)
    }
    return text.allSatisfy { $0.isWhitespace || "([,".contains($0) }
  }

  /// The `import` of a call, in the text of who called it.
  func callRange(of open: OpenImport) -> SourceRange? {
    guard let source = open.referrer?.record.asSourceText, let site = open.site else { return nil }
    return source.parsed.rewritePoints.first {
      if case .importCall = $0.kind { return $0.range.start == site } else { return false }
    }?.range
  }

  // MARK: - await

  /// An `await` of the top level at which a body waits.
  struct AwaitPlace {
    /// `await`, or `for await (`
    var keyword: SourceRange
    /// Where its operand ends.
    var end: Int
    /// Its operand is the promise of the `import()` with that number.
    var importNumber: Int

    func holds(_ range: SourceRange) -> Bool { keyword.end <= range.start && range.end <= end }
  }

  /// Nil when a body does not wait, or nothing can be said.
  func pendingAwait(of record: SourceTextModuleRecord) -> AwaitPlace? {
    guard record.status == .evaluatingAsync, record.pendingAsyncDependencies == 0,
      let waiting = host.module(of: record)?.instance.pendingAwait
    else { return nil }
    for point in record.parsed.rewritePoints {
      switch point.kind {
      case .topLevelAwait(let end) where point.range.start == waiting.offset:
        return AwaitPlace(keyword: point.range, end: end, importNumber: waiting.importNumber)
      case .topLevelForAwait(let loop) where loop.opening.start == waiting.offset:
        return AwaitPlace(
          keyword: loop.opening, end: loop.iterable.end, importNumber: waiting.importNumber)
      default: continue
      }
    }
    return nil
  }

  private func ownAwait(of record: SourceTextModuleRecord) -> [WhyAnswer.Hop] {
    let from = name(of: record)
    if let pending = pendingAwait(of: record) {
      return [
        WhyAnswer.Hop(
          from: from, to: "", text: "\(from) waits at this await of its top level",
          place: label(record, pending.keyword))
      ]
    }
    return [
      WhyAnswer.Hop(
        from: from, to: "", text: "\(from) waits at an await of its top level", place: nil)
    ]
  }
}
