internal import Glibc

extension Session {
  /// Before `option seed`.
  var firstSeed: Int { beginning?.options.seed ?? seed }

  /// What bringing back a session came to.
  package enum Resumption {
    /// Commands to come are added to the journal. `unread`: the file with what could not be read.
    case done(changed: [LoggedCommand], unread: String?)
    /// Ctrl-C: the journal is as it was. So many commands had been carried out again.
    case interrupted(in: LoggedCommand, after: Int)
  }

  /// Brings back what a journal tells, silently. Commands that end otherwise than before are told: what
  /// they were is lost with the session that was cut off.
  package func resume(_ content: JournalContent, _ journal: SessionJournal) -> Resumption {
    seed = content.seed
    enter(content.directory)
    if beginning == nil { beginning = SessionMemory(of: self) }
    switch rebuild(by: content.log, isStrict: false) {
    case .interrupted(let index), .refused(let index, _):
      return .interrupted(in: content.log.commands[index], after: index)
    case .done(let changed):
      commandTexts = content.texts
      self.journal = journal
      return .done(changed: changed, unread: journal.goOn(after: content))
    }
  }

  /// Paths start where they started, also in a directory that is gone.
  private func enter(_ directory: String) {
    outside.directory = chdir(directory) == 0 ? nil : directory
    workingDirectory = directory
  }
}
