extension Session {
  /// `transcript FILE`, which begins the file anew, and `transcript off`.
  func transcript(_ file: FileReference?) throws -> CommandOutcome {
    guard let file else {
      guard let recorder else { return CommandOutcome(text: "no transcript is being recorded\n") }
      endTranscript()
      let count = recorder.commandCount
      return CommandOutcome(
        text: "recorded \(count) command\(count == 1 ? "" : "s") in \(quotedName(recorder.path))\n")
    }
    // The old file first: both may be the same.
    endTranscript()
    // What is traced is recorded too.
    let original = (output as? TraceOutput)?.inner ?? output
    let recorder = try TranscriptRecorder(outside.located(file), original: original)
    recorder.text.widestName = { [unowned self] in widestModuleName }
    self.recorder = recorder
    output = recorder
    switchTrace()
    firstRecorded = commandTexts.count
    return CommandOutcome(
      text: "recording in \(quotedName(file.path))\n"
        + (log.commands.isEmpty
          ? "" : "what came before is not in it, and a replay begins with an empty session\n"))
  }

  private func endTranscript() {
    guard let recorder else { return }
    output = recorder.original
    self.recorder = nil
    switchTrace()
  }

  /// A command that was given has ended.
  func record(_ command: ScriptCommand) {
    do throws(FileProblem) {
      try recorder?.record(command.text, hidesTime: options.timer)
    } catch {
      let problem = CommandError(.unwritableFile(recorder?.path ?? "", error))
      endTranscript()
      output.diagnostic(
        Diagnostic(
          severity: .warning, message: problem.message,
          notes: ["The transcript ends before this command."]))
    }
  }
}
