extension SVGRenderer {
  /// The picture of a graph of which parts come and go: every part says by its attributes what it
  /// stands for, and the page that holds the picture shows and hides them. It has no style of its own
  /// beside `stageStyle`.
  ///
  /// - Parameter edges: What the page calls each edge.
  public static func stage(_ graph: ModuleGraph, edges: [Int]) -> String {
    let layout = GraphLayout(graph)
    let margin = 14.0
    let width = layout.size.width + 2 * margin
    let height = layout.size.height + 2 * margin
    var text = """
      <svg class="stage" viewBox="0 0 \(number(width)) \(number(height))" \
      width="\(number(width))" height="\(number(height))" aria-hidden="true">
      <defs>
      \(marker("head"))
      \(marker("turn"))
      </defs>
      <g transform="translate(\(number(margin)) \(number(margin)))">

      """
    for (cycle, frame) in layout.frames.enumerated() {
      let members = graph.cycles[cycle].map(String.init).joined(separator: " ")
      text += "<g class=\"ring\" data-members=\"\(members)\">"
      text += "<rect class=\"cycle\" \(attributes(of: frame)) rx=\"14\"/>"
      text += "<text class=\"cycle-title\" x=\"\(number(frame.x + 14))\" "
      text += "y=\"\(number(frame.y + 19))\">cycle</text></g>\n"
    }
    for arrow in layout.arrows.sorted(by: { !$0.isInCycle && $1.isInCycle }) {
      let numbers = arrow.edges.map { String(edges[$0]) }.joined(separator: " ")
      text += "<g data-edges=\"\(numbers)\">" + self.text(of: arrow, in: graph) + "</g>\n"
    }
    for (node, box) in layout.boxes.enumerated() {
      text += "<g class=\"module\" data-node=\"\(node)\"><title></title>"
      text += "<rect class=\"box\" \(attributes(of: box)) rx=\"6\"/>"
      for (index, line) in layout.labels[node].lines.enumerated() {
        text += self.line(line, index, in: box)
      }
      text += "</g>\n"
    }
    for request in layout.unanswered {
      text += "<g class=\"open\" data-edges=\"\(edges[request.edge])\">"
      text += "<title>\(escaped(request.label.title))</title>"
      text += "<rect class=\"box\" \(attributes(of: request.box)) rx=\"6\"/>"
      for (index, line) in request.label.lines.enumerated() {
        text += self.line(line, index, in: request.box)
      }
      text += "</g>\n"
    }
    return text + "</g>\n</svg>\n"
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
    return """
      .stage text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
        fill: var(--text) }
      .stage .box { fill: var(--panel); stroke-width: 1.6; stroke: var(--line) }
      .stage .synthetic .box { rx: 18px }
      .stage .open .box { stroke-dasharray: 4 3 }
      .stage .errored .box { stroke-width: 2.6 }
      .stage .name { font-weight: 600 }
      .stage .asked, .stage .open text { fill: var(--faint) }
      .stage .edge { fill: none; stroke-width: 1.2; stroke: var(--edge) }
      .stage .head { fill: var(--edge) }
      .stage .turning { stroke-width: 2; stroke: var(--turn) }
      .stage .turn { fill: var(--turn) }
      .stage .later { stroke-dasharray: 5 4 }
      .stage .cycle { fill: var(--turn-ground); stroke: var(--turn); stroke-width: 1.6;
        stroke-dasharray: 7 4 }
      .stage .cycle-title { font-weight: 600; fill: var(--turn) }
      \(statuses)
      """
  }()
}
