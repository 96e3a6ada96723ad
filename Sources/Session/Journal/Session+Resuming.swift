extension Session {
  var usedSeed: Int { seed }

  /// Brings back what a journal tells, silently; commands to come are added to it.
  package func resume(_ content: JournalContent, _ journal: SessionJournal) {
    seed = content.seed
    if beginning == nil { beginning = SessionMemory(of: self) }
    rebuild(by: content.log)
    commandTexts = content.texts
    self.journal = journal
  }
}
