internal import JavaScriptRuntime
internal import VMModules

// The log of a session.
extension Session {
  /// A command is about to run.
  func beginRecording(_ command: ScriptCommand) {
    guard command.isLogged else { return }
    outside.begin(
      replaying: nextInput, at: host.timers.monotonicNow, expectsStop: command.expectsStop)
    nextInput = nil
    edited = nil
    if let replayed = outside.replayed { beginReplay(of: replayed) }
    outside.taken.date = outside.replayed?.date ?? host.timers.date
    outside.taken.begin = host.timers.now
    host.timers.beginReads()
    outside.taken.hadTasks = !host.timers.isEmpty
    if !isRebuilding { journal?.write(.begin(command, group: log.group)) }
  }

  /// What JavaScript's `Date` says: again what it said when a command was carried out first.
  var date: Double {
    if !outside.hasReadings { host.timers.countRead() }
    if let replayed = outside.replayed, let date = replayed.date {
      let moment = date + (host.timers.now - replayed.begin).rounded(.down)
      return replayed.readings.isEmpty ? moment : outside.read(date: moment)
    }
    let date = host.timers.date
    return host.timers.clock == .real ? outside.read(date: date) : date
  }

  /// A command has run. One that was refused before it did anything is not in the log.
  func endRecording(_ command: ScriptCommand, _ failure: CommandFailure?) {
    guard command.isLogged else { return }
    outside.end()
    if let replayed = outside.replayed { endReplay(of: replayed) }
    if isRebuilding { return }
    guard let logged = logged(command, failure) else {
      journal?.write(.nothing)
      return
    }
    log.append(logged)
    journal?.write(.end(logged.failure, logged.taken, edited: edited?.text))
    trace(command, failure)
  }

  private func logged(_ command: ScriptCommand, _ failure: CommandFailure?) -> LoggedCommand? {
    // An editor that changed nothing did nothing.
    if case .success(.edit) = command.parsed, edited == nil { return nil }
    if let failure, failure.report.phase == .command, !command.mayChangeWhenRefused { return nil }
    if let failure, command.isRefused(by: failure.report) { return nil }
    outside.taken.end = host.timers.now
    outside.taken.passes = host.timers.clock == .virtual || outside.taken.isWaitingForDate
    return LoggedCommand(
      command: edited ?? command, group: log.group,
      failure: failure.map {
        LoggedCommand.Failure(name: $0.report.name, code: $0.report.code)
      },
      taken: outside.taken)
  }

  /// Time jumps to when the command began, and the tasks that ran in it run again in their order.
  private func beginReplay(of input: OutsideInput) {
    host.timers.clock = .virtual
    host.timers.advance(to: input.begin)
    host.timers.order = input.tasks[...]
  }

  private func endReplay(of input: OutsideInput) {
    host.timers.order = nil
    host.timers.clock = .virtual
    host.timers.advance(to: input.end)
    outside.endReplay()
  }
}

extension ScriptCommand {
  /// Whether it belongs into the log, if it does what it says.
  var isLogged: Bool {
    guard case .success(let parsed) = parsed else { return false }
    return parsed.changesSession
  }

  /// Whether nobody need press Ctrl-C.
  var expectsStop: Bool { isInterrupted || expectedError == Self.interruptedCode }

  static let interruptedCode = "ERR_SCRIPT_EXECUTION_INTERRUPTED"

  /// A source with a syntax error registers nothing, and no code has run.
  func isRefused(by error: ErrorReport) -> Bool {
    guard error.phase == .parse, case .success(let parsed) = parsed else { return false }
    return switch parsed {
    case .module(let definition): definition.meta == nil
    case .json, .importMap: true
    default: false
    }
  }

  /// Whether it does something even when what it names is missing.
  var mayChangeWhenRefused: Bool {
    guard case .success(let parsed) = parsed, case .load = parsed else { return false }
    return true
  }
}

extension ScriptCommand {
  /// A definition that nobody typed.
  init(logging command: Command) {
    self.init(
      file: nil, line: 1, text: LogWriter.heading(of: command), expectedError: nil,
      redirection: nil, parsed: .success(command))
  }
}
