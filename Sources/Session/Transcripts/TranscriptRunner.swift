/// Replays a transcript in sessions of its own and compares what they print.
package final class TranscriptRunner {
  private let setting: TranscriptSetting
  private let interruptRequested: (@Sendable () -> Bool)?
  private let printed = PrintedText()

  /// `setting`: of a session whose transcript does not tell. `interruptRequested`: Ctrl-C ends the
  /// command that runs, and the check.
  package init(
    setting: TranscriptSetting = TranscriptSetting(),
    interruptRequested: (@Sendable () -> Bool)? = nil
  ) {
    self.setting = setting
    self.interruptRequested = interruptRequested
  }

  /// Runs every command, in order. After `quit` nothing is run before the next session.
  package func check(_ transcript: Transcript, file: String) -> TranscriptCheck {
    var results: [TranscriptCheck.Result] = []
    var (session, output) = makeSession(setting)
    defer { session.end() }
    for step in transcript.steps {
      if let begins = step.begins {
        session.end()
        (session, output) = makeSession(begins)
      }
      guard session.quitStatus == nil else {
        results.append(TranscriptCheck.Result(step: step, comparison: nil))
        continue
      }
      run(step, in: session, output)
      if interruptRequested?() == true {
        return TranscriptCheck(
          file: file, transcript: transcript, results: results, interrupted: step)
      }
      results.append(
        TranscriptCheck.Result(
          step: step,
          comparison: TranscriptComparison(
            expected: step.expected, actual: printed.lines, answerLines: printed.answerLines)))
    }
    return TranscriptCheck(file: file, transcript: transcript, results: results)
  }

  private func makeSession(_ begins: TranscriptSetting) -> (Session, TextOutput) {
    let output = TextOutput(renderer: .plain, write: { [printed] in printed.append($0) })
    let session = Session(output: output, keepsReports: false)
    session.renderer = .plain
    session.seed = begins.seed ?? setting.seed ?? 0
    session.keepsGoing = begins.keepsGoing || setting.keepsGoing
    if let interruptRequested {
      session.watchInterrupts(requested: interruptRequested, answered: {}, caught: {})
    }
    session.onAnswer = { [output, printed] answer in
      output.endEvents()
      printed.append(answer)
    }
    output.widestName = { [unowned session] in session.widestModuleName }
    return (session, output)
  }

  /// As a script would have it, which stops a command where Ctrl-C did.
  private func run(_ step: Transcript.Step, in session: Session, _ output: TextOutput) {
    printed.clear()
    var commands: [ScriptCommand] = []
    var reader = CommandReader(step.command, scanner: ModuleSyntaxScanner())
    while case .command(var command)? = reader.next() {
      command.isInterrupted = step.wasInterrupted
      commands.append(command)
    }
    // They stand behind the last one.
    if let last = commands.indices.last {
      commands[last] = commands[last].answered(by: step.answers)
    }
    for command in commands where session.quitStatus == nil {
      _ = session.run(command)
      output.endEvents()
    }
  }
}

extension Transcript.Step {
  /// Ctrl-C ended the command, and not where it was answered to a question.
  fileprivate var wasInterrupted: Bool {
    !answers.contains(.interrupted)
      && expected.contains { $0.hasPrefix("error \(ScriptCommand.interruptedCode)") }
  }
}
