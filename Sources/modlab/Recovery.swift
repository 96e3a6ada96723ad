internal import Glibc
internal import LineEditing
internal import Session

/// Journals of sessions at the prompt, and bringing back what a crash ended.
struct Recovery {
  let session: Session

  /// Beside the history.
  private static var directory: String? {
    HistoryStore.defaultPath().map { FilePath.directory(of: $0) + "/sessions" }
  }

  private static let noDirectory =
    "neither XDG_STATE_HOME nor HOME says where to keep what you type, and a journal for --resume"

  /// Begins a journal, and tells of a session that did not end as it should.
  func begin() {
    guard let directory = Self.directory else {
      return Streams.error("modlab: \(Self.noDirectory): nothing is kept\n")
    }
    let journal = SessionJournal(directory: directory, session: session)
    watch(journal)
    session.journal = journal
    for path in SessionJournal.survey(directory).dead {
      guard let content = try? SessionJournal.content(of: path), !content.isEmpty else { continue }
      Streams.out(
        "the session of \(Self.date(content.began)) was cut off: modlab --resume brings it back\n")
      return Streams.flush()
    }
  }

  /// `--resume`: the session that was cut off last. The exit status when it is not brought back.
  func resume() -> Int32? {
    guard let directory = Self.directory else {
      Streams.error("modlab: \(Self.noDirectory): there is no session to resume\n")
      return 2
    }
    let survey = SessionJournal.survey(directory)
    if let problem = survey.problem {
      Streams.error("modlab: cannot read \(directory): \(problem.reason)\n")
    }
    for (index, path) in survey.dead.enumerated() {
      let journal = SessionJournal(continuing: path)
      let content: JournalContent
      do throws(JournalProblem) {
        content = try SessionJournal.content(of: path)
      } catch {
        if error != .nothing {
          Streams.error("modlab: \(path) is left alone: \(error.reason)\n")
        }
        continue
      }
      guard let journal, !content.isEmpty else { continue }
      watch(journal)
      return resume(content, journal, others: survey.dead.count - index - 1)
    }
    let living = survey.livingCount
    let running = living == 0 ? "" : living == 1 ? ": one is running" : ": \(living) are running"
    Streams.error("modlab: there is no session to resume\(running)\n")
    return 2
  }

  private func watch(_ journal: SessionJournal) {
    journal.warn = { Streams.error("modlab: \($0)\n") }
  }

  private func resume(
    _ content: JournalContent, _ journal: SessionJournal, others: Int
  ) -> Int32? {
    // As the person's clock had it.
    let date = Self.date(content.began)
    SessionZone.use()
    let directory = FilePath.workingDirectory
    switch session.resume(content, journal) {
    case .interrupted(let logged, let count):
      Streams.error(
        "modlab: interrupted in command \(count + 1) of \(content.log.commands.count):   "
          + "\(Self.firstLine(of: logged.command.text))\n"
          + "Nothing is lost: modlab --resume begins again.\n")
      return 130
    case .done(let changed, let unread):
      tell(
        content, of: date, from: directory, changed: changed, unread: unread, others: others)
      return nil
    }
  }

  private func tell(
    _ content: JournalContent, of date: String, from directory: String,
    changed: [LoggedCommand], unread: String?,
    others: Int
  ) {
    let commands = content.log.commands
    Streams.out(
      "resumed   \(commands.count) command\(commands.count == 1 ? "" : "s") of the session of "
        + "\(date)\n")
    if let command = content.interrupted {
      let reason = unread == nil ? "the session ended in it" : "the journal can be read up to it"
      Streams.out("not run again, because \(reason):   \(Self.firstLine(of: command.text))\n")
    }
    for case .text(let answer) in content.answers where content.interrupted != nil {
      Streams.out("it had been answered:   \(Self.firstLine(of: answer))\n")
    }
    for logged in commands where logged.wasStoppedAtWork {
      Streams.out(
        "run again for a moment only, as Ctrl-C had stopped it:   "
          + "\(Self.firstLine(of: logged.command.text))\n")
    }
    for logged in changed { Streams.out(logged.wentAnotherWay) }
    if content.directory != directory {
      let isGone = content.directory != FilePath.workingDirectory
      Streams.out(
        "it is in \(TerminalText.clean(content.directory)) again\(isGone ? ", which is not there" : "")\n"
      )
    }
    if others > 0 {
      Streams.out("\(others) older session\(others == 1 ? "" : "s") can be resumed after it\n")
    }
    if let unread {
      Streams.error("modlab: the journal is damaged; what follows in it is kept in \(unread)\n")
    }
    Streams.flush()
  }

  private static func firstLine(of text: String) -> String {
    TerminalText.clean(text.split(separator: "\n").first.map(String.init) ?? "")
  }

  /// `2026-11-23 04:31`
  private static func date(_ seconds: Int) -> String {
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let length = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
