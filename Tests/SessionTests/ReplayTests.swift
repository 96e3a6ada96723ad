import Foundation
import Session
import Testing

/// What `status`, `rules` and `timeline` say.
private struct Observed: Equatable {
  var texts: [String]

  init(_ session: Session) {
    texts = ["status", "rules", "timeline", "js [globalThis.n, globalThis.late]"].map {
      run($0, in: session).map { $0.json().text }.joined()
    }
  }
}

@discardableResult
private func run(_ script: String, in session: Session) -> [CommandReport] {
  var reader = CommandReader(script, scanner: ModuleSyntaxScanner())
  var reports: [CommandReport] = []
  while case .command(let command)? = reader.next() { reports.append(session.run(command)) }
  return reports
}

private func makeSession() -> Session {
  let session = Session(output: SilentOutput(), keepsReports: true)
  session.seed = 1
  return session
}

private func temporaryPath() -> String {
  FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path + ".modlab"
}

struct ReplayTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a saved session is the same when it is run`(seed: UInt64) throws {
    let first = temporaryPath()
    let second = temporaryPath()
    defer { for path in [first, second] { try? FileManager.default.removeItem(atPath: path) } }
    let session = makeSession()
    run(RandomSession(seed: seed).script, in: session)
    run("save '\(first)'", in: session)
    let script = try String(contentsOfFile: first, encoding: .utf8)
    let again = makeSession()
    for report in run(script, in: again) where !report.isOK {
      Issue.record("\(report.command): \(report.error?.message ?? "")")
    }
    run("save '\(second)'", in: again)
    let saved = try String(contentsOfFile: second, encoding: .utf8)
    #expect(saved == script)
    let expected = Observed(session).texts
    let actual = Observed(again).texts
    #expect(actual == expected)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `undone to the start and done again, a session is the same`(seed: UInt64) {
    let session = makeSession()
    run(RandomSession(seed: seed).script, in: session)
    let expected = Observed(session)
    // Looking at JavaScript was a command too.
    run("undo", in: session)
    run("undo 1000", in: session)
    #expect(Observed(makeSession()).texts.first == run("status", in: session)[0].json().text)
    run("redo 1000", in: session)
    // The look is among what was done again.
    run("undo", in: session)
    let actual = Observed(session)
    #expect(actual == expected)
  }
}
