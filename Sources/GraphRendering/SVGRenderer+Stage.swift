internal import CEmbeddedText
internal import TextTemplates

extension SVGRenderer {
  /// What is seen of a stage.
  public struct StageState {
    /// The status of each node and its glyph; nil for what is not there.
    public var statuses: [(status: ModuleGraph.Status, glyph: String)?]
    /// The edges that are there, as the page calls them.
    public var edges: Set<Int>
    /// The edges that are asked for and not there yet.
    public var asking: Set<Int>
    /// The nodes that have lost their names.
    public var replaced: Set<Int>

    public init(
      statuses: [(status: ModuleGraph.Status, glyph: String)?], edges: Set<Int>, asking: Set<Int>,
      replaced: Set<Int>
    ) {
      self.statuses = statuses
      self.edges = edges
      self.asking = asking
      self.replaced = replaced
    }
  }

  /// The picture of a graph of which parts come and go: every part says by its attributes what it
  /// stands for, and the page that holds the picture shows and hides them. It has no style of its own
  /// beside `stageStyle`.
  ///
  /// - Parameters:
  ///   - edges: What the page calls each edge.
  ///   - state: What is seen before the page shows anything else.
  ///   - label: The identifier of the element that says the same in words.
  public static func stage(
    _ graph: ModuleGraph, edges: [Int], showing state: StageState, label: String
  ) -> String {
    let layout = GraphLayout(graph)
    let margin = 14.0
    let width = layout.size.width + 2 * margin
    let height = layout.size.height + 2 * margin
    var text = ""
    let seen = ModuleGraph(
      nodes: graph.nodes,
      edges: zip(graph.edges, edges).filter { state.edges.contains($1) }.map(\.0))
    for (cycle, frame) in layout.frames.enumerated() {
      let members = graph.cycles[cycle]
      let isThere = seen.cycles.contains { Set($0).isSubset(of: members) }
      text += "<g class=\"ring\(isThere ? "" : " gone")\" "
      text += "data-members=\"\(members.map(String.init).joined(separator: " "))\">"
      text += "<rect class=\"cycle\" \(attributes(of: frame)) rx=\"14\"/>"
      text += "<text class=\"cycle-title\" x=\"\(number(frame.x + 14))\" "
      text += "y=\"\(number(frame.y + 19))\">cycle</text></g>\n"
    }
    for arrow in layout.arrows.sorted(by: { !$0.isInCycle && $1.isInCycle }) {
      let numbers = arrow.edges.map { edges[$0] }
      let visible =
        !state.edges.isDisjoint(with: numbers)
        ? "" : state.asking.isDisjoint(with: numbers) ? " class=\"gone\"" : " class=\"asking\""
      text += "<g\(visible) data-edges=\"\(numbers.map(String.init).joined(separator: " "))\">"
      text += self.text(of: arrow, in: graph) + "</g>\n"
    }
    for (node, box) in layout.boxes.enumerated() {
      let shown = state.statuses[node]
      let kind =
        (graph.nodes[node].isSynthetic ? " synthetic" : "")
        + (state.replaced.contains(node) ? " replaced" : "")
      let name = escaped(graph.nodes[node].name)
      text += "<g class=\"module \(shown.map { $0.status.rawValue + kind } ?? "gone")\" "
      text += "data-node=\"\(node)\">"
      text += "<title>\(name)\(shown.map { ": " + $0.status.rawValue } ?? "")</title>"
      text += "<rect class=\"box\" \(attributes(of: box)) rx=\"6\"/>"
      for (index, line) in layout.labels[node].lines.enumerated() {
        let status = shown.map { "\($0.glyph) \($0.status.rawValue)" } ?? ""
        text += self.line(index == 1 ? status : line, index, in: box)
      }
      text += "</g>\n"
    }
    for request in layout.unanswered {
      let isThere = state.edges.contains(edges[request.edge])
      text += "<g class=\"open\(isThere ? "" : " gone")\" data-edges=\"\(edges[request.edge])\">"
      text += "<title>\(escaped(request.label.title))</title>"
      text += "<rect class=\"box\" \(attributes(of: request.box)) rx=\"6\"/>"
      for (index, line) in request.label.lines.enumerated() {
        text += self.line(line, index, in: request.box)
      }
      text += "</g>\n"
    }
    return EmbeddedText.stage.filled([
      "width": number(width), "height": number(height), "label": label, "markers": markers,
      "margin": number(margin), "graph": text,
    ])
  }

  private static func line(_ text: String, _ index: Int, in box: Rectangle) -> String {
    let y = box.y + 0.6 * BoxLabel.padding + BoxLabel.lineHeight * (Double(index) + 0.75)
    let name = index == 0 ? "name" : index == 1 ? "status" : "asked"
    return "<text class=\"\(name)\" x=\"\(number(box.x + BoxLabel.padding))\" "
      + "y=\"\(number(y))\">\(escaped(text))</text>"
  }

  /// `--unlinked` and so on: the colours of the statuses as properties of style sheets.
  public static func statusProperties(isDark: Bool) -> String {
    ModuleGraph.Status.allCases.map { status in
      let color = isDark ? StatusPalette.dark(status) : StatusPalette.light(status)
      return "--\(status.rawValue): \(color);"
    }.joined(separator: " ")
  }

  /// Wants `--text`, `--faint`, `--panel`, `--line`, `--turn` and `--turn-ground` beside the statuses.
  public static let stageStyle: String = {
    let statuses = ModuleGraph.Status.allCases.map { status in
      ".stage .\(status.rawValue) .box { stroke: var(--\(status.rawValue)) }\n"
        + ".stage .\(status.rawValue) .status { fill: var(--\(status.rawValue)) }"
    }.joined(separator: "\n")
    return EmbeddedText.stageStyle.filled(["statuses": statuses])
  }()
}
