import Foundation
import SchemaValidation
import Session
import Testing

/// What `--json` prints is what `Documentation/json-schema.json` says.
///
/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct JSONSchemaTests {
  static let validator = Result {
    let url = TranscriptFile.root.appendingPathComponent("Documentation/json-schema.json")
    return try SchemaValidator(String(contentsOf: url, encoding: .utf8))
  }

  @Test(arguments: TranscriptFile.all)
  func `every answer of a document is as the schema says`(_ file: TranscriptFile) throws {
    var session = Self.session()
    for step in try file.transcript().steps {
      if step.begins != nil { session = Self.session() }
      var reader = CommandReader(step.command, scanner: ModuleSyntaxScanner())
      while case .command(let command)? = reader.next() {
        let text = session.run(command).json().text
        let faults = try Self.validator.get().faults(of: text)
        #expect(faults.isEmpty, "\(file.path):\(step.line)\n\(faults.joined(separator: "\n"))")
      }
    }
  }

  private static func session() -> Session {
    let session = Session(output: SilentOutput(), keepsReports: true)
    session.onNestedReport = { report in
      #expect((try? validator.get().faults(of: report.json().text)) == [])
    }
    return session
  }

  private static let sound = """
    {"file": null, "line": 1, "command": "js 1", "ok": true, "error": null, "transitions": [], \
    "requests": [], "console": [], "unhandled": [], "result": {"text": "1", "json": 1}}
    """

  @Test(arguments: [
    ("\"line\": 1", "\"line\": 0"), ("\"line\": 1, ", ""), ("\"ok\": true", "\"ok\": 1"),
    ("\"ok\": true", "\"ok\": true, \"more\": 1"), ("js 1", "link a"), ("js 1", "module a = 1"),
    ("js 1", "undo"), ("js 1", "save a"), ("js 1", "frobnicate"), ("\"json\": 1", "\"jsn\": 1"),
    ("\"json\": 1", "\"json\": 1, \"x\": 2"),
    ("\"error\": null", "\"error\": {}"),
    ("\"console\": []", "\"console\": [{\"level\": \"log\"}]"),
    ("\"requests\": []", "\"requests\": [1]"),
    (
      "\"transitions\": []",
      "\"transitions\": [{\"n\": 1, \"module\": \"a\", \"from\": \"new\", \"to\": \"linked\"}]"
    ),
  ])
  func `what the schema does not say is found`(_ old: String, _ new: String) throws {
    let validator = try Self.validator.get()
    #expect(try validator.faults(of: Self.sound).isEmpty)
    #expect(Self.sound.contains(old))
    #expect(try !validator.faults(of: Self.sound.replacing(old, with: new)).isEmpty)
  }

  @Test func `commands that go back and write answer as the schema says`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("modlab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let session = Self.session()
    for text in [
      "module a = 1", "js 1", "undo", "redo", "undo 2", "undo", "redo 2", "save '\(folder.path)/s'",
      "export html '\(folder.path)/h'", "export node '\(folder.path)/n'", "import-map = {}",
      "which a", "link a --step", "step", "step 9", "abort", "load '\(folder.path)/none.mjs'",
      "transcript off", "history 2", "tick", "context c", "clear",
    ] {
      var reader = CommandReader(text, scanner: ModuleSyntaxScanner())
      while case .command(let command)? = reader.next() {
        let answer = session.run(command).json().text
        #expect(try Self.validator.get().faults(of: answer) == [], "\(text)")
      }
    }
  }

  @Test(arguments: [
    "js await new Promise(() => {})", "js Promise.reject(new Error('a', { cause: 1 })); 1",
    "js Promise.reject(undefined); 1", "js throw null", "js ({ a: [undefined, NaN] })", "lnik a",
    "js throw new AggregateError([1], '\\ud800')", "js console.log('\\ud800')", "module a = (",
    "expect-error 'a b' status", ".status", ": js 1", "at 0 graph", "option", "help link",
    "evaluate a", "resolve \"a\" => pending", "synthetic s x=1", "link s", "evaluate s",
    "namespace s",
  ])
  func `a single answer is as the schema says`(_ text: String) throws {
    let session = Self.session()
    var reader = CommandReader(text, scanner: ModuleSyntaxScanner())
    while case .command(let command)? = reader.next() {
      let text = session.run(command).json().text
      #expect(try Self.validator.get().faults(of: text) == [])
    }
  }
}
