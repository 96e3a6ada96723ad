internal import GraphRendering

/// A graph as a tree that a person can read: each module's imports stand under it the first time; an
/// edge to a module that stands elsewhere says where, and an edge that closes a cycle says so.
struct TreeRenderer {
  let graph: ModuleGraph
  let painter: TextPainter
  let width: Int

  private struct Line {
    var branch: String
    var name: String
    var isRepeated = false
    var glyph = ""
    var status = ""
    var style = TextStyle.plain
    var specifier = ""
    var mark = ""
  }

  private struct Frame {
    var node: Int
    var prefix: String
    var nextEdge = 0
  }

  init(graph: ModuleGraph, painter: TextPainter, width: Int) {
    self.graph = graph
    self.painter = painter
    self.width = width
  }

  /// Nobody reads more lines than these.
  private static let limit = 400
  private static let cycleLimit = 20

  func render() -> String {
    var walk = Walk(graph: graph, depthLimit: max(4, min(16, (width - 40) / 3)))
    walk.run()
    let nameWidth =
      walk.lines.map { TerminalText.width($0.branch) + TerminalText.width($0.name) }
      .map { min($0, 44) }.max() ?? 0
    let hasWaiting = walk.lines.contains { $0.status == ModuleStatusWord.evaluatingAsync.rawValue }
    let statusWidth = hasWaiting ? 18 : 12
    let specifierWidth = walk.lines.map { min(TerminalText.width($0.specifier), 28) }.max() ?? 0
    var text = ""
    for line in walk.lines.prefix(Self.limit) {
      text += self.text(line, nameWidth, specifierWidth, statusWidth)
    }
    if walk.lines.count > Self.limit {
      text += "… \(walk.lines.count - Self.limit) more lines"
      text += "   \(painter.paint("try", .hint))   --format svg, dot or json, which have them all\n"
    }
    return text + summary
  }

  private func text(
    _ line: Line, _ nameWidth: Int, _ specifierWidth: Int, _ statusWidth: Int
  ) -> String {
    var text = painter.paint(line.branch, .dim)
    text += painter.paint(line.name, line.isRepeated ? .dim : .plain)
    var rest: [(text: String, style: TextStyle, width: Int)] = []
    if !line.status.isEmpty {
      rest.append(
        (
          TerminalText.padded(line.glyph + " " + line.status, to: statusWidth), line.style,
          statusWidth
        ))
    }
    if specifierWidth > 0 {
      rest.append((line.specifier, .dim, specifierWidth))
    }
    rest.append((line.mark, .warning, 0))
    var missing =
      max(0, nameWidth - TerminalText.width(line.branch) - TerminalText.width(line.name)) + 3
    for part in rest {
      if !part.text.isEmpty {
        text +=
          String(repeating: " ", count: missing) + painter.paint(trimmed(part.text), part.style)
        missing = max(0, part.width - TerminalText.width(trimmed(part.text))) + 3
      } else {
        missing += part.width + 3
      }
    }
    return text + "\n"
  }

  /// Without the spaces at its end.
  private func trimmed(_ text: String) -> String {
    guard text.utf8.last == UInt8(ascii: " ") else { return text }
    return text.utf8.lastIndex { $0 != UInt8(ascii: " ") }.map { String(text[...$0]) } ?? ""
  }

  private var summary: String {
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    var parts = [count(graph.nodes.count, "module"), count(graph.edges.count, "import")]
    let unanswered = graph.edges.reduce(0) { $0 + ($1.to == nil ? 1 : 0) }
    if unanswered > 0 { parts.append("\(unanswered) without a module") }
    var text = painter.paint(parts.joined(separator: ", "), .dim) + "\n"
    let renderer = TextRenderer(painter: painter, width: width)
    for cycle in graph.cycles.indices.prefix(Self.cycleLimit) {
      text += painter.paint("cycle \(cycle + 1)", .warning) + "   "
      text += renderer.path(around: cycle, in: graph) + "\n"
    }
    if graph.cycles.count > Self.cycleLimit {
      text += "… \(graph.cycles.count - Self.cycleLimit) more cycles\n"
    }
    return text
  }
}

