import ModuleLinking
import Testing

/// Orders and statuses measured with Node.
@Suite struct EvaluateTests {
  @Test(arguments: [
    ("main > l r; l > s; r > s", "s l r main"),
    ("main > b; b > main", "b main"),
    ("main > b; b > c; c > main", "c b main"),
    ("main > a c; a > b; b > a s; c > d; d > c s", "s b a d c main"),
    ("main > main", "main"),
    ("main > [s] a; a > [s]", "s a main"),
  ])
  func `bodies run in post-order, each once`(_ text: String, _ order: String) {
    let graph = Graph(text)
    graph.link("main")
    #expect(graph.evaluate("main").word == "fulfilled")
    #expect(graph.evaluator.trace == order)
    #expect(graph.evaluate("main").word == "fulfilled")
    #expect(graph.evaluator.trace == order)
    #expect(graph.violations.isEmpty)
  }

  @Test func `the steps of an evaluation`() {
    let graph = Graph("A > B C; B > A; C~ > [s]")
    graph.link("A")
    let operation = EvaluateOperation(graph["A"], in: graph.agent)
    var steps: [String] = []
    while let step = operation.step() { steps.append(step.word) }
    #expect(
      steps == [
        "entered A", "entered B", "executed B", "entered C", "executed s", "executed C",
        "finished C 1", "finished A 2",
      ])
    #expect(operation.capability.isPending)
    graph.evaluator.settle("C")
    #expect(operation.capability.word == "fulfilled")
    #expect(graph.evaluator.trace == "B s C… C A")
  }

  @Test func `a failing dependency leaves what was not reached`() {
    let graph = Graph("r > a b c; a > a2; a2; b > b2; b2!; c > c2; c2")
    graph.link("r")
    #expect(graph.evaluate("r").word == "rejected b2")
    #expect(
      graph.statuses
        == "r:evaluated!b2 a:evaluated a2:evaluated b:evaluated!b2 b2:evaluated!b2 c:linked c2:linked"
    )
    #expect(graph.evaluate("c").word == "fulfilled")
    #expect(graph.violations.isEmpty)
  }

  @Test func `a second root inherits the error`() {
    let graph = Graph("r > d; q > d; d!")
    graph.link("r")
    graph.link("q")
    graph.evaluate("r")
    #expect(graph.evaluate("q").word == "rejected d")
    #expect(graph.statuses == "r:evaluated!d q:evaluated!d d:evaluated!d")
  }

  @Test func `a synthetic module that throws`() {
    let graph = Graph("r > [s]!; q > [s]!; [s]!")
    graph.link("r")
    graph.link("q")
    #expect(graph.evaluate("r").word == "rejected s")
    #expect(graph.evaluate("q").word == "rejected s")
    #expect(graph.evaluate("s").word == "rejected s")
    #expect(graph.evaluator.trace == "s!")
  }

  @Test func `a synthetic module alone`() {
    let graph = Graph("[s]")
    #expect(graph.statuses == "s:linked")
    #expect(graph.link("s") == nil)
    let capability = graph.evaluate("s")
    #expect(capability.word == "fulfilled")
    #expect(graph.evaluate("s") === capability)
    #expect(graph.evaluator.trace == "s")
  }

  @Test func `a sibling evaluated from inside a body is passed over`() {
    let graph = Graph("main > a b; a; b > c; c")
    graph.link("main")
    graph.evaluator.inside["a"] = {
      #expect(graph.statuses == "main:evaluating a:evaluating b:linked c:linked")
      #expect(graph.evaluate("b").word == "fulfilled")
    }
    #expect(graph.evaluate("main").word == "fulfilled")
    #expect(graph.evaluator.trace == "c b a main")
    #expect(graph.violations.isEmpty)
  }

  @Test func `a sibling evaluated from inside that leads back`() {
    let graph = Graph("main > a b; a; b > c; c > main")
    graph.link("main")
    graph.evaluator.inside["a"] = { graph.evaluate("b") }
    #expect(graph.evaluate("main").word == "fulfilled")
    #expect(graph.evaluator.trace == "c b a main")
    #expect(graph.statuses == "main:evaluated a:evaluated b:evaluated c:evaluated")
  }

  @Test func `a sibling that throws inside fails the outer walk when it comes there`() {
    let graph = Graph("main > a b; a; b!")
    graph.link("main")
    graph.evaluator.inside["a"] = { #expect(graph.evaluate("b").word == "rejected b") }
    #expect(graph.evaluate("main").word == "rejected b")
    #expect(graph.statuses == "main:evaluated!b a:evaluated b:evaluated!b")
  }

  @Test func `a member of a cycle shares the root's capability`() {
    let graph = Graph("main > b; b~ > main")
    graph.link("main")
    let capability = graph.evaluate("main")
    #expect(graph.evaluate("b") === capability)
    graph.evaluator.settle("b")
    #expect(graph.evaluate("b") === capability)
    #expect(capability.word == "fulfilled")
    #expect(graph.evaluator.trace == "b… b main")
  }

  @Test func `asynchronous siblings overlap`() {
    let graph = Graph("main~ > a b s; a~; b~; s")
    graph.link("main")
    let capability = graph.evaluate("main")
    #expect(graph.evaluator.trace == "a… b… s")
    graph.evaluator.settle("b")
    graph.evaluator.settle("a")
    graph.evaluator.settle("main")
    #expect(graph.evaluator.trace == "a… b… s b a main… main")
    #expect(capability.word == "fulfilled")
  }

  @Test func `the first of two failures counts for the parent`() {
    let graph = Graph("main > a b; a~!; b~!")
    graph.link("main")
    let capability = graph.evaluate("main")
    graph.evaluator.settle("b")
    graph.evaluator.settle("a")
    #expect(capability.word == "rejected b")
    #expect(graph.statuses == "main:evaluated!b a:evaluated!a b:evaluated!b")
  }

  @Test func `a body that throws beside one that waits`() {
    let graph = Graph("main > a b; a~; b!")
    graph.link("main")
    #expect(graph.evaluate("main").word == "rejected b")
    graph.evaluator.settle("a")
    #expect(graph.statuses == "main:evaluated!b a:evaluated b:evaluated!b")
    #expect(graph.violations.isEmpty)
  }

  @Test func `capabilities are rejected before those of the parents`() {
    let graph = Graph("main > a; a > b; b~!")
    graph.link("main")
    var settled: [String] = []
    for name in ["b", "a", "main"] {
      graph.evaluate(name).whenSettled { _ in settled.append(name) }
    }
    graph.evaluator.settle("b")
    #expect(settled == ["b", "a", "main"])
  }

  @Test func `ancestors run in the order in which they were found asynchronous`() {
    let graph = Graph("main > p q r; p > x; q > x; r > x; x~")
    graph.link("main")
    graph.evaluate("main")
    graph.evaluator.settle("x")
    #expect(graph.evaluator.trace == "x… x p q r main")
  }

  @Test func `a failing ancestor does not stop the others`() {
    let graph = Graph("main > p q; p! > x; q > x; x~")
    graph.link("main")
    let capability = graph.evaluate("main")
    graph.evaluator.settle("x")
    #expect(graph.evaluator.trace == "x… x p! q")
    #expect(capability.word == "rejected p")
    #expect(graph.statuses == "main:evaluated!p p:evaluated!p q:evaluated x:evaluated")
  }

  @Test func `aborting a link unlinks what is on the stack`() {
    let graph = Graph("A > B C; B > A D; C; D")
    let operation = LinkOperation(graph["A"], in: graph.agent)
    while let step = operation.step(), step.word != "finished D 1" {}
    #expect(operation.stack.map(\.identifier) == ["A", "B"])
    operation.abort()
    #expect(graph.statuses == "A:unlinked B:unlinked C:unlinked D:linked")
    #expect(operation.step() == nil)
    #expect(graph.link("A") == nil)
    #expect(graph.violations.isEmpty)
  }

  @Test func `aborting an evaluation fails what is on the stack`() {
    let graph = Graph("A > B C; B; C")
    graph.link("A")
    let operation = EvaluateOperation(graph["A"], in: graph.agent)
    while let step = operation.step(), step.word != "entered C" {}
    #expect(operation.frames.map(\.module.identifier) == ["A", "C"])
    operation.abort(.thrown(Thrown("abort")))
    #expect(graph.statuses == "A:evaluated!abort B:evaluated C:evaluated!abort")
    #expect(operation.capability.word == "rejected abort")
    #expect(graph.violations.isEmpty)
  }

  @Test func `a second root waits for what is under way`() {
    let graph = Graph("r > d; q > d; d~")
    graph.link("r")
    graph.link("q")
    let first = graph.evaluate("r")
    let second = graph.evaluate("q")
    graph.evaluator.settle("d")
    #expect(first.word == "fulfilled")
    #expect(second.word == "fulfilled")
    #expect(graph.evaluator.trace == "d… d r q")
  }
}
