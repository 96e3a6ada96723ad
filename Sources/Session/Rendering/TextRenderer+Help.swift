extension TextRenderer {
  /// `help`: every command in a line.
  package func help() -> String {
    var text = ""
    for group in CommandGroup.allCases {
      text += painter.paint(group.rawValue, .strong) + "\n"
      var table = TextTable()
      for syntax in CommandTable.all where syntax.group == group {
        table.add([
          TextTable.Cell("  " + syntax.name.rawValue), TextTable.Cell(syntax.summary, .dim),
        ])
      }
      text += table.text(painter)
    }
    let topics = HelpTopic.all.map(\.name).joined(separator: ", ")
    let lines = TerminalText.wrapped("help COMMAND tells more. Topics: \(topics)", to: width)
      .joined(separator: "\n")
    let command = "help COMMAND"
    return text + "\n" + painter.paint(command, .hint) + lines.dropFirst(command.count) + "\n"
  }

  /// `help COMMAND` or `help TOPIC`.
  package func help(on subject: HelpSubject) -> String {
    switch subject {
    case .command(let syntax): help(syntax)
    case .topic(let topic):
      painter.paint(topic.name, .strong) + "   " + topic.summary + "\n"
        + topic.lines.map { "  \($0)\n" }.joined()
    }
  }

  private func help(_ syntax: CommandSyntax) -> String {
    var text = painter.paint(syntax.name.rawValue, .strong) + "   " + syntax.summary + "\n"
    text += block("usage", syntax.usage)
    if !syntax.statuses.isEmpty {
      text += block("when", ["the module is \(syntax.statuses.joined(separator: " or "))"])
    }
    if !syntax.aliases.isEmpty { text += block("also", syntax.aliases) }
    for line in syntax.details { text += "  \(line)\n" }
    text += block("try", syntax.example)
    return text
  }

  private func block(_ word: String, _ lines: [String]) -> String {
    var text = ""
    for (index, line) in lines.enumerated() {
      let head =
        index == 0
        ? painter.paint(word, .hint) + String(repeating: " ", count: 8 - word.count)
        : String(repeating: " ", count: 8)
      text += "  \(head)\(line)\n"
    }
    return text
  }
}
