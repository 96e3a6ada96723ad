import ModuleSyntax
import Testing

@testable import ModuleLinking

/// Random graphs with top-level await, errors, `import defer`, cycles and several roots, against the
/// specification's recursive text. A later Evaluate ( ) stands for `import()`.
@Suite struct RandomGraphTests {
  #if DEBUG
    static let count = 100
  #else
    static let count = 625
  #endif

  @Test(arguments: 0..<8)
  func `5,000 graphs of two to eight modules`(_ shard: Int) {
    for number in 0..<Self.count {
      let seed = UInt64(shard * Self.count + number) + 1
      for inSteps in [false, true] {
        var pair = GraphPair(seed: seed, inSteps: inSteps)
        let problem = pair.run()
        if let problem { Issue.record("seed \(seed), in steps \(inSteps): \(problem)\n\(pair)") }
      }
    }
  }
}

/// The same graph twice: as records, and as the specification's text has it.
private struct GraphPair: CustomStringConvertible {
  private let agent = ModuleAgent.checked()
  private let evaluator = ScriptedEvaluator()
  private let specification = SpecificationModules()
  private var records: [SourceTextModuleRecord] = []
  private var modules: [SpecificationModules.Module] = []
  private var capabilities: [(EvaluationCapability, SpecificationModules.Capability)] = []
  private var random: Xorshift
  private let inSteps: Bool
  private var done: [String] = []

  init(seed: UInt64, inSteps: Bool) {
    self.inSteps = inSteps
    random = Xorshift(seed: seed)
    agent.evaluator = evaluator
    let count = 2 + random.next(7)
    modules = (0..<count).map { SpecificationModules.Module("m\($0)") }
    let defers = random.next(2) == 0
    let failing = random.next(4) == 0 ? random.next(count) : nil
    for (number, module) in modules.enumerated() {
      var parsed = ParsedModule(source: SourceText("", name: module.name))
      var targets: [Int] = []
      for _ in 0..<random.next(4) {
        let target = random.next(count)
        let isDeferred = defers && random.next(3) == 0
        let phase: ImportPhase = isDeferred ? .defer : .evaluation
        let name = "m\(target)"
        if parsed.requests.contains(where: { $0.specifier == name && $0.phase == phase }) {
          continue
        }
        parsed.requests.append(ModuleRequest(specifier: name, phase: phase))
        module.requests.append((modules[target], isDeferred))
        targets.append(target)
      }
      module.hasTLA = random.next(3) == 0
      module.isThrowing = random.next(8) == 0
      if module.hasTLA { parsed.firstTopLevelAwait = SourceRange(0, 0) }
      if module.isThrowing { evaluator.throwing[module.name] = Thrown(module.name) }
      if failing == number, !targets.isEmpty {
        module.isUnlinkable = true
        parsed.importEntries = [
          ImportEntry(request: 0, importName: .name("missing"), localName: "missing")
        ]
      }
      records.append(
        SourceTextModuleRecord(identifier: module.name, parsed: parsed, in: agent))
    }
    for (record, module) in zip(records, modules) {
      for (request, required) in module.requests.enumerated() {
        guard let target = modules.firstIndex(where: { $0 === required.module }) else { continue }
        record.setLoadedModule(records[target], request: request, in: agent)
      }
    }
  }

  var description: String {
    let lines = modules.map { module in
      let marks =
        (module.hasTLA ? "~" : "") + (module.isThrowing ? "!" : "")
        + (module.isUnlinkable ? "?" : "")
      let targets = module.requests.map { ($0.isDeferred ? "defer " : "") + $0.module.name }
      return "\(module.name)\(marks) > \(targets.joined(separator: " "))"
    }
    return (lines + done).joined(separator: "\n")
  }

