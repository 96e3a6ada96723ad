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

  /// Begins a journal, and tells of a session that did not end as it should.
  func begin() {
    guard let directory = Self.directory else { return }
    keep(SessionJournal(directory: directory, session: session))
    let dead = SessionJournal.dead(in: directory)
    guard let path = dead.first, let content = SessionJournal.content(of: path),
      !content.log.commands.isEmpty || content.interrupted != nil
    else { return }
    Streams.out(
      "the session of \(Self.date(content.began)) was cut off: modlab --resume brings it back\n")
    Streams.flush()
  }

  /// `--resume`: the newest session that was cut off. False when there is none.
  func resume() -> Bool {
    guard let directory = Self.directory else { return false }
    let dead = SessionJournal.dead(in: directory)
    for (index, path) in dead.enumerated() {
      guard let content = SessionJournal.content(of: path),
        let journal = SessionJournal(continuing: path, content: content)
      else { continue }
      keep(journal)
      session.resume(content, journal)
      tell(content, others: dead.count - index - 1)
      return true
    }
    return false
  }

  private func keep(_ journal: SessionJournal) {
    journal.warn = { Streams.error("modlab: \($0)\n") }
    session.journal = journal
  }

  private func tell(_ content: JournalContent, others: Int) {
    let count = content.log.commands.count
    Streams.out(
      "resumed   \(count) command\(count == 1 ? "" : "s") of the session of "
        + "\(Self.date(content.began))\n")
    if let command = content.interrupted {
      let line = TerminalText.clean(
        command.text.split(separator: "\n").first.map(String.init) ?? "")
      Streams.out("not run again, because the session ended in it:   \(line)\n")
    }
    if content.directory != FilePath.workingDirectory {
      Streams.out("it was in \(TerminalText.clean(content.directory))\n")
    }
    if others > 0 {
      Streams.out("\(others) older session\(others == 1 ? "" : "s") can be resumed after it\n")
    }
    Streams.flush()
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
