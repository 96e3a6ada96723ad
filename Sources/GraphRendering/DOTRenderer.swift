/// The graph in Graphviz's language.
public enum DOTRenderer {
  public static func render(_ graph: ModuleGraph) -> String {
    var text = """
      digraph modules {
        rankdir=LR;
        node [shape=box, style="rounded,filled", fillcolor=white, fontname="sans-serif"];
        edge [fontname="sans-serif", fontsize=10];

      """
    for (cycle, members) in graph.cycles.enumerated() {
      text += "  subgraph cluster_cycle\(cycle + 1) {\n"
      text += "    label=\"cycle \(cycle + 1)\"; color=\"#c2410c\"; fontcolor=\"#c2410c\";\n"
      for node in members { text += "  " + line(of: node, in: graph) }
      text += "  }\n"
    }
    for node in graph.nodes.indices where graph.cycleOf[node] == nil {
      text += line(of: node, in: graph)
    }
    for (number, edge) in graph.edges.enumerated() {
      var attributes: [String] = []
      let target: String
      if let to = edge.to {
        target = "m\(to)"
        if edge.specifier != graph.nodes[to].name {
          attributes.append("label=\(quoted(edge.specifier))")
        }
        if let cycle = graph.cycleOf[edge.from], cycle == graph.cycleOf[to] {
          attributes.append("color=\"#c2410c\", penwidth=2")
        }
      } else {
        target = "q\(number)"
        text += "  \(target) [label=\(quoted(edge.specifier)), style=dashed];\n"
        attributes.append("style=dashed")
      }
      if edge.phase != nil { attributes.append("style=dotted") }
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      text += "  m\(edge.from) -> \(target)\(list);\n"
    }
    return text + "}\n"
  }

  private static func line(of node: Int, in graph: ModuleGraph) -> String {
    let module = graph.nodes[node]
    let label = quoted("\(module.name)\n\(module.glyph) \(module.status.rawValue)")
    let style = module.isSynthetic ? ", shape=component" : ""
    let color = StatusPalette.light(module.status)
    return "  m\(node) [label=\(label), color=\"\(color)\"\(style)];\n"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      // Graphviz reads entities in labels.
      case "&": result += "&amp;"
      default:
        if scalar.value < 0x20 { result += " " } else { result.unicodeScalars.append(scalar) }
      }
    }
    return result + "\""
  }
}
