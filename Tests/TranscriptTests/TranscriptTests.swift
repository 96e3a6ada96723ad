import Testing

@testable import Session

/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct TranscriptTests {
  @Test func `only modlab fences of Markdown are read`() {
    let transcript = Transcript(
      """
      Text.
      ```sh
      modlab> no
      ```
      ```modlab
      modlab> module a = (
         ...>
         ...> 1)
      a   source
      modlab>
      ```
      modlab> no
      ````modlab
      modlab> rules
      ```
      ````
      """, form: .markdown)
    #expect(
      transcript.steps == [
        .init(
          command: "module a = (\n\n1)", line: 6, expected: ["a   source"], outputLine: 9,
          begins: .init()),
        .init(command: "", line: 10, expected: [], outputLine: 11),
        .init(command: "rules", line: 14, expected: ["```"], outputLine: 15),
      ])
    #expect(transcript.flaws.isEmpty)
  }

  @Test func `a plain transcript is read whole`() {
    let transcript = Transcript("stray\nmodlab> rules\nno rules\n\n", form: .plain)
    #expect(
      transcript.steps == [
        .init(
          command: "rules", line: 2, expected: ["no rules", ""], outputLine: 3, begins: .init())
      ])
    #expect(transcript.flaws.map(\.line) == [1])
  }

  @Test(arguments: [
    ("abc", "abc", true), ("abc", "ab", false), ("abc", "a[..]c", true), ("ac", "a[..]c", true),
    ("a", "a[..]a", false), ("a1b2c", "a[..]b[..]c", true), ("a1c2b", "a[..]b[..]c", false),
    ("", "[..]", true), ("x é y", "x [..] y", true), ("abcabc", "[..]abc", true),
  ])
  func `a mark matches anything within a line`(_ line: String, _ pattern: String, _ matches: Bool) {
    #expect(LinePattern(pattern).matches(Array(line.utf8)) == matches)
  }

  @Test func `three dots match any lines`() {
    let actual = ["a", "b", "c", "d"]
    for expected in [
      ["..."], ["a", "...", "d"], ["...", "a", "b", "c", "d"], ["a", "...", "..."],
    ] {
      #expect(TranscriptComparison(expected: expected, actual: actual).isEqual)
    }
    let comparison = TranscriptComparison(expected: ["a", "...", "x"], actual: actual)
    #expect(!comparison.isEqual)
  }

  @Test func `a difference is shown where it is`() {
    let comparison = TranscriptComparison(
      expected: ["a", "b[..]", "c"], actual: ["a", "b1", "x", "c", "d"])
    #expect(
      comparison.lines == [
        .same("a", pattern: "a"), .same("b1", pattern: "b[..]"), .unexpected("x", index: 2),
        .same("c", pattern: "c"), .unexpected("d", index: 4),
      ])
    #expect(comparison.update == ["a", "b[..]", "x", "c", "d"])
    #expect(comparison.firstDifference == 2)
    let missing = TranscriptComparison(expected: ["a", "b"], actual: ["a"])
    #expect(missing.lines == [.same("a", pattern: "a"), .missing("b", index: 1)])
    #expect(missing.firstDifference == 1)
  }

  @Test func `a command left unfinished is an error of the transcript`() {
    let transcript = Transcript("modlab> module a = (\n", form: .plain)
    #expect(TranscriptRunner().check(transcript, file: "t").differences.map(\.line) == [2])
  }

  @Test func `a fence in a list is indented, and one may begin a session`() {
    let transcript = Transcript(
      """
      1. first

         ```modlab
         modlab> js `
            ...> x`
           y
         ```
      ~~~~modlab new
      modlab> rules
      ~~~
      ~~~~
      """, form: .markdown)
    #expect(
      transcript.steps == [
        .init(
          command: "js `\nx`", line: 4, expected: ["  y"], outputLine: 6, prefix: "   ",
          begins: .init()),
        .init(
          command: "rules", line: 9, expected: ["~~~"], outputLine: 10, begins: .init()),
      ])
  }

  @Test func `output at the beginning of a fence belongs to no command`() {
    let transcript = Transcript(
      "```modlab\nmodlab> rules\n```\n```modlab\nstray\n```\n", form: .markdown)
    #expect(transcript.flaws.map(\.line) == [5])
    #expect(transcript.steps.map(\.expected) == [[]])
  }

  @Test(arguments: [
    ["```", "a"], ["...", "x"], ["   ...> a", "b"], ["a", "modlab> x", "modlab>"], ["[..]"],
    ["", ""],
    ["x ", ""],
  ])
  func `what is recorded reads as what was printed`(output: [String]) {
    let lines = ["```modlab"] + Transcript.lines(command: "a\n\nb", output: output) + ["```"]
    let transcript = Transcript(lines.joined(separator: "\n"), form: .markdown)
    #expect(transcript.flaws.isEmpty)
    #expect(transcript.steps.map(\.command) == ["a\n\nb"])
    let expected = transcript.steps.first?.expected ?? []
    #expect(TranscriptComparison(expected: expected, actual: output).isEqual)
  }
}
