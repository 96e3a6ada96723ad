import Testing

@testable import ModuleLinking

/// Every test of this target runs with the assertions of Link and Evaluate looked at. Here records
/// are spoiled, to see that each of them can fail, and that the operation goes on.
@Suite struct AssertionTests {
  private let graph = Graph("a > b c; b > c; c >; t~ >; s > t")
  private let told = Told()

  private final class Told {
    var lines: [String] = []
  }

  init() {
    let told = told
    graph.agent.onBrokenAssertion = { told.lines.append($0) }
  }

  private func expect(_ line: String, _ location: SourceLocation = #_sourceLocation) {
    #expect(told.lines.contains(line), "\(told.lines)", sourceLocation: location)
  }

  @Test func `a whole graph breaks none`() {
    graph.link("a")
    graph.evaluate("a")
    graph.link("s")
    graph.evaluate("s")
    graph.evaluator.settle("t")
    #expect(told.lines == [])
    #expect(
      graph.statuses == "a:evaluated b:evaluated c:evaluated t:evaluated s:evaluated")
  }

  @Test func `Link of a module that another operation is at`() {
    graph.source("a").setStatus(.linking, graph.agent)
    graph.link("a")
    expect(
      "a (linking): Link ( ) begins with a module that is unlinked, linked, evaluating-async or "
        + "evaluated")
  }

  @Test func `Link over a module that is linking and not on the stack`() {
    graph.source("c").setStatus(.linking, graph.agent)
    graph.link("a")
    expect("c (linking): a required module is linking if and only if it is on the stack")
  }

  @Test func `Link whose stack was changed behind it`() {
    let operation = LinkOperation(graph["a"], in: graph.agent)
    _ = operation.step()
    graph.source("a").setStatus(.unlinked, graph.agent)
    operation.abort()
    expect("a (unlinked): what is on the stack is linking")
  }

  @Test func `indices that were changed behind Link and Evaluate`() {
    let link = LinkOperation(graph["c"], in: graph.agent)
    _ = link.step()
    graph.source("c").storedDFSAncestorIndex = 7
    link.run()
    expect("c (linking): its ancestor index is not above its index")
    expect("c (linking): Link ( ) ends with it linked")
    expect("c (linking): the stack is empty when Link ( ) ends")
  }

  @Test func `Evaluate of a module that is not linked`() {
    graph.evaluate("c")
    expect(
      "c (unlinked): Evaluate ( ) begins with a module that is linked, evaluating-async or "
        + "evaluated")
    expect("c (unlinked): Evaluate ( ) ends with it evaluating-async or evaluated")
  }

  @Test func `Evaluate over a module that is not linked`() {
    graph.link("a")
    graph.source("c").setStatus(.unlinked, graph.agent)
    graph.evaluate("b")
    expect("c (unlinked): a required module is evaluating, evaluating-async or evaluated")
    expect("c (unlinked): the cycle root of a required module is evaluating-async or evaluated")
  }

  @Test func `Evaluate whose stack was changed behind it`() {
    graph.link("a")
    let operation = EvaluateOperation(graph["a"], in: graph.agent)
    _ = operation.step()
    graph.source("a").setStatus(.linked, graph.agent)
    operation.abort(.thrown(Thrown("a")))
    expect("a (linked): what is on the stack is evaluating")
  }

  @Test func `a body that settles twice, or without a place in the order`() {
    graph.link("s")
    graph.evaluate("s")
    graph.source("t").setAsyncEvaluationOrder(.unset, graph.agent)
    graph.evaluator.settle("t")
    expect("t (evaluating-async): what settles has a place in the asynchronous order")
    graph.agent.asyncModuleExecutionFulfilled(graph.source("t"))
    expect("t (evaluated): what was evaluated meanwhile has an error")
  }
}
