/// What became of a file that was to be checked.
package enum TranscriptOutcome: Sendable {
  case checked(TranscriptCheck)
  /// There is nothing in it to check.
  case withoutSession(file: String)
  case unreadable(file: String, reason: String)

  var check: TranscriptCheck? {
    if case .checked(let check) = self { check } else { nil }
  }
}
