/// What `help NAME` tells about.
package enum HelpSubject {
  case command(CommandSyntax)
  case topic(HelpTopic)

  /// A command, a topic, a word in one of them, or the only one of them that begins so.
  package init(_ name: String) throws(CommandError) {
    if let found = Self.named(name) {
      self = found
      return
    }
    let names = CommandTable.words + HelpTopic.all.map(\.name)
    let starting = names.filter { !name.isEmpty && $0.hasPrefix(name) }
    guard starting.count == 1, let found = starting.first.flatMap(Self.named) else {
      throw CommandError(
        .unknownTopic(
          name, near: starting.isEmpty ? NearestNames.of(name, among: names) : starting))
    }
    self = found
  }

  private static func named(_ name: String) -> HelpSubject? {
    if let command = CommandTable.command(of: name) {
      return .command(CommandTable.syntax(of: command))
    }
    return HelpTopic.named(name).map { .topic($0) }
  }
}
