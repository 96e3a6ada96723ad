/// A line of a journal, a JSON object with one key that says what it is.
enum JournalLine {
  /// The first one.
  case session(began: Int, seed: Int, directory: String)
  /// The first one of a version that is not known yet.
  case newer(version: Int)
  /// A command is about to run.
  case begin(ScriptCommand, group: Int)
  /// It has run. `edited`: the text of the definition that an editor made.
  case end(LoggedCommand.Failure?, OutsideInput, edited: String?)
  /// It was refused before it did anything, or never ended.
  case nothing
  case undo(Int)
  case redo(Int)

  var json: JSONValue {
    switch self {
    case .session(let began, let seed, let directory):
      [
        "session": [
          "version": .int(SessionJournal.version), "began": .int(began), "seed": .int(seed),
          "directory": .string(directory),
        ]
      ]
    case .newer(let version): ["session": ["version": .int(version)]]
    case .begin(let command, let group):
      [
        "run": [
          "group": .int(group), "file": .optional(command.file), "line": .int(command.line),
          "text": .string(command.text),
        ]
      ]
    case .end(let failure, let taken, let edited):
      [
        "done": [
          "failure": failure.map {
            ["name": .optional($0.name), "code": .optional($0.code)]
          } ?? .null,
          "taken": taken.json, "edited": .optional(edited),
        ]
      ]
    case .nothing: ["nothing": true]
    case .undo(let count): ["undo": .int(count)]
    case .redo(let count): ["redo": .int(count)]
    }
  }

  /// Nil for a line that is not whole, or not ours.
  init?(_ text: String) {
    guard let json = try? JSONReader.value(of: text) else { return nil }
    if let version = json["session"]?["version"]?.integer, version > SessionJournal.version {
      self = .newer(version: version)
    } else if let session = json["session"], let began = session["began"]?.integer,
      let seed = session["seed"]?.integer, let directory = session["directory"]?.words
    {
      self = .session(began: began, seed: seed, directory: directory)
    } else if let run = json["run"], let group = run["group"]?.integer,
      let line = run["line"]?.integer, let text = run["text"]?.words,
      let command = Self.command(text, file: run["file"]?.words, line: line)
    {
      self = .begin(command, group: group)
    } else if let done = json["done"], let taken = done["taken"].flatMap(OutsideInput.init) {
      var failure: LoggedCommand.Failure?
      if let told = done["failure"], told != .null {
        failure = LoggedCommand.Failure(name: told["name"]?.words, code: told["code"]?.words)
      }
      self = .end(failure, taken, edited: done["edited"]?.words)
    } else if json["nothing"] != nil {
      self = .nothing
    } else if let count = json["undo"]?.integer {
      self = .undo(count)
    } else if let count = json["redo"]?.integer {
      self = .redo(count)
    } else {
      return nil
    }
  }

  /// As the prompt reads it; what a script left unfinished, as a script.
  static func command(_ text: String, file: String?, line: Int) -> ScriptCommand? {
    for mode in [CommandReader.Mode.interactive, .script] {
      var reader = CommandReader(
        text, file: file, firstLine: line, mode: mode, scanner: ModuleSyntaxScanner())
      if case .command(let command)? = reader.next() { return command }
    }
    return nil
  }
}
