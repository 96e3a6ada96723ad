internal import ModuleSyntax
internal import VMModules

/// A failed command: what JSON says of it, and what a person reads.
struct CommandFailure: Error {
  var report: ErrorReport
  var diagnostic: Diagnostic

  init(report: ErrorReport, diagnostic: Diagnostic) {
    self.report = report
    self.diagnostic = diagnostic
  }

  /// A person's mistake.
  init(_ error: CommandError, in command: ScriptCommand) {
    report = ErrorReport(error, in: command)
    diagnostic = Diagnostic(error, in: command)
  }

  /// Ctrl-C, in words of the command.
  init(interrupted message: String, notes: [String] = [], hints: [String] = []) {
    self.init(message: message, notes: notes, hints: hints)
    report.code = ScriptCommand.interruptedCode
  }

  init(message: String, notes: [String] = [], hints: [String] = []) {
    report = ErrorReport(name: CommandError.name, message: message, phase: .command)
    diagnostic = Diagnostic(message: message, notes: notes, hints: hints)
  }
}

/// A failure of a module operation, with the phase in which it came.
struct PhasedFailure: Error {
  let failure: VMFailure
  let phase: ErrorReport.Phase
  /// Commands that may help, when the failure itself knows of none.
  let hints: [String]
  /// The module that the command was about.
  let subject: String?

  init(
    _ failure: VMFailure, _ phase: ErrorReport.Phase, hints: [String] = [], subject: String? = nil
  ) {
    self.failure = failure
    self.phase = phase
    self.hints = hints
    self.subject = subject
  }
}
