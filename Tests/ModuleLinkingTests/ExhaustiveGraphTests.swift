import ModuleLinking
import ModuleSyntax
import Testing

/// Every digraph of up to four nodes, with every choice of asynchronous and throwing nodes; what its
/// edges import and re-export, `SmallGraphExports` says.
///
/// Self-loops are in all graphs of up to three nodes, and in a sample of those of four. Without
/// optimisation only a sample of the graphs of four nodes is run.
@Suite struct ExhaustiveGraphTests {
  /// One of `shardCount` parts of the cases, so that they run side by side.
  static let shardCount = 8

  #if DEBUG
    static let stride = 211
  #else
    static let stride = 1
  #endif

  @Test(arguments: 1...3)
  func `graphs with self-loops`(_ size: Int) {
    for edges in 0..<(1 << (size * size)) {
      for marks in 0..<(1 << (2 * size)) {
        check(SmallGraph(size: size, adjacency: edges, marks: marks))
      }
    }
  }

  @Test(arguments: 0..<shardCount)
  func `graphs of four nodes`(_ shard: Int) {
    var number = shard
    while number < 1 << 20 {
      let adjacency = SmallGraph.adjacencyWithoutLoops(number >> 8, size: 4)
      check(SmallGraph(size: 4, adjacency: adjacency, marks: number & 0xFF))
      number += Self.shardCount * Self.stride
    }
  }

  @Test func `a sample of the graphs of four nodes with self-loops`() {
    var number = 0
    while number < 1 << 24 {
      check(SmallGraph(size: 4, adjacency: number >> 8, marks: number & 0xFF))
      number += 331 * Self.stride
    }
  }

  private func check(_ graph: SmallGraph) {
    for settlesLastFirst in [false, true] {
      let problems = graph.problems(settlesLastFirst: settlesLastFirst)
      if !problems.isEmpty { Issue.record("\(graph): \(problems)") }
      // With one asynchronous node there is only one order.
      if graph.asyncMask.nonzeroBitCount < 2 { break }
    }
  }
}

/// A graph as bits: row `i` of the adjacency matrix says what node `i` imports.
struct SmallGraph: CustomStringConvertible {
  var size: Int
  var adjacency: Int
  var asyncMask: Int
  var throwingMask: Int

  init(size: Int, adjacency: Int, marks: Int) {
    self.size = size
    self.adjacency = adjacency
    asyncMask = marks & ((1 << size) - 1)
    throwingMask = marks >> size
  }

  /// Spreads bits over the matrix without its diagonal.
  static func adjacencyWithoutLoops(_ bits: Int, size: Int) -> Int {
    var bits = bits
    var adjacency = 0
    for cell in 0..<(size * size) where cell / size != cell % size {
      adjacency |= (bits & 1) << cell
      bits >>= 1
    }
    return adjacency
  }

  /// Of each node, whom it reaches, itself included.
  private func reach() -> [Int] {
    let row = (1 << size) - 1
    var reached = (0..<size).map { adjacency >> ($0 * size) & row | 1 << $0 }
    for through in 0..<size {
      for node in 0..<size where reached[node] >> through & 1 == 1 {
        reached[node] |= reached[through]
      }
    }
    return reached
  }

  func edges(of node: Int) -> [Int] {
    (0..<size).filter { adjacency >> (node * size + $0) & 1 == 1 }
  }

  private func isAsync(_ node: Int) -> Bool { asyncMask >> node & 1 == 1 }
  private func isThrowing(_ node: Int) -> Bool { throwingMask >> node & 1 == 1 }

  /// As `Graph.init(_:)` reads it.
  var description: String {
    (0..<size).map { node in
      let marks = (isAsync(node) ? "~" : "") + (isThrowing(node) ? "!" : "")
      return "\(node)\(marks) > \(edges(of: node).map(String.init).joined(separator: " "))"
    }.joined(separator: "; ")
  }

  static let names = ["0", "1", "2", "3"]

