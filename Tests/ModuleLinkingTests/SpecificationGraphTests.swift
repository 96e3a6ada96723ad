import ModuleLinking
import ModuleSyntax
import Testing

/// The worked graphs of the specification, as tables of fields.
/// https://tc39.es/ecma262/#sec-example-cyclic-module-record-graphs
@Suite struct SpecificationGraphTests {
  @Test func `a chain of three`() {
    let graph = Graph("A > B; B > C; C")
    #expect(graph.link("A") == nil)
    #expect(graph.statuses == "A:linked B:linked C:linked")
    #expect(graph.evaluator.initialized == ["C", "B", "A"])
    #expect(graph.evaluate("A").word == "fulfilled")
    #expect(graph.statuses == "A:evaluated B:evaluated C:evaluated")
    #expect(graph.evaluator.trace == "C B A")
  }

  @Test func `a chain whose middle does not link`() {
    let graph = Graph(sources: [
      "A": "import './B'", "B": "import {missing} from './C'", "C": "",
    ])
    #expect(graph.link("A")?.name == "missing")
    #expect(graph.statuses == "A:unlinked B:unlinked C:linked")
  }

  @Test func `a chain whose leaf throws`() {
    let graph = Graph("A > B; B > C; C!")
    graph.link("A")
    #expect(graph.evaluate("A").word == "rejected C")
    #expect(graph.statuses == "A:evaluated!C B:evaluated!C C:evaluated!C")
    #expect(graph.evaluate("A").word == "rejected C")
    #expect(graph.evaluator.trace == "C!")
  }

  @Test func `a missing module leaves the graph unlinked`() {
    let graph = Graph(sources: ["A": "import './B'", "B": "import './C'"])
    guard case .notLoaded? = graph.link("A")?.reason else {
      Issue.record("loaded from nowhere")
      return
    }
    #expect(graph.statuses == "A:unlinked B:unlinked")
  }

