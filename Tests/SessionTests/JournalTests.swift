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
    #expect(SessionJournal.survey(directory).livingCount == 1)
    #expect(SessionJournal.survey(directory).dead.isEmpty)
    session.journal = nil
    let path = try #require(SessionJournal.survey(directory).dead.first)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let ends = bytes.indices.filter { bytes[$0] == 0x0A }
    let whole = try JournalContent(bytes)
    #expect(whole.log.commands.count == session.log.commands.count)
    let begin = ends[ends.count - 3] + 1
    for length in begin...bytes.count {
      let content = try JournalContent(Array(bytes[..<length]))
      let last = try #require(ends.last { $0 < length })
      #expect(content.wholeLength == last + 1)
      #expect(content.isTorn == (length > last + 1))
      #expect(content.unread.isEmpty)
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
    let content = try JournalContent(bytes)
    let session = Session(output: SilentOutput(), keepsReports: true)
    let journal = try #require(SessionJournal(continuing: path))
    guard case .done(let changed, nil) = session.resume(content, journal) else {
      Issue.record("nothing interrupts it, and all of it can be read")
      return []
    }
    #expect(changed.isEmpty)
    defer { session.journal = nil }
    return look(session)
  }

  // MARK: - What else may stand in the file

  private static let head =
    #"{"session": {"version": 1, "began": 1, "seed": 2, "directory": "/"}}"# + "\n"

  private static func command(_ text: String) -> String {
    #"{"run": {"group": 1, "file": null, "line": 1, "text": "\#(text)"}}"# + "\n"
      + #"{"done": {"failure": null, "taken": {"begin": 0, "end": 1, "files": [], "answers": [], "#
      + #""tasks": [], "stops": []}, "edited": null}}"# + "\n"
  }

  @Test(arguments: [
    ("", JournalProblem.nothing),
    (String(head.prefix(20)), .nothing),
    ("\0\0\0\0", .nothing),
    ("\n", .notAJournal),
    ("binary \u{1}\u{2}", .notAJournal),
    ("[1]\n" + head, .notAJournal),
    (command("js 1"), .notAJournal),
    (#"{"session": {"version": 2, "what": "ever"}}"# + "\n", .newer(version: 2)),
  ])
  func `a file that is no journal says why`(text: String, expected: JournalProblem) {
    #expect(throws: expected) { try JournalContent(Array(text.utf8)) }
  }

  @Test
  func `a journal without a version is of the first one`() throws {
    let text = Self.head.replacingOccurrences(of: #""version": 1, "#, with: "")
    #expect(try JournalContent(Array(text.utf8)).isEmpty)
  }

  @Test(arguments: ["garbage", "{}", "[", #"{"run": {"text": "js 2"}}"#, "\u{1}\u{0}"])
  func `what follows a damaged line is kept in another file`(damage: String) throws {
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let path = directory + "/1-1.journal"
    let whole = Self.head + Self.command("js var a = 1")
    let rest = damage + "\n" + Self.command("js var b = 2")
    try (whole + rest).write(toFile: path, atomically: false, encoding: .utf8)
    let content = try SessionJournal.content(of: path)
    #expect(content.log.commands.map(\.command.text) == ["js var a = 1"])
    let journal = try #require(SessionJournal(continuing: path))
    let session = Session(output: SilentOutput(), keepsReports: true)
    guard case .done(_, let unread?) = session.resume(content, journal) else {
      Issue.record("it does not say where the rest is")
      return
    }
    #expect(try String(contentsOfFile: unread, encoding: .utf8) == rest)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == whole)
    give("js var c = 3", to: session)
    session.journal = nil
    let texts = try SessionJournal.content(of: path).log.commands.map(\.command.text)
    #expect(texts == ["js var a = 1", "js var c = 3"])
  }

  @Test
  func `a bit that has changed is seen`() throws {
    let session = Session(output: SilentOutput(), keepsReports: true)
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: directory) }
    session.journal = SessionJournal(directory: directory, session: session)
    give("js var a = 1\njs var b = 2\njs var c = 3\n", to: session)
    session.journal = nil
    let path = try #require(SessionJournal.survey(directory).dead.first)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let begin = try #require(bytes.firstIndex(of: 0x0A)) + 1
    for offset in stride(from: begin, to: bytes.count, by: 13) {
      var damaged = bytes
      damaged[offset] ^= 1 << (offset % 8)
      let texts = try JournalContent(damaged).log.commands.map(\.command.text)
      #expect(["js var a = 1", "js var b = 2", "js var c = 3"].starts(with: texts))
    }
  }

  @Test(arguments: [
    #"{"undo": -1}"#, #"{"undo": 1e300}"#, #"{"redo": 99999999999999999999}"#,
    #"{"run": {"group": 9223372036854775807, "file": null, "line": 1, "text": "js 1"}}"#,
    #"{"run": {"group": 1, "file": null, "line": 9223372036854775807, "text": "js 1"}}"#,
    #"{"run": {"group": 1, "file": null, "line": -1, "text": "js 1"}}"#,
    #"{"run": {"group": 1, "file": null, "line": 1, "text": "source s.modlab"}}"#,
    #"{"run": {"group": 1, "file": null, "line": 1, "text": "undo"}}"#,
    #"{"run": {"group": 1, "file": null, "line": 1, "text": "quit"}}"#,
    #"{"done": {"failure": null, "taken": {"begin": 0, "end": 1e300, "files": [], "answers": [], "#
      + #""tasks": [], "stops": []}, "edited": null}}"#,
    #"{"done": {"failure": null, "taken": {"begin": 5, "end": 1, "files": [], "answers": [], "#
      + #""tasks": [], "stops": []}, "edited": null}}"#,
    #"{"done": {"failure": null, "taken": {"begin": 0, "end": 1, "files": [], "answers": [], "#
      + #""tasks": [-1], "stops": []}, "edited": null}}"#,
    String(repeating: "[", count: 100_000),
  ])
  func `what no session wrote is damage`(line: String) throws {
    let whole = Self.head + Self.command("js var a = 1")
    let content = try JournalContent(Array((whole + line + "\n").utf8))
    #expect(content.log.commands.map(\.command.text) == ["js var a = 1"])
    #expect(content.wholeLength == whole.utf8.count)
  }

  @Test
  func `the newest are kept, and none without commands`() throws {
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for number in 1...8 {
      let path = "\(directory)/\(number)-1.journal"
      try (Self.head + Self.command("js \(number)")).write(
        toFile: path, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: Double(1000 - number))], ofItemAtPath: path)
      for (kind, text) in ["3": "# notes\n", "4": #"{"session": {"version": 99}}"# + "\n{}\n"] {
        let foreign = "\(directory)/\(number)-\(kind).journal"
        try text.write(toFile: foreign, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: foreign)
      }
      let spent = "\(directory)/\(number)-2.journal"
      try (number < 4 ? "" : Self.head).write(toFile: spent, atomically: false, encoding: .utf8)
    }
    let session = Session(output: SilentOutput(), keepsReports: true)
    session.journal = SessionJournal(directory: directory, session: session)
    give("js 0", to: session)
    // The last one written to is the newest, whenever its session began.
    let names = SessionJournal.survey(directory).dead.map { String($0.dropFirst(directory.count)) }
    #expect(names.filter { $0.hasSuffix("-1.journal") } == (1...5).map { "/\($0)-1.journal" })
    #expect(names.count == 5 + 2 * 8)
    session.journal = nil
  }
}
