internal import JavaScriptRuntime
internal import VMModules

// The log, carried out again: by `undo` and `--resume` in this session, in another one for who wants to
// see what was.
extension Session {
  /// Makes the session as the commands of a log make it. Nothing is printed, nobody is asked, and
  /// nothing waits. Interrupted, it leaves the session as it was; strict, also when a command ends
  /// otherwise than before.
  func rebuild(by log: SessionLog, isStrict: Bool) -> ReplayOutcome {
    let before = SessionMemory(of: self)
    let original = (output, document, recorder, report, sourceDepth, sourcedFiles, keepsGoing)
    let dateBegin = host.timers.virtualBegin
    output = SilentOutput()
    document = nil
    recorder = nil
    // The commands are nobody's that are given now.
    sourceDepth = 1
    sourcedFiles = []
    isRebuilding = true
    beginning?.restore(to: self)
    beginAnew()
    var log = log
    let outcome = carryOut(&log, isStrict: isStrict)
    var after = SessionMemory(of: self)
    switch outcome {
    case .interrupted, .refused:
      if stepped != nil { _ = try? abortStepping() }
      after = before
    case .done:
      guard before.stepped != nil else { break }
      // Its thread ends with it.
      before.restore(to: self)
      _ = try? abortStepping()
    }
    let made = host
    after.restore(to: self)
    (host === made ? before.host : made).end()
    isRebuilding = false
    (output, document, recorder, report, sourceDepth, sourcedFiles, keepsGoing) = original
    if case .done = outcome {
      self.log = log
      recorder.map { $0.loggedBefore = min($0.loggedBefore, log.commands.count) }
      switchTrace()
      host.timers.beginDate(at: dateBegin)
      followClock()
      onColorOption(options.color)
    }
    return outcome
  }

  /// A fresh engine, and no module.
  private func beginAnew() {
    host = VMHost()
    contexts = ["main": host.mainContext]
    installHooks()
  }

  /// Commands that end otherwise than before are in the log as they end now.
  private func carryOut(_ log: inout SessionLog, isStrict: Bool) -> ReplayOutcome {
    let commands = log.commands
    replay = ReplayProgress(count: commands.count)
    defer {
      replay = nil
      if host.hasEngine { watch(host.engine) }
      progress.hide()
    }
    var changed: [LoggedCommand] = []
    for (index, logged) in commands.enumerated() {
      replay?.number = index + 1
      showReplay()
      nextInput = logged.taken
      let report = run(commands.replayable(at: index))
      if isReplayGivenUp { return .interrupted(in: index) }
      let failure = report.error.map { LoggedCommand.Failure(name: $0.name, code: $0.code) }
      // A report of something else than what was expected has only that.
      let isComparable = report.isOK || logged.command.expectedError == nil
      guard isComparable, failure != logged.failure else { continue }
      if isStrict { return .refused(at: index, failure) }
      changed.append(logged)
      log.setFailure(failure, at: index)
    }
    return .done(changed: changed)
  }

  /// Carries out the log in another session, which nobody sees, as long as `body` wants more. `name` is
  /// the command that needs it; interrupted, it says that all is in this `state`.
  func carryOut(
    in twin: Session, for name: String, state: String,
    _ body: (LoggedCommand, () -> CommandReport) -> Bool
  ) throws {
    twin.seed = firstSeed
    twin.workingDirectory = workingDirectory
    twin.outside.directory = outside.directory
    if watchesInterrupts {
      twin.watchInterrupts(
        requested: interruptRequested, answered: interruptAnswered, caught: interruptCaught)
    }
    twin.progress.show = progress.show
    twin.progress.hide = progress.hide
    twin.replay = ReplayProgress(count: log.commands.count)
    defer {
      progress.hide()
      twin.end()
    }
    for (index, logged) in log.commands.enumerated() {
      twin.replay?.number = index + 1
      twin.showReplay()
      twin.nextInput = logged.taken
      let goesOn = body(logged) { twin.run(log.commands.replayable(at: index)) }
      if twin.isReplayGivenUp {
        throw interrupted(name, in: logged, index, state)
      }
      guard goesOn else { return }
    }
  }

  /// Ctrl-C while the log is carried out again ends that.
  var isReplayGivenUp: Bool {
    guard let replay else { return false }
    if replay.isGivenUp { return true }
    guard watchesInterrupts, interruptRequested() else { return false }
    progress.hide()
    interruptAnswered()
    self.replay?.isGivenUp = true
    return true
  }

  /// Tells a person who waits how far it is.
  func showReplay() {
    guard let replay else { return }
    progress.show(replay.words)
    if host.hasEngine { watch(host.engine) }
  }

  /// What the person is told of it.
  func interrupted(
    _ name: String, in logged: LoggedCommand, _ index: Int, _ state: String
  ) -> CommandFailure {
    CommandFailure(
      interrupted: "\(name) was interrupted: \(state).",
      notes: [
        "It was running command \(index + 1) of the session again: "
          + TerminalText.clean(oneLine(logged.command.ownText))
      ], hints: [report.command])
  }
}

extension SessionLog.Commands {
  /// The command as it is carried out again: code that ran out of its time need not take all of it
  /// again, and code that did not has no limit.
  fileprivate func replayable(at index: Int) -> ScriptCommand {
    let command = self[index].command
    guard case .success(.evaluate(let name, let timeout?, let isStepped)) = command.parsed else {
      return command
    }
    let ranOut = self[index].ranOutOfTime || isStepped && ranOutOfTime(steppedFrom: index + 1)
    return command.meaning(
      .evaluate(
        name, timeout: ranOut ? Swift.min(timeout, Int(OutsideWorld.patience)) : nil,
        isStepped: isStepped))
  }

  /// Whether the evaluation that is stepped from here on did so in one of its steps.
  private func ranOutOfTime(steppedFrom begin: Int) -> Bool {
    for logged in self[begin...] {
      guard case .success(let parsed) = logged.command.parsed else { continue }
      switch parsed {
      case .step, .continue, .finish: if logged.ranOutOfTime { return true }
      case .abort, .evaluate(_, _, isStepped: true), .link(_, isStepped: true): return false
      default: continue
      }
    }
    return false
  }
}

extension LoggedCommand {
  fileprivate var ranOutOfTime: Bool { failure?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT" }
}
