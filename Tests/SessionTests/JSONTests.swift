import ModuleSyntax
import Testing

@testable import Session

@Suite struct JSONTests {
  @Test(
    arguments: [
      (.null, "null"), (true, "true"), (42, "42"), (.double(0.5), "0.5"), (.double(-0.25), "-0.25"),
      (.double(1e300), "1e+300"), (.double(3), "3"), (.double(.nan), "null"),
      (.double(-.infinity), "null"), ([], "[]"), ([1, "a", nil], #"[1, "a", null]"#), ([:], "{}"),
      (["b": 1, "a": [:]], #"{"b": 1, "a": {}}"#),
      ("\"\\\n\t\r\u{8}\u{C}\u{0}\u{1B}\u{7F}", #""\"\\\n\t\r\b\f\u0000\u001b\u007f""#),
      ("é漢😀/", #""é漢😀/""#), ("\u{2027}\u{2028}\u{2029}", "\"\u{2027}\\u2028\\u2029\""),
      (.utf16([0x2028]), #""\u2028""#), ("\u{85}\u{9B}", #""\u0085\u009b""#),
      (.utf16([0x61, 0xD800, 0x62]), #""a\ud800b""#), (.utf16([0xD83D, 0xDE00]), "\"😀\""),
      (.utf16([0xDE00, 0xD83D]), #""\ude00\ud83d""#), (.raw("{}"), "{}"),
      (.raw("[\"\u{7F}\u{9B}é\u{1F600}\"]"), "[\"\\u007f\\u009bé\u{1F600}\"]"),
    ] as [(JSONValue, String)])
  func `a value is written on one line`(value: JSONValue, text: String) {
    #expect(value.text == text)
  }

  @Test func `a report has the keys of the contract in their order`() {
    var report = CommandReport(file: "a.modlab", line: 3, command: "link main")
    report.isOK = false
    report.error = ErrorReport(
      name: "Error", code: "ERR_VM_MODULE_NOT_MODULE",
      message: "Provided module is not an instance of Module", phase: .resolve, module: "main",
      position: SourcePosition(line: 1, column: 15))
    report.transitions = [
      TransitionReport(number: 7, module: "main", from: "unlinked", to: "linking")
    ]
    report.requests = [
      RequestReport(
        specifier: "dep", attributes: [.init(key: "type", value: "json")], referrer: "main",
        rule: nil, answer: "undefined")
    ]
    report.console = [ConsoleReport(level: "log", text: "hello")]
    let expected = [
      #"{"file": "a.modlab", "line": 3, "command": "link main", "ok": false, "#,
      #""error": {"name": "Error", "code": "ERR_VM_MODULE_NOT_MODULE", "#,
      #""message": "Provided module is not an instance of Module", "phase": "resolve", "#,
      #""module": "main", "position": {"line": 1, "column": 15}, "stack": null, "cause": null}, "#,
      #""transitions": [{"n": 7, "module": "main", "from": "unlinked", "to": "linking"}], "#,
      #""requests": [{"specifier": "dep", "attributes": {"type": "json"}, "referrer": "main", "#,
      #""rule": null, "answer": "undefined"}], "#,
      #""console": [{"level": "log", "text": "hello"}], "unhandled": [], "result": null}"#,
    ]
    #expect(report.json().text == expected.joined())
  }

  @Test func `a mistake is an error of phase command`() throws {
    let command = try #require(read("\nlink").first)
    guard case .failure(let error) = command.parsed else { return }
    let report = ErrorReport(error, in: command)
    #expect(report.json()["phase"] == "command")
    #expect(report.json()["position"] == ["line": 2, "column": 5])
    #expect(report.isMeant(by: "CommandError"))
    #expect(!report.isMeant(by: "SyntaxError"))
  }

  @Test func `the rows of status have the keys of the contract`() {
    let row = ModuleRow(
      name: "main", kind: .source, status: .linked, record: "linked",
      requests: [.init(specifier: "dep", resolved: "dep")], exports: ["x"])
    let expected = [
      #"{"modules": [{"name": "main", "kind": "source", "identifier": "main", "context": "main", "#,
      #""status": "linked", "record": "linked", "requests": [{"specifier": "dep", "#,
      #""attributes": {}, "resolved": "dep"}], "exports": ["x"], "error": null}]}"#,
    ]
    #expect(ModuleRow.json([row]).text == expected.joined())
  }

  @Test func `bindings and namespaces have the keys of the contract`() {
    let binding = BindingRow(
      name: "x", kind: .import, isInitialized: false, text: "",
      origin: .init(module: "dep", export: "y"))
    #expect(
      BindingRow.json([binding]).text
        == #"{"bindings": [{"name": "x", "kind": "import", "initialized": false, "text": "", "from": {"module": "dep", "export": "y"}}]}"#
    )
    let export = NamespaceRow(name: "x", text: "42", isInitialized: true)
    #expect(
      NamespaceRow.json([export]).text
        == #"{"exports": [{"name": "x", "text": "42", "initialized": true}]}"#)
  }
}
