import ModuleSyntax

/// Renders diagnostics: message, place, the source line with the span underlined, and what to try.
package struct DiagnosticRenderer {
  package var painter: TextPainter
  /// Lines of source are cut to a window of this many columns.
  package var width: Int
  private static let tabWidth = 4

  package init(painter: TextPainter, width: Int = 100) {
    self.painter = painter
    self.width = max(width, 40)
  }

  package func render(_ diagnostic: Diagnostic) -> String {
    var text = head(diagnostic)
    for label in diagnostic.labels { text += snippet(label, diagnostic.severity) }
    for note in diagnostic.notes { text += prose(note) }
    for line in diagnostic.stack {
      text += "    " + painter.paint(TerminalText.clean(line), .dim) + "\n"
    }
    for cause in diagnostic.cause {
      let lines = render(cause).split(separator: "\n", omittingEmptySubsequences: false)
      text += "  caused by \(lines.first ?? "")\n"
      for line in lines.dropFirst() where !line.isEmpty { text += "  \(line)\n" }
    }
    let indent = diagnostic.usage.isEmpty ? 3 : 5
    text += list("usage", diagnostic.usage, indent)
    text += list("try", diagnostic.hints, indent)
    return text
  }

  private func head(_ diagnostic: Diagnostic) -> String {
    let style = style(of: diagnostic.severity)
    var title = diagnostic.severity.rawValue
    if let code = diagnostic.code { title += " " + TerminalText.clean(code) }
    let message = TerminalText.clean(diagnostic.message, keepingLines: true)
    // A message of several lines is laid out by who wrote it.
    let isLine = !message.contains("\n")
    let lines = isLine ? TerminalText.wrapped("\(title): \(message)", to: width - 2) : []
    guard let first = lines.first, lines.count > 1, first.count > title.count + 2 else {
      return painter.paint(title + ":", style) + " " + painter.paint(message, .strong) + "\n"
    }
    let rest = [String(first.dropFirst(title.count + 2))] + lines.dropFirst().map { "  " + $0 }
    return painter.paint(title + ":", style) + " "
      + rest.map { painter.paint($0, .strong) }.joined(separator: "\n") + "\n"
  }

  /// A sentence, two columns in.
  func prose(_ sentence: String) -> String {
    TerminalText.wrapped(TerminalText.clean(sentence), to: width - 2)
      .map { "  \($0)\n" }.joined()
  }

  private func style(of severity: Diagnostic.Severity) -> TextStyle {
    switch severity {
    case .error: .error
    case .warning: .warning
    case .note: .hint
    }
  }

  /// Commands that can be typed.
  func hints(_ commands: [String]) -> String { list("try", commands, 3) }

  /// `try   first` and further lines below it.
  private func list(_ word: String, _ lines: [String], _ indent: Int) -> String {
    var text = ""
    for (index, line) in lines.enumerated() {
      let gap = String(repeating: " ", count: index == 0 ? indent - word.count : indent)
      let head = index == 0 ? painter.paint(word, .hint) + gap : gap
      text += "  \(head)   \(TerminalText.clean(line))\n"
    }
    return text
  }

  // MARK: - Source

  /// The place, and the lines from the beginning of the range to its end (three at most).
  func snippet(_ label: Diagnostic.Label, _ severity: Diagnostic.Severity) -> String {
    let source = label.source
    let count = source.bytes.count
    let begin = min(max(label.range.start, 0), count)
    let end = min(max(label.range.end, begin), count)
    let start = source.position(at: begin)
    var text =
      "  " + painter.paint("\(TerminalText.clean(source.name)):\(start.line):\(start.column)", .dim)
      + "\n"
    let stop = source.position(at: end)
    let numberWidth = String(min(stop.line, start.line + 2)).count
    for number in start.line...min(max(stop.line, start.line), start.line + 2) {
      guard let line = source.line(number) else { break }
      let from = number == start.line ? units(of: start, in: source) : 0
      let to = number == stop.line ? units(of: stop, in: source) : line.utf16.count
      let isLast = number == min(stop.line, start.line + 2)
      text += row(
        line, number: number, numberWidth: numberWidth, from: from, to: to,
        label: isLast ? label.text : "", style: style(of: severity))
    }
    return text
  }

  /// Code units before a place on its line, `columnOffset` taken away.
  private func units(of position: SourcePosition, in source: SourceText) -> Int {
    let isFirst = position.line - source.lineOffset == 1
    return max(0, position.column - 1 - (isFirst ? source.columnOffset : 0))
  }

  private func row(
    _ line: String, number: Int, numberWidth: Int, from: Int, to: Int, label: String,
    style: TextStyle
  ) -> String {
    let cells = cells(of: line)
    var columns = (from: 0, to: 0)
    var total = 0
    for cell in cells {
      if cell.units < from { columns.from += cell.width }
      if cell.units < to { columns.to += cell.width }
      total += cell.width
    }
    columns.from = min(columns.from, total)
    columns.to = max(columns.to, columns.from + 1)
    let gutter = String(repeating: " ", count: numberWidth)
    let digits = String(number)
    let padded = String(repeating: " ", count: max(0, numberWidth - digits.count)) + digits
    let window = window(total: total, from: columns.from, to: columns.to, room: room(numberWidth))
    var shown = ""
    var column = 0
    for cell in cells {
      if column >= window.from, column + cell.width <= window.to { shown += cell.text }
      column += cell.width
    }
    if window.from > 0 { shown = "…" + shown }
    if window.to < total { shown += "…" }
    let shift = window.from > 0 ? 1 - window.from : 0
    let underlineEnd = min(columns.to, max(window.to, columns.from + 1))
    let marks = String(repeating: "^", count: max(1, underlineEnd - columns.from))
    var text = "  \(painter.paint("\(padded) │", .dim)) \(shown)\n"
    text += "  \(painter.paint("\(gutter) │", .dim)) "
    text += String(repeating: " ", count: max(0, columns.from + shift))
    text += painter.paint(marks, style)
    let place = columns.from + shift
    let head = "  \(painter.paint("\(gutter) │", .dim)) "
    return text
      + self.label(
        label, from: place, to: place + marks.count, room: width - numberWidth - 5, head: head,
        style: style)
  }

  /// The words behind the marks; where they would leave the screen, in lines of their own.
  private func label(
    _ text: String, from: Int, to: Int, room: Int, head: String, style: TextStyle
  ) -> String {
    let label = TerminalText.clean(text)
    let columns = TerminalText.width(label)
    if label.isEmpty { return "\n" }
    if to + 1 + columns <= room { return " " + painter.paint(label, style) + "\n" }
    let indent = String(repeating: " ", count: max(0, min(from, room - columns)))
    return "\n"
      + TerminalText.wrapped(label, to: room).map { line in
        head + indent + painter.paint(line, style) + "\n"
      }.joined()
  }

  private func room(_ numberWidth: Int) -> Int { max(20, width - numberWidth - 7) }

  /// The columns of a long line that are shown: the span and what is around it.
  private func window(total: Int, from: Int, to: Int, room: Int) -> (from: Int, to: Int) {
    if total <= room { return (0, total) }
    let span = min(to - from, room - 10)
    var start = max(0, from - (room - span) / 2)
    if start + room > total { start = max(0, total - room) }
    return (start, min(total, start + room))
  }

  private struct Cell {
    var text: String
    var width: Int
    /// Code units of the line before it.
    var units: Int
  }

  /// The characters of a line as they are shown: tabs as spaces, control characters as escapes.
  private func cells(of line: String) -> [Cell] {
    var cells: [Cell] = []
    var units = 0
    var column = 0
    for character in line {
      let text: String
      if character == "\t" {
        text = String(repeating: " ", count: Self.tabWidth - column % Self.tabWidth)
      } else {
        text = TerminalText.clean(String(character))
      }
      let width = TerminalText.width(text)
      cells.append(Cell(text: text, width: width, units: units))
      column += width
      units += character.utf16.count
    }
    return cells
  }
}
