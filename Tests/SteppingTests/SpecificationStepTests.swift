import ModuleLinking
import Testing

@testable import Session

/// Every step of the specification's worked graphs.
/// https://tc39.es/ecma262/#sec-example-cyclic-module-record-graphs
@Suite(.serialized) struct SpecificationStepTests {
  private func stages(_ stepped: SteppedSession) -> [String] {
    var stages: [String] = []
    while stepped.session.stepped != nil, stages.count < 100 {
      let word = SteppedSession.word(of: stepped.run("step"))
      stages.append("\(word) | \(stepped.statuses) | \(stepped.indices)")
    }
    return stages
  }

  @Test func `a cycle of two with a leaf, linked step by step`() {
    let session = SteppedSession(
      """
      module A = import "B"; import "C"
      module B = import "A"
      module C = 1
      link A --step
      """)
    #expect(session.nodeStatuses == "A:unlinked B:unlinked C:unlinked")
    #expect(session.run("step").requests.map(\.specifier) == ["B"])
    #expect(session.nodeStatuses == "A:linking B:unlinked C:unlinked")
    #expect(session.run("step").requests.map(\.specifier) == ["C"])
    #expect(session.run("step").requests.map(\.specifier) == ["A"])
    #expect(session.nodeStatuses == "A:linking B:linking C:unlinked")
    #expect(session.statuses == "A:unlinked B:unlinked C:unlinked")
    #expect(
      stages(session) == [
        "A: entered, DFS index 0 | A:linking B:unlinked C:unlinked | A:0/0 B:- C:-",
        "B: entered, DFS index 1 | A:linking B:linking C:unlinked | A:0/0 B:1/1 C:-",
        "B: environment initialised | A:linking B:linking C:unlinked | A:0/0 B:1/0 C:-",
        "C: entered, DFS index 2 | A:linking B:linking C:linking | A:0/0 B:1/0 C:2/2",
        "C: environment initialised | A:linking B:linking C:linking | A:0/0 B:1/0 C:2/2",
        "C: component finished | A:linking B:linking C:linked | A:0/0 B:1/0 C:2/2",
        "A: environment initialised | A:linking B:linking C:linked | A:0/0 B:1/0 C:2/2",
        "A: component of 2 finished: A, B | A:linked B:linked C:linked | A:0/0 B:1/0 C:2/2",
      ])
  }

  @Test func `the same, evaluated step by step`() {
    let session = SteppedSession(
      """
      module A = import "B"; import "C"
      module B = import "A"
      module C = 1
      link A
      evaluate A --step
      """)
    #expect(
      stages(session) == [
        "A: entered, DFS index 0 | A:evaluating B:linked C:linked | A:0/0 B:1/0 C:2/2",
        "B: entered, DFS index 1 | A:evaluating B:evaluating C:linked | A:0/0 B:1/1 C:2/2",
        "B: body executed | A:evaluating B:evaluating C:linked | A:0/0 B:1/0 C:2/2",
        "C: entered, DFS index 2 | A:evaluating B:evaluating C:evaluating | A:0/0 B:1/0 C:2/2",
        "C: body executed | A:evaluating B:evaluating C:evaluating | A:0/0 B:1/0 C:2/2",
        "C: component finished | A:evaluating B:evaluating C:evaluated | A:0/0 B:1/0 C:2/2",
        "A: body executed | A:evaluating B:evaluating C:evaluated | A:0/0 B:1/0 C:2/2",
        "A: component of 2 finished: A, B | A:evaluated B:evaluated C:evaluated | "
          + "A:0/0 B:1/0 C:2/2",
      ])
  }

  /// Each module awaits a timer: the order in which they settle is the specification's.
  private static func asyncCycle(_ throwing: String = "") -> String {
    let order = ["E": 1, "D": 2, "C": 3, "B": 4, "A": 5]
    let imports = ["A": ["B", "C"], "B": ["D"], "C": ["D", "E"], "D": ["A"], "E": []]
    var script = ""
    for name in ["A", "B", "C", "D", "E"] {
      let requests = (imports[name] ?? []).map { "import '\($0)'; " }.joined()
      let failure = throwing == name ? "; throw new Error('\(name)')" : ""
      script +=
        "module \(name) = \(requests)await new Promise(r => setTimeout(r, \(order[name] ?? 0)))"
        + "\(failure)\n"
    }
    return script + "link A\n"
  }

  @Test func `an asynchronous cyclic graph, with the fields of each table`() {
    let session = SteppedSession(Self.asyncCycle() + "evaluate A --step")
    var words: [String] = []
    while words.last?.hasPrefix("A: component") != true, words.count < 30 {
      words.append(SteppedSession.word(of: session.run("step")))
    }
    #expect(
      words == [
        "A: entered, DFS index 0", "B: entered, DFS index 1", "D: entered, DFS index 2",
        "D: body executed to its first await", "C: entered, DFS index 3",
        "E: entered, DFS index 4", "E: body executed to its first await", "E: component finished",
        "A: component of 4 finished: A, B, D, C",
      ])
    let afterEvaluate = [
      "A 0/0 evaluating-async order(4) « » pending 2",
      "B 1/0 evaluating-async order(1) « A » pending 1",
      "C 3/0 evaluating-async order(3) « A » pending 2",
      "D 2/0 evaluating-async order(0) « B C » pending 0",
      "E 4/4 evaluating-async order(2) « C » pending 0",
    ]
    #expect(session.fields == afterEvaluate)

    #expect(
      SteppedSession.word(of: session.run("step")) == "E: settled; C waits for 1 more")
    #expect(session.fields[2] == "C 3/0 evaluating-async order(3) « A » pending 1")
    #expect(session.fields[4] == "E 4/4 evaluated done « C » pending 0")

    #expect(
      SteppedSession.word(of: session.run("step")) == "D: settled; B runs next, C runs next")
    #expect(session.fields[1] == "B 1/0 evaluating-async order(1) « A » pending 0")
    #expect(session.fields[2] == "C 3/0 evaluating-async order(3) « A » pending 0")
    #expect(session.fields[3] == "D 2/0 evaluated done « B C » pending 0")
    #expect(session.stepThrough(limit: 2).last == "C: body executed to its first await")

    let rest = session.stepThrough()
    #expect(
      rest == [
        "B: settled; A waits for 1 more", "C: settled; A runs next",
        "A: body executed to its first await", "A: settled",
      ]
        || rest == [
          "C: settled; A waits for 1 more", "B: settled; A runs next",
          "A: body executed to its first await", "A: settled",
        ])
    #expect(session.fields[0] == "A 0/0 evaluated done « » pending 0")
  }

  @Test func `an asynchronous cyclic graph with a module that fails`() {
    let session = SteppedSession(Self.asyncCycle("C") + "evaluate A --step")
    let words = session.stepThrough()
    #expect(words.contains("C: settled: it was rejected"))
    #expect(session.statuses.hasPrefix("A:evaluated! B:"))
    #expect(session.statuses.hasSuffix("C:evaluated! D:evaluated E:evaluated"))
  }

  @Test func `a chain whose middle does not link fails in its step`() {
    let session = SteppedSession(
      """
      module A = import "B"
      module B = import { missing } from "C"
      module C = 1
      link A --step
      """)
    var report = session.run("step")
    while session.session.stepped != nil { report = session.run("step") }
    #expect(report.error?.name == "SyntaxError")
    #expect(SteppedSession.word(of: report) == "A: linking failed")
    #expect(SteppedSession.member("done", of: report.result) == .bool(true))
    #expect(session.statuses == "A:unlinked B:unlinked C:linked")
  }

  @Test func `a chain whose leaf throws fails in its step`() {
    let session = SteppedSession(
      """
      module A = import "B"
      module B = throw new Error("B")
      link A
      evaluate A --step
      """)
    #expect(
      session.stepThrough() == [
        "A: entered, DFS index 0", "B: entered, DFS index 1", "A: evaluation failed",
      ])
    #expect(session.statuses == "A:evaluated! B:evaluated!")
  }
}
