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

extension OutsideInput {
  var json: JSONValue {
    [
      "begin": .double(begin), "end": .double(end), "date": date.map(JSONValue.double) ?? .null,
      "readings": .array(readings.map { [.double($0.date), .int($0.count)] }),
      "files": .array(files.map(\.json)),
      "answers": .array(answers.map(\.json)),
      "tasks": .array(tasks.map(JSONValue.int)),
      "stops": .array(
        stops.map {
          [
            "place": .string($0.place.rawValue), "tasks": .int($0.taskCount),
            "milliseconds": .double($0.milliseconds),
          ]
        }),
    ]
  }

  init?(_ json: JSONValue) {
    guard let begin = json["begin"]?.number, let end = json["end"]?.number,
      let files = json["files"]?.elements, let answers = json["answers"]?.elements,
      let tasks = json["tasks"]?.elements, let stops = json["stops"]?.elements
    else { return nil }
    self.begin = begin
    self.end = end
    date = json["date"]?.number
    readings = (json["readings"]?.elements ?? []).compactMap { reading in
      guard let parts = reading.elements, parts.count == 2, let date = parts[0].number,
        let count = parts[1].integer
      else { return nil }
      return Reading(date: date, count: count)
    }
    self.files = files.compactMap(File.init)
    self.answers = answers.map(PersonAnswer.init)
    self.tasks = tasks.compactMap(\.integer)
    self.stops = stops.compactMap { stop in
      guard let place = stop["place"]?.words.flatMap(Stop.Place.init),
        let count = stop["tasks"]?.integer,
        let milliseconds = stop["milliseconds"]?.number
      else { return nil }
      return Stop(place: place, taskCount: count, milliseconds: milliseconds)
    }
  }
}

extension PersonAnswer {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .interrupted: true
    case .ended: nil
    }
  }

  fileprivate init(_ json: JSONValue) {
    switch json {
    case .string(let text): self = .text(text)
    case .bool: self = .interrupted
    default: self = .ended
    }
  }
}

extension OutsideInput.File {
  fileprivate var json: JSONValue {
    switch content {
    case .success(let bytes):
      if FileReading.firstInvalidUTF8(bytes) == nil {
        return ["path": .string(path), "text": .string(String(decoding: bytes, as: UTF8.self))]
      }
      return ["path": .string(path), "bytes": .array(bytes.map { .int(Int($0)) })]
    case .failure(let problem):
      return ["path": .string(path), "problem": .string(problem.reason)]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let path = json["path"]?.words else { return nil }
    let content: Result<[UInt8], FileProblem>
    if let text = json["text"]?.words {
      content = .success(Array(text.utf8))
    } else if let bytes = json["bytes"]?.elements {
      content = .success(bytes.compactMap { $0.integer.flatMap { UInt8(exactly: $0) } })
    } else if let reason = json["problem"]?.words {
      let known: [FileProblem] = [
        .notThere, .notPermitted, .isDirectory, .partIsNoDirectory, .tooManyLinks, .nameHasNUL,
        .isNoRegularFile, .noSpace,
      ]
      content = .failure(known.first { $0.reason == reason } ?? .other(0, reason))
    } else {
      return nil
    }
    self.init(path: path, content: content)
  }
}

extension JSONValue {
  fileprivate var integer: Int? {
    if case .int(let number) = self { number } else { nil }
  }

  fileprivate var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  fileprivate var words: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }
}