  /// What is wrong after linking and evaluating node 0, and then each other node.
  func problems(settlesLastFirst: Bool) -> [String] {
    let agent = ModuleAgent.checked()
    let edges = (0..<size).map(edges(of:))
    let reached = reach()
    let evaluator = CountingEvaluator(edges: edges, reached: reached)
    agent.evaluator = evaluator
    let exports = SmallGraphExports(
      edges: edges, seed: adjacency << 8 | throwingMask << 4 | asyncMask)
    let records = (0..<size).map { node in
      var parsed = exports.parsed(node)
      if isAsync(node) { parsed.firstTopLevelAwait = SourceRange(0, 0) }
      return SourceTextModuleRecord(identifier: SmallGraph.names[node], parsed: parsed, in: agent)
    }
    // They retain each other, and there are hundreds of thousands of graphs.
    defer { for record in records { record.dispose() } }
    evaluator.records = records
    for node in 0..<size {
      if isThrowing(node) { evaluator.throwing[node] = Thrown(Self.names[node]) }
      for (request, target) in edges[node].enumerated() {
        records[node].setLoadedModule(records[target], request: request, in: agent)
      }
    }
    var problems: [String] = []
    // Looking at every step costs ten times the steps, so only some graphs are looked at so often.
    let looksAtSteps = (adjacency ^ asyncMask ^ throwingMask) % 13 == 0
    func look() { problems += GraphInvariants.violations(of: records) }

    for record in records {
      let link = LinkOperation(record, in: agent)
      while link.step() != nil { if looksAtSteps { look() } }
      if link.failure != nil { problems.append("does not link") }
    }
    problems += exports.problems(records, namespaces: 0..<(looksAtSteps ? size : 0))
    look()
    var model =
      asyncMask == 0
      ? EvaluationModel(edges: edges, throwing: Set((0..<size).filter(isThrowing))) : nil
    for (node, record) in records.enumerated() {
      let evaluate = EvaluateOperation(record, in: agent)
      while evaluate.step() != nil { if looksAtSteps { look() } }
      let started = evaluator.started.count
      while !evaluator.awaiting.isEmpty {
        evaluator.settleNext(lastFirst: settlesLastFirst)
        if looksAtSteps { look() }
      }
      if var expected = model {
        if evaluator.started.count != started { problems.append("ran something afterwards") }
        problems += differences(records, evaluator, evaluate.capability, expected.evaluate(node))
        problems += differences(records, evaluator, from: expected)
        model = expected
      } else {
        problems += asyncProblems(reached[node], records, evaluator, evaluate.capability)
      }
    }
    look()
    return problems
  }

  private func differences(
    _ records: [SourceTextModuleRecord], _ evaluator: CountingEvaluator,
    _ capability: EvaluationCapability, _ thrower: Int?
  ) -> [String] {
    let expected = thrower.map { "rejected \($0)" } ?? "fulfilled"
    return capability.word == expected ? [] : ["\(capability.word), not \(expected)"]
  }

  private func differences(
    _ records: [SourceTextModuleRecord], _ evaluator: CountingEvaluator,
    from model: EvaluationModel
  ) -> [String] {
    var problems: [String] = []
    if evaluator.started != model.order {
      problems.append("ran \(evaluator.started), not \(model.order)")
    }
    for (record, expected) in zip(records, model.statuses) {
      let isRight =
        switch (record.status, record.evaluationError, expected) {
        case (.linked, nil, .linked), (.evaluated, nil, .evaluated): true
        case (.evaluated, .thrown(let thrown as Thrown)?, .failed(let thrower)):
          thrown === evaluator.throwing[thrower]
        default: false
        }
      if !isRight { problems.append("\(record.identifier) is \(record.status), not \(expected)") }
    }
    return problems
  }

  /// What must hold of asynchronous graphs when nothing is awaited any more.
  private func asyncProblems(
    _ reached: Int, _ records: [SourceTextModuleRecord], _ evaluator: CountingEvaluator,
    _ capability: EvaluationCapability
  ) -> [String] {
    var problems: [String] = []
    if evaluator.startedMask.nonzeroBitCount != evaluator.started.count {
      problems.append("a body ran twice: \(evaluator.started)")
    }
    let fails = reached & throwingMask != 0
    switch capability.state {
    case .pending: problems.append("never settles")
    case .fulfilled: if fails { problems.append("hides an error") }
    case .rejected: if !fails { problems.append("fails without a reason") }
    }
    for node in 0..<size where !fails && reached >> node & 1 == 1 {
      if records[node].status == .evaluated { continue }
      problems.append("\(node) is \(records[node].status)")
    }
    if !fails && reached & ~evaluator.startedMask != 0 {
      problems.append("did not run all bodies: \(evaluator.started)")
    }
    problems += evaluator.early
    return problems
  }
}

/// Like `ScriptedEvaluator`, with as little work as possible. Sets of nodes are bits.
final class CountingEvaluator: ModuleEvaluator {
  var records: [SourceTextModuleRecord] = []
  var throwing: [Int: Thrown] = [:]
  private(set) var started: [Int] = []
  private(set) var startedMask = 0
  private(set) var awaiting: [(node: Int, settled: ((any ThrownValue)?) -> Void)] = []
  private(set) var early: [String] = []
  private var endedMask = 0
  private let edges: [[Int]]
  /// Of each node, whom it reaches, itself included.
  private let reached: [Int]

  init(edges: [[Int]], reached: [Int]) {
    self.edges = edges
    self.reached = reached
  }

  func initializeEnvironment(of module: SourceTextModuleRecord) {}

  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)? {
    let node = begin(module)
    endedMask |= 1 << node
    return throwing[node]
  }

  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)? { nil }

  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void
  ) {
    awaiting.append((begin(module), settled))
  }

  private func begin(_ module: SourceTextModuleRecord) -> Int {
    guard let node = records.firstIndex(where: { $0 === module }) else { return 0 }
    started.append(node)
    startedMask |= 1 << node
    for other in edges[node] where endedMask >> other & 1 == 0 {
      // Of its own cycle, a dependency may come later.
      if reached[other] >> node & 1 == 0 { early.append("\(node) ran before \(other) had ended") }
    }
    return node
  }

  func settleNext(lastFirst: Bool) {
    let (node, settled) = lastFirst ? awaiting.removeLast() : awaiting.removeFirst()
    endedMask |= 1 << node
    settled(throwing[node])
  }
}
