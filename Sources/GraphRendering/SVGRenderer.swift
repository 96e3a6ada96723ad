internal import CEmbeddedText
internal import TextTemplates

/// The graph as a picture, laid out here: imports lead to the right, each cycle is a ring of its own.
/// It follows the viewer's choice of light or dark.
public enum SVGRenderer {
  /// Of a graph too large to be looked at, an excerpt with its cycles.
  public static func render(_ whole: ModuleGraph) -> String {
    let excerpt = GraphExcerpt(whole)
    let graph = excerpt.graph
    let directory = graph.commonDirectory
    let layout = GraphLayout(
      graph, labels: BoxLabel.all(of: graph, directory: directory, missing: excerpt.missing))
    let margin = 24.0
    let legend = self.legend(whole, excerpt, directory)
    let width = max(layout.size.width, Double(legend.columns) * 7.4) + 2 * margin
    let height = layout.size.height + 2 * margin + 28
    var text = ""
    for (cycle, frame) in layout.frames.enumerated() {
      text += "<rect class=\"cycle\" \(attributes(of: frame)) rx=\"14\"/>\n"
      text += "<text class=\"cycle-title\" x=\"\(number(frame.x + 14))\" "
      text += "y=\"\(number(frame.y + 19))\">\(excerpt.title(ofCycle: cycle, in: whole))</text>\n"
    }
    for arrow in layout.arrows.sorted(by: { !$0.isInCycle && $1.isInCycle }) {
      text += self.text(of: arrow, in: graph)
    }
    for (node, box) in layout.boxes.enumerated() {
      let module = graph.nodes[node]
      let classes = "module \(module.status.rawValue)\(module.isSynthetic ? " synthetic" : "")"
      text += self.text(of: box, layout.labels[node], classes)
    }
    for request in layout.unanswered { text += self.text(of: request.box, request.label, "open") }
    return EmbeddedText.picture.filled([
      "width": number(width), "height": number(height), "title": escaped(title(whole)),
      "style": style, "markers": markers, "margin": number(margin), "graph": text,
      "legendLine": number(height - 16), "legend": legend.text,
    ]) + "\n"
  }

  // MARK: - Pieces

  private static func text(of box: Rectangle, _ label: BoxLabel, _ classes: String) -> String {
    var text = "<g class=\"\(classes)\"><title>\(escaped(label.title))</title>"
    text += "<rect \(attributes(of: box)) rx=\"\(classes.contains("synthetic") ? 18 : 6)\"/>"
    for (index, line) in label.lines.enumerated() {
      let y = box.y + 0.6 * BoxLabel.padding + BoxLabel.lineHeight * (Double(index) + 0.75)
      let name = index == 0 ? "name" : index == 1 ? "status" : "asked"
      text += "<text class=\"\(name)\" x=\"\(number(box.x + BoxLabel.padding))\" "
      text += "y=\"\(number(y))\">\(escaped(line))</text>"
    }
    return text + "</g>\n"
  }

  static func text(of arrow: GraphLayout.Arrow, in graph: ModuleGraph) -> String {
    var classes = arrow.isInCycle ? "edge turning" : "edge"
    let edges = arrow.edges.map { graph.edges[$0] }
    if edges.contains(where: { $0.phase != nil || $0.to == nil }) { classes += " later" }
    let asked = edges.map { edge in
      "\(graph.nodes[edge.from].name) imports \"\(edge.specifier)\""
        + (edge.phase.map { " (\($0))" } ?? "")
    }
    let marker = arrow.isInCycle ? "turn" : "head"
    return "<path class=\"\(classes)\" marker-end=\"url(#\(marker))\" "
      + "d=\"\(path(arrow.way))\"><title>\(escaped(asked.joined(separator: "\n")))</title></path>\n"
  }

  static func path(_ way: GraphLayout.Way) -> String {
    switch way {
    case .bent(let start, let middle, let end):
      return "M\(pair(start))Q\(pair(middle)) \(pair(end))"
    case .loop(let box):
      let (x, y) = (box.right, box.y)
      return "M\(pair(Point(x - 28, y)))C\(pair(Point(x - 28, y - 24))) "
        + "\(pair(Point(x + 18, y - 24))) \(pair(Point(x - 8, y)))"
    case .through(let points):
      guard let first = points.first else { return "" }
      var text = "M\(pair(first))"
      var last = first
      for point in points.dropFirst() {
        if point.y == last.y {
          text += "L\(pair(point))"
        } else {
          let middle = (last.x + point.x) / 2
          text += "C\(pair(Point(middle, last.y))) \(pair(Point(middle, point.y))) \(pair(point))"
        }
        last = point
      }
      return text
    }
  }

  private static func title(_ graph: ModuleGraph) -> String {
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    return count(graph.nodes.count, "module") + ", " + count(graph.edges.count, "import") + ", "
      + count(graph.cycles.count, "cycle")
  }

  /// What is drawn, and the statuses that occur, with how many modules have each.
  private static func legend(
    _ graph: ModuleGraph, _ excerpt: GraphExcerpt, _ directory: String
  ) -> (text: String, columns: Int) {
    var words = title(graph)
    let drawn = excerpt.graph.nodes.count
    if drawn < graph.nodes.count {
      words += "; \(drawn) are drawn, with what is on cycles first; dot and json have them all"
    }
    if !directory.isEmpty { words += "; names are in \(directory)" }
    var text = escaped(words)
    var columns = BoxLabel.columns(words)
    for status in ModuleGraph.Status.allCases {
      let nodes = graph.nodes.filter { $0.status == status }
      guard let glyph = nodes.first?.glyph else { continue }
      let words = "\(glyph) \(nodes.count) \(status.rawValue)"
      text += "<tspan class=\"\(status.rawValue)\" dx=\"18\">\(escaped(words))</tspan>"
      columns += words.count + 3
    }
    return (text, columns)
  }

  private static let style: String = {
    func rules(_ color: (ModuleGraph.Status) -> String) -> String {
      ModuleGraph.Status.allCases.map { status in
        ".\(status.rawValue) rect{stroke:\(color(status))}"
          + ".\(status.rawValue) .status,tspan.\(status.rawValue){fill:\(color(status))}"
      }.joined(separator: "\n")
    }
    func heads(_ edge: String, _ cycle: String) -> String {
      ".edge{stroke:\(edge)}.head{fill:\(edge)}.turning{stroke:\(cycle)}.turn{fill:\(cycle)}"
        + ".cycle{stroke:\(cycle)}.cycle-title{fill:\(cycle)}"
    }
    return EmbeddedText.pictureStyle.filled([
      "lightHeads": heads("#9ca3af", "#c2410c"), "lightStatuses": rules(StatusPalette.light),
      "darkHeads": heads("#6b7280", "#fb923c"), "darkStatuses": rules(StatusPalette.dark),
    ])
  }()

  /// The heads of arrows.
  static let markers = marker("head") + "\n" + marker("turn")

  private static func marker(_ name: String) -> String {
    "<marker id=\"\(name)\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" "
      + "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
      + "<path class=\"\(name)\" d=\"M0 0.5L8 4L0 7.5z\"/></marker>"
  }

  static func attributes(of box: Rectangle) -> String {
    "x=\"\(number(box.x))\" y=\"\(number(box.y))\" width=\"\(number(box.width))\" "
      + "height=\"\(number(box.height))\""
  }

  private static func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }

  /// With one decimal at most.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : String(Double(tenths) / 10)
  }

  static func escaped(_ text: String) -> String { MarkupText.escaped(text) }
}
