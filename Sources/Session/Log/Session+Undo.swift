internal import JavaScriptRuntime
internal import VMModules

// `undo` and `redo`: JavaScript cannot be run backwards, so what is left of the log is carried out again
// in a fresh engine, silently and with the same answers from outside.
extension Session {
  func undo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let taken = changed.undo(count)
    guard taken > 0 else { throw CommandError(.nothingToUndo) }
    let what = changed.undone.suffix(taken).reversed().flatMap { $0 }
    rebuild(by: changed)
    journal?.write(.undo(taken))
    return told("undone", taken, what)
  }

  func redo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let added = changed.redo(count)
    guard added > 0 else { throw CommandError(.nothingToRedo) }
    let what = log.undone.suffix(added).reversed().flatMap { $0 }
    rebuild(by: changed)
    journal?.write(.redo(added))
    return told("done again", added, what)
  }

  /// `undone   link main`
  private func told(
    _ word: String, _ count: Int, _ commands: [LoggedCommand]
  ) -> CommandOutcome {
    let first = commands.first?.command.ownText ?? ""
    let last = commands.last?.command.ownText ?? ""
    let line =
      commands.count == 1
      ? oneLine(first)
      : "\(count) command\(count == 1 ? "" : "s"), \(oneLine(first)) … \(oneLine(last))"
    return CommandOutcome(
      text: "\(word)   \(TerminalText.clean(line))\n",
      result: [
        "count": .int(count), "commands": .strings(commands.map(\.command.ownText)),
        "undoable": .int(log.groupCount), "redoable": .int(log.undone.count),
      ])
  }

  /// Makes the session as the commands of a log make it. Nothing is printed, nobody is asked, and
  /// nothing waits.
  func rebuild(by log: SessionLog) {
    let before = SessionMemory(of: self)
    let original = (output, document, recorder, report, sourceDepth, keepsGoing)
    output = SilentOutput()
    document = nil
    recorder = nil
    // The commands are nobody's that are given now.
    sourceDepth = 1
    isRebuilding = true
    beginning?.restore(to: self)
    beginAnew()
    for logged in log.commands {
      nextInput = logged.taken
      _ = run(logged.replayable)
    }
    let after = SessionMemory(of: self)
    if before.stepped != nil {
      // Its thread ends with it.
      before.restore(to: self)
      _ = try? abortStepping()
      after.restore(to: self)
    }
    isRebuilding = false
    (output, document, recorder, report, sourceDepth, keepsGoing) = original
    self.log = log
    host.timers.clock = options.clock == "real" ? .real : .virtual
    onColorOption(options.color)
  }

  /// A fresh engine, and no module.
  private func beginAnew() {
    host = VMHost()
    contexts = ["main": host.mainContext]
    installHooks()
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
