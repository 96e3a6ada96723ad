/// How far a log is that is carried out again.
struct ReplayProgress {
  var number = 0
  let count: Int
  /// Ctrl-C ended it.
  var isGivenUp = false

  var words: String { "running command \(number) of \(count) again   Ctrl-C gives up" }
}

/// How carrying out a log again ended.
enum ReplayOutcome {
  /// These commands ended otherwise than before.
  case done(changed: [LoggedCommand])
  /// Ctrl-C, while the command at this index was carried out: the session is as it was.
  case interrupted(in: Int)
  /// The command at this index ended otherwise than before: the session is as it was.
  case refused(at: Int, LoggedCommand.Failure?)
}
