public import ModuleLinking
import ModuleSyntax

/// A module graph as it is drawn: modules by position, and what they ask for.
public struct ModuleGraph: Sendable {
  /// Node's words for statuses, and the specification's for a module whose evaluation goes on.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case unlinked, linking, linked, evaluating
    case evaluatingAsync = "evaluating-async"
    case evaluated, errored

    public var nodeWord: String {
      self == .evaluatingAsync ? Self.evaluated.rawValue : rawValue
    }
  }

  public struct Node: Hashable, Sendable {
    public var name: String
    public var status: Status
    /// The status as a single character.
    public var glyph: String
    public var isSynthetic: Bool
    /// What a synthetic module stands for, `CommonJS`; nil where that is nothing else.
    public var format: String?
    /// Nothing in the graph imports it, or it was asked for.
    public var isRoot: Bool

    public init(
      name: String, status: Status, glyph: String, isSynthetic: Bool = false,
      format: String? = nil, isRoot: Bool = false
    ) {
      self.name = name
      self.status = status
      self.glyph = glyph
      self.isSynthetic = isSynthetic
      self.format = format
      self.isRoot = isRoot
    }
  }

  public struct Edge: Hashable, Sendable {
    public var from: Int
    /// Nil while the request is not answered.
    public var to: Int?
    public var specifier: String
    /// `defer` or `source`, for requests that do not evaluate the module.
    public var phase: String?

    public init(from: Int, to: Int?, specifier: String, phase: String? = nil) {
      self.from = from
      self.to = to
      self.specifier = specifier
      self.phase = phase
    }
  }

  public private(set) var nodes: [Node]
  public private(set) var edges: [Edge]
  /// The numbers of the edges that leave each node, in the order of its requests.
  public private(set) var outgoing: [[Int]]
  /// Strongly connected components, dependencies first; each in the order of the nodes.
  public private(set) var components: [[Int]]
  /// Each node's component.
  public private(set) var componentOf: [Int]
  /// The components with more than one module, in the order of their first nodes: cycle 1, 2, ….
  public private(set) var cycles: [[Int]]
  /// Each node's cycle, from 0; nil outside of cycles.
  public private(set) var cycleOf: [Int?]

  public init(nodes: [Node], edges: [Edge]) {
    self.nodes = nodes
    self.edges = edges
    outgoing = Array(repeating: [], count: nodes.count)
    for (number, edge) in edges.enumerated() { outgoing[edge.from].append(number) }
    let successors = outgoing.map { $0.compactMap { edges[$0].to } }
    components = StronglyConnectedComponents.of(successors)
    componentOf = Array(repeating: 0, count: nodes.count)
    cycleOf = Array(repeating: nil, count: nodes.count)
    for (number, component) in components.enumerated() {
      for node in component { componentOf[node] = number }
    }
    cycles = components.filter { $0.count > 1 }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    for (number, cycle) in cycles.enumerated() {
      for node in cycle { cycleOf[node] = number }
    }
  }

  /// What can be reached from `roots` in a snapshot, depth first.
  ///
  /// - Parameter describe: The name and the rest of a module.
  public init(
    _ snapshot: GraphSnapshot, roots: [ModuleID], describe: (GraphSnapshot.Module) -> Node
  ) {
    var modules: [ModuleID: GraphSnapshot.Module] = [:]
    for module in snapshot.modules { modules[module.id] = module }
    var positions: [ModuleID: Int] = [:]
    var found: [GraphSnapshot.Module] = []
    var work = Array(roots.reversed())
    while let id = work.popLast() {
      guard positions[id] == nil, let module = modules[id] else { continue }
      positions[id] = found.count
      found.append(module)
      for request in module.requests.reversed() {
        if let next = request.module, positions[next] == nil { work.append(next) }
      }
    }
    var nodes = found.map(describe)
    var isImported = Array(repeating: false, count: nodes.count)
    var edges: [Edge] = []
    for (from, module) in found.enumerated() {
      for request in module.requests {
        let to = request.module.flatMap { positions[$0] }
        if let to, to != from { isImported[to] = true }
        edges.append(
          Edge(
            from: from, to: to, specifier: request.specifier,
            phase: request.phase == .evaluation ? nil : request.phase.rawValue))
      }
    }
    for node in nodes.indices where !isImported[node] { nodes[node].isRoot = true }
    self.init(nodes: nodes, edges: edges)
  }

  /// The modules from which the tree of the whole graph is drawn: those that nothing imports, then
  /// the first of each part that only a cycle leads to.
  public var roots: [Int] {
    var roots = nodes.indices.filter { nodes[$0].isRoot }
    var isReached = Array(repeating: false, count: nodes.count)
    func reach(_ start: Int) {
      var work = [start]
      while let node = work.popLast() {
        if isReached[node] { continue }
        isReached[node] = true
        work += outgoing[node].compactMap { edges[$0].to }
      }
    }
    for root in roots { reach(root) }
    for node in nodes.indices where !isReached[node] {
      roots.append(node)
      reach(node)
    }
    return roots
  }

  /// A shortest way round a cycle, from its first module back to it.
  public func path(around cycle: Int) -> [Int] {
    guard let start = cycles[cycle].first else { return [] }
    var previous: [Int: Int] = [:]
    var waiting = [start]
    var next = 0
    while next < waiting.count {
      let node = waiting[next]
      next += 1
      for edge in outgoing[node] {
        guard let to = edges[edge].to, cycleOf[to] == cycle else { continue }
        if to == start, node != start {
          var path = [start]
          var step = node
          while step != start {
            path.append(step)
            step = previous[step] ?? start
          }
          return [start] + path.reversed()
        }
        if to != start, previous[to] == nil {
          previous[to] = node
          waiting.append(to)
        }
      }
    }
    return [start]
  }
}

extension ModuleGraph {
  /// The edges between the modules of a cycle.
  public func edges(inside cycle: Int) -> [Edge] {
    cycles[cycle].flatMap { node in
      outgoing[node].map { edges[$0] }.filter { $0.to.map { cycleOf[$0] == cycle } ?? false }
    }
  }

  /// The directories that all names begin with, `src/lib/`; empty when there are none.
  var commonDirectory: String {
    guard let first = nodes.first?.name, nodes.count > 1 else { return "" }
    var parts = first.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for node in nodes where !parts.isEmpty {
      let others = node.name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      parts = parts.prefix(zip(parts, others).prefix { $0 == $1 }.count)
    }
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }
}
