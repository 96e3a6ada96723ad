/// What a reader hands over at a time.
public enum Input: Equatable, Sendable {
  /// An entry without its final line break. One that was typed or recalled may have inner ones.
  case line(String)
  /// Ctrl-D, or the end of a pipe or a file.
  case endOfInput
  /// The terminal is gone. What was typed and not sent goes with it.
  case hangUp
  /// Ctrl-C; whether it discarded something.
  case interrupted(hadText: Bool)
}
