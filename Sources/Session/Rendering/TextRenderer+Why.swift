import ModuleSyntax

extension TextRenderer {
  /// Hops of a chain that are shown; of a longer one, the first and the last.
  private static let shownHops = 8

  /// Commands to try.
  func hints(_ commands: [String]) -> String {
    DiagnosticRenderer(painter: painter, width: width).hints(commands)
  }

  /// `why NAME`
  package func why(_ answer: WhyAnswer) -> String {
    let snippets = DiagnosticRenderer(painter: painter, width: width)
    let name = TerminalText.clean(answer.module)
    var title = "\(name) is \(answer.status.rawValue)"
    if answer.status.rawValue != answer.record { title += " (its record: \(answer.record))" }
    let mark = answer.status.mark(record: answer.record)
    var text =
      painter.paint(mark.glyph, .status(mark)) + " "
      + painter.paint(title, .strong) + "\n" + snippets.prose(answer.headline)
    for part in answer.parts {
      switch part {
      case .sentence(let sentence): text += snippets.prose(sentence)
      case .place(let label): text += snippets.snippet(label, .note)
      case .chain(let hops): text += chain(hops, snippets)
      case .error(let diagnostic):
        let lines = snippets.render(diagnostic).split(separator: "\n")
        for line in lines { text += "  \(line)\n" }
      }
    }
    return text + snippets.hints(answer.hints)
  }

  private func chain(_ hops: [WhyAnswer.Hop], _ snippets: DiagnosticRenderer) -> String {
    var text = ""
    let half = Self.shownHops / 2
    for (index, hop) in hops.enumerated() {
      if hops.count > Self.shownHops, index >= half, index < hops.count - half {
        if index == half {
          text += "  " + painter.paint("… \(hops.count - 2 * half) more …", .dim) + "\n"
        }
        continue
      }
      if var label = hop.place {
        label.text = hop.text
        text += snippets.snippet(label, .note)
      } else {
        text += snippets.prose(hop.text)
      }
    }
    return text
  }

  /// `why EXPORT in NAME`
  package func why(_ answer: WhyExportAnswer) -> String {
    let snippets = DiagnosticRenderer(painter: painter, width: width)
    var text = painter.paint(TerminalText.clean(answer.headline), .strong) + "\n"
    var table = TextTable()
    table.limit = 60
    for step in answer.steps.prefix(WhyExportAnswer.shownSteps) {
      let indent = String(repeating: "  ", count: min(step.depth, 20))
      table.add([
        TextTable.Cell("  " + indent + TerminalText.clean(step.asked)),
        TextTable.Cell(TerminalText.clean(step.rule), step.answers ? .plain : .dim),
        TextTable.Cell(
          step.place.map { label in
            let position = label.source.position(at: label.range.start)
            return TerminalText.clean(label.source.name) + ":\(position.line):\(position.column)"
          } ?? "", .dim),
      ])
    }
    text += table.text(painter)
    let more = answer.steps.count - WhyExportAnswer.shownSteps
    if more > 0 { text += "  " + painter.paint("… \(more) more …", .dim) + "\n" }
    for place in answer.places { text += snippets.snippet(place, .note) }
    for sentence in answer.sentences { text += snippets.prose(sentence) }
    return text + snippets.hints(answer.hints)
  }
}
