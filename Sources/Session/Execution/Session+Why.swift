internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// `why NAME`: the status of a module, explained from what its record and the session remember.
extension Session {
  func why(_ name: String) throws -> CommandOutcome {
    let answer = host.turn { self.answer(why: registry[name]) }
    guard var answer else { throw unknownModule(name) }
    // What would help at a moment of the past does not help now.
    answer.hints = momentWatch == nil ? usable(answer.hints) : []
    return CommandOutcome(result: answer.json()) { [answer] in $0.why(answer) }
  }

  private func unknownModule(_ name: String) -> CommandError {
    let near = NearestNames.ofModule(name, among: registry.names)
    if near.isEmpty {
      let exporters = rows(registry.all).filter { $0.exports.contains(name) }.map(\.name)
      if !exporters.isEmpty { return CommandError(.unknownSubject(name, exporters: exporters)) }
    }
    return CommandError(.unknownModule(name, near: near))
  }

  private func answer(why entry: ModuleEntry?) -> WhyAnswer? {
    guard let module = entry?.module else { return nil }
    switch module.status {
    case .unlinked: return whyUnlinked(module)
    case .linking: return whyLinking(module)
    case .linked: return whyLinked(module)
    case .evaluating: return whyEvaluating(module)
    case .evaluated: return whyEvaluated(module)
    case .errored: return whyErrored(module)
    }
  }

  // MARK: - Parts of answers

  func why(_ module: VMModule, _ reason: WhyAnswer.Reason, _ headline: String) -> WhyAnswer {
    WhyAnswer(
      module: name(of: module),
      status: ModuleStatusWord(rawValue: module.status.rawValue) ?? .unlinked,
      record: module.record.status.word, reason: reason, headline: headline)
  }

  func name(of record: ModuleRecord) -> String {
    host.module(of: record).map { name(of: $0) } ?? record.identifier
  }

  /// A module's name as a command's argument.
  func argument(_ record: ModuleRecord) -> String { quotedName(name(of: record)) }

  func label(_ module: SourceTextModuleRecord, _ range: SourceRange, _ text: String = "")
    -> Diagnostic.Label
  {
    Diagnostic.Label(source: module.parsed.source, range: range, text: text)
  }

  /// The place of a request, as a hop from the module that asks.
  func hop(_ from: SourceTextModuleRecord, _ request: Int, to: String, _ text: String)
    -> WhyAnswer.Hop
  {
    WhyAnswer.Hop(
      from: name(of: from), to: to, text: text,
      place: label(from, from.parsed.requests[request].range))
  }

  /// The shortest way over requests from a module to one that `isEnd`, through those that `isOpen`:
  /// modules with the index of the request that is followed.
  func path(
    from start: ModuleRecord, through isOpen: (ModuleRecord) -> Bool = { _ in true },
    to isEnd: (ModuleRecord) -> Bool
  ) -> [(module: SourceTextModuleRecord, request: Int)]? {
    if isEnd(start) { return [] }
    var reachedFrom: [ModuleRecord: (module: SourceTextModuleRecord, request: Int)] = [:]
    var waiting: [ModuleRecord] = [start]
    var next = 0
    while next < waiting.count {
      guard let module = waiting[next].asSourceText else {
        next += 1
        continue
      }
      next += 1
      for (request, loaded) in module.loadedModules.enumerated() {
        guard let loaded, loaded !== start, reachedFrom[loaded] == nil, isOpen(loaded) else {
          continue
        }
        reachedFrom[loaded] = (module, request)
        if isEnd(loaded) { return wayBack(from: loaded, to: start, reachedFrom) }
        waiting.append(loaded)
      }
    }
    return nil
  }

  private func wayBack(
    from end: ModuleRecord, to start: ModuleRecord,
    _ reachedFrom: [ModuleRecord: (module: SourceTextModuleRecord, request: Int)]
  ) -> [(module: SourceTextModuleRecord, request: Int)] {
    var path: [(module: SourceTextModuleRecord, request: Int)] = []
    var module = end
    while module !== start, let hop = reachedFrom[module] {
      path.append(hop)
      module = hop.module
    }
    return path.reversed()
  }

  /// Each hop of a path with its place: `a imports b`.
  func hops(_ path: [(module: SourceTextModuleRecord, request: Int)]) -> [WhyAnswer.Hop] {
    path.map { hop in
      let target = hop.module.loadedModules[hop.request].map { name(of: $0) } ?? ""
      return self.hop(
        hop.module, hop.request, to: target, "\(name(of: hop.module)) imports \(target)")
    }
  }

  /// `a`, `a and b`, `a, b and c`; of many, the first.
  func list(_ names: [String]) -> String {
    if names.count > 6 {
      return names.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more"
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The modules that are linked to this one, in the order of their making.
  func importers(of module: VMModule) -> [(module: SourceTextModuleRecord, request: Int)] {
    var importers: [(module: SourceTextModuleRecord, request: Int)] = []
    let target = module.record
    for other in host.allModules where other.record !== target {
      guard let record = other.record.asSourceText else { continue }
      for (request, loaded) in record.loadedModules.enumerated() where loaded === target {
        importers.append((record, request))
        break
      }
    }
    return importers
  }

  /// `synthetic dep x=1`, with the names that a module imports by one of its requests.
  func syntheticHint(for request: Int, of module: SourceTextModuleRecord) -> String {
    let names = module.parsed.importEntries.compactMap { entry -> String? in
      guard entry.request == request, case .name(let name) = entry.importName else { return nil }
      return name
    }
    let exports =
      names.isEmpty ? "x=1" : names.map { "\(quotedName($0))=1" }.joined(separator: " ")
    return "synthetic \(quotedName(module.parsed.requests[request].specifier)) \(exports)"
  }
}
