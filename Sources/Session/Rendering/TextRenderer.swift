/// Results as text. Nothing here prints; each function returns whole lines.
package struct TextRenderer: Sendable {
  package var painter: TextPainter
  /// The columns of the terminal, or what is taken for them.
  package var width: Int

  /// For files, scripts, transcripts and pipes: what no terminal decides is the same everywhere.
  package static let plain = TextRenderer(hasColor: false, width: 100)

  package init(hasColor: Bool, width: Int = 100) {
    painter = TextPainter(hasColor: hasColor)
    self.width = width
  }

  init(painter: TextPainter, width: Int) {
    self.painter = painter
    self.width = width
  }

  package func diagnostic(_ diagnostic: Diagnostic) -> String {
    DiagnosticRenderer(painter: painter, width: width).render(diagnostic)
  }

  package func error(_ error: CommandError, in command: ScriptCommand? = nil) -> String {
    diagnostic(Diagnostic(error, in: command))
  }

  package func events(names: some Sequence<String>) -> EventRenderer {
    EventRenderer(painter: painter, names: names)
  }

  /// A module right after a command made or changed it; `names` set the column.
  package func module(_ row: ModuleRow, names: some Sequence<String>) -> String {
    let width = EventRenderer.nameWidth(of: names)
    let name = TerminalText.padded(TerminalText.clean(row.name) + "   ", to: width)
    let kind = TerminalText.padded(row.kind.rawValue, to: 12)
    let padding = TerminalText.spaces(max(3, 11 - row.status.rawValue.utf8.count))
    var facts: [String] = []
    if row.commonJS != nil { facts.append("CommonJS") }
    if row.context != "main" { facts.append("in \(TerminalText.clean(row.context))") }
    if !row.requests.isEmpty {
      facts.append("requests " + row.requests.map { specifier(of: $0) }.joined(separator: ", "))
    }
    if row.exports.count > 0 || !row.stars.isEmpty { facts.append("exports " + exports(row)) }
    let line = name + kind + painter.status(row.status.rawValue)
    guard !facts.isEmpty else { return line + "\n" }
    let indent = TerminalText.width(name + kind + row.status.rawValue + padding)
    let lines = TerminalText.wrapped(
      TerminalText.clean(facts.joined(separator: "   ")), to: max(24, self.width - indent))
    return line + padding
      + lines.joined(separator: "\n" + TerminalText.spaces(indent)) + "\n"
  }

  /// The table of `status`.
  package func status(_ rows: [ModuleRow]) -> String {
    if rows.isEmpty {
      return "no modules   " + painter.paint("try", .hint) + "   module main = console.log(42)\n"
    }
    let table = table(rows, hasErrors: rows.contains { $0.error != nil })
    if table.width(gaps: [0: 1]) <= width {
      return table.text(painter, gaps: [0: 1]) + fields(rows)
    }
    // What the errors are is told below, where there is room for it.
    return self.table(rows, hasErrors: false).text(painter, gaps: [0: 1]) + errors(rows)
      + fields(rows)
  }

  private func errors(_ rows: [ModuleRow]) -> String {
    var text = ""
    for row in rows {
      guard let error = row.error else { continue }
      let line = "✗ \(TerminalText.clean(row.name))   \(self.text(of: error))"
      text += painter.paint(TerminalText.cut(line, to: width), .error) + "\n"
    }
    return text
  }

  private func text(of error: ErrorReport) -> String {
    TerminalText.clean(error.code ?? error.message)
  }

  private func table(_ rows: [ModuleRow], hasErrors: Bool) -> TextTable {
    let hasContexts = rows.contains { $0.context != "main" }
    var table = TextTable()
    var titles = ["", "NAME", "KIND", "STATUS", "RECORD"]
    if hasContexts { titles.append("CONTEXT") }
    titles += ["REQUESTS", "EXPORTS"]
    if hasErrors { titles.append("ERROR") }
    table.addHead(titles)
    table.limit = 60
    for row in rows {
      var cells = [
        TextTable.Cell(row.mark.glyph, .status(row.mark)),
        TextTable.Cell(
          TerminalText.clean(row.name) + (row.isReplaced ? " (replaced)" : ""),
          row.isReplaced ? .dim : .plain),
        TextTable.Cell(row.kind.rawValue),
        TextTable.Cell(row.status.rawValue, .status(row.mark)),
        TextTable.Cell(row.record),
      ]
      if hasContexts { cells.append(TextTable.Cell(TerminalText.clean(row.context))) }
      cells.append(TextTable.Cell(TerminalText.clean(requests(row.requests))))
      cells.append(TextTable.Cell(exports(row)))
      if hasErrors {
        let text = row.error.map { TerminalText.cut(self.text(of: $0), to: 40) }
        cells.append(text.map { TextTable.Cell($0, .error) } ?? TextTable.Cell("–"))
      }
      table.add(cells)
    }
    // REQUESTS gives way first, then EXPORTS; lists are folded at their commas, so nothing is lost.
    let requests = titles.count - (hasErrors ? 3 : 2)
    let last = hasErrors ? [requests + 2] : []
    table.fold([requests, requests + 1], cutting: last, to: width, gaps: [0: 1])
    return table
  }

  /// What `option spec on` adds: the specification's fields of each record.
  private func fields(_ rows: [ModuleRow]) -> String {
    guard let titles = rows.first?.specification.map(\.title), !titles.isEmpty else { return "" }
    var table = TextTable()
    table.limit = 60
    table.addHead(["", "FIELDS"] + titles)
    for row in rows {
      let name = TerminalText.clean(row.name) + (row.isReplaced ? " (replaced)" : "")
      table.add(
        [TextTable.Cell(row.mark.glyph, .status(row.mark)), TextTable.Cell(name)]
          + row.specification.map { TextTable.Cell(TerminalText.clean($0.text)) })
    }
    let parents = titles.firstIndex(of: "PARENTS").map { [$0 + 2] } ?? []
    table.fold(parents, to: width, gaps: [0: 1])
    return table.text(painter, gaps: [0: 1])
  }

  private func requests(_ requests: [ModuleRow.Request]) -> String {
    if requests.isEmpty { return "–" }
    var shown = ""
    for (index, request) in requests.prefix(4).enumerated() {
      if index > 0 { shown += ", " }
      shown += specifier(of: request)
      guard let resolved = request.resolved else { continue }
      shown += " → "
      shown += resolved
    }
    if requests.count > 4 { shown += ", … \(requests.count - 4) more" }
    return shown
  }

  private func specifier(of request: ModuleRow.Request) -> String {
    if request.attributes.isEmpty { return quoted(request.specifier) }
    let attributes = request.attributes.map { " \($0.key)=\($0.value)" }.joined()
    return quoted(request.specifier) + " with" + attributes
  }

  private static let shownExports = 8

  private func exports(_ row: ModuleRow) -> String {
    let (first, exportCount) = row.exports.first(Self.shownExports)
    let names =
      first.map { TerminalText.clean(quotedIfOdd($0)) }
      + row.stars.map { "* from \(quoted($0))" }
    if names.isEmpty { return "–" }
    let count = exportCount + row.stars.count
    let more = count > Self.shownExports ? ", … \(count - Self.shownExports) more" : ""
    return names.prefix(Self.shownExports).joined(separator: ", ") + more
  }

  /// An export name that is no identifier is quoted, so that a list of names can be read.
  func quotedIfOdd(_ name: String) -> String {
    let isPlain =
      !name.isEmpty
      && (name.utf8.allSatisfy(Self.isPlain)
        || name.unicodeScalars.allSatisfy {
          $0 == "_" || $0 == "$" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
        })
    return isPlain ? name : quoted(name)
  }

  /// Whether a byte is an ASCII letter, a digit, `_` or `$`.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F || byte == 0x24
  }
}