  @Test func `a cycle of two with a leaf links together`() {
    let graph = Graph("A > B C; B > A; C")
    let operation = LinkOperation(graph["A"], in: graph.agent)
    var stages: [String] = []
    while let step = operation.step() {
      #expect(graph.violations.isEmpty)
      stages.append("\(step.word) | \(graph.statuses) | \(graph.indices)")
    }
    #expect(
      stages == [
        "entered A | A:linking B:unlinked C:unlinked | A:0/0 B:- C:-",
        "entered B | A:linking B:linking C:unlinked | A:0/0 B:1/1 C:-",
        "initialized B | A:linking B:linking C:unlinked | A:0/0 B:1/0 C:-",
        "entered C | A:linking B:linking C:linking | A:0/0 B:1/0 C:2/2",
        "initialized C | A:linking B:linking C:linking | A:0/0 B:1/0 C:2/2",
        "finished C 1 | A:linking B:linking C:linked | A:0/0 B:1/0 C:2/2",
        "initialized A | A:linking B:linking C:linked | A:0/0 B:1/0 C:2/2",
        "finished A 2 | A:linked B:linked C:linked | A:0/0 B:1/0 C:2/2",
      ])
  }

  @Test func `a cycle whose entry does not link`() {
    let graph = Graph(sources: [
      "A": "import './B'; import {missing} from './C'", "B": "import './A'", "C": "",
    ])
    #expect(graph.link("A") != nil)
    #expect(graph.statuses == "A:unlinked B:unlinked C:linked")
  }

  @Test func `a cycle whose entry throws`() {
    let graph = Graph("A! > B C; B > A; C")
    graph.link("A")
    #expect(graph.evaluate("A").word == "rejected A")
    #expect(graph.statuses == "A:evaluated!A B:evaluated!A C:evaluated")
    #expect(graph.evaluate("B").word == "rejected A")
    #expect(graph.evaluate("C").word == "fulfilled")
    #expect(graph.evaluator.trace == "B C A!")
    #expect(graph.violations.isEmpty)
  }

  static let asyncCycle = "A~ > B C; B~ > D; C~ > D E; D~ > A; E~"

  /// After Evaluate ( ) of A.
  static let afterEvaluate = [
    "A 0/0 evaluating-async order(4) « » pending 2",
    "B 1/0 evaluating-async order(1) « A » pending 1",
    "C 3/0 evaluating-async order(3) « A » pending 2",
    "D 2/0 evaluating-async order(0) « B C » pending 0",
    "E 4/4 evaluating-async order(2) « C » pending 0",
  ]

  @Test func `an asynchronous cyclic graph`() {
    let graph = Graph(Self.asyncCycle)
    graph.link("A")
    let capability = graph.evaluate("A")
    #expect(graph.fields == Self.afterEvaluate)
    #expect(graph.evaluator.trace == "D… E…")

    graph.evaluator.settle("E")
    #expect(
      graph.changed(since: Self.afterEvaluate, names: "CE") == [
        "C 3/0 evaluating-async order(3) « A » pending 1",
        "E 4/4 evaluated done « C » pending 0",
      ])
    graph.evaluator.settle("D")
    #expect(graph.evaluator.trace == "D… E… E D B… C…")
    #expect(
      graph.changed(since: Self.afterEvaluate, names: "BCDE") == [
        "B 1/0 evaluating-async order(1) « A » pending 0",
        "C 3/0 evaluating-async order(3) « A » pending 0",
        "D 2/0 evaluated done « B C » pending 0",
        "E 4/4 evaluated done « C » pending 0",
      ])
    graph.evaluator.settle("C")
    #expect(graph.fields[0] == "A 0/0 evaluating-async order(4) « » pending 1")
    #expect(graph.fields[2] == "C 3/0 evaluated done « A » pending 0")
    graph.evaluator.settle("B")
    #expect(graph.fields[0] == "A 0/0 evaluating-async order(4) « » pending 0")
    #expect(graph.fields[1] == "B 1/0 evaluated done « A » pending 0")
    #expect(capability.word == "pending")
    graph.evaluator.settle("A")
    #expect(graph.fields[0] == "A 0/0 evaluated done « » pending 0")
    #expect(capability.word == "fulfilled")
    #expect(graph.evaluator.trace == "D… E… E D B… C… C B A… A")
    #expect(graph.violations.isEmpty)
  }

  @Test func `an asynchronous cyclic graph with a module that fails`() {
    let graph = Graph("A~ > B C; B~ > D; C~! > D E; D~ > A; E~")
    graph.link("A")
    let capability = graph.evaluate("A")
    for name in ["E", "D", "C"] { graph.evaluator.settle(name) }
    #expect(capability.word == "rejected C")
    #expect(
      graph.statuses
        == "A:evaluated!C B:evaluating-async C:evaluated!C D:evaluated E:evaluated")
    #expect(graph.fields[0] == "A 0/0 evaluated done « » pending 2")
    graph.evaluator.settle("B")
    #expect(
      graph.statuses == "A:evaluated!C B:evaluated C:evaluated!C D:evaluated E:evaluated")
    #expect(graph.evaluator.trace == "D… E… E D B… C… C! B")
    #expect(graph.evaluate("B") === capability)
    #expect(graph.violations.isEmpty)
  }

  @Test func `the fields at every event can be rebuilt from the log`() {
    let graph = Graph(Self.asyncCycle)
    var moments: [(Int, GraphSnapshot)] = []
    func look() {
      moments.append((graph.agent.log.count, GraphSnapshot(roots: [graph["A"]])))
    }
    look()
    let link = LinkOperation(graph["A"], in: graph.agent)
    while link.step() != nil { look() }
    let evaluate = EvaluateOperation(graph["A"], in: graph.agent)
    look()
    while evaluate.step() != nil { look() }
    for name in ["E", "D", "C", "B", "A"] {
      graph.evaluator.settle(name)
      look()
    }
    #expect(graph.statuses.contains("A:evaluated "))
    let records = ModuleRecord.reachable(from: [graph["A"]])
    for (number, snapshot) in moments {
      let rebuilt = GraphSnapshot(of: records, at: number, log: graph.agent.log)
      #expect(rebuilt.modules == snapshot.modules)
    }
  }
}

extension Graph {
  /// `A:0/0`: index and ancestor index.
  var indices: String {
    all.compactMap(\.asSourceText).map { module in
      guard let index = module.dfsIndex, let ancestor = module.dfsAncestorIndex else {
        return "\(module.identifier):-"
      }
      return "\(module.identifier):\(index)/\(ancestor)"
    }.joined(separator: " ")
  }

  /// A row of the specification's tables for each module.
  var fields: [String] {
    all.compactMap(\.asSourceText).map { module in
      let parents = module.asyncParentModules.map { $0.identifier + " " }.joined()
      return "\(module.identifier) \(module.dfsIndex ?? -1)/\(module.dfsAncestorIndex ?? -1) "
        + "\(module.status.word) \(module.asyncEvaluationOrder) « \(parents)» "
        + "pending \(module.pendingAsyncDependencies ?? -1)"
    }
  }

  /// The rows that differ from `rows`, when they are those of the modules named.
  func changed(since rows: [String], names: String) -> [String] {
    let changed = zip(fields, rows).filter { $0 != $1 }.map(\.0)
    return String(changed.compactMap(\.first)) == names ? changed : fields
  }
}

extension LinkOperation.Step {
  var word: String {
    switch self {
    case .entered(let module): "entered \(module.identifier)"
    case .environmentInitialized(let module): "initialized \(module.identifier)"
    case .componentFinished(let root, let count): "finished \(root.identifier) \(count)"
    case .failed(let failure): "failed \(failure.message)"
    }
  }
}

extension EvaluateOperation.Step {
  var word: String {
    switch self {
    case .entered(let module): "entered \(module.identifier)"
    case .bodyExecuted(let module): "executed \(module.identifier)"
    case .componentFinished(let root, let count): "finished \(root.identifier) \(count)"
    case .failed: "failed"
    }
  }
}
