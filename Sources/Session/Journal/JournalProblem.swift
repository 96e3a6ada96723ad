/// Why a journal brings nothing back.
package enum JournalProblem: Error, Hashable, Sendable {
  case unreadable(FileProblem)
  /// The disk was full, or the session was cut off, before its first line was whole.
  case nothing
  /// Its first line is not a journal's.
  case notAJournal
  case newer(version: Int)

  package var reason: String {
    switch self {
    case .unreadable(let problem): problem.reason
    case .nothing: "nothing is in it"
    case .notAJournal: "it is no journal of modlab"
    case .newer(let version):
      "a newer modlab wrote it (journal version \(version); this one reads "
        + "\(SessionJournal.version))"
    }
  }
}