  /// What differs, first.
  mutating func run() -> String? {
    defer { for record in records { record.dispose() } }
    for root in 0..<records.count where root == 0 || random.next(2) == 0 {
      done.append("link m\(root)")
      let operation = LinkOperation(records[root], in: agent)
      if let problem = step({ operation.step() != nil }) { return problem }
      let isLinked = specification.link(modules[root])
      if isLinked != (operation.failure == nil) { return "links: \(isLinked)" }
      if let difference { return difference }
    }
    if let problem = orderProblem() { return problem }
    // Two roots at once, then what import() asks for, between bodies that settle.
    for turn in 0..<(records.count * 4) {
      let root = random.next(records.count)
      let canSettle = !specification.awaiting.isEmpty
      if modules[root].status != .unlinked, turn < 2 || !canSettle || random.next(4) == 0 {
        done.append("evaluate m\(root)")
        let operation = EvaluateOperation(records[root], in: agent)
        if let problem = step({ operation.step() != nil }) { return problem }
        capabilities.append((operation.capability, specification.evaluate(modules[root])))
      } else if canSettle {
        let position = random.next(specification.awaiting.count)
        done.append("settle \(specification.awaiting[position].name)")
        guard position < evaluator.awaiting.count else { return "awaits less" }
        specification.settle(at: position)
        evaluator.settle(at: position)
      }
      if let difference { return difference }
    }
    return nil
  }

  /// The dry run names the bodies that Evaluate ( ) of the first module runs at once, in their order.
  private mutating func orderProblem() -> String? {
    guard modules[0].status == .linked, !modules.contains(where: \.isThrowing) else { return nil }
    let snapshot = GraphSnapshot(roots: [records[0]])
    let order = EvaluationOrder(from: records[0].id, in: snapshot).entries
    done.append("evaluate m0")
    capabilities.append(
      (EvaluateOperation(records[0], in: agent).run(), specification.evaluate(modules[0])))
    let told = order.filter(\.waitsFor.isEmpty).map { entry in
      let module = modules[Int(entry.module.number) - 1]
      return module.name + (module.hasTLA ? "…" : "")
    }
    if told != specification.log { return "order tells \(told), not \(specification.log)" }
    for entry in order {
      let module = modules[Int(entry.module.number) - 1]
      if entry.pendingAsyncDependencies != module.pendingAsyncDependencies
        || entry.dfsAncestorIndex != module.dfsAncestorIndex
      {
        return "order tells \(entry) of \(module.name)"
      }
    }
    return difference
  }

  private func step(_ body: () -> Bool) -> String? {
    while body() {
      guard inSteps else { continue }
      let violations = GraphInvariants.violations(of: records)
      if !violations.isEmpty { return violations.joined(separator: "\n") }
    }
    return nil
  }

  private var difference: String? {
    let trace = specification.log.joined(separator: " ")
    if evaluator.trace != trace { return "ran \(evaluator.trace), not \(trace)" }
    let awaiting = specification.awaiting.map(\.name)
    if evaluator.awaiting.map(\.name) != awaiting { return "awaits other bodies than \(awaiting)" }
    for (record, module) in zip(records, modules) {
      let ours = describe(record)
      let theirs = describe(module)
      if ours != theirs { return "\(record.identifier): \(ours), not \(theirs)" }
    }
    for (ours, theirs) in capabilities where ours.word != theirs.state {
      return "a capability is \(ours.word), not \(theirs.state)"
    }
    return nil
  }

  private func describe(_ record: SourceTextModuleRecord) -> String {
    var error: String?
    if case .thrown(let value as Thrown)? = record.evaluationError { error = value.name }
    let status = record.status == .new ? .unlinked : record.status
    return describe(
      "\(status)", error, record.cycleRoot?.identifier, "\(record.asyncEvaluationOrder)",
      record.pendingAsyncDependencies, record.asyncParentModules.map(\.identifier))
  }

  private func describe(_ module: SpecificationModules.Module) -> String {
    describe(
      module.status.rawValue, module.evaluationError, module.cycleRoot?.name,
      "\(module.asyncEvaluationOrder)", module.pendingAsyncDependencies,
      module.asyncParentModules.map(\.name))
  }

  private func describe(
    _ status: String, _ error: String?, _ root: String?, _ order: String, _ pending: Int?,
    _ parents: [String]
  ) -> String {
    "\(status) error \(error ?? "–") root \(root ?? "–") \(order) pending "
      + "\(pending.map(String.init) ?? "–") parents \(parents)"
  }
}
