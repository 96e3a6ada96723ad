/// What a reader hands over at a time.
public enum Input: Equatable, Sendable {
  /// An entry without its final line break. One that was typed or recalled may have inner ones.
  case line(String)
  case endOfInput
  /// Ctrl-C; whether it discarded something.
  case interrupted(hadText: Bool)
}
