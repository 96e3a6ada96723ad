import Foundation
import Session
import Testing

struct JournalTests {
  /// The session's modules and rules.
  private func look(_ session: Session) -> [String] {
    ["status", "rules", "timeline"].map { give($0, to: session).map { $0.json().text }.joined() }
  }

  @discardableResult
  private func give(_ script: String, to session: Session) -> [CommandReport] {
    var reader = CommandReader(script, scanner: ModuleSyntaxScanner())
    var reports: [CommandReport] = []
    while case .command(let command)? = reader.next() { reports.append(session.run(command)) }
    return reports
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a journal cut anywhere in its last two lines loses nothing whole`(seed: UInt64) throws {
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let session = Session(output: SilentOutput(), keepsReports: true)
    session.journal = SessionJournal(directory: directory, session: session)
    give(RandomSession(seed: seed).script + "js 0\n", to: session)
    // It is locked while its session lives.
    #expect(SessionJournal.dead(in: directory).isEmpty)
    session.journal = nil
    let path = try #require(SessionJournal.dead(in: directory).first)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    let whole = try #require(JournalContent(bytes))
    #expect(whole.log.commands.count == session.log.commands.count)
    let begin = ends[ends.count - 3] + 1
    for length in begin...bytes.count {
      let content = try #require(JournalContent(Array(bytes[..<length])))
      let last = try #require(ends.last { $0 < length })
      #expect(content.wholeLength == last + 1)
      let lost = whole.log.commands.count - content.log.commands.count
      #expect(lost == (length == bytes.count ? 0 : 1))
      #expect(content.interrupted == nil || length < bytes.count)
    }
    #expect(try resumed(bytes, at: path) == look(session))
    // Without its last line, the session is the one whose last command was not given.
    give("undo", to: session)
    #expect(try resumed(Array(bytes[...ends[ends.count - 3]]), at: path) == look(session))
  }

  /// What a session shows that a journal brought back.
  private func resumed(_ bytes: [UInt8], at path: String) throws -> [String] {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let content = try #require(JournalContent(bytes))
    let session = Session(output: SilentOutput(), keepsReports: true)
    let journal = try #require(SessionJournal(continuing: path, content: content))
    session.resume(content, journal)
    defer { session.journal = nil }
    return look(session)
  }
}
