/// Where a session's commands put what they have to say, while they run.
package protocol CommandOutput: AnyObject {
  /// Something happened.
  func event(_ event: SessionEvent)
  /// A command's result.
  func text(_ text: ResultText)
  func diagnostic(_ diagnostic: Diagnostic)
}

/// Says nothing: the answers are in the report.
package final class SilentOutput: CommandOutput {
  package init() {}
  package func event(_ event: SessionEvent) {}
  package func text(_ text: ResultText) {}
  package func diagnostic(_ diagnostic: Diagnostic) {}
}
