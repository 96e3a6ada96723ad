internal import VMModules

/// `option trace node`.
extension Session {
  func switchTrace() {
    if let tracing = output as? TraceOutput { output = tracing.inner }
    if options.trace == "node" { output = TraceOutput(output) }
  }

  /// A command that belongs into the log has run.
  func trace(_ command: ScriptCommand, _ failure: CommandFailure?) {
    guard case .success(let parsed) = command.parsed else { return }
    guard let label = traceLabel(parsed), let tracing = output as? TraceOutput else { return }
    let line = NodeTrace.line(
      label, isPending: report.result["pending"] == .bool(true), failure?.report,
      modules: registry.all.map { ($0.name, $0.module.status.rawValue) })
    tracing.inner.text(ResultText(line + "\n"))
  }

  /// A stepped operation is one operation, when it has ended.
  private func traceLabel(_ command: Command) -> String? {
    switch command {
    case .link(_, isStepped: true), .evaluate(_, _, isStepped: true):
      return stepped == nil ? NodeTrace.label(command) : nil
    case .step, .continue, .finish:
      guard stepped == nil, let ended = endedStepped else { return nil }
      endedStepped = nil
      return ended
    default: return NodeTrace.label(command)
    }
  }
}
