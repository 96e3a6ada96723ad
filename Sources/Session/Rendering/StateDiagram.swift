/// The state machine of modules, drawn in 80 columns, with the modules in their places.
struct StateDiagram {
  private var names: [ModuleStatusWord: [(name: String, isWaiting: Bool)]] = [:]
  private var hasWaiting = false
  /// At most so many lines of names in a box.
  private let limit = 10

  /// `isWaiting`: the record is `evaluating-async`, for which Node has no word.
  mutating func add(_ name: String, status: ModuleStatusWord, isWaiting: Bool = false) {
    names[status, default: []].append((name, isWaiting))
    if isWaiting { hasWaiting = true }
  }

  func modules(in status: ModuleStatusWord) -> [String] {
    (names[status] ?? []).map(\.name)
  }

  private static let width = 78

  func text(_ painter: TextPainter, width: Int) -> String {
    if width < Self.width { return list(painter, width: width) + legend }
    let row: [ModuleStatusWord] = [.unlinked, .linking, .linked, .evaluating, .evaluated]
    let boxes = row.map { lines(of: $0, width: 12, painter) }
    let height = boxes.map(\.count).max() ?? 0
    func border(_ left: String, _ right: String) -> String {
      row.map { _ in left + String(repeating: "─", count: 12) + right }.joined(separator: "  ")
        + "\n"
    }
    var text = border("╭", "╮")
    for line in 0..<height {
      let parts = boxes.map { box in
        "│" + (line < box.count ? box[line] : String(repeating: " ", count: 12)) + "│"
      }
      text += parts.joined(separator: line == 0 ? painter.paint("─▶", .dim) : "  ") + "\n"
    }
    text += border("╰", "╯")
    return text + arrows(painter) + errored(painter) + legend
  }

  /// Without the arrows, for terminals on which they have no room.
  private func list(_ painter: TextPainter, width: Int) -> String {
    var text = ""
    for status in ModuleStatusWord.nodeWords {
      let title = TerminalText.padded("\(status.glyph) \(status.rawValue)", to: 15)
      let all = (names[status] ?? []).map {
        TerminalText.clean($0.name) + ($0.isWaiting ? " ⋯" : "")
      }
      let shown = all.prefix(30) + (all.count > 30 ? ["… \(all.count - 30) more"] : [])
      let lines = TerminalText.folded(
        shown.isEmpty ? "–" : shown.joined(separator: ", "), to: max(12, width - 15))
      text += painter.paint(title, .status(status))
      text += lines.joined(separator: "\n" + String(repeating: " ", count: 15)) + "\n"
    }
    return text
  }

  private func lines(
    of status: ModuleStatusWord, width: Int, _ painter: TextPainter
  ) -> [String] {
    let title = TerminalText.padded("\(status.glyph) \(status.rawValue)", to: width)
    return [painter.paint(title, .status(status))] + listed(status, width: width)
  }

  private func listed(_ status: ModuleStatusWord, width: Int) -> [String] {
    let all = names[status] ?? []
    let shown = all.count > limit ? limit - 1 : all.count
    var lines = all.prefix(shown).map { module in
      let mark = module.isWaiting ? " ⋯" : ""
      let name = cut(TerminalText.clean(module.name), to: width - 2 - TerminalText.width(mark))
      return TerminalText.padded(" " + name + mark, to: width)
    }
    if shown < all.count {
      lines.append(TerminalText.padded(" … \(all.count - shown) more", to: width))
    }
    return lines
  }

  /// The end of a path says more than its beginning.
  private func cut(_ name: String, to limit: Int) -> String {
    guard TerminalText.width(name) > limit else { return name }
    guard name.contains("/") else { return TerminalText.cut(name, to: limit) }
    var kept = ""
    for character in name.reversed() {
      if TerminalText.width(kept) + TerminalText.width(character) >= limit { break }
      kept.append(character)
    }
    return "…" + String(kept.reversed())
  }

  private func arrows(_ painter: TextPainter) -> String {
    let lines = [
      "      ▲               │ │                             │               │",
      "      ╰───────────────╯ ╰─────────────╮ ╭─────────────┴───────────────╯",
      "  a name is not exported              │ │   a body throws, or what it awaits",
      "                      a wrong answer  ▼ ▼   rejects",
    ]
    return lines.map { painter.paint($0, .dim) + "\n" }.joined()
  }

  private func errored(_ painter: TextPainter) -> String {
    let indent = String(repeating: " ", count: 32)
    var text = indent + "╭────────────╮\n"
    for line in lines(of: .errored, width: 12, painter) { text += indent + "│\(line)│\n" }
    return text + indent + "╰────────────╯\n"
  }

  private var legend: String {
    hasWaiting
      ? "⋯ evaluating-async: the body, or one that it depends on, waits for a promise\n" : ""
  }
}
