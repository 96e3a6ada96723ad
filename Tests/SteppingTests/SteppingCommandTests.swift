import Glibc
import Testing

@testable import Session

@Suite(.serialized) struct SteppingCommandTests {
  @Test(arguments: ["step", "step 2", "step --statement", "continue", "finish", "abort"])
  func `without a stepped operation there is nothing to do`(_ command: String) {
    #expect(SteppedSession().run(command).error?.message == "nothing is being stepped")
  }

  @Test(arguments: [
    "link b", "link b --step", "evaluate a", "evaluate a --step", "link-requests b", "tick",
    "instantiate b", "clear", "reset", "reset a", "remove b",
  ])
  func `while one is stepped others are refused`(_ command: String) {
    let session = SteppedSession("module a = 1\nmodule b = 1\nlink a --step")
    #expect(session.run(command).error?.message == "a is still being stepped")
    #expect(session.run("continue").isOK)
    #expect(session.nodeStatuses == "a:linked b:unlinked")
  }

  @Test func `a time limit stands still between steps, and is of the stepped code alone`() {
    let session = SteppedSession(
      """
      module a = globalThis.isAtWork = true; for (;;);
      link a
      evaluate a --timeout 150 --step
      """)
    #expect(session.run("js 1").isOK)
    // Time that passes while nothing runs is what is tested.
    usleep(300_000)
    #expect(session.run("step").isOK)
    #expect(session.run("js globalThis.isAtWork").result.text.contains("undefined"))
    let end = session.run("continue")
    #expect(end.error?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT")
    #expect(session.run("js globalThis.isAtWork").result.text.contains("true"))
  }

  @Test func `what cannot begin says so at once`() {
    let session = SteppedSession("module a = 1")
    #expect(session.run("evaluate a --step").error?.code == "ERR_VM_MODULE_STATUS")
    #expect(session.session.stepped == nil)
    session.run("link a")
    #expect(session.run("link a --step").error?.code == "ERR_VM_MODULE_ALREADY_LINKED")
    #expect(session.session.stepped == nil)
    #expect(session.run("link nobody --step").error?.phase == .command)
  }

  @Test func `a result has the step and whether all is done`() {
    let session = SteppedSession("module a = 1")
    #expect(session.run("link a --step").result.text == #"{"step": null, "done": false}"#)
    #expect(
      session.run("step").result.text
        == #"{"step": {"n": 1, "kind": "moduleEntered", "module": "a", "#
        + #""text": "entered, DFS index 0", "stack": [{"module": "a", "index": 0, "#
        + #""ancestorIndex": 0, "done": false}]}, "done": false}"#)
    #expect(
      session.run("continue").result.text
        == #"{"step": {"n": 3, "kind": "componentFinished", "module": "a", "#
        + #""text": "component finished", "members": ["a"], "stack": []}, "done": true}"#)
  }

  @Test func `finish goes to the end of the current module`() {
    let session = SteppedSession(
      """
      module a = import "b"
      module b = 1
      link a
      evaluate a --step
      step 2
      """)
    #expect(SteppedSession.word(of: session.run("finish")) == "b: body executed")
    #expect(SteppedSession.word(of: session.run("finish")) == "a: body executed")
  }

  @Test func `a pending request is answered between two steps`() {
    let session = SteppedSession(
      """
      module a = import "x"
      module b = 1
      resolve "x" => pending
      link a --step
      step
      """)
    #expect(SteppedSession.word(of: session.run("step")).hasPrefix("a: waits for an answer"))
    #expect(session.run(#"answer "x" => b"#).isOK)
    #expect(session.nodeStatuses == "a:linking b:unlinked")
    #expect(SteppedSession.word(of: session.run("step")) == "a: entered, DFS index 0")
    session.run("continue")
    #expect(session.nodeStatuses == "a:linked b:linked")
  }

  @Test func `continue leaves what nothing can settle`() {
    let session = SteppedSession(
      """
      module a = await new Promise(() => {})
      link a
      evaluate a --step
      """)
    let report = session.run("continue")
    #expect(SteppedSession.member("pending", of: report.result) == .bool(true))
    #expect(session.session.stepped == nil)
  }

  @Test func `an await of a looking command waits for the operation to go on`() {
    let session = SteppedSession("module a = 1\nlink a --step\nstep")
    let report = session.run("js await 1")
    #expect(SteppedSession.member("pending", of: report.result) == .bool(true))
    #expect(session.run("continue").isOK)
  }

  @Test func `ask has nobody to ask in a script`() {
    let session = SteppedSession("module a = import 'x'\nresolve 'x' => ask")
    let message = session.run("link a").error?.message
    #expect(message == "Rule 1 asks the person at the prompt, and a script has none")
  }

  @Test func `the person answers as the linker`() {
    let session = SteppedSession("module a = import 'x'\nmodule b = 1\nresolve 'x' => ask")
    var questions: [String] = []
    var answers = ["b", "ask", "value ("]
    session.session.askPerson = { question in
      questions.append(question)
      return answers.popLast().map { .text($0) } ?? .ended
    }
    #expect(session.run("link a").isOK)
    #expect(questions == Array(repeating: #"a asks for "x""#, count: 3))
    #expect(session.nodeStatuses == "a:linked b:linked")
  }

  @Test func `the answers of a person that are none are told, and asked for again`() {
    let session = Self.asking("module b = 1", answers: ["nobody", "(", "", "   ", "ask", "b"])
    #expect(session.run("link a").error?.code == "ERR_VM_MODULE_NOT_MODULE")
    // An unknown name is an answer: that of a linker that answers with no module.
    #expect(session.nodeStatuses == "a:errored b:unlinked")
  }

  @Test func `Ctrl-D answers with a rejection`() {
    let session = Self.asking("", answers: [])
    let error = session.run("link a").error
    #expect(error?.message == "Nobody answered rule 1")
    #expect(session.nodeStatuses == "a:errored")
  }

  @Test func `Ctrl-C at a question ends the command`() {
    let session = SteppedSession("module a = import 'x'; import 'y'\nresolve * => ask")
    var count = 0
    session.session.askPerson = { _ in
      count += 1
      return .interrupted
    }
    #expect(session.run("link a").error?.code == "ERR_SCRIPT_EXECUTION_INTERRUPTED")
    #expect(count == 1)
    #expect(session.nodeStatuses == "a:errored")
  }

  @Test func `a person answers an import of a body, too`() {
    let session = Self.asking(
      "module b = export const x = 'from b'", answers: ["b"],
      asker: "console.log((await import('x')).x)")
    session.run("link a")
    #expect(session.run("evaluate a").isOK)
    #expect(session.console == ["from b"])
  }

  @Test func `a person answers between two steps`() {
    let session = Self.asking("module b = 1", answers: ["b"])
    session.run("link a --step")
    #expect(SteppedSession.word(of: session.run("step")) == #"a: request "x" answered"#)
    #expect(session.nodeStatuses == "a:linking b:unlinked")
    #expect(session.run("continue").isOK)
    #expect(session.nodeStatuses == "a:linked b:linked")
  }

  private static func asking(
    _ modules: String, answers: [String], asker: String = "import 'x'"
  ) -> SteppedSession {
    let session = SteppedSession("module a = \(asker)\n\(modules)\nresolve 'x' => ask")
    var answers = answers[...]
    session.session.askPerson = { _ in answers.popFirst().map { .text($0) } ?? .ended }
    return session
  }

  @Test func `leaving in the middle leaves`() {
    let session = SteppedSession("module a = 1\nlink a --step\nstep\nquit 3")
    #expect(session.session.quitStatus == 3)
  }
}
