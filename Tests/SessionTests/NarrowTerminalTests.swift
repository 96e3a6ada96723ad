import ModuleSyntax
import Testing

@testable import Session

/// What does not fit into 80 columns, or 60.
struct NarrowTerminalTests {
  private func row(
    _ name: String, _ requests: [String] = [], _ exports: [String] = [],
    error: String? = nil
  ) -> ModuleRow {
    ModuleRow(
      name: name, kind: .source, status: error == nil ? .linked : .errored, record: "linked",
      requests: requests.map { ModuleRow.Request(specifier: $0, resolved: $0) }, exports: exports,
      error: error.map { ErrorReport(name: "Error", message: $0, phase: .evaluate) })
  }

  @Test func `errors that leave the table no room stand below it`() {
    let rows = [
      row("shop/prices.mjs", ["./money.mjs"], ["priceOf"]),
      row("a", ["b"], ["a", "describe"], error: "Cannot access 'a' before initialization"),
    ]
    let narrow = TextRenderer(hasColor: false, width: 80).status(rows)
    #expect(narrow.hasSuffix("\n✗ a   Cannot access 'a' before initialization\n"))
    #expect(!narrow.contains("ERROR"))
    #expect(narrow.split(separator: "\n").allSatisfy { TerminalText.width($0) <= 80 })
    let wide = TextRenderer(hasColor: false, width: 140).status(rows)
    #expect(wide.contains("ERROR"))
    #expect(!wide.contains("\n✗ a   Cannot"))
  }

  @Test(arguments: [
    ("short", 4, "  1 │ abcdefgh\n    │     ^ short\n"),
    (
      "a label that is longer than what is left", 4,
      "  1 │ abcdefgh\n    │     ^\n    │ a label that is longer than what is\n    │ left\n"
    ),
    (
      "a label of thirty-one characters", 6,
      "  1 │ abcdefgh\n    │       ^\n    │    a label of thirty-one characters\n"
    ),
  ])
  func `a label that would leave the screen has a line of its own`(
    label: String, offset: Int, expected: String
  ) {
    let source = SourceText("abcdefgh", name: "m")
    let diagnostic = Diagnostic(
      message: "no",
      labels: [
        Diagnostic.Label(source: source, range: SourceRange(offset, offset + 1), text: label)
      ])
    let text = TextRenderer(hasColor: false, width: 41).diagnostic(diagnostic)
    #expect(text == "error: no\n  m:1:\(offset + 1)\n" + expected)
  }

  @Test(arguments: [
    ("abc", ["abc"]), ("abcdefgh", ["abcdef", "gh"]), ("ab宽宽宽", ["ab宽宽", "宽"]),
    ("a宽宽宽", ["a宽宽", "宽"]), ("\ta", ["\ta"]), ("a\tbcdefg", ["a   bc", "defg"]),
    ("", [""]),
  ])
  func `a long line of source goes on in the next row`(line: String, rows: [String]) {
    #expect(TerminalText.rows(of: line, to: 6) == rows)
  }

  @Test func `what which tells goes below when it is too wide`() {
    let trials = [
      RuleTrial(
        what: "rule 1", detail: "import-map = " + String(repeating: "x", count: 90),
        answers: true, reason: "leads to the module dep")
    ]
    let text = TextRenderer(hasColor: false, width: 60).trials(trials)
    #expect(
      text
        == "→ rule 1   import-map = \(String(repeating: "x", count: 34))…\n"
        + "           leads to the module dep\n")
  }
}
