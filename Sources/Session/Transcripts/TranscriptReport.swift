/// The outcome of `modlab test`, in one of its forms.
package enum TranscriptReport: String, Hashable, Sendable, CaseIterable {
  case text, tap, junit

  package func text(of outcomes: [TranscriptOutcome]) -> String {
    switch self {
    case .text: TranscriptTextReport.text(of: outcomes)
    case .tap: TranscriptTAPReport.text(of: outcomes)
    case .junit: TranscriptJUnitReport.text(of: outcomes)
    }
  }
}

extension TranscriptCheck.Result {
  /// The first line of the command.
  var title: String { step.title }

  /// The differing lines, those around them, and their numbers in the file.
  ///
  ///     33 - main   linking → linked
  ///        + main   linking → errored
  package func difference(context: Int = 3) -> [String] {
    guard let comparison else { return ["  the session ended before this command"] }
    let changed = comparison.lines.indices.filter { index in
      if case .same = comparison.lines[index] { false } else { true }
    }
    var number = step.outputLine
    let digits = String(step.outputLine + step.expected.count).count
    var rows: [String] = []
    var isLeftOut = false
    var nextChange = changed[...]
    for (index, line) in comparison.lines.enumerated() {
      while let next = nextChange.first, next < index - context { nextChange.removeFirst() }
      let isNear = nextChange.first.map { $0 <= index + context } ?? false
      let margin: String
      let text: String
      switch line {
      case .same(_, let pattern):
        margin = TerminalText.paddedLeft(String(number), to: digits)
        text = "  " + TerminalText.clean(pattern)
        number += 1
      case .missing(let missing, _):
        margin = TerminalText.paddedLeft(String(number), to: digits)
        text = "- " + Self.withVisibleEnd(missing)
        number += 1
      case .unexpected(let came, _):
        margin = String(repeating: " ", count: digits)
        text = "+ " + Self.withVisibleEnd(came)
      }
      if isNear { rows.append("  \(margin) \(text)") }
      if !isNear, !isLeftOut { rows.append("  \(String(repeating: " ", count: digits))   …") }
      isLeftOut = !isNear
    }
    return rows + notes(comparison)
  }

  /// Blanks at the end of a line are seen.
  private static func withVisibleEnd(_ line: String) -> String {
    let blanks = line.reversed().prefix { $0 == " " || $0 == "\t" }.count
    return TerminalText.clean(line.dropLast(blanks) + String(repeating: "·", count: blanks))
  }

  /// What a line that did not come may have been meant as.
  private func notes(_ comparison: TranscriptComparison) -> [String] {
    for case .missing(let text, let index) in comparison.lines {
      let line = "  line \(step.outputLine + index)"
      if Transcript.text(of: text[...], after: Transcript.continuationPrompt) != nil {
        return ["\(line) would go on with a command, but output stands before it"]
      }
      let start = text.drop { $0 == " " }
      guard start.hasPrefix("modlab") && start.prefix(9).contains(">") || start.hasPrefix("...>")
      else { continue }
      return [
        "\(line) looks like a prompt; prompts are exactly \(quoted(Transcript.prompt)) "
          + "and \(quoted(Transcript.continuationPrompt))"
      ]
    }
    return []
  }
}

extension Transcript.Step {
  /// The first line of the command.
  package var title: String { TerminalText.clean(String(command.prefix { $0 != "\n" })) }
}
