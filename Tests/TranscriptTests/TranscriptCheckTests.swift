import Session
import Testing

/// What `modlab test` finds, and at which line.
///
/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct TranscriptCheckTests {
  /// A change to `document`, and the line at which it is found; nil for one that changes nothing.
  struct Alteration: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let old: String
    let new: String
    let line: Int?

    init(_ description: String, _ old: String, _ new: String, at line: Int?) {
      testDescription = description
      (self.old, self.new, self.line) = (old, new, line)
    }
  }

  nonisolated static let document = """
    # A document

    ```modlab
    modlab> module a <<END
       ...> export const x = 1;
       ...>
       ...> END
    a      source      unlinked   exports x
    modlab> link a
    a      unlinked → linking → linked
    modlab> js console.log("one\\n\\ntwo ")
    one

    two 
    undefined
    modlab> status
    ...
    ○[..]
    ```

    Between.

    ```modlab
    modlab> evaluate a
    a      linked → evaluating → evaluated
    modlab> js 6 * 7
    42
    ```

    """.replacing("○", with: "◑")

  nonisolated static let alterations = [
    Alteration("nothing", "Between", "In between", at: nil),
    Alteration("a line", "exports x", "exports y", at: 8),
    Alteration("a line of a joined event", "→ linking → linked", "→ linked", at: 10),
    Alteration("a missing line", "a      unlinked → linking → linked\n", "", at: 10),
    Alteration("a missing line of several", "one\n", "", at: 12),
    Alteration("an extra line", "undefined\n", "undefined\nnull\n", at: 16),
    Alteration("an extra line at the end", "42\n", "42\n43\n", at: 28),
    Alteration("a blank line", "one\n\ntwo", "one\ntwo", at: 13),
    Alteration("another blank line", "42\n```", "42\n\n```", at: 28),
    Alteration("a blank at the end of a line", "two \n", "two\n", at: 14),
    Alteration("a blank more", "42\n", "42 \n", at: 27),
    Alteration("a tab", "a      linked", "a\tlinked", at: 25),
    Alteration("a letter that only looks the same", "exports x", "exports х", at: 8),
    Alteration("a pattern within a line", "◑[..]", "○[..]", at: 18),
    Alteration("a pattern that still holds", "◑[..]", "[..]linked[..]", at: nil),
    Alteration("any lines", "one\n\ntwo \nundefined", "...\nundefined", at: nil),
    Alteration("a prompt without its blank", "modlab> link a", "modlab>link a", at: 9),
    Alteration("another prompt", "modlab> link a", "modlab $ link a", at: 9),
    Alteration("a capital prompt", "modlab> link a", "Modlab> link a", at: 9),
    Alteration("a shorter continuation prompt", "   ...> END", "  ...> END", at: 7),
    Alteration("a bare continuation prompt", "   ...>\n", "   ...> \n", at: nil),
    Alteration("a continuation line", "export const x", "export const y", at: 8),
    Alteration("a command", "modlab> js 6 * 7", "modlab> js 6 * 8", at: 27),
    Alteration(
      "output before the first command", "```modlab\nmodlab> ev", "```modlab\nx\nmodlab> ev", at: 24
    ),
    Alteration("a fence left open", "42\n```\n", "42\n", at: 23),
    Alteration("a command after quit", "modlab> js 6", "modlab> quit\nmodlab> js 6", at: 27),
    Alteration("a new session", "```modlab\nmodlab> ev", "```modlab new\nmodlab> ev", at: 25),
  ]

  /// The lines at which something is wrong, in order.
  private func lines(_ text: String, form: Transcript.Form = .markdown) -> [Int] {
    let check = TranscriptRunner().check(Transcript(text, form: form), file: "t.md")
    let lines = check.flaws.map(\.line) + check.differences.map(\.line)
    #expect(check.isAsRecorded == lines.isEmpty)
    return lines.sorted()
  }

  @Test(arguments: alterations)
  func `an alteration is found at its line`(_ alteration: Alteration) {
    #expect(Self.document.contains(alteration.old))
    let altered = Self.document.replacing(alteration.old, with: alteration.new)
    #expect(lines(altered).first == alteration.line)
    #expect(lines(altered.replacing("\n", with: "\r\n")).first == alteration.line)
    #expect(lines("\u{FEFF}" + altered).first == alteration.line)
  }

  @Test(arguments: alterations)
  func `an update changes expected output only, and all is well then`(_ alteration: Alteration) {
    for lineBreak in ["\n", "\r\n"] {
      let altered = Self.document.replacing(alteration.old, with: alteration.new)
        .replacing("\n", with: lineBreak)
      let bytes = Array(altered.utf8)
      let check = TranscriptRunner().check(Transcript(altered, form: .markdown), file: "t.md")
      let updated = String(decoding: check.updated(bytes), as: UTF8.self)
      if check.differences.isEmpty { #expect(Array(updated.utf8) == bytes) }
      let after = Transcript(updated, form: .markdown)
      #expect(after.steps.map(\.command) == check.transcript.steps.map(\.command))
      // What was never run has no output to expect.
      let wereRun = check.results.allSatisfy { $0.comparison != nil }
      let again = TranscriptRunner().check(after, file: "t.md")
      if wereRun { #expect(again.differences.isEmpty) }
      #expect(updated.contains("```modlab\(lineBreak)") && updated.contains("..."))
      #expect(!updated.replacing("\r\n", with: "").contains(lineBreak == "\n" ? "\r" : "\n"))
    }
  }

  @Test func `an update keeps the patterns that hold`() {
    let text = "modlab> js 'a\\n' + 'b'\n'[..]b'\nold\nmodlab> rules\n...\nold"
    let check = TranscriptRunner().check(Transcript(text, form: .plain), file: "t")
    #expect(check.differences.map(\.line) == [3, 6])
    #expect(
      String(decoding: check.updated(Array(text.utf8)), as: UTF8.self)
        == "modlab> js 'a\\n' + 'b'\n'[..]b'\nmodlab> rules\n...\nbuilt-in   vm and node:vm\n")
  }

  @Test func `an update ends lines as their commands end`() {
    let text = "```modlab\r\nmodlab> js 1\n2\nmodlab> js 2\r\n3\nmodlab> js 3\n3\r\n```\r\n"
    let check = TranscriptRunner().check(Transcript(text, form: .markdown), file: "t.md")
    #expect(check.differences.map(\.line) == [3, 5])
    #expect(
      String(decoding: check.updated(Array(text.utf8)), as: UTF8.self)
        == "```modlab\r\nmodlab> js 1\n1\nmodlab> js 2\r\n2\r\nmodlab> js 3\n3\r\n```\r\n")
  }

  @Test func `what Ctrl-C ended is ended again, and asks for no answer`() {
    let text = """
      modlab> js var n = 1; for (;;) n++
      error ERR_SCRIPT_EXECUTION_INTERRUPTED: Script execution was interrupted by `SIGINT`
      ...
      modlab> js n > 1
      true
      """
    #expect(lines(text, form: .plain) == [])
  }

  @Test(arguments: [
    ("answer> b", "warning: nobody asked for the answer b"),
    ("answer> ^C", "warning: nobody asked for the answer ^C"),
    ("answer> b\n   ...> c", "warning: nobody asked for the answer b\\nc"),
  ])
  func `an answer that nobody asked for is named, once updated too`(
    _ answer: String, _ warning: String
  ) {
    let text = "modlab> js console.log('answer> b')\n[..]answer> b\nundefined\n\(answer)\n"
    let check = TranscriptRunner().check(Transcript(text, form: .plain), file: "t")
    #expect(check.differences.count == 1)
    let updated = String(decoding: check.updated(Array(text.utf8)), as: UTF8.self)
    #expect(updated == text + warning + "\n")
    #expect(lines(updated, form: .plain) == [])
  }

  @Test func `answers in a transcript answer a script that has none`() throws {
    let text = """
      modlab> resolve /./ => ask
      rule 1   /./ => ask
      modlab> synthetic b q=1
      b      synthetic   linked     exports q
      modlab> module a = import "x"; import "y"
      a      source      unlinked   requests "x", "y"
      modlab> link a
      a      unlinked → linking
      answer> value 1 2
      error: 2 is one word too many
        try   help targets
      answer> js (specifier) => { // the line ends
         ...> return modules.b }
      a      asks for "x"           rule 1 answers the module b
      answer> b
      a      asks for "y"           rule 1 answers the module b
      a      linking → linked
      """
    #expect(lines(text, form: .plain) == [])
  }

  @Test(arguments: [
    ("a\u{1B}[31m\u{7}.md", "t"), ("a.md", "\u{1B}[31m"), ("b\u{9B}.md", "\u{202E}"),
  ])
  func `reports have no control characters`(_ file: String, _ expected: String) {
    let text = "modlab> js '\u{202E}'\n\(expected)\nmodlab> js 1\n"
    let check = TranscriptRunner().check(Transcript(text, form: .plain), file: file)
    let outcomes: [TranscriptOutcome] = [
      .checked(check), .unreadable(file: file, reason: "no \(file)"), .withoutSession(file: file),
    ]
    for report in TranscriptReport.allCases {
      let text = report.text(of: outcomes)
      let controls = text.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n" || $0 == "\u{202E}"
      }
      #expect(controls.isEmpty, "\(text)")
    }
  }

  @Test(arguments: [
    ("modlab> js 1", [2]), ("modlab> js 1\n1", []), ("modlab> js 1\n1\n", []), ("", []),
    ("modlab> js 1\n1\n\n", [3]), ("\n", [1]), ("modlab>", []), ("x", [1]),
  ])
  func `a plain transcript may end without a line break`(_ text: String, _ wrong: [Int]) {
    #expect(lines(text, form: .plain) == wrong)
    #expect(lines(text.replacing("\n", with: "\r\n"), form: .plain) == wrong)
  }

  @Test(arguments: ["", "text\n", "```sh\nmodlab> no\n```\n", "a ```modlab fence\nmodlab> no\n"])
  func `a document without a session has no commands`(_ text: String) {
    #expect(Transcript(text, form: .markdown).steps.isEmpty)
    #expect(lines(text) == [])
  }

  @Test func `the difference has the lines of the file beside it`() throws {
    let altered = Self.document.replacing("two \n", with: "two\n")
    let check = TranscriptRunner().check(Transcript(altered, form: .markdown), file: "t.md")
    #expect(
      TranscriptReport.text.text(of: [.checked(check)]) == """
        t.md:14
          modlab> js console.log("one\\n\\ntwo ")
          12   one
          13   \("")
          14 - two
             + two·
          15   undefined
        1 file, 1 of 6 commands differ

        """)
  }

  @Test func `a report can be read by machines`() {
    let text = "modlab> js \"<&>#\"\n'<&>#'\nmodlab> js 2\n3\n"
    let check = TranscriptRunner().check(Transcript(text, form: .plain), file: "a&b")
    #expect(
      TranscriptReport.tap.text(of: [.checked(check)]) == """
        TAP version 14
        1..2
        ok 1 - a&b:1 js "<&>\\#"
        not ok 2 - a&b:3 js 2
          ---
          difference: |2
            a&b:4
              4 - 3
                + 2
          ...

        """)
    #expect(
      TranscriptReport.junit.text(of: [.checked(check)]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="modlab" tests="2" failures="1" errors="0" skipped="0">
          <testsuite name="a&amp;b" tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="a&amp;b" name="1: js &quot;&lt;&amp;&gt;#&quot;" file="a&amp;b" line="1"/>
            <testcase classname="a&amp;b" name="3: js 2" file="a&amp;b" line="4">
              <failure message="a&amp;b:4">  4 - 3
            + 2</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }
}