extension TreeRenderer {
  private struct Walk {
    let graph: ModuleGraph
    let depthLimit: Int
    var lines: [Line] = []
    private var isShown: [Bool]
    private var isOpen: [Bool]
    /// Modules whose imports would stand too far right, and are shown further down.
    private var continued: [Int] = []

    init(graph: ModuleGraph, depthLimit: Int) {
      self.graph = graph
      self.depthLimit = depthLimit
      isShown = Array(repeating: false, count: graph.nodes.count)
      isOpen = isShown
    }

    mutating func run() {
      for root in graph.roots { tree(from: root) }
      var next = 0
      while next < continued.count {
        tree(from: continued[next], isContinued: true)
        next += 1
      }
    }

    private mutating func tree(from root: Int, isContinued: Bool = false) {
      if isShown[root], !isContinued { return }
      isShown[root] = true
      var line = self.line(root, branch: "")
      if isContinued { line.mark = joined("continued", line.mark) }
      lines.append(line)
      var frames = [Frame(node: root, prefix: "")]
      isOpen[root] = true
      while let top = frames.indices.last {
        let frame = frames[top]
        let edges = graph.outgoing[frame.node]
        guard frame.nextEdge < edges.count else {
          isOpen[frame.node] = false
          frames.removeLast()
          continue
        }
        frames[top].nextEdge += 1
        let isLast = frames[top].nextEdge == edges.count
        let branch = frame.prefix + (isLast ? "└─ " : "├─ ")
        if let node = show(graph.edges[edges[frame.nextEdge]], branch, depth: frames.count) {
          frames.append(Frame(node: node, prefix: frame.prefix + (isLast ? "   " : "│  ")))
          isOpen[node] = true
        }
      }
    }

    /// Adds the line of an edge. The module whose imports come next under it, if any do.
    private mutating func show(_ edge: ModuleGraph.Edge, _ branch: String, depth: Int) -> Int? {
      let specifier = TerminalText.clean(quoted(edge.specifier))
      guard let node = edge.to else {
        lines.append(
          Line(
            branch: branch, name: specifier, glyph: "?", status: "no module yet", style: .warning)
        )
        return nil
      }
      var line = self.line(node, branch: branch)
      if edge.specifier != graph.nodes[node].name {
        line.specifier = TerminalText.cut(specifier, to: 28)
      }
      if let phase = edge.phase { line.specifier = joined(line.specifier, "(\(phase))") }
      if isOpen[node] {
        line.isRepeated = true
        line.mark = edge.from == node ? "⟲ itself" : "⟲ closes \(cycleName(node))"
      } else if isShown[node] {
        line.isRepeated = true
        let inCycle = graph.cycleOf[node] != nil && graph.cycleOf[node] == graph.cycleOf[edge.from]
        line.mark = inCycle ? "↑ above, \(cycleName(node))" : "↑ above"
      } else {
        isShown[node] = true
        if graph.outgoing[node].isEmpty {
          lines.append(line)
          return nil
        }
        if depth >= depthLimit {
          line.mark = joined(line.mark, "↓ continued below")
          continued.append(node)
          lines.append(line)
          return nil
        }
        lines.append(line)
        return node
      }
      lines.append(line)
      return nil
    }

    private func line(_ node: Int, branch: String) -> Line {
      let module = graph.nodes[node]
      return Line(
        branch: branch, name: TerminalText.clean(module.name), glyph: module.glyph,
        status: module.status.rawValue,
        style: ModuleStatusWord(rawValue: module.status.rawValue).map { .status($0) } ?? .plain,
        mark: joined(module.format ?? "", graph.cycleOf[node] == nil ? "" : cycleName(node)))
    }

    private func cycleName(_ node: Int) -> String {
      graph.cycleOf[node].map { "cycle \($0 + 1)" } ?? "a cycle"
    }

    private func joined(_ first: String, _ second: String) -> String {
      first.isEmpty ? second : second.isEmpty ? first : "\(first)   \(second)"
    }
  }
}
