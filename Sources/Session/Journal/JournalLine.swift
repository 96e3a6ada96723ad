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
  /// The person answered a question of the command that runs.
  case answer(PersonAnswer)
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
    case .answer(let answer): ["answer": answer.json]
    case .undo(let count): ["undo": .int(count)]
    case .redo(let count): ["redo": .int(count)]
    }
  }

  /// As it stands in the file: with a sum at its end, which shows whether it is still as it was written.
  var text: String {
    let body = json.text.dropLast()
    return "\(body)\(Self.sumMark)\(Self.sum(of: body.utf8))}"
  }

  private static let sumMark = ", \"sum\": "

  /// FNV-1a.
  private static func sum(of bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// Whether the sum at the end of a line is its own; nil when there is none, as in journals of earlier
  /// versions.
  static func isWhole(_ line: ArraySlice<UInt8>) -> Bool? {
    let digits = line.dropLast().suffix(10).reversed().prefix { (0x30...0x39).contains($0) }.count
    let body = line.dropLast(1 + digits)
    let mark = Array(sumMark.utf8)
    guard digits > 0, line.last == UInt8(ascii: "}"), body.suffix(mark.count).elementsEqual(mark)
    else { return nil }
    let number = String(decoding: line.dropLast().suffix(digits), as: UTF8.self)
    return UInt32(number) == sum(of: body.dropLast(mark.count))
  }

  /// Nil for a line that is not whole, or not ours.
  init?(_ text: String) {
    guard let json = try? JSONReader.value(of: text) else { return nil }
    if let version = json["session"]?["version"]?.integer, version > SessionJournal.version {
      self = .newer(version: version)
    } else if let session = json["session"], let began = session["began"]?.count,
      let seed = session["seed"]?.integer, let directory = session["directory"]?.words
    {
      self = .session(began: began, seed: seed, directory: directory)
    } else if let run = json["run"], let group = run["group"]?.count,
      let line = run["line"]?.count, line <= Int32.max, let text = run["text"]?.words,
      let command = Self.command(text, file: run["file"]?.words, line: line),
      command.isLogged
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
    } else if let answer = json["answer"].flatMap(PersonAnswer.init) {
      self = .answer(answer)
    } else if let count = json["undo"]?.count {
      self = .undo(count)
    } else if let count = json["redo"]?.count {
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
