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
    self.init(lines: ["? " + specifier], title: "\(specifier) has no module yet.")
  }

  /// The labels of all modules. Specifiers are shown in small graphs, where they say more than the
  /// names.
  ///
  /// - Parameters:
  ///   - directory: What all names begin with, and no label says again.
  ///   - missing: How many imports of each module are not in the picture.
  static func all(
    of graph: ModuleGraph, directory: String = "", missing: [Int] = []
  ) -> [BoxLabel] {
    let showsSpecifiers = graph.nodes.count <= 60
    var specifiers: [[String]] = Array(repeating: [], count: graph.nodes.count)
    for edge in graph.edges {
      guard let to = edge.to, edge.specifier != graph.nodes[to].name,
        !specifiers[to].contains(edge.specifier)
      else { continue }
      specifiers[to].append(edge.specifier)
    }
    return graph.nodes.enumerated().map { index, node in
      let name = String(node.name.dropFirst(directory.count))
      let status = "\(node.glyph) \(node.status.rawValue)"
      var lines = [name, status + (node.format.map { " \($0)" } ?? "")]
      let telling = specifiers[index].filter { !isPath($0, of: node.name) }
      if showsSpecifiers, !telling.isEmpty {
        lines.append(telling.map { "\"\($0)\"" }.joined(separator: ", "))
      }
      if missing.indices.contains(index), missing[index] > 0 {
        lines.append("+ \(missing[index]) import\(missing[index] == 1 ? "" : "s")")
      }
      let asked =
        specifiers[index].isEmpty
        ? "" : ", asked for as " + specifiers[index].map { "\"\($0)\"" }.joined(separator: ", ")
      return BoxLabel(lines: lines, title: "\(node.name): \(node.status.rawValue)\(asked)")
    }
  }

  /// Whether a specifier is a relative path of the file that the module is named after.
  private static func isPath(_ specifier: String, of name: String) -> Bool {
    guard specifier.hasPrefix("./") || specifier.hasPrefix("../"), name.contains("."),
      let last = specifier.split(separator: "/").last
    else { return false }
    return name == last || name.hasSuffix("/\(last)")
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
