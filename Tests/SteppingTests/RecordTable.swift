import ModuleLinking
import Testing

@testable import Session

/// The fields of every record as `status` tells them, while a session is stepped.
struct RecordTable {
  /// A line for each step, and below it one for each record that the step changed.
  private(set) var lines: [String] = []
  private let session: SteppedSession
  private var last: [String: String] = [:]

  /// Runs the commands that come before the first step: all records are in the table.
  init(_ session: SteppedSession, _ command: String) {
    self.session = session
    session.run("option spec on")
    session.run(command)
    note(command)
  }

  /// Steps until nothing is stepped.
  mutating func stepThrough() {
    while session.session.stepped != nil, lines.count < 200 {
      note(SteppedSession.word(of: session.run("step")))
    }
  }

  private mutating func note(_ step: String) {
    lines.append(step)
    guard
      case .array(let rows)? = SteppedSession.member("modules", of: session.run("status").result)
    else { return }
    for row in rows {
      guard let name = Self.text("name", of: row) else { continue }
      let fields = self.fields(of: row, name)
      if last[name] != fields { lines.append("\(name) \(fields)") }
      last[name] = fields
    }
  }

  private func fields(of row: JSONValue, _ name: String) -> String {
    let fields = SteppedSession.member("fields", of: row) ?? .null
    func field(_ name: String) -> String { Self.text(name, of: fields) ?? "–" }
    // `error` is Node's, which a failed link may set: [[EvaluationError]] is the record's own.
    var error = "–"
    if session.record(name)?.evaluationError != nil {
      error =
        SteppedSession.member("error", of: row).flatMap { Self.text("message", of: $0) } ?? "?"
    }
    return [
      Self.text("record", of: row) ?? "–", "\(field("dfs"))/\(field("ancestor"))", field("root"),
      field("tla"), field("async"), field("pending"),
      field("parents").filter { $0 != " " }, error,
    ].joined(separator: " ")
  }

  private static func text(_ name: String, of value: JSONValue) -> String? {
    guard case .string(let text)? = SteppedSession.member(name, of: value) else { return nil }
    return text
  }

  /// The table as it is written in a test: words aligned by any number of spaces, after a line of
  /// titles.
  func expect(_ written: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let expected = written.split(separator: "\n").dropFirst().map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    guard lines != expected else { return }
    let index = zip(lines, expected).prefix { $0 == $1 }.count
    let after = lines.prefix(index).last { $0.contains(":") } ?? "the beginning"
    Issue.record(
      """
      after \(after), line \(index + 1)
      is       \(index < lines.count ? lines[index] : "nothing")
      and not  \(index < expected.count ? expected[index] : "nothing")
      \(lines.joined(separator: "\n"))
      """,
      sourceLocation: sourceLocation)
  }
}
