import ModuleLinking
import ModuleSyntax
import Testing

/// Shapes on which recursion would die, or anything quadratic would not come to an end.
@Suite struct ScaleTests {
  let agent = ModuleAgent.checked(evaluator: SilentEvaluator())

  func records(
    _ count: Int, _ build: (Int, inout ParsedModule) -> [Int]
  ) -> [SourceTextModuleRecord] {
    var targets: [[Int]] = []
    let source = SourceText("", name: "")
    let records = (0..<count).map { number in
      var parsed = ParsedModule(source: source)
      let requested = build(number, &parsed)
      parsed.requests = requested.map { ModuleRequest(specifier: "\($0)") }
      targets.append(requested)
      return SourceTextModuleRecord(identifier: "\(number)", parsed: parsed, in: agent)
    }
    for (record, targets) in zip(records, targets) {
      record.setLoadedModules(targets.map { records[$0] }, in: agent)
    }
    return records
  }

  func linkAndEvaluate(_ root: ModuleRecord) {
    #expect(LinkOperation(root, in: agent).run() == nil)
    if case .fulfilled = EvaluateOperation(root, in: agent).run().state {
    } else {
      Issue.record("not fulfilled")
    }
    root.asSourceText.map { #expect($0.status == .evaluated) }
  }

  func local(_ name: String) -> LocalExportEntry {
    LocalExportEntry(exportName: name, localName: name)
  }

  func importing(_ name: String, _ request: Int = 0) -> ImportEntry {
    ImportEntry(request: request, importName: .name(name), localName: "local\(name)")
  }

  @Test func `a chain of 100,000`() {
    let count = 100_000
    let chain = records(count) { number, _ in number + 1 < count ? [number + 1] : [] }
    linkAndEvaluate(chain[0])
    #expect(chain[count - 1].status == .evaluated)
  }

  @Test func `a chain of 100,000 is freed without recursion`() {
    let count = 100_000
    var chain = records(count) { number, _ in number + 1 < count ? [number + 1] : [] }
    linkAndEvaluate(chain[0])
    weak let leaf = chain[count - 1]
    // The root goes last.
    while chain.popLast() != nil {}
    #expect(leaf == nil)
  }

  @Test func `a cycle of 10,000`() {
    let count = 10_000
    let cycle = records(count) { number, _ in [(number + 1) % count] }
    linkAndEvaluate(cycle[0])
    #expect(cycle[count - 1].cycleRoot === cycle[0])
    #expect(agent.log.events.contains { $0.isComponent(of: count) })
  }

  @Test func `a layered graph of 10,000 with four imports each`() {
    let layers = records(10_000) { number, parsed in
      parsed.localExportEntries = [local("a"), local("b")]
      let layer = number / 100
      guard layer < 99 else { return [] }
      parsed.importEntries = (0..<4).map { importing($0 % 2 == 0 ? "a" : "b", $0) }
      return (0..<4).map { (layer + 1) * 100 + (number * 7 + $0 * 31) % 100 }
    }
    linkAndEvaluate(layers[0])
    #expect(layers[0].importBindings.count == 4)
  }

  @Test func `a chain of 10,000 re-exports`() {
    let count = 10_000
    let chain = records(count) { number, parsed in
      if number == 0 { parsed.importEntries = [importing("x")] }
      guard number + 1 < count else {
        parsed.localExportEntries = [local("x")]
        return []
      }
      if number > 0 {
        parsed.indirectExportEntries = [
          IndirectExportEntry(request: 0, importName: .name("x"), exportName: "x")
        ]
      }
      return [number + 1]
    }
    linkAndEvaluate(chain[0])
    #expect(chain[0].importBindings.first?.module === chain[count - 1])
  }

  @Test func `a chain of 10,000 stars, each importing the last name`() {
    let count = 10_000
    let chain = records(count) { number, parsed in
      guard number + 1 < count else {
        parsed.localExportEntries = [local("x")]
        return []
      }
      parsed.importEntries = [importing("x")]
      parsed.starExportEntries = [StarExportEntry(request: 0)]
      return [number + 1]
    }
    linkAndEvaluate(chain[0])
    #expect(chain[0].importBindings.first?.module === chain[count - 1])
  }

  @Test func `a chain of 10,000 stars, all of whose names are imported at once`() {
    let count = 10_000
    let chain = records(count) { number, parsed in
      if number == 0 { parsed.importEntries = (1..<count).map { importing("x\($0)") } }
      if number > 0 {
        parsed.localExportEntries = [local("x\(number)")]
        parsed.starExportEntries = number + 1 < count ? [StarExportEntry(request: 0)] : []
      }
      return number + 1 < count ? [number + 1] : []
    }
    linkAndEvaluate(chain[0])
    #expect(chain[0].importBindings.last?.module === chain[count - 1])
    #expect(chain[1].namespaceExports().count == count - 1)
    #expect(chain[1].getExportedNames().last == "x\(count - 1)")
  }

  @Test func `a cycle of 10,000 stars, each importing a name that is far away`() {
    let count = 10_000
    let cycle = records(count) { number, parsed in
      parsed.localExportEntries = number == 0 ? [local("x")] : []
      parsed.importEntries = [importing("x")]
      parsed.starExportEntries = [StarExportEntry(request: 0)]
      return [(number + 1) % count]
    }
    linkAndEvaluate(cycle[0])
    #expect(cycle.allSatisfy { $0.importBindings.first?.module === cycle[0] })
    #expect(cycle[1].namespaceExports().map(\.name) == ["x"])
  }

  @Test func `an index of 5,000 stars that 5,000 modules import from`() {
    let width = 5_000
    // 0 imports everything, 1 is the index, then the exporters, then the importers.
    let graph = records(2 + 2 * width) { number, parsed in
      switch number {
      case 0: return Array((2 + width)..<(2 + 2 * width))
      case 1:
        parsed.starExportEntries = (0..<width).map { StarExportEntry(request: $0) }
        return Array(2..<(2 + width))
      case ..<(2 + width):
        parsed.localExportEntries = [local("x\(number)"), local("common")]
        return []
      default:
        parsed.importEntries = [importing("x\(number - width)")]
        return [1]
      }
    }
    linkAndEvaluate(graph[0])
    #expect(graph[2 + width].importBindings.first?.module === graph[2])
    #expect(graph[1].namespaceExports().count == width)
  }

  @Test func `a module of 10,000 exports, all imported`() {
    let count = 10_000
    let graph = records(2) { number, parsed in
      let names = (0..<count).map { "x\($0)" }
      guard number == 0 else {
        parsed.localExportEntries = names.map(local)
        return []
      }
      parsed.importEntries = names.map { importing($0) }
      return [1]
    }
    linkAndEvaluate(graph[0])
    #expect(graph[0].importBindings.last?.exportIndex == count - 1)
  }

  @Test func `a chain of 10,000 above an asynchronous module`() {
    let count = 10_000
    let evaluator = ScriptedEvaluator()
    agent.evaluator = evaluator
    let chain = records(count) { number, parsed in
      if number + 1 == count { parsed.firstTopLevelAwait = SourceRange(0, 0) }
      return number + 1 < count ? [number + 1] : []
    }
    #expect(LinkOperation(chain[0], in: agent).run() == nil)
    let capability = EvaluateOperation(chain[0], in: agent).run()
    evaluator.settle(at: 0)
    #expect(capability.word == "fulfilled")
    #expect(evaluator.log.count == count + 1)
  }

  @Test func `an error goes up a chain of 10,000`() {
    let count = 10_000
    let evaluator = ScriptedEvaluator()
    agent.evaluator = evaluator
    evaluator.throwing["\(count - 1)"] = Thrown("leaf")
    let chain = records(count) { number, parsed in
      if number + 1 == count { parsed.firstTopLevelAwait = SourceRange(0, 0) }
      return number + 1 < count ? [number + 1] : []
    }
    #expect(LinkOperation(chain[0], in: agent).run() == nil)
    let capability = EvaluateOperation(chain[0], in: agent).run()
    evaluator.settle(at: 0)
    #expect(capability.word == "rejected leaf")
  }

  @Test func `a name that is missing behind 10,000 stars`() {
    let count = 10_000
    let chain = records(count) { number, parsed in
      if number == 0 { parsed.importEntries = [importing("x")] }
      guard number + 1 < count else { return [] }
      parsed.starExportEntries = [StarExportEntry(request: 0)]
      return [number + 1]
    }
    let failure = LinkOperation(chain[0], in: agent).run()
    #expect(failure?.importer === chain[0])
    #expect(failure?.message.hasSuffix("named 'x'") == true)
  }
}

/// An engine whose bodies do nothing.
final class SilentEvaluator: ModuleEvaluator {
  func initializeEnvironment(of module: SourceTextModuleRecord) {}
  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)? { nil }
  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)? { nil }
  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void
  ) {}
}

extension ModuleEvent {
  func isComponent(of size: Int) -> Bool {
    if case .componentFinished(size) = change { true } else { false }
  }
}
