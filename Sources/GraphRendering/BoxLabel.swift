/// The text in a module's box, and the size that it needs.
struct BoxLabel {
  var lines: [String]
  /// The whole text, where a line was cut.
  var title: String
  var size: Size

  static let lineHeight = 15.0
  static let padding = 10.0
  /// The width of a character of a monospaced font of 12 pixels; a little more than any has.
  static let characterWidth = 7.4

  private static let limit = 30

  init(lines: [String], title: String) {
    self.lines = lines.map { Self.cut($0) }
    self.title = title
    let columns = self.lines.reduce(8) { max($0, Self.columns($1)) }
    size = Size(
      width: Double(columns) * Self.characterWidth + 2 * Self.padding,
      height: Double(lines.count) * Self.lineHeight + 1.2 * Self.padding)
  }

  init(unanswered specifier: String) {
    self.init(lines: ["? " + specifier], title: "No module has been answered to \(specifier).")
  }

  /// The labels of all modules. Specifiers are shown in small graphs, where they are not the names.
  static func all(of graph: ModuleGraph) -> [BoxLabel] {
    let showsSpecifiers = graph.nodes.count <= 60
    var specifiers: [[String]] = Array(repeating: [], count: graph.nodes.count)
    for edge in graph.edges {
      guard let to = edge.to, edge.specifier != graph.nodes[to].name,
        !specifiers[to].contains(edge.specifier)
      else { continue }
      specifiers[to].append(edge.specifier)
    }
    return graph.nodes.enumerated().map { index, node in
      var lines = [node.name, "\(node.glyph) \(node.status.rawValue)"]
      if showsSpecifiers, !specifiers[index].isEmpty {
        lines.append(specifiers[index].map { "\"\($0)\"" }.joined(separator: ", "))
      }
      let asked =
        specifiers[index].isEmpty
        ? "" : ", asked for as " + specifiers[index].map { "\"\($0)\"" }.joined(separator: ", ")
      return BoxLabel(lines: lines, title: "\(node.name): \(node.status.rawValue)\(asked)")
    }
  }

  /// The columns of a text; letters of East Asia and pictures take two.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { count, scalar in
      if scalar.properties.generalCategory == .nonspacingMark { return count }
      return count
        + ((0x1100...0x115F).contains(scalar.value)
          || (0x2E80...0xD7A3).contains(scalar.value) || scalar.value >= 0xF900 ? 2 : 1)
    }
  }

  /// Cut in the middle: the end of a path says more than what stands before it.
  static func cut(_ text: String) -> String {
    guard columns(text) > limit else { return text }
    let characters = Array(text)
    var head = 8
    var tail = limit - 9
    while head + tail > 2 {
      let cut = String(characters.prefix(head)) + "…" + String(characters.suffix(tail))
      if columns(cut) <= limit { return cut }
      if head > 3 { head -= 1 } else { tail -= 1 }
    }
    return "…"
  }
}
