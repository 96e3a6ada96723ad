/// The graph in Mermaid's language, which documents on the web draw.
public enum MermaidRenderer {
  public static func render(_ graph: ModuleGraph) -> String {
    var text = "flowchart TD\n"
    if graph.edges.count > edgeLimit {
      text += "%% Mermaid draws \(edgeLimit) edges; these \(graph.edges.count) need maxEdges in "
      text += "mermaid.initialize, and perhaps maxTextSize.\n"
    }
    for (cycle, members) in graph.cycles.enumerated() {
      text += "  subgraph cycle\(cycle + 1)[\"cycle \(cycle + 1)\"]\n"
      for node in members { text += "  " + line(of: node, in: graph) }
      text += "  end\n"
    }
    for node in graph.nodes.indices where graph.cycleOf[node] == nil {
      text += line(of: node, in: graph)
    }
    var cyclic: [Int] = []
    for (number, edge) in graph.edges.enumerated() {
      let arrow = edge.to == nil || edge.phase != nil ? "-.->" : "-->"
      if let to = edge.to {
        let label =
          edge.specifier == graph.nodes[to].name ? "" : "|\(label(edge.specifier))|"
        text += "  m\(edge.from) \(arrow)\(label) m\(to)\n"
        if let cycle = graph.cycleOf[edge.from], cycle == graph.cycleOf[to] {
          cyclic.append(number)
        }
      } else {
        text += "  m\(edge.from) \(arrow) q\(number)[\"? \(escaped(edge.specifier))\"]\n"
      }
    }
    if !cyclic.isEmpty {
      let list = cyclic.map(String.init).joined(separator: ",")
      text += "  linkStyle \(list) stroke:#c2410c,stroke-width:2px\n"
    }
    for status in ModuleGraph.Status.allCases
    where graph.nodes.contains(where: { $0.status == status }) {
      text += "  classDef \(name(of: status)) stroke:\(StatusPalette.light(status))\n"
    }
    return text
  }

  private static func line(of node: Int, in graph: ModuleGraph) -> String {
    let module = graph.nodes[node]
    let label = "\"\(escaped(module.name))<br/>\(module.glyph) \(module.status.rawValue)\""
    let shape = module.isSynthetic ? "([\(label)])" : "[\(label)]"
    return "  m\(node)\(shape):::\(name(of: module.status))\n"
  }

  /// Of a class, which is one word.
  private static func name(of status: ModuleGraph.Status) -> String {
    status.rawValue.replacing("-", with: "")
  }

  /// Mermaid draws no more edges unless the page that holds the picture says so.
  private static let edgeLimit = 500

  /// Quoted text of Mermaid's cannot be empty.
  private static func label(_ specifier: String) -> String {
    specifier.isEmpty ? "\"#34;#34;\"" : "\"\(escaped(specifier))\""
  }

  /// Mermaid knows numbered entities in quoted text, and no backslashes. More than quotes must be
  /// written so: a line with `direction TB` or `style:#` in it is read as a statement wherever that
  /// stands, `%%{` begins a directive, and what is left is read as Markdown.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      // Decoded, `$$` begins mathematics, `\\n` is a line break and `fa:fa-` a picture.
      let isMarkup =
        previous == "$" && scalar == "$" || previous == "\\" && scalar == "n"
        || previous == ":" && scalar == "f"
      if isMarkup { result += "#8203;" }
      let stands =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar == "." || scalar == "/" || (scalar == "-" && previous != "-")
        || scalar.properties.generalCategory == .nonspacingMark
      if stands {
        result.unicodeScalars.append(scalar)
      } else {
        result += "#\(isControl(scalar) ? 32 : scalar.value);"
      }
      previous = scalar
    }
    return result
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }
}
