/// Renders events as they come, one line an event; consecutive transitions of one module are
/// joined into one line.
package struct EventRenderer {
  package var painter: TextPainter
  /// The column in which names stand is this wide.
  package var nameWidth: Int
  private var module: String?
  private var steps: [String] = []

  /// `names` are the modules of the session: their longest sets the column.
  package init(painter: TextPainter, names: some Sequence<String>) {
    self.painter = painter
    nameWidth = EventRenderer.nameWidth(of: names)
  }

  package static func nameWidth(of names: some Sequence<String>) -> Int {
    names.reduce(4) { max($0, min(TerminalText.width(TerminalText.clean($1)), 24)) } + 3
  }

  /// The lines that the event completes, each with its line break.
  package mutating func append(_ event: SessionEvent) -> String {
    switch event {
    case .transition(let module, let from, let to):
      if module == self.module, steps.last == from {
        steps.append(to)
        return ""
      }
      let before = finish()
      self.module = module
      steps = [from, to]
      return before
    case .request(let row):
      let question = TerminalText.clean(row.question)
      return finish() + name(row.referrer)
        + TerminalText.padded(question, to: 20) + "   " + TerminalText.clean(row.reply) + "\n"
    case .console(let level, let text):
      let text = TerminalText.clean(text, keepingLines: true)
      let style: TextStyle = level == "error" ? .error : level == "warn" ? .warning : .plain
      return finish() + painter.paint(text, style) + "\n"
    case .note(let module, let text):
      return finish() + name(module) + TerminalText.clean(text) + "\n"
    }
  }

  /// The line still being joined. Call it when the command ends, and before waiting.
  package mutating func finish() -> String {
    guard let module else { return "" }
    self.module = nil
    let arrow = " \(painter.paint("→", .dim)) "
    var line = name(module)
    for (index, step) in steps.enumerated() {
      if index > 0 { line += arrow }
      line += painter.status(step)
    }
    return line + "\n"
  }

  private func name(_ name: String) -> String {
    let clean = TerminalText.clean(name)
    let missing = nameWidth - TerminalText.width(clean)
    return clean + TerminalText.spaces(missing > 0 ? missing : 3)
  }
}
