import ModuleSyntax
import Testing

@testable import ModuleLinking

/// `import defer`: what is gathered, and what is ready.
@Suite struct DeferralTests {
  /// `main` defers `d`; `d` and the rest import as given. A name followed by `~` has top-level await.
  private func graph(
    _ modules: KeyValuePairs<String, [String]>, deferring: [String: String]
  ) -> (agent: ModuleAgent, evaluator: ScriptedEvaluator, [String: SourceTextModuleRecord]) {
    let agent = ModuleAgent.checked()
    let evaluator = ScriptedEvaluator()
    agent.evaluator = evaluator
    var records: [String: SourceTextModuleRecord] = [:]
    for (name, targets) in modules {
      let bare = name.filter { $0 != "~" }
      var parsed = ParsedModule(source: SourceText("", name: bare))
      parsed.requests = targets.map {
        ModuleRequest(specifier: $0, phase: deferring[bare] == $0 ? .defer : .evaluation)
      }
      if name.contains("~") { parsed.firstTopLevelAwait = SourceRange(0, 0) }
      records[bare] = SourceTextModuleRecord(identifier: bare, parsed: parsed, in: agent)
    }
    for record in records.values {
      for (index, request) in record.parsed.requests.enumerated() {
        guard let target = records[request.specifier] else { continue }
        record.setLoadedModule(target, request: index, in: agent)
      }
    }
    for record in records.values { LinkOperation(record, in: agent).run() }
    return (agent, evaluator, records)
  }

  @Test func `a dependency that is being awaited already is waited for`() throws {
    let (agent, evaluator, records) = graph(
      ["other": ["slow"], "main": ["d"], "d": ["slow"], "slow~": []], deferring: ["main": "d"])
    let main = try #require(records["main"])
    EvaluateOperation(try #require(records["other"]), in: agent).run()
    #expect(
      try #require(records["d"]).gatherAsynchronousTransitiveDependencies().map(\.identifier)
        == ["slow"])
    EvaluateOperation(main, in: agent).run()
    #expect(main.status == .evaluatingAsync)
    #expect(main.pendingAsyncDependencies == 1)
    evaluator.settle("slow")
    #expect(evaluator.trace == "slow… slow other main")
    #expect(try #require(records["d"]).isReadyForSyncExecution)
  }

  /// As test262's `async-cycle-dependency-of-deferred-module`.
  @Test func `a member of a cycle is not done before the root of the cycle`() throws {
    let (agent, evaluator, records) = graph(
      ["a~": ["b"], "b": ["a"], "d": ["b"], "middle": ["d"]], deferring: ["middle": "d"])
    let middle = try #require(records["middle"])
    let deferred = try #require(records["d"])
    EvaluateOperation(try #require(records["a"]), in: agent).run()
    #expect(records["b"]?.status == .evaluated)
    #expect(!deferred.isReadyForSyncExecution)
    #expect(deferred.gatherAsynchronousTransitiveDependencies().map(\.identifier) == ["a"])
    EvaluateOperation(middle, in: agent).run()
    #expect(middle.status == .evaluatingAsync)
    evaluator.settle("a")
    #expect(evaluator.trace == "b a… a middle")
    #expect(deferred.isReadyForSyncExecution)
  }

  @Test func `what is gathered and required is waited for once`() throws {
    let (agent, evaluator, records) = graph(
      ["main": ["d", "slow"], "d": ["slow"], "slow~": []], deferring: ["main": "d"])
    let main = try #require(records["main"])
    EvaluateOperation(main, in: agent).run()
    #expect(main.pendingAsyncDependencies == 1)
    #expect(records["slow"]?.asyncParentModules.count == 1)
    evaluator.settle("slow")
    #expect(evaluator.trace == "slow… slow main")
  }

  @Test func `a deferred namespace that two modules export is one binding`() throws {
    let agent = ModuleAgent.checked()
    func module(_ name: String, _ phases: [ImportPhase], _ parsed: (inout ParsedModule) -> Void)
      -> SourceTextModuleRecord
    {
      var module = ParsedModule(source: SourceText("", name: name))
      module.requests = phases.map { ModuleRequest(specifier: "m", phase: $0) }
      parsed(&module)
      return SourceTextModuleRecord(identifier: name, parsed: module, in: agent)
    }
    func exporter(_ phase: ImportPhase) -> SourceTextModuleRecord {
      module("exporter", [phase]) {
        $0.importEntries = [ImportEntry(request: 0, importName: .namespace, localName: "ns")]
        $0.localExportEntries = [LocalExportEntry(exportName: "ns", localName: "ns")]
      }
    }
    let target = module("target", []) { _ in }
    for (phases, isOne) in [
      ([ImportPhase.defer, .defer], true), ([.evaluation, .evaluation], true),
      ([.evaluation, .defer], false),
    ] {
      let exporters = phases.map(exporter)
      for exporter in exporters { exporter.setLoadedModule(target, request: 0, in: agent) }
      let both = module("both", [.evaluation, .evaluation]) {
        $0.starExportEntries = [StarExportEntry(request: 0), StarExportEntry(request: 1)]
      }
      both.setLoadedModules(exporters, in: agent)
      let binding = both.resolveExport("ns").binding
      #expect((binding != nil) == isOne, "\(phases)")
      if let binding { #expect(binding.module === target) }
    }
  }
}
