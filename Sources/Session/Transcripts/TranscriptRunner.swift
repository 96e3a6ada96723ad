/// Replays a transcript in sessions of its own and compares what they print.
package final class TranscriptRunner {
  private var session: Session
  private var output: TextOutput
  private let printed = PrintedText()

  package init() {
    (session, output) = Self.begin(printed)
  }

  private static func begin(_ printed: PrintedText) -> (Session, TextOutput) {
    let output = TextOutput(renderer: .plain, write: { printed.append($0) })
    let session = Session(output: output, keepsReports: false)
    session.renderer = .plain
    output.widestName = { [unowned session] in session.widestModuleName }
    return (session, output)
  }

  /// Runs every command, in order. After `quit` nothing is run before the next session.
  package func check(_ transcript: Transcript, file: String) -> TranscriptCheck {
    let results = transcript.steps.enumerated().map { index, step in
      if step.beginsSession, index > 0 { (session, output) = Self.begin(printed) }
      guard session.quitStatus == nil else {
        return TranscriptCheck.Result(step: step, comparison: nil)
      }
      answerQuestions(with: step.answers)
      let comparison = TranscriptComparison(
        expected: step.expected, actual: lines(of: step.command),
        answerLines: printed.answerLines)
      return TranscriptCheck.Result(step: step, comparison: comparison)
    }
    return TranscriptCheck(file: file, transcript: transcript, results: results)
  }

  /// The person of the transcript answers; then nobody does.
  private func answerQuestions(with answers: [PersonAnswer]) {
    guard !answers.isEmpty else {
      session.askPerson = nil
      return
    }
    var next = answers.startIndex
    session.askPerson = { [output, printed] _ in
      output.endEvents()
      let answer = next < answers.endIndex ? answers[next] : .ended
      next += 1
      printed.append(answer)
      return answer
    }
  }

  /// What a command prints.
  private func lines(of command: String) -> [String] {
    printed.clear()
    let scanner = ModuleSyntaxScanner()
    // As at the prompt; but a command that the transcript leaves unfinished is a mistake.
    let isWhole = CommandReader.needsMoreLines(command, scanner: scanner) == nil
    var reader = CommandReader(command, mode: isWhole ? .interactive : .script, scanner: scanner)
    while session.quitStatus == nil, let reading = reader.next() {
      guard case .command(let command) = reading else { continue }
      _ = session.run(command)
      output.endEvents()
    }
    return printed.lines
  }
}
