import Session

/// What a session of its own answers to a script, command by command.
@MainActor func answers(to script: String) -> [CommandReport] {
  answers(in: Session(output: SilentOutput(), keepsReports: true), to: script)
}

@MainActor func answers(in session: Session, to script: String) -> [CommandReport] {
  var reader = CommandReader(script + "\n", scanner: ModuleSyntaxScanner())
  var reports: [CommandReport] = []
  while case .command(let command)? = reader.next() { reports.append(session.run(command)) }
  return reports
}

/// The text that the last command shows as its value.
@MainActor func shown(by script: String) -> String? {
  guard case .string(let text)? = answers(to: script).last?.result["text"] else { return nil }
  return text
}
