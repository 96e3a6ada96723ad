internal import GraphRendering

/// The outcome of `modlab test`, in one of its forms.
package enum TranscriptReport: String, Hashable, Sendable, CaseIterable {
  case text, tap, junit

  package func text(of checks: [TranscriptCheck]) -> String {
    switch self {
    case .text: TextReport.text(of: checks)
    case .tap: TAPReport.text(of: checks)
    case .junit: JUnitReport.text(of: checks)
    }
  }
}

extension TranscriptCheck.Result {
  /// The differing lines, those around them, and their numbers in the file.
  ///
  ///     33 - main   linking → linked
  ///        + main   linking → errored
  package func difference(context: Int = 3) -> [String] {
    guard let comparison else { return ["the session ended before this command"] }
    let changed = comparison.lines.indices.filter { index in
      if case .same = comparison.lines[index] { false } else { true }
    }
    var number = step.outputLine
    let digits = String(step.outputLine + step.expected.count).count
    var rows: [String] = []
    var isLeftOut = false
    for (index, line) in comparison.lines.enumerated() {
      let isNear = changed.contains { abs($0 - index) <= context }
      let margin: String
      let text: String
      switch line {
      case .same(_, let pattern):
        (margin, text) = (TerminalText.paddedLeft(String(number), to: digits), "  " + pattern)
        number += 1
      case .missing(let missing, _):
        margin = TerminalText.paddedLeft(String(number), to: digits)
        text = "- " + Self.withVisibleEnd(missing)
        number += 1
      case .unexpected(let came):
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
    guard blanks > 0 else { return line }
    return line.dropLast(blanks) + String(repeating: "·", count: blanks)
  }

  private func notes(_ comparison: TranscriptComparison) -> [String] {
    for case .missing(let text, let index) in comparison.lines {
      let start = text.drop { $0 == " " }
      guard start.hasPrefix("modlab") && start.prefix(9).contains(">") || start.hasPrefix("...>")
      else { continue }
      return [
        "  line \(step.outputLine + index) looks like a prompt; "
          + "prompts are exactly \(quoted(Transcript.prompt)) "
          + "and \(quoted(Transcript.continuationPrompt))"
      ]
    }
    return []
  }
}

/// For people.
private enum TextReport {
  static func text(of checks: [TranscriptCheck]) -> String {
    var text = ""
    for check in checks {
      for flaw in check.flaws { text += "\(check.file):\(flaw.line)\n  \(flaw.message)\n" }
      for result in check.differences {
        text += "\(check.file):\(result.line)\n"
        for line in Transcript.lines(command: result.step.command, output: []) {
          text += "  \(line)\n"
        }
        text += result.difference().map { $0 + "\n" }.joined()
      }
    }
    return text + summary(checks) + "\n"
  }

  private static func summary(_ checks: [TranscriptCheck]) -> String {
    let files = count(checks.count, "file")
    let all = checks.reduce(0) { $0 + $1.results.count }
    let differing = checks.reduce(0) { $0 + $1.differences.count }
    let flaws = checks.reduce(0) { $0 + $1.flaws.count }
    if differing + flaws == 0 { return "\(files), \(count(all, "command")), all as recorded" }
    var parts: [String] = []
    if differing > 0 { parts.append("\(differing) of \(count(all, "command")) differ") }
    if flaws > 0 { parts.append(count(flaws, "flaw")) }
    return "\(files), " + parts.joined(separator: ", ")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// Test Anything Protocol, version 14: a test a command.
private enum TAPReport {
  static func text(of checks: [TranscriptCheck]) -> String {
    var lines: [String] = []
    var number = 0
    func add(_ isOK: Bool, _ name: String, _ message: [String] = []) {
      number += 1
      let name = name.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      lines.append("\(isOK ? "ok" : "not ok") \(number) - \(name)")
      guard !isOK else { return }
      // The 2 says where the text begins: its first line may begin further right than the others.
      lines += ["  ---", "  difference: |2"] + message.map { "    " + $0 } + ["  ..."]
    }
    for check in checks {
      for flaw in check.flaws { add(false, "\(check.file):\(flaw.line)", [flaw.message]) }
      for result in check.results {
        let command = TerminalText.clean(String(result.step.command.prefix { $0 != "\n" }))
        // A test has the same name whether it fails or not.
        let name = "\(check.file):\(result.step.line) \(command)"
        add(result.isAsRecorded, name, ["\(check.file):\(result.line)"] + result.difference())
      }
    }
    return (["TAP version 14", "1..\(number)"] + lines).map { $0 + "\n" }.joined()
  }
}

/// The XML that continuous integration reads.
private enum JUnitReport {
  static func text(of checks: [TranscriptCheck]) -> String {
    let tests = checks.reduce(0) { $0 + $1.results.count + $1.flaws.count }
    let failures = checks.reduce(0) { $0 + $1.differences.count + $1.flaws.count }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"modlab\" tests=\"\(tests)\" failures=\"\(failures)\">\n"
    for check in checks {
      let count = check.results.count + check.flaws.count
      let failed = check.differences.count + check.flaws.count
      text += "  <testsuite name=\"\(MarkupText.escaped(check.file))\" tests=\"\(count)\""
      text += " failures=\"\(failed)\">\n"
      for flaw in check.flaws {
        text += test(
          check.file, "\(flaw.line): \(flaw.message)", flaw.line, failure: flaw.message)
      }
      for result in check.results {
        let command = TerminalText.clean(String(result.step.command.prefix { $0 != "\n" }))
        text += test(
          check.file, "\(result.step.line): \(command)",
          result.isAsRecorded ? result.step.line : result.line,
          failure: result.isAsRecorded ? nil : result.difference().joined(separator: "\n"))
      }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func test(
    _ file: String, _ name: String, _ line: Int, failure: String?
  ) -> String {
    let head =
      "    <testcase classname=\"\(MarkupText.escaped(file))\" name=\"\(MarkupText.escaped(name))\""
      + " file=\"\(MarkupText.escaped(file))\" line=\"\(line)\""
    guard let failure else { return head + "/>\n" }
    return head + ">\n      <failure message=\"\(MarkupText.escaped("\(file):\(line)"))\">"
      + MarkupText.escaped(failure) + "</failure>\n    </testcase>\n"
  }
}
