import ModuleSyntax
import Testing

@testable import Session

@Suite struct LookupErrorTests {
  @Test func `an unknown module is underlined and the nearest one proposed`() throws {
    let command = try #require(read("evaluate --timeout 5 mian").first)
    let error = CommandError.unknownModule("mian", among: ["main", "dep"], in: command)
    expectLines(
      TextRenderer(hasColor: false).error(error, in: command),
      """
      error: there is no module mian; did you mean main?
        command:1:22
        1 │ evaluate --timeout 5 mian
          │                      ^^^^

      """)
  }

  @Test(arguments: [
    ("set dep.x = 1", "dep", SourceRange(4, 7)), ("set dep.x = dep", "x", nil),
    ("link 'a b'", "a b", SourceRange(5, 10)), ("link link", "link", SourceRange(5, 9)),
  ])
  func `a word of a command is found again`(text: String, word: String, range: SourceRange?) {
    #expect(read(text).first?.range(of: word) == range)
  }

  static let messages: [(CommandProblem, String)] = [
    (.unknownModule("x", near: []), "there is no module x"),
    (.unknownRule(3, count: 0), "there is no rule 3: no rule is attached"),
    (.unknownRule(3, count: 1), "there is no rule 3: rule 1 is the only one"),
    (.unknownRule(3, count: 2), "there is no rule 3: the rules have the numbers 1 to 2"),
    (.unknownContext("a b", near: ["a c"]), "there is no context \"a b\"; did you mean \"a c\"?"),
    (
      .unknownExport("y", module: "dep", exports: ["x"], near: ["x"]),
      "dep has no export y; did you mean x?"
    ),
    (.unknownTransition(9, count: 4), "there is no transition 9: the last one is 4"),
    (.unreadableFile("a", .notThere), "cannot read a: there is no such file"),
    (.unreadableFile("a", .isDirectory), "cannot read a: it is a directory"),
    (.unreadableFile("a", .notPermitted), "cannot read a: permission denied"),
    (
      .unreadableFile("a", .notUTF8(offset: 2, line: 1)),
      "cannot read a: not UTF-8 (byte 3, line 1)"
    ),
    (.expectedFailure("E"), "E was expected, but the command succeeded"),
    (.otherFailure(expected: "E", got: "F"), "E was expected, but it was F"),
  ]

  @Test(arguments: messages) func `a message says what happened`(
    problem: CommandProblem, message: String
  ) {
    #expect(CommandError(problem).message == message)
  }
}
