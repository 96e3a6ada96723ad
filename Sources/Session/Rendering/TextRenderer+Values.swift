import ModuleSyntax

extension TextRenderer {
  /// The table of `bindings`.
  package func bindings(_ rows: [BindingRow]) -> String {
    if rows.isEmpty { return "no bindings\n" }
    var table = TextTable()
    table.addHead(["NAME", "KIND", "FROM", "VALUE"])
    for row in rows {
      table.add([
        TextTable.Cell(TerminalText.clean(row.name)),
        TextTable.Cell(row.kind.rawValue),
        TextTable.Cell(
          row.origin.map { TerminalText.clean("\($0.module).\(quotedIfOdd($0.export))") } ?? "–"),
        value(row.text, row.isInitialized),
      ])
    }
    return table.text(painter)
  }

  /// The exports of a namespace object with their values.
  package func namespace(_ rows: [NamespaceRow]) -> String {
    if rows.isEmpty { return "no exports\n" }
    var table = TextTable()
    table.addHead(["EXPORT", "VALUE"])
    for row in rows {
      table.add([
        TextTable.Cell(TerminalText.clean(quotedIfOdd(row.name))),
        value(row.text, row.isInitialized),
      ])
    }
    return table.text(painter)
  }

  private func value(_ text: String, _ isInitialized: Bool) -> TextTable.Cell {
    isInitialized
      ? TextTable.Cell(TerminalText.clean(text))
      : TextTable.Cell("uninitialised (TDZ)", .warning)
  }

  /// What `resolve` answers, and a line of `rules`.
  package func rule(_ row: RuleRow) -> String {
    var text = "rule \(row.number)   \(TerminalText.clean(row.rule.text))\n"
    if let warning = row.warning {
      text += "  " + painter.paint("warning", .warning) + " " + TerminalText.clean(warning) + "\n"
    }
    return text
  }

  func warning(_ text: String) -> String {
    "  " + painter.paint("warning", .warning) + " " + TerminalText.clean(text) + "\n"
  }

  /// `rules`: in the order in which they are tried.
  package func rules(_ rows: [RuleRow], namesAreOn: Bool = true) -> String {
    var table = TextTable()
    table.limit = 60
    for row in rows {
      table.add([
        TextTable.Cell("rule \(row.number)"),
        TextTable.Cell(TerminalText.cut(TerminalText.clean(row.rule.text), to: width - 32)),
        TextTable.Cell(times(row.rule.hits), .dim),
      ])
    }
    table.add([
      TextTable.Cell("names", .dim),
      TextTable.Cell(
        namesAreOn
          ? "a specifier that is the name of a registered module" : "off (option names on)", .dim),
    ])
    table.add([TextTable.Cell("built-in", .dim), TextTable.Cell("vm and node:vm", .dim)])
    return table.text(painter)
  }

  private func times(_ count: Int) -> String {
    switch count {
    case 0: return "never answered"
    case 1: return "answered once"
    default: return "answered \(count) times"
    }
  }

  /// `which`: every rule tried, the one that answers last.
  package func trials(_ trials: [RuleTrial]) -> String {
    var table = TextTable()
    table.limit = 60
    func columns(_ text: (RuleTrial) -> String) -> Int {
      trials.map { TerminalText.width(TerminalText.clean(text($0))) }.max() ?? 0
    }
    let isWide = 8 + columns(\.what) + columns(\.detail) + columns(\.reason) > width
    for trial in trials {
      let mark = TextTable.Cell(trial.answers ? "→" : "·", trial.answers ? .strong : .dim)
      let what = TextTable.Cell(TerminalText.clean(trial.what))
      let detail = TerminalText.clean(trial.detail)
      let reason = TextTable.Cell(
        TerminalText.clean(trial.reason), trial.answers ? .strong : .dim)
      if isWide {
        let room = width - 6 - columns(\.what)
        table.add([mark, what, TextTable.Cell(TerminalText.cut(detail, to: room))])
        table.add([TextTable.Cell(""), TextTable.Cell(""), reason])
      } else {
        table.add([mark, what, TextTable.Cell(detail), reason])
      }
    }
    return table.text(painter, gaps: [0: 1])
  }

  /// `show`: the source with line numbers, then the entries.
  package func listing(_ listing: ModuleListing) -> String {
    var text = module(listing.row, names: [listing.row.name])
    if let words = listing.row.commonJS {
      text += "  It is CommonJS: \(TerminalText.clean(words)).\n"
    }
    if let source = listing.source {
      let first = source.lineOffset + 1
      var lines: [String] = []
      while let line = source.line(first + lines.count) {
        lines.append(line)
        if lines.count > 100_000 { break }
      }
      if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
      let digits = String(first + lines.count - 1).count
      for (index, line) in lines.enumerated() {
        let number = String(first + index)
        let gutter = String(repeating: " ", count: digits - number.count) + number + " │"
        let further = String(repeating: " ", count: digits) + " │"
        let clean = TerminalText.clean(line, keepingLines: true)
        let rows = TerminalText.rows(of: clean, to: max(20, width - digits - 5))
        for (row, part) in rows.enumerated() {
          text += "  \(painter.paint(row == 0 ? gutter : further, .dim)) \(part)\n"
        }
      }
    }
    var table = TextTable()
    table.limit = 60
    for entry in listing.entries {
      table.add([
        TextTable.Cell("  " + entry.kind, .dim),
        TextTable.Cell(TerminalText.clean(entry.text)),
        TextTable.Cell(entry.position.map { "\($0.line):\($0.column)" } ?? "", .dim),
      ])
    }
    if let place = listing.topLevelAwait {
      table.add([
        TextTable.Cell("  top-level await", .dim), TextTable.Cell("yes"),
        TextTable.Cell("\(place.line):\(place.column)", .dim),
      ])
    }
    return text + table.text(painter)
  }
}
