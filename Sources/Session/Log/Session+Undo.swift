// `undo` and `redo`: JavaScript cannot be run backwards, so what is left of the log is carried out again
// in a fresh engine, silently and with the same answers from outside.
extension Session {
  func undo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let taken = changed.undo(count)
    guard taken > 0 else { throw CommandError(.nothingToUndo) }
    let what = changed.undone.suffix(taken).reversed().flatMap { $0 }
    try replay(changed, for: "undo")
    journal?.write(.undo(taken))
    return told("undone", taken, what)
  }

  func redo(_ count: Int) throws -> CommandOutcome {
    var changed = log
    let added = changed.redo(count)
    guard added > 0 else { throw CommandError(.nothingToRedo) }
    let what = log.undone.suffix(added).reversed().flatMap { $0 }
    try replay(changed, for: "redo")
    journal?.write(.redo(added))
    return told("done again", added, what)
  }

  private func replay(_ log: SessionLog, for name: String) throws {
    switch rebuild(by: log, isStrict: true) {
    case .done: return
    case .interrupted(let index):
      throw interrupted(
        name, in: log.commands[index], index, "the session is as it was before it")
    case .refused(let index, let failure):
      throw refused(name, log.commands, at: index, failure)
    }
  }

  /// A command that ends otherwise than before would make another session, and not less of this one.
  private func refused(
    _ name: String, _ commands: SessionLog.Commands, at index: Int,
    _ failure: LoggedCommand.Failure?
  ) -> CommandFailure {
    let logged = commands[index]
    let (before, now) = (logged.failure.told, failure.told)
    // Who takes back that command too does not need it.
    let later = log.groupCount(from: index)
    return CommandFailure(
      message: "\(name) would change what stays: the session is as it was before it.",
      notes: [
        "Run again, command \(index + 1) \(now); before it \(before):",
        TerminalText.clean(oneLine(logged.command.ownText)),
      ], hints: later > 0 ? ["undo \(later)"] : [])
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
    let result: JSONValue = [
      "count": .int(count), "commands": .strings(commands.map(\.command.ownText)),
      "undoable": .int(log.groupCount), "redoable": .int(log.undone.count),
    ]
    return CommandOutcome(text: "\(word)   \(TerminalText.clean(line))\n", result: result)
  }
}

extension LoggedCommand.Failure? {
  fileprivate var told: String { map { "failed with \($0.word)" } ?? "succeeded" }
}

extension LoggedCommand {
  /// A line that says so.
  package var wentAnotherWay: String {
    let text = command.ownText.split(separator: "\n").first.map(String.init) ?? ""
    return "it ended otherwise than before:   \(TerminalText.clean(text))\n"
  }
}
