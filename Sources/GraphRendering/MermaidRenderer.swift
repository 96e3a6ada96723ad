/// The graph in Mermaid's language, which documents on the web draw.
public enum MermaidRenderer {
  public static func render(_ graph: ModuleGraph) -> String {
    var text = "flowchart TD\n"
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
          edge.specifier == graph.nodes[to].name ? "" : "|\(quoted(edge.specifier))|"
        text += "  m\(edge.from) \(arrow)\(label) m\(to)\n"
        if let cycle = graph.cycleOf[edge.from], cycle == graph.cycleOf[to] {
          cyclic.append(number)
        }
      } else {
        text += "  m\(edge.from) \(arrow) q\(number)[\(quoted("? " + edge.specifier))]\n"
      }
    }
    if !cyclic.isEmpty {
      let list = cyclic.map(String.init).joined(separator: ",")
      text += "  linkStyle \(list) stroke:#c2410c,stroke-width:2px\n"
    }
    for status in ModuleGraph.Status.allCases
    where graph.nodes.contains(where: { $0.status == status }) {
      text += "  classDef \(status.rawValue) stroke:\(StatusPalette.light(status))\n"
    }
    return text
  }

  private static func line(of node: Int, in graph: ModuleGraph) -> String {
    let module = graph.nodes[node]
    let label = quoted(module.name, "\(module.glyph) \(module.status.rawValue)")
    let shape = module.isSynthetic ? "([\(label)])" : "[\(label)]"
    return "  m\(node)\(shape):::\(module.status.rawValue)\n"
  }

  /// Mermaid knows numbered entities in quoted text, and no backslashes.
  private static func quoted(_ lines: String...) -> String {
    "\"" + lines.map(escaped).joined(separator: "<br/>") + "\""
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "<", ">", "&", "#", ";", "|", "`": result += "#\(scalar.value);"
      default:
        if scalar.value < 0x20 { result += " " } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }
}
