import Testing

@testable import LineEditing

@Test(
  arguments: [
    ([:], true, false),
    (["TERM": "xterm"], true, true),
    (["TERM": "xterm"], false, false),
    (["TERM": "dumb"], true, false),
    (["TERM": "xterm", "NO_COLOR": "1"], true, false),
    (["TERM": "xterm", "NO_COLOR": ""], true, true),
    (["CLICOLOR_FORCE": "1"], false, true),
    (["CLICOLOR_FORCE": "0"], false, false),
    (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false, false),
  ] as [([String: String], Bool, Bool)])
func `colour follows the terminal and the environment`(
  environment: [String: String], isTerminal: Bool, expected: Bool
) {
  let usesColor = TerminalCapabilities.usesColor(isTerminal: isTerminal) { environment[$0] }
  #expect(usesColor == expected)
}

@Test(
  arguments: [
    ([:], "vi"), (["EDITOR": "ed"], "ed"), (["EDITOR": "ed", "VISUAL": "emacs -nw"], "emacs -nw"),
    (["VISUAL": " "], "vi"),
  ] as [([String: String], String)])
func `the editor is the person's`(environment: [String: String], expected: String) {
  #expect(ExternalEditor.editorCommand { environment[$0] } == expected)
}

@Test(
  arguments: [
    ([], ""), (["define"], "define"), (["define", "delete"], "de"), (["a", "b"], ""),
  ] as [([String], String)])
func `candidates share a prefix`(candidates: [String], expected: String) {
  #expect(Completion(replacedCount: 0, candidates: candidates).commonPrefix == expected)
}

@Test(
  arguments: [
    (["a", "b", "c"], 80, ["a  b  c"]), (["a", "b", "c"], 6, ["a  c", "b"]),
    (["long name", "b"], 5, ["long name", "b"]), ([], 80, []),
  ] as [([String], Int, [String])])
func `names are listed in columns downwards`(names: [String], width: Int, rows: [String]) {
  #expect(ColumnLayout(names, width: width).rows == rows)
}

@Test(arguments: [("a\nb", false), ("a\nb\nc\n", true), (String(repeating: "x", count: 31), true)])
func `a text is long when it does not fit the screen`(text: String, expected: Bool) {
  #expect(Pager.isLong(text, size: (columns: 10, rows: 4)) == expected)
}
