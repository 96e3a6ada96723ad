internal import JavaScriptRuntime
internal import VMModules

// The log of a session.
extension Session {
  /// A command is about to run.
  func beginRecording(_ command: ScriptCommand) {
    guard command.isLogged else { return }
    outside.begin(replaying: nextInput)
    nextInput = nil
    outside.taken.begin = host.timers.now
  }

  /// A command has run. One that was refused before it did anything is not in the log.
  func endRecording(_ command: ScriptCommand, _ failure: CommandFailure?) {
    guard command.isLogged else { return }
    if let failure, failure.report.phase == .command, !command.mayChangeWhenRefused { return }
    outside.taken.end = host.timers.now
    log.append(
      LoggedCommand(
        command: command, group: log.group,
        failure: failure.map {
          LoggedCommand.Failure(name: $0.report.name, code: $0.report.code)
        },
        taken: outside.taken))
    trace(command, failure)
  }
}

extension ScriptCommand {
  /// Whether it belongs into the log, if it does what it says.
  var isLogged: Bool {
    guard case .success(let parsed) = parsed else { return false }
    return parsed.changesSession
  }

  /// Whether it does something even when what it names is missing.
  var mayChangeWhenRefused: Bool {
    guard case .success(let parsed) = parsed, case .load = parsed else { return false }
    return true
  }
}
