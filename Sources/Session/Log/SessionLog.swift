/// The commands that changed a session, or may have, in their order: carried out again with what they
/// took from outside, they make the same session.
///
/// Looking commands are not in it, and no command that was not understood or named something that is
/// not there. A `source` is in it as the commands of its file.
package struct SessionLog: Sendable {
  private var entries: [Entry] = []
  /// Of the command that was given last.
  package private(set) var group = 0

  /// What `undo` took back, as groups of commands; the one taken back last is the last.
  private(set) var undone: [[LoggedCommand]] = []
  /// Commands that were read before: a script that defines the same again and again is kept once.
  private var readings: [String: ScriptCommand.Reading] = [:]

  package init() {}

  package var commands: Commands { Commands(entries: entries[...]) }

  /// The same command; what was read before is not kept a second time.
  mutating func shared(_ command: ScriptCommand) -> ScriptCommand {
    guard command.isLogged, command.answers.isEmpty else { return command }
    if let known = readings[command.text], known.file == command.file {
      return ScriptCommand(known, line: command.line, isInterrupted: command.isInterrupted)
    }
    readings[command.text] = command.reading
    return command
  }

  /// A command is given at the prompt or by a script, not by `source`.
  mutating func beginGroup() { group += 1 }

  mutating func append(_ command: LoggedCommand) {
    add(command)
    undone = []
    group = max(group, command.group)
  }

  private mutating func add(_ command: LoggedCommand) {
    entries.append(Entry(command, after: entries.last))
  }

  /// Carried out again, a command ended otherwise than before.
  mutating func setFailure(_ failure: LoggedCommand.Failure?, at index: Int) {
    var command = commands[index]
    command.failure = failure
    entries[index] = Entry(command, after: nil)
  }

  /// How many can be taken back.
  package var groupCount: Int { groupCount(from: 0) }

  /// How many must be taken back so that the command at `index` is.
  func groupCount(from index: Int) -> Int {
    guard index < entries.count else { return 0 }
    return entries[index...].indices.count {
      $0 == index || entries[$0].group != entries[$0 - 1].group
    }
  }

  /// Takes back the last `count` groups, or as many as there are. How many those are.
  mutating func undo(_ count: Int) -> Int {
    var taken = 0
    while taken < count, let group = entries.last?.group {
      let begin = entries.lastIndex { $0.group != group }.map { $0 + 1 } ?? 0
      undone.append(Array(commands[begin...]))
      entries.removeSubrange(begin...)
      taken += 1
    }
    return taken
  }

  /// Adds what was taken back last, and so on. How many groups.
  mutating func redo(_ count: Int) -> Int {
    var added = 0
    while added < count, let group = undone.popLast() {
      for command in group { add(command) }
      added += 1
    }
    return added
  }
}

extension SessionLog {
  /// A logged command, in few bytes: nothing is ever forgotten.
  fileprivate struct Entry: Sendable {
    private let reading: ScriptCommand.Reading
    private let outcome: Outcome
    private let line: Int32
    let group: Int32

    /// How a command ended and what it took. Most of them took nothing, and share it.
    private final class Outcome: Sendable {
      let failure: LoggedCommand.Failure?
      let taken: OutsideInput
      let isInterrupted: Bool

      init(_ command: LoggedCommand) {
        failure = command.failure
        taken = command.taken
        isInterrupted = command.command.isInterrupted
      }

      func isSame(as command: LoggedCommand) -> Bool {
        failure == command.failure && isInterrupted == command.command.isInterrupted
          && taken == command.taken
      }
    }

    init(_ command: LoggedCommand, after last: Entry?) {
      reading = command.command.reading
      line = Int32(clamping: command.command.line)
      group = Int32(clamping: command.group)
      if let last, last.outcome.isSame(as: command) {
        outcome = last.outcome
      } else {
        outcome = Outcome(command)
      }
    }

    var command: LoggedCommand {
      LoggedCommand(
        command: ScriptCommand(reading, line: Int(line), isInterrupted: outcome.isInterrupted),
        group: Int(group), failure: outcome.failure, taken: outcome.taken)
    }
  }

  package struct Commands: RandomAccessCollection, Sendable {
    fileprivate let entries: ArraySlice<Entry>

    package var startIndex: Int { entries.startIndex }
    package var endIndex: Int { entries.endIndex }
    package subscript(index: Int) -> LoggedCommand { entries[index].command }
  }
}

extension Command {
  /// Whether it may change the session. What only looks at it, or is about files, does not.
  package var changesSession: Bool {
    switch self {
    case .module, .synthetic, .json, .set, .context, .reset, .remove, .clear, .load, .resolve,
      .unresolve, .importMap, .answer, .link, .linkRequests, .instantiate, .evaluate, .step,
      .continue, .finish, .abort, .javaScript, .script, .tick, .edit:
      true
    case .option(_, let value): value != nil
    case .rules, .which, .status, .states, .show, .bindings, .namespace, .graph, .order, .cycles,
      .why, .explain, .timeline, .at, .save, .source, .transcript, .undo, .redo, .export,
      .history, .help, .quit:
      false
    }
  }

  /// Whether all that it does is to show something.
  var onlyShows: Bool {
    switch self {
    case .rules, .which, .status, .states, .show, .bindings, .namespace, .graph, .order, .cycles,
      .why, .explain, .timeline, .at, .history, .help:
      true
    default: false
    }
  }

  /// Whether it is done at once: no code of a person runs, and nothing is read but its own text.
  var isBrief: Bool {
    switch self {
    case .module(let definition):
      if case .text = definition.source { definition.meta == nil } else { false }
    case .resolve, .unresolve, .context, .option: true
    default: false
    }
  }
}

extension ScriptCommand {
  /// Whether the command is done at once, or is none.
  var isBrief: Bool {
    guard text.utf8.count < 1 << 16, case .success(let command) = parsed else { return false }
    return command.isBrief
  }
}
