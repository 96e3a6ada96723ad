@testable import Session

/// The commands of a script; a mistake is shown as its message.
func read(
  _ text: String, mode: CommandReader.Mode = .script, file: String? = nil
) -> [ScriptCommand] {
  var reader = CommandReader(text, file: file, mode: mode, scanner: ModuleSyntaxScanner())
  var commands: [ScriptCommand] = []
  while case .command(let command)? = reader.next() { commands.append(command) }
  return commands
}

/// The one command of a line.
func parse(_ text: String, mode: CommandReader.Mode = .script) -> Result<Command, CommandError>? {
  read(text, mode: mode).first?.parsed
}

/// The message of the mistake in a line; empty when there is none.
func mistake(_ text: String, mode: CommandReader.Mode = .script) -> String {
  guard case .failure(let error)? = parse(text, mode: mode) else { return "" }
  return error.message
}
