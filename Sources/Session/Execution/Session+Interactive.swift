internal import JavaScriptRuntime
internal import ModuleSyntax
internal import VMModules

// What a prompt asks of a session.
extension Session {
  package var widestModuleName: String { registry.widestName }

  /// Time passes as it does for people, and Ctrl-C stops code that runs.
  package func beginInteractive(
    interruptRequested: @escaping @Sendable () -> Bool, interruptAnswered: @escaping () -> Void
  ) {
    options.set("clock", to: "real")
    host.timers.clock = .real
    watchInterrupts(
      requested: interruptRequested, answered: interruptAnswered, caught: interruptAnswered)
  }

  /// Ctrl-C stops the command that runs; `caught`: or only a call of JavaScript that asked for it.
  /// `requested` is asked by more than one thread.
  package func watchInterrupts(
    requested: @escaping @Sendable () -> Bool, answered: @escaping () -> Void,
    caught: @escaping () -> Void
  ) {
    interruptRequested = requested
    interruptAnswered = answered
    interruptCaught = caught
    watchesInterrupts = true
    if host.hasEngine { watch(host.engine) }
  }

  /// What ends code from outside of the session.
  func watch(_ engine: JavaScriptEngine) {
    var watch = StopWatch(
      interruptRequested: interruptRequested, memoryExceeded: { MemoryLimit.isExceeded })
    if let words = replay?.words {
      let show = progress.show
      watch.onLook = { show(words) }
    }
    engine.watch = watch
  }

  /// In how many milliseconds code that begins now is to be stopped.
  func stopDue() -> (milliseconds: Double, kind: JavaScriptThrown.Kind)? {
    outside.stopDue().map { moment, place in
      (milliseconds(until: moment), place == .memory ? .outOfMemory : .interrupted)
    }
  }

  func milliseconds(until moment: Double) -> Double {
    max(1, moment - host.timers.monotonicNow + 1)
  }

  /// The engine has stopped code: Ctrl-C is answered, and the log has it.
  func noteStop(_ kind: JavaScriptThrown.Kind, isCaught: Bool) {
    let now = host.timers.monotonicNow
    switch kind {
    case .interrupted where isCaught:
      if outside.isReplaying {
        if !outside.wasStopped(.caught, at: now) { _ = isReplayGivenUp }
      } else {
        interruptCaught()
        outside.noteStop(.caught, at: now)
      }
    case .interrupted: _ = isStopped(.working)
    case .outOfMemory:
      if !outside.wasStopped(.memory, at: now) { outside.noteStop(.memory, at: now) }
    case .timedOut, .value: return
    }
  }

  /// Whether the command must end here: by Ctrl-C, because it was so when it was carried out first, or
  /// because it expects it.
  func isStopped(_ place: OutsideInput.Stop.Place) -> Bool {
    if outside.isReplaying {
      return outside.wasStopped(place, at: host.timers.monotonicNow) || isReplayGivenUp
    }
    if isStoppedAsExpected(place) {
      outside.noteStop(place, at: host.timers.monotonicNow)
      return true
    }
    guard watchesInterrupts, interruptRequested() else { return false }
    answerInterrupt()
    outside.noteStop(place, at: host.timers.monotonicNow)
    return true
  }

  /// A script has nobody who presses Ctrl-C: there `expect-error ERR_SCRIPT_EXECUTION_INTERRUPTED` does
  /// it, as in a transcript the error that was recorded, when the code runs on and on, or the command
  /// waits for what is not due yet.
  private func isStoppedAsExpected(_ place: OutsideInput.Stop.Place) -> Bool {
    guard outside.expectsStop else { return false }
    switch place {
    case .working: return outside.isOutOfPatience(at: host.timers.monotonicNow)
    case .waiting: return host.timers.nextDue.map { $0 > host.timers.now } ?? false
    case .memory, .caught: return false
    }
  }

  /// Ctrl-C while a command worked that only looks: what it was making is not whole.
  func checkAbandoned(_ command: ScriptCommand) throws {
    guard case .success(let parsed) = command.parsed, parsed.onlyShows, isInterruptWaiting else {
      return
    }
    let verb = command.ownText.prefix { !$0.isWhitespace }
    throw CommandFailure(interrupted: "\(verb) was interrupted: the session has not changed.")
  }

  /// The command has given up what it was doing: reading, parsing and drawing only see Ctrl-C.
  func answerInterruption(_ failure: CommandFailure) {
    if failure.report.code == ScriptCommand.interruptedCode, isInterruptWaiting {
      answerInterrupt()
    }
  }

  private func answerInterrupt() {
    interruptAnswered()
    report.answeredInterruption = true
  }

  /// Ctrl-C was pressed, and nothing has answered it; who replays a session answers it.
  var isInterruptWaiting: Bool { watchesInterrupts && replay == nil && interruptRequested() }

  /// Ctrl-C where no JavaScript runs, so that the engine cannot see it.
  func checkInterruption() throws {
    guard isStopped(.waiting) else { return }
    if let failure = VMFailure.stopped(.interrupted) { throw PhasedFailure(failure, .evaluate) }
  }

  /// A job or a task that was stopped ends the command, and not one that comes later.
  func checkJobs(_ onStop: (JavaScriptThrown.Kind) -> Void = { _ in }) throws {
    guard host.hasEngine, let kind = host.engine.takeLostStop(),
      let failure = VMFailure.stopped(kind)
    else { return }
    onStop(kind)
    throw PhasedFailure(failure, .evaluate)
  }

  /// In short pieces: another thread may have taken the signal that should end the sleep.
  func sleep(milliseconds: Double) throws {
    let end = host.timers.monotonicNow + milliseconds
    while true {
      try checkInterruption()
      let rest = end - host.timers.monotonicNow
      if rest <= 0 { return }
      settle()
      _ = Pause.sleep(milliseconds: min(rest, 100))
    }
  }
}
