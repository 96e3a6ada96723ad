/// The outcome of `modlab test` for people.
enum TranscriptTextReport {
  static func text(of outcomes: [TranscriptOutcome]) -> String {
    let checks = outcomes.compactMap(\.check)
    guard !checks.isEmpty else { return "" }
    var text = ""
    for check in checks {
      let file = TerminalText.clean(check.file)
      for flaw in check.flaws { text += "\(file):\(flaw.line)\n  \(flaw.message)\n" }
      for result in check.differences {
        text += "\(file):\(result.line)\n"
        for line in Transcript.lines(command: result.step.command, output: []) {
          text += "  \(TerminalText.clean(line))\n"
        }
        text += result.difference().map { $0 + "\n" }.joined()
      }
    }
    return text + summary(checks, outcomes) + "\n"
  }

  private static func summary(
    _ checks: [TranscriptCheck], _ outcomes: [TranscriptOutcome]
  ) -> String {
    let all = checks.reduce(0) { $0 + $1.results.count }
    let differing = checks.reduce(0) { $0 + $1.differences.count }
    let flaws = checks.reduce(0) { $0 + $1.flaws.count }
    var parts = [count(checks.count, "file")]
    if differing > 0 {
      parts.append("\(differing) of \(count(all, "command")) differ")
    } else if all == 0, flaws == 0 {
      parts.append("no command checked")
    } else if flaws == 0 {
      parts.append("\(count(all, "command")), all as recorded")
    }
    if flaws > 0 { parts.append(count(flaws, "flaw")) }
    if checks.contains(where: { $0.interrupted != nil }) {
      parts.append("interrupted before the rest")
    }
    let text = parts.joined(separator: ", ")
    var others: [String] = []
    let without = outcomes.count { if case .withoutSession = $0 { true } else { false } }
    if without > 0 { others.append("\(count(without, "file")) without a session") }
    let unread = outcomes.count - checks.count - without
    if unread > 0 { others.append("\(count(unread, "file")) unread") }
    return others.isEmpty ? text : text + "; " + others.joined(separator: ", ")
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
