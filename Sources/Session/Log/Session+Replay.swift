internal import JavaScriptRuntime
internal import VMModules

// The log, carried out again: by `undo` and `--resume` in this session, in another one for who wants to
// see what was.
extension Session {
  /// Makes the session as the commands of a log make it. Nothing is printed, nobody is asked, and
  /// nothing waits. Interrupted, it leaves the session as it was.
  func rebuild(by log: SessionLog) -> ReplayOutcome {
    let before = SessionMemory(of: self)
    let original = (output, document, recorder, report, sourceDepth, sourcedFiles, keepsGoing)
    output = SilentOutput()
    document = nil
    recorder = nil
    // The commands are nobody's that are given now.
    sourceDepth = 1
    sourcedFiles = []
    isRebuilding = true
    beginning?.restore(to: self)
    beginAnew()
    let outcome = carryOut(log.commands)
    var after = SessionMemory(of: self)
    if case .interrupted = outcome {
      if stepped != nil { _ = try? abortStepping() }
      after = before
    } else if before.stepped != nil {
      // Its thread ends with it.
      before.restore(to: self)
      _ = try? abortStepping()
    }
    after.restore(to: self)
    isRebuilding = false
    (output, document, recorder, report, sourceDepth, sourcedFiles, keepsGoing) = original
    if case .done = outcome {
      self.log = log
      host.timers.clock = options.clock == "real" ? .real : .virtual
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

  private func carryOut(_ commands: [LoggedCommand]) -> ReplayOutcome {
    replay = ReplayProgress(count: commands.count)
    defer {
      replay = nil
      progress.hide()
    }
    for (index, logged) in commands.enumerated() {
      replay?.number = index + 1
      showReplay()
      nextInput = logged.taken
      let report = run(logged.replayable)
      if isReplayGivenUp { return .interrupted(in: index) }
      let failure = report.error.map { LoggedCommand.Failure(name: $0.name, code: $0.code) }
      // A report of something else than what was expected has only that.
      let isComparable = report.isOK || logged.command.expectedError == nil
      if isComparable, failure != logged.failure {
        replay?.changed.append(logged)
      }
    }
    return .done(changed: replay?.changed ?? [])
  }

  /// Carries out the log in another session, which nobody sees, as long as `body` wants more. `name` is
  /// the command that needs it; interrupted, it says that all is in this `state`.
  func carryOut(
    in twin: Session, for name: String, state: String,
    _ body: (LoggedCommand, () -> CommandReport) -> Bool
  ) throws {
    twin.seed = seed
    if watchesInterrupts {
      twin.watchInterrupts(requested: interruptRequested, answered: interruptAnswered)
    }
    twin.progress.show = progress.show
    twin.progress.hide = progress.hide
    twin.replay = ReplayProgress(count: log.commands.count)
    defer {
      progress.hide()
      if twin.stepped != nil { _ = try? twin.abortStepping() }
    }
    for (index, logged) in log.commands.enumerated() {
      twin.replay?.number = index + 1
      twin.showReplay()
      twin.nextInput = logged.taken
      let goesOn = body(logged) { twin.run(logged.command) }
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
    progress.show(
      "running command \(replay.number) of \(replay.count) again   Ctrl-C gives up")
  }

  /// What the person is told of it.
  func interrupted(
    _ name: String, in logged: LoggedCommand, _ index: Int, _ state: String
  ) -> CommandFailure {
    var failure = CommandFailure(
      message: "\(name) was interrupted: \(state).",
      notes: [
        "It was running command \(index + 1) of the session again: "
          + TerminalText.clean(oneLine(logged.command.ownText))
      ], hints: [report.command])
    failure.report.code = ScriptCommand.interruptedCode
    return failure
  }
}

extension LoggedCommand {
  /// Code that ran out of its time need not take all of it again, and code that did not has no limit.
  var replayable: ScriptCommand {
    guard case .success(.evaluate(let name, let timeout?, let isStepped)) = command.parsed else {
      return command
    }
    var command = command
    let limit =
      failure?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT"
      ? min(timeout, Int(OutsideWorld.patience)) : nil
    command.parsed = .success(.evaluate(name, timeout: limit, isStepped: isStepped))
    return command
  }
}
