internal import GraphRendering
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

// The graph, its cycles, and the order in which it is evaluated.
extension Session {
  // MARK: - graph

  func graph(
    _ name: String?, _ format: GraphFormat, at moment: SessionMoment? = nil
  ) throws -> CommandOutcome {
    let moment = try moment ?? name.map { try present(under: $0) } ?? present
    let roots = try name.map { [try entry($0, at: moment)] } ?? moment.entries
    let graph = graph(from: roots, at: moment)
    return CommandOutcome(result: self.json(graph)) { [self] in
      $0.graph(graph, format, json: format == .json ? json(graph) : .null)
    }
  }

  /// What can be reached from some modules at a moment.
  func graph(from roots: [ModuleEntry], at moment: SessionMoment) -> ModuleGraph {
    let ids = roots.map(\.module.record.id)
    return ModuleGraph(moment.snapshot, roots: ids) { module in
      guard let made = host.module(module.id) else {
        return ModuleGraph.Node(
          name: module.identifier, status: .unlinked, glyph: ModuleStatusWord.unlinked.glyph)
      }
      let status = moment.mark(of: made)
      let isReplaced =
        moment.transition == nil && (made.payload as? ModuleEntry)?.isReplaced == true
      return ModuleGraph.Node(
        name: self.name(of: made) + (isReplaced ? " (replaced)" : ""),
        status: ModuleGraph.Status(rawValue: status.rawValue) ?? .unlinked, glyph: status.glyph,
        isSynthetic: module.kind == .synthetic,
        format: (made.payload as? ModuleEntry)?.commonJS.map { _ in "CommonJS" })
    }
  }

  func json(_ graph: ModuleGraph) -> JSONValue {
    func name(_ node: Int) -> JSONValue { .string(graph.nodes[node].name) }
    let nodes = graph.nodes.enumerated().map { index, node -> JSONValue in
      [
        "name": .string(node.name), "kind": node.isSynthetic ? "synthetic" : "source",
        "status": .string(node.status.nodeWord),
        "cycle": .optional(graph.cycleOf[index].map { $0 + 1 }),
      ]
    }
    let edges = graph.edges.compactMap { edge -> JSONValue? in
      edge.to.map {
        ["from": name(edge.from), "to": name($0), "specifier": .string(edge.specifier)]
      }
    }
    let unanswered = graph.edges.compactMap { edge -> JSONValue? in
      edge.to == nil ? ["from": name(edge.from), "specifier": .string(edge.specifier)] : nil
    }
    return [
      "nodes": .array(nodes), "edges": .array(edges),
      "components": .array(graph.components.map { .array($0.map(name)) }),
      "unanswered": .array(unanswered),
    ]
  }

  // MARK: - cycles

  func listCycles(at moment: SessionMoment? = nil) -> CommandOutcome {
    let moment = moment ?? present
    let graph = graph(from: moment.entries, at: moment)
    let result: JSONValue = [
      "cycles": .array(
        graph.cycles.indices.map { cycle in
          [
            "modules": .strings(graph.cycles[cycle].map { graph.nodes[$0].name }),
            "path": .strings(graph.path(around: cycle).map { graph.nodes[$0].name }),
            "edges": .array(
              graph.edges(inside: cycle).map { edge in
                [
                  "from": .string(graph.nodes[edge.from].name),
                  "to": .optional(edge.to.map { graph.nodes[$0].name }),
                  "specifier": .string(edge.specifier),
                ]
              }),
          ]
        })
    ]
    return CommandOutcome(result: result) { $0.cycles(graph) }
  }

  // MARK: - order

  func order(_ name: String, at moment: SessionMoment? = nil) throws -> CommandOutcome {
    let moment = try moment ?? present(under: name)
    let root = try entry(name, at: moment)
    let order = EvaluationOrder(from: root.module.record.id, in: moment.snapshot)
    let rows = order.entries.compactMap { entry -> OrderRow? in
      guard let module = host.module(entry.module) else { return nil }
      var waitsFor: [String] = []
      for awaited in entry.waitsFor.compactMap({ host.module($0) }).map({ self.name(of: $0) })
      where !waitsFor.contains(awaited) { waitsFor.append(awaited) }
      return OrderRow(
        name: self.name(of: module), status: moment.status(of: module),
        mark: moment.mark(of: module), dfsIndex: entry.dfsIndex,
        dfsAncestorIndex: entry.dfsAncestorIndex, component: entry.component,
        isInCycle: entry.isInCycle, asyncOrder: entry.asyncOrder, waitsFor: waitsFor,
        pending: entry.pendingAsyncDependencies)
    }
    var unanswered: [String] = []
    for entry in order.entries {
      for request in moment[entry.module]?.requests ?? [] where request.module == nil {
        let module = host.module(entry.module).map { self.name(of: $0) } ?? ""
        unanswered.append("\(quoted(request.specifier)) of \(module)")
      }
    }
    return CommandOutcome(result: ["modules": .array(rows.map { $0.json() })]) {
      [unanswered, hints = usable(["link \(quotedName(name))"])] in
      $0.order(rows, unanswered: unanswered, hints: hints)
    }
  }

  // MARK: - states

  func states(_ name: String?, at moment: SessionMoment? = nil) throws -> CommandOutcome {
    host.recordTransitions()
    let moment = moment ?? present
    let shown = try name.map { [try entry($0, at: moment)] } ?? moment.entries
    var diagram = StateDiagram()
    for entry in shown {
      diagram.add(
        entry.name, status: moment.status(of: entry.module),
        isWaiting: moment[entry]?.status == .evaluatingAsync)
    }
    var rows: [TransitionRow] = []
    if let only = name.flatMap({ _ in shown.first }) {
      let id = only.module.record.id
      for (index, entry) in timeline.entries.prefix(moment.transition ?? .max).enumerated()
      where entry.module == id {
        rows.append(
          TransitionRow(
            number: index + 1, module: entry.name, from: entry.from.rawValue,
            to: entry.to.rawValue, command: "", beginsCommand: false))
      }
    }
    var states: [JSONValue.Member] = []
    for status in ModuleStatusWord.nodeWords {
      states.append(.init(status.rawValue, .strings(diagram.modules(in: status))))
    }
    var result: [JSONValue.Member] = [.init("states", .object(states))]
    if name != nil { result.append(.init("transitions", .array(rows.map { $0.json() }))) }
    return CommandOutcome(result: .object(result)) { [diagram, rows] renderer in
      diagram.text(renderer.painter, width: renderer.width) + renderer.transitions(rows, of: name)
    }
  }
}
