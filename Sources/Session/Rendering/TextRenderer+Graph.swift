internal import GraphRendering

extension TextRenderer {
  // MARK: - timeline

  /// Transitions under the commands that made them.
  package func timeline(_ rows: [TransitionRow]) -> String {
    if rows.isEmpty { return "nothing has happened yet\n" }
    let names = EventRenderer.nameWidth(of: rows.lazy.map(\.module))
    var text = ""
    for row in rows {
      if row.beginsCommand {
        text += painter.paint(TerminalText.cut(TerminalText.clean(row.command), to: width), .dim)
        text += "\n"
      }
      text += line(row, digits: String(rows.count).count, names: names)
    }
    return text
  }

  /// A graph in one of its forms; `json` is its own value.
  func graph(_ graph: ModuleGraph, _ format: GraphFormat, json: JSONValue) -> String {
    switch format {
    case .text: self.graph(graph)
    case .json: json.text + "\n"
    case .dot: DOTRenderer.render(graph)
    case .mermaid: MermaidRenderer.render(graph)
    case .svg: SVGRenderer.render(graph)
    }
  }

  private func line(_ row: TransitionRow, digits: Int, names: Int) -> String {
    let number = String(row.number)
    let padding = String(repeating: " ", count: max(0, digits - number.count))
    let name = TerminalText.padded(TerminalText.clean(row.module), to: names)
    return "  \(padding)\(number)   \(name)"
      + "\(painter.status(row.from)) \(painter.paint("→", .dim)) \(painter.status(row.to))\n"
  }

  /// The transitions of one module, after the diagram of states.
  func transitions(_ rows: [TransitionRow], of name: String?) -> String {
    guard let name else { return "" }
    if rows.isEmpty { return "\(TerminalText.clean(name)) has had no transition yet\n" }
    let digits = String(rows.last?.number ?? 0).count
    let names = EventRenderer.nameWidth(of: CollectionOfOne(name))
    return rows.map { line($0, digits: digits, names: names) }.joined()
  }

  // MARK: - order

  /// The order of evaluation; `unanswered` are requests without a module yet.
  func order(_ rows: [OrderRow], unanswered: [String], hints: [String]) -> String {
    func number(_ number: Int?) -> String { number.map(String.init) ?? "–" }
    let hasAsync = rows.contains { $0.asyncOrder != nil }
    var table = TextTable()
    table.limit = 60
    var titles = ["", "", "NAME", "STATUS", "DFS", "ANCESTOR", "COMPONENT"]
    if hasAsync { titles += ["ASYNC", "WAITS FOR"] }
    table.addHead(titles)
    let digits = String(rows.count).count
    for (index, row) in rows.enumerated() {
      let place = String(index + 1)
      var cells = [
        TextTable.Cell(TerminalText.spaces(digits - place.count) + place, .dim),
        TextTable.Cell(row.mark.glyph, .status(row.mark)),
        TextTable.Cell(TerminalText.clean(row.name)),
        TextTable.Cell(row.status.rawValue, .status(row.mark)),
        TextTable.Cell(number(row.dfsIndex)),
        TextTable.Cell(number(row.dfsAncestorIndex)),
        TextTable.Cell(
          "\(row.component)\(row.isInCycle ? " cycle" : "")", row.isInCycle ? .warning : .plain),
      ]
      if hasAsync {
        cells.append(TextTable.Cell(number(row.asyncOrder)))
        cells.append(
          TextTable.Cell(
            row.waitsFor.isEmpty ? "–" : TerminalText.clean(row.waitsFor.joined(separator: ", "))))
      }
      table.add(cells)
    }
    if hasAsync { table.fold([titles.count - 1], to: width, gaps: [0: 1, 1: 1]) }
    var text = table.text(painter, gaps: [0: 1, 1: 1])
    if !unanswered.isEmpty {
      let shown = unanswered.prefix(4).joined(separator: ", ")
      let more = unanswered.count > 4 ? " and \(unanswered.count - 4) more" : ""
      text += painter.paint("no module yet for", .warning) + " " + TerminalText.clean(shown) + more
      text += "\n" + self.hints(hints)
    }
    return text
  }

  // MARK: - graph

  func graph(_ graph: ModuleGraph) -> String {
    if graph.nodes.isEmpty {
      return "no modules   " + painter.paint("try", .hint) + "   module main = console.log(42)\n"
    }
    return TreeRenderer(graph: graph, painter: painter, width: width).render()
  }

  // MARK: - cycles

  func cycles(_ graph: ModuleGraph) -> String {
    if graph.cycles.isEmpty { return "no cycles" + openRequests(graph) + "\n" }
    var text = ""
    for cycle in graph.cycles.indices {
      let members = graph.cycles[cycle]
      text += painter.paint("cycle \(cycle + 1)", .warning)
      text += "   \(members.count) modules   \(path(around: cycle, in: graph))\n"
      var table = TextTable()
      let edges = graph.edges(inside: cycle)
      for edge in edges.prefix(40) {
        guard let to = edge.to else { continue }
        table.add([
          TextTable.Cell("  " + TerminalText.clean(graph.nodes[edge.from].name)),
          TextTable.Cell("→", .dim),
          TextTable.Cell(TerminalText.clean(graph.nodes[to].name)),
          TextTable.Cell(TerminalText.clean(quoted(edge.specifier)), .dim),
        ])
      }
      text += table.text(painter, gaps: [0: 1, 1: 1])
      if edges.count > 40 { text += "  … \(edges.count - 40) more edges\n" }
    }
    return text
  }

  /// What nobody has asked for yet may close a cycle.
  private func openRequests(_ graph: ModuleGraph) -> String {
    let count = graph.edges.reduce(0) { $0 + ($1.to == nil ? 1 : 0) }
    guard count > 0 else { return "" }
    let root = graph.roots.first { graph.nodes[$0].status == .unlinked }
    return (count == 1 ? " yet: 1 request has" : " yet: \(count) requests have") + " no module"
      + (root.map { "   \(painter.paint("try", .hint))   link \(quotedName(graph.nodes[$0].name))" }
        ?? "")
  }

  /// `a → b → a`, the middle of a long way left out.
  func path(around cycle: Int, in graph: ModuleGraph) -> String {
    let names = graph.path(around: cycle).map { TerminalText.clean(graph.nodes[$0].name) }
    if names.count <= 8 { return names.joined(separator: " → ") }
    return (names.prefix(4) + ["… \(names.count - 6) more …"] + names.suffix(2))
      .joined(separator: " → ")
  }
}
