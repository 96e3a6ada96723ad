import Session
import Testing

/// Where a fence may stand, and what is said of those that stand or read otherwise.
@Suite struct TranscriptFenceTests {
  /// A Markdown text, the commands in it (line, text), and the lines that are named.
  struct Document: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let commands: [String]
    let flaws: [Int]

    init(_ description: String, _ text: String, _ commands: [String], flaws: [Int] = []) {
      testDescription = description
      (self.text, self.commands, self.flaws) = (text, commands, flaws)
    }
  }

  nonisolated static let documents = [
    Document(
      "behind a list marker", "- ```modlab\n  modlab> js 1\n  1\n  ```\ntext", ["2 js 1 → 1"]),
    Document("behind a number", "12. ```modlab\n    modlab> js 1\n    1\n    ```", ["2 js 1 → 1"]),
    Document(
      "in an item", "* a\n\n  - b\n\n    ```modlab\n    modlab> js 1\n     1\n    ```",
      ["6 js 1 →  1"]),
    Document("in a quotation", "> ```modlab\n> modlab> js 1\n> 1\n> ```", ["2 js 1 → 1"]),
    Document(
      "in a quoted item", "> - a\n>\n>   ~~~modlab\n>   modlab> js 1\n>   1\n>   ~~~",
      ["4 js 1 → 1"]),
    Document("a quotation without blanks", ">```modlab\n>modlab> js 1\n>1\n>```", ["2 js 1 → 1"]),
    Document(
      "a quotation that ends", "> ```modlab\n> modlab> js 1\ntext", ["2 js 1 → "], flaws: [1]),
    Document(
      "an item that ended", "- a\n\ntext\n\n    ```modlab\n    modlab> js 1\n    ```", [],
      flaws: [5]
    ),
    Document("code", "text\n\n    ```modlab\n    modlab> js 1\n    ```", [], flaws: [3]),
    Document(
      "a nested fence", "```\n```modlab\nmodlab> js 1\n```", [], flaws: [2]),
    Document("a longer fence around", "````md\n```modlab\nmodlab> js 1\n```\n````", []),
    Document("a fence left open", "```\nmodlab> js 1", [], flaws: [1]),
    Document(
      "a word with a sign behind", "```modlab,new\nmodlab> js 1\n```\n```modlab-lesson\n```", [],
      flaws: [1]),
    Document(
      "unknown words", "```modlab nwe\nmodlab> js 1\n```\n```modlab seed=x\n```", ["2 js 1 → "],
      flaws: [1, 4]),
    Document(
      "a setting where no session begins",
      "```modlab seed=1\nmodlab> js 1\n```\n```modlab keep-going\n```\n```modlab new keep-going\n```",
      ["2 js 1 → "], flaws: [4]),
  ]

  @Test(arguments: documents)
  func `a fence is read, or named`(_ document: Document) {
    let transcript = Transcript(document.text, form: .markdown)
    let commands = transcript.steps.map {
      "\($0.line) \($0.command) → \($0.expected.joined(separator: "|"))"
    }
    #expect(commands == document.commands)
    #expect(transcript.flaws.map(\.line) == document.flaws)
    #expect(
      Transcript(document.text.replacing("\n", with: "\r\n"), form: .markdown).steps
        == transcript.steps)
  }

  @Test(arguments: [
    ("```modlab seed=5 keep-going", 5, true), ("```modlab new keep-going", nil, true),
    ("```modlab", nil, false),
  ])
  func `words behind a fence tell how its session begins`(
    _ fence: String, _ seed: Int?, _ keepsGoing: Bool
  ) {
    let transcript = Transcript(fence + "\nmodlab> js 1\n1\n```", form: .markdown)
    #expect(
      transcript.steps.map(\.begins) == [TranscriptSetting(seed: seed, keepsGoing: keepsGoing)])
    #expect(transcript.flaws.isEmpty)
  }

  @Test(arguments: [
    ("# modlab seed=5", 5, [Int]()), ("# modlab", nil, []), ("# modlab new", nil, [1]),
    ("# modlabs", nil, [1]),
  ])
  func `the first line of a plain transcript does, too`(
    _ line: String, _ seed: Int?, _ flaws: [Int]
  ) {
    let transcript = Transcript(line + "\nmodlab> js 1\n1\n", form: .plain)
    #expect(transcript.steps.map(\.begins) == [TranscriptSetting(seed: seed)])
    #expect(transcript.flaws.map(\.line) == flaws)
  }
}
