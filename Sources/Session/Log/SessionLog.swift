/// The commands that changed a session, or may have, in their order: carried out again with what they
/// took from outside, they make the same session.
///
/// Looking commands are not in it, and no command that was not understood or named something that is
/// not there. A `source` is in it as the commands of its file.
package struct SessionLog: Sendable {
  package private(set) var commands: [LoggedCommand] = []
  /// Of the command that was given last.
  package private(set) var group = 0

  /// What `undo` took back, as groups of commands; the one taken back last is the last.
  private(set) var undone: [[LoggedCommand]] = []

  package init() {}

  /// A command is given at the prompt or by a script, not by `source`.
  mutating func beginGroup() { group += 1 }

  mutating func append(_ command: LoggedCommand) {
    commands.append(command)
    undone = []
    group = max(group, command.group)
  }

  /// Carried out again, a command ended otherwise than before.
  mutating func setFailure(_ failure: LoggedCommand.Failure?, at index: Int) {
    commands[index].failure = failure
  }

  /// How many can be taken back.
  package var groupCount: Int {
    commands.indices.count { $0 == 0 || commands[$0].group != commands[$0 - 1].group }
  }

  /// How many must be taken back so that the command at `index` is.
  func groupCount(from index: Int) -> Int {
    guard index < commands.count else { return 0 }
    return commands[index...].indices.count {
      $0 == index || commands[$0].group != commands[$0 - 1].group
    }
  }

  /// Takes back the last `count` groups, or as many as there are. How many those are.
  mutating func undo(_ count: Int) -> Int {
    var taken = 0
    while taken < count, let group = commands.last?.group {
      let begin = commands.lastIndex { $0.group != group }.map { $0 + 1 } ?? 0
      undone.append(Array(commands[begin...]))
      commands.removeSubrange(begin...)
      taken += 1
    }
    return taken
  }

  /// Adds what was taken back last, and so on. How many groups.
  mutating func redo(_ count: Int) -> Int {
    var added = 0
    while added < count, let group = undone.popLast() {
      commands += group
      added += 1
    }
    return added
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
