/// The part of a graph that a person can look at: all of it, or where it is larger, the modules from which
/// it is entered, its cycles with the ways to them, and what is nearest.
struct GraphExcerpt {
  let graph: ModuleGraph
  /// How many imports of each module of the excerpt are not in it.
  let missing: [Int]
  /// The number in the whole graph of each cycle of the excerpt.
  private let cycles: [Int]

  /// As many modules as a picture is laid out for.
  private static let limit = 200
  /// As many of these as need not lie on cycles or on the way to one.
  private static let plainLimit = 80
  /// More modules of one cycle are a ring on which nobody finds a way.
  private static let ringLimit = 40
  private static let unansweredLimit = 40

  init(_ whole: ModuleGraph) {
    guard whole.nodes.count > Self.limit else {
      graph = whole
      missing = []
      cycles = Array(whole.cycles.indices)
      return
    }
    let chosen = Choice(whole).nodes
    var positions: [Int: Int] = [:]
    for (position, node) in chosen.enumerated() { positions[node] = position }
    var edges: [ModuleGraph.Edge] = []
    var missing = Array(repeating: 0, count: chosen.count)
    var unanswered = 0
    for edge in whole.edges {
      guard let from = positions[edge.from] else { continue }
      if edge.to == nil { unanswered += 1 }
      let to = edge.to.flatMap { positions[$0] }
      if to != nil || (edge.to == nil && unanswered <= Self.unansweredLimit) {
        edges.append(
          ModuleGraph.Edge(from: from, to: to, specifier: edge.specifier, phase: edge.phase))
      } else {
        missing[from] += 1
      }
    }
    let graph = ModuleGraph(nodes: chosen.map { whole.nodes[$0] }, edges: edges)
    self.graph = graph
    self.missing = missing
    cycles = graph.cycles.map { members in
      members.first.flatMap { whole.cycleOf[chosen[$0]] } ?? 0
    }
  }

  /// By its number in the whole graph; how much of it is there, if not all.
  func title(ofCycle cycle: Int, in whole: ModuleGraph) -> String {
    let (drawn, all) = (graph.cycles[cycle].count, whole.cycles[cycles[cycle]].count)
    return "cycle \(cycles[cycle] + 1)" + (drawn < all ? ": \(drawn) of \(all)" : "")
  }
}

extension GraphExcerpt {
  /// Chooses modules.
  private struct Choice {
    let whole: ModuleGraph
    private var isChosen: [Bool]
    private var count = 0
    /// How many modules of each cycle are chosen.
    private var countOfCycle: [Int]
    /// From which module each is reached first, breadth first.
    private var parents: [Int?]
    private var reached: [Int] = []

    /// In the order of the graph.
    var nodes: [Int] { isChosen.indices.filter { isChosen[$0] } }

    init(_ whole: ModuleGraph) {
      self.whole = whole
      isChosen = Array(repeating: false, count: whole.nodes.count)
      countOfCycle = Array(repeating: 0, count: whole.cycles.count)
      parents = Array(repeating: nil, count: whole.nodes.count)
      let roots = whole.roots
      reach(from: roots)
      for root in roots.prefix(GraphExcerpt.limit / 4) { choose(root) }
      for cycle in whole.cycles.indices { choose(cycle: cycle) }
      for node in reached where count < GraphExcerpt.plainLimit {
        let isCrowded =
          whole.cycleOf[node].map { countOfCycle[$0] >= GraphExcerpt.ringLimit } ?? false
        if !isCrowded { choose(node) }
      }
    }

    private mutating func reach(from roots: [Int]) {
      var isReached = isChosen
      for root in roots { isReached[root] = true }
      reached = roots
      var next = 0
      while next < reached.count {
        let node = reached[next]
        next += 1
        for edge in whole.outgoing[node] {
          guard let to = whole.edges[edge].to, !isReached[to] else { continue }
          isReached[to] = true
          parents[to] = node
          reached.append(to)
        }
      }
    }

    private mutating func choose(_ node: Int) {
      if isChosen[node] { return }
      isChosen[node] = true
      count += 1
      if let cycle = whole.cycleOf[node] { countOfCycle[cycle] += 1 }
    }

    /// A cycle, or a shortest way round it, with the way to it; nothing if there is no room for that.
    private mutating func choose(cycle: Int) {
      let members = whole.cycles[cycle]
      guard let first = members.first else { return }
      var wanted = members.count > GraphExcerpt.ringLimit ? whole.path(around: cycle) : members
      var step = parents[first]
      while let node = step {
        wanted.append(node)
        step = parents[node]
      }
      let new = Set(wanted.filter { !isChosen[$0] })
      guard count + new.count <= GraphExcerpt.limit else { return }
      for node in new { choose(node) }
    }
  }
}
