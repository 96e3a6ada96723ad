import Testing

@testable import Session

@Suite struct HelpTests {
  let renderer = TextRenderer(hasColor: false)

  @Test func `help names every command and topic`() {
    let text = renderer.help()
    for syntax in CommandTable.all {
      #expect(text.contains("  \(syntax.name.rawValue) "), "\(syntax.name)")
    }
    for topic in HelpTopic.all { #expect(text.contains(topic.name)) }
  }

  @Test func `the table has every command once`() {
    #expect(
      CommandTable.all.map(\.name.rawValue).sorted()
        == CommandName.allCases.map(\.rawValue).sorted())
  }

  @Test(arguments: CommandTable.all.map(\.name))
  func `the help on a command has its usage and an example that can be typed`(
    name: CommandName
  ) throws {
    let syntax = CommandTable.syntax(of: name)
    let text = renderer.help(on: try HelpSubject(name.rawValue))
    for line in syntax.usage { #expect(text.contains(line)) }
    #expect(!syntax.example.isEmpty)
    for line in syntax.example { #expect(mistake(line) == "", "\(line)") }
    #expect(text.split(separator: "\n").allSatisfy { TerminalText.width($0) <= 100 })
  }

  @Test func `the help on link`() throws {
    expectLines(
      renderer.help(on: try HelpSubject("link")),
      """
      link   module.link(linker): asks the rules, instantiates
        usage   link NAME [--step]
        when    the module is unlinked
        With --step it stops before the first step.
        try     module main = 1
                link main

      """)
  }

  @Test func `an unknown topic gets a proposal`() {
    #expect(throws: CommandError(.unknownTopic("statsues", near: ["statuses"]))) {
      try HelpSubject("statsues")
    }
  }

  @Test func `every word in capitals of a usage line, and every option, leads somewhere`() throws {
    let words = CommandTable.all.flatMap(\.usage).joined(separator: " ")
      .split { !($0.isUppercase || $0 == "_") }.map(String.init)
    for word in Set(words) { _ = try HelpSubject(word) }
    for name in SessionOptions.all { _ = try HelpSubject(name) }
    for topic in HelpTopic.all {
      #expect(topic.lines.allSatisfy { TerminalText.width($0) <= 98 }, "\(topic.name)")
    }
  }

  @Test(
    arguments: [
      ("li", "li", [.command(lookingOnly: false)]),
      (".li", "li", [.command(lookingOnly: false)]),
      ("link ", "", [.argument(.module, of: .link), .option(of: .link)]),
      ("link --", "--", [.option(of: .link)]),
      ("link a --st", "--st", [.option(of: .link)]),
      ("at 3 sta", "sta", [.command(lookingOnly: true)]),
      ("expect-error X link m", "m", [.argument(.module, of: .link), .option(of: .link)]),
      ("graph --format ", "", [.words(["text", "dot", "mermaid", "json", "svg"])]),
      ("module a from 'x y", "'x y", [.argument(.file, of: .module)]),
      ("module a = imp", "imp", []),
      ("why x in ", "", [.anyModule]),
      ("why ", "", [.argument(.export, of: .why), .argument(.module, of: .why)]),
      ("set dep.'a b", "dep.'a b", [.argument(.module, of: .set)]),
      ("option clock ", "", [.optionValue(of: "clock")]),
      ("resolve 'a b' ", "", [.words(["=>", "for"])]),
      ("source ", "", [.argument(.file, of: .source)]),
      ("help l", "l", [.argument(.topic, of: .help)]),
      ("status > ", "", [.argument(.file, of: .status)]),
    ] as [(String, String, [CompletionPosition.Expected])])
  func `the table tells what may come next`(
    text: String, prefix: String, expected: [CompletionPosition.Expected]
  ) {
    let position = CompletionPosition(of: text)
    #expect(position.prefix == prefix)
    #expect(position.expected == expected)
  }
}
