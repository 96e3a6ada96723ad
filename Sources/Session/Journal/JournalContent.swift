/// What a journal tells of a session.
package struct JournalContent: Sendable {
  /// Seconds since 1970.
  package private(set) var began = 0
  package private(set) var directory = ""
  private(set) var seed = 0
  package private(set) var log = SessionLog()
  /// All commands that were given and may have changed something, for `history`.
  private(set) var texts: [String] = []
  /// The command that ran when the session ended.
  package private(set) var interrupted: ScriptCommand?
  /// What the person had answered to it.
  package private(set) var answers: [PersonAnswer] = []
  /// How many bytes are whole lines.
  package private(set) var wholeLength = 0
  /// Whole lines, and what follows them, that are not as they were written.
  package private(set) var unread: [UInt8] = []
  /// The last line is not whole: the session was cut off while it was written.
  package private(set) var isTorn = false

  /// Whether there is something to bring back.
  package var isEmpty: Bool { log.commands.isEmpty && log.undone.isEmpty && interrupted == nil }

  /// Reads as much as is whole: a torn last line, and what follows a line that is not ours, is left
  /// out.
  package init(_ bytes: [UInt8]) throws(JournalProblem) {
    var running: (command: ScriptCommand, group: Int)?
    var offset = 0
    var hasSums = false
    while let end = bytes[offset...].firstIndex(of: 0x0A) {
      let isWhole = JournalLine.isWhole(bytes[offset..<end])
      guard isWhole ?? !hasSums,
        let line = JournalLine(String(decoding: bytes[offset..<end], as: UTF8.self))
      else { break }
      hasSums = isWhole != nil
      if case .newer(let version) = line { throw .newer(version: version) }
      if offset == 0 {
        guard case .session = line else { throw .notAJournal }
      }
      offset = end + 1
      switch line {
      case .newer: break
      case .session(let began, let seed, let directory):
        (self.began, self.seed, self.directory) = (began, seed, directory)
      case .begin(let command, let group):
        running = (command, group)
        answers = []
        texts.append(command.text)
      case .end(let failure, let taken, let edited):
        guard let (command, group) = running else { continue }
        running = nil
        log.append(
          LoggedCommand(
            command: edited.flatMap { JournalLine.command($0, file: nil, line: 1) } ?? command,
            group: group, failure: failure, taken: taken))
      case .nothing: running = nil
      case .answer(let answer): answers.append(answer)
      case .undo(let count): _ = log.undo(count)
      case .redo(let count): _ = log.redo(count)
      }
    }
    guard offset > 0 else { throw Self.mayBegin(bytes) ? .nothing : .notAJournal }
    wholeLength = offset
    isTorn = !bytes[offset...].isEmpty && !bytes[offset...].contains(0x0A)
    if !isTorn { unread = Array(bytes[offset...]) }
    interrupted = running?.command
  }

  /// Whether more bytes could make a first line of it.
  private static func mayBegin(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0x0A) && zip(bytes, "{\"session\"".utf8).allSatisfy { $0 == $1 || $0 == 0 }
  }
}
