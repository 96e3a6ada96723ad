/// How far a log is that is carried out again.
struct ReplayProgress {
  var number = 0
  let count: Int
  /// Ctrl-C ended it.
  var isGivenUp = false
  /// Commands that ended otherwise than before.
  var changed: [LoggedCommand] = []
}

/// How carrying out a log again ended.
enum ReplayOutcome {
  /// These commands ended otherwise than before.
  case done(changed: [LoggedCommand])
  /// Ctrl-C, while the command at this index was carried out.
  case interrupted(in: Int)
}
