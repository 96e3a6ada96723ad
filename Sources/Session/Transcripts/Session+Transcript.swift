internal import JavaScriptRuntime
internal import VMModules

extension Session {
  /// `transcript FILE`, which begins the file anew, and `transcript off`.
  func transcript(_ file: FileReference?) throws -> CommandOutcome {
    guard let file else {
      guard recorder != nil else {
        return CommandOutcome(text: "no transcript is being recorded\n")
      }
      let before = host.timers.clock
      let told = endTranscript()
      let clock = before == host.timers.clock ? "" : "the clock is real again\n"
      return CommandOutcome(text: told + clock)
    }
    // What is traced is recorded too.
    let original = recorder?.original ?? (output as? TraceOutput)?.inner ?? output
    let setting = TranscriptSetting(seed: seed == 0 ? nil : seed, keepsGoing: keepsGoing)
    // Only when it is there the last one ends.
    let next = try TranscriptRecorder(
      outside.located(file), original: original, setting: setting)
    let isAnew = recorder?.path == next.path
    let ended = isAnew ? "" : endTranscript()
    next.text.widestName = { [unowned self] in widestModuleName }
    next.loggedBefore = log.commands.count
    recorder = next
    output = next
    switchTrace()
    followClock()
    host.timers.beginDate()
    return CommandOutcome(text: ended + begun(file, isAnew: isAnew))
  }

  private func begun(_ file: FileReference, isAnew: Bool) -> String {
    var text = "recording in \(quotedName(file.path))" + (isAnew ? " anew" : "")
    if options.clock == "real" { text += ", on a virtual clock" }
    if let directory = directoryOfReplay(file) {
      text += "; modlab test will look for files in \(quotedName(directory))"
    }
    return text + "\n"
      + (log.commands.isEmpty
        ? "" : "what came before is not in it, and a replay begins with an empty session\n")
  }

  /// Where paths begin in a replay, if not here.
  private func directoryOfReplay(_ file: FileReference) -> String? {
    let directory = FilePath.directory(of: file.resolved)
    let path = FilePath.resolve(directory, relativeToDirectory: workingDirectory)
    let here = FileReading.realPath(workingDirectory) ?? workingDirectory
    return (FileReading.realPath(path) ?? path) == here ? nil : directory
  }

  /// What the person is told.
  private func endTranscript() -> String {
    guard let recorder else { return "" }
    output = recorder.original
    self.recorder = nil
    switchTrace()
    followClock()
    let count = recorder.commandCount
    return "recorded \(count) command\(count == 1 ? "" : "s") in \(quotedName(recorder.path))\n"
  }

  /// The clock as `option clock` has it; what is recorded runs on the one that a replay has, unless the
  /// recording says otherwise.
  var clock: String {
    guard let recorder,
      !log.commands.dropFirst(recorder.loggedBefore).contains(where: \.command.setsClock)
    else { return options.clock }
    return SessionOptions().clock
  }

  func followClock() { host.timers.clock = clock == "real" ? .real : .virtual }

  /// A command that was given has ended.
  func record(_ command: ScriptCommand) {
    do throws(FileProblem) {
      try recorder?.record(replacement(of: command))
    } catch {
      let problem = CommandError(.unwritableFile(recorder?.path ?? "", error))
      _ = endTranscript()
      output.diagnostic(
        Diagnostic(
          severity: .warning, message: problem.message,
          notes: ["The transcript ends before this command."]))
    }
  }

  /// A replay has no editor: it gets the definition that was made in one.
  private func replacement(of command: ScriptCommand) -> TranscriptRecorder.Replacement {
    guard editing != nil, case .success(.edit) = command.parsed else { return .none }
    return edited.map { .by($0.text) } ?? .byNothing
  }
}

extension ScriptCommand {
  fileprivate var setsClock: Bool {
    guard case .success(.option("clock", let value?)) = parsed else { return false }
    return SessionOptions.advance(value) == nil
  }
}
