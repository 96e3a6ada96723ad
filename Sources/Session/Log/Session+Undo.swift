// `undo` and `redo`: JavaScript cannot be run backwards, so what is left of the log is carried out again
// in a fresh engine, silently and with the same answers from outside.
extension Session {
  func undo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let taken = changed.undo(count)
    guard taken > 0 else { throw CommandError(.nothingToUndo) }
    let what = changed.undone.suffix(taken).reversed().flatMap { $0 }
    let different = try replay(changed, for: "undo")
    journal?.write(.undo(taken))
    return told("undone", taken, what, different)
  }

  func redo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let added = changed.redo(count)
    guard added > 0 else { throw CommandError(.nothingToRedo) }
    let what = log.undone.suffix(added).reversed().flatMap { $0 }
    let different = try replay(changed, for: "redo")
    journal?.write(.redo(added))
    return told("done again", added, what, different)
  }

  /// The commands that ended otherwise than before.
  private func replay(_ log: SessionLog, for name: String) throws -> [LoggedCommand] {
    switch rebuild(by: log) {
    case .done(let changed): return changed
    case .interrupted(let index):
      throw interrupted(
        name, in: log.commands[index], index, "the session is as it was before it")
    }
  }

  /// `undone   link main`
  private func told(
    _ word: String, _ count: Int, _ commands: [LoggedCommand], _ changed: [LoggedCommand]
  ) -> CommandOutcome {
    let first = commands.first?.command.ownText ?? ""
    let last = commands.last?.command.ownText ?? ""
    let line =
      commands.count == 1
      ? oneLine(first)
      : "\(count) command\(count == 1 ? "" : "s"), \(oneLine(first)) … \(oneLine(last))"
    let warnings = changed.map(\.wentAnotherWay).joined()
    return CommandOutcome(
      text: "\(word)   \(TerminalText.clean(line))\n\(warnings)",
      result: [
        "count": .int(count), "commands": .strings(commands.map(\.command.ownText)),
        "undoable": .int(log.groupCount), "redoable": .int(log.undone.count),
        "changed": .strings(changed.map(\.command.ownText)),
      ])
  }
}

extension LoggedCommand {
  /// A line that says so.
  package var wentAnotherWay: String {
    let text = command.ownText.split(separator: "\n").first.map(String.init) ?? ""
    return "it ended otherwise than before:   \(TerminalText.clean(text))\n"
  }
}
