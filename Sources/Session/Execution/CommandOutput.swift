/// Where a session's commands put what they have to say, while they run.
package protocol CommandOutput: AnyObject {
  /// Something happened.
  func event(_ event: SessionEvent)
  /// Text of a command's result, lines that end with a line break.
  func text(_ text: String)
  func diagnostic(_ diagnostic: Diagnostic)
}

/// Says nothing: the answers are in the report.
package final class SilentOutput: CommandOutput {
  package init() {}
  package func event(_ event: SessionEvent) {}
  package func text(_ text: String) {}
  package func diagnostic(_ diagnostic: Diagnostic) {}
}
