/// The one table of commands.
package enum CommandTable {
  package static let all: [CommandSyntax] = defining + resolving + running + looking + session

  package static func syntax(of name: CommandName) -> CommandSyntax {
    byName[name] ?? CommandSyntax(name: name, group: .session, summary: "")
  }

  /// The command of a whole word, aliases included.
  package static func command(of word: String) -> CommandName? {
    CommandName(rawValue: word) ?? aliases[word]
  }

  /// The commands that begin so.
  package static func commands(withPrefix prefix: String) -> [CommandName] {
    CommandName.allCases.filter { $0.rawValue.hasPrefix(prefix) }
  }

  /// All words that name a command.
  package static let words: [String] = CommandName.allCases.map(\.rawValue) + aliases.keys.sorted()

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let aliases: [String: CommandName] = {
    var aliases: [String: CommandName] = [:]
    for syntax in all {
      for alias in syntax.aliases { aliases[alias] = syntax.name }
    }
    return aliases
  }()

  static let name = ArgumentSyntax("NAME", .module)
  static let contextOption = OptionSyntax("--context", ArgumentSyntax("C", .context))
  static let identifierOption = OptionSyntax("--id", ArgumentSyntax("ID", .newName))
  static let stepOption = OptionSyntax("--step")
}
