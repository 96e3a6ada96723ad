/// Test Anything Protocol, version 14: a test a command.
enum TranscriptTAPReport {
  static func text(of outcomes: [TranscriptOutcome]) -> String {
    var lines: [String] = []
    var number = 0
    func add(_ isOK: Bool, _ name: String, _ message: [String] = [], directive: String = "") {
      number += 1
      let name = TerminalText.clean(name).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
      lines.append("\(isOK ? "ok" : "not ok") \(number) - \(name)\(directive)")
      guard !isOK else { return }
      // The 2 says where the text begins: its first line may begin further right than the others.
      lines += ["  ---", "  difference: |2"]
      lines += message.map { "    " + TerminalText.clean($0) } + ["  ..."]
    }
    for outcome in outcomes {
      switch outcome {
      case .unreadable(let file, let reason): add(false, file, [reason])
      case .withoutSession(let file): add(true, file, directive: " # SKIP it has no session")
      case .checked(let check):
        for flaw in check.flaws { add(false, "\(check.file):\(flaw.line)", [flaw.message]) }
        for result in check.results {
          // A test has the same name whether it fails or not.
          let name = "\(check.file):\(result.step.line) \(result.step.title)"
          add(result.isAsRecorded, name, ["\(check.file):\(result.line)"] + result.difference())
        }
        if let step = check.interrupted {
          lines.append("Bail out! interrupted at \(TerminalText.clean(check.file)):\(step.line)")
        }
      }
    }
    return (["TAP version 14", "1..\(number)"] + lines).map { $0 + "\n" }.joined()
  }
}
