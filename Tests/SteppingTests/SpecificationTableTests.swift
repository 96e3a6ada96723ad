import Testing

/// The record's fields in the middle of the specification's worked graphs.
/// https://tc39.es/ecma262/#sec-example-cyclic-module-record-graphs
///
/// A table has the step's line, and below it the records that the step changed. DFS is
/// [[DFSIndex]]/[[DFSAncestorIndex]], ROOT [[CycleRoot]], ASYNC [[AsyncEvaluationOrder]].
@Suite(.serialized) struct SpecificationTableTests {
  private static let chain = """
    module A = import "B"
    module B = import "C"
    module C = 1
    """
  private static let unlinkable = """
    module A = import "B"
    module B = import { missing } from "C"
    module C = 1
    """
  private static let throwing = """
    module A = import "B"
    module B = import "C"; throw new Error("B")
    module C = 1
    """
  private static let missing = """
    module A = import "B"; import "nowhere"
    module B = 1
    """
  private static let cycle = """
    module A = import "B"; import "C"
    module B = import "A"
    module C = 1
    """
  private static let unlinkableCycle = """
    module A = import "B"; import { missing } from "C"
    module B = import "A"
    module C = 1
    """
  private static let throwingCycle = """
    module A = import "B"; import "C"; throw new Error("A")
    module B = import "A"
    module C = 1
    """

  /// Each module awaits a timer, so that they settle in the specification's order: E, D, C, B, A.
  private static func asyncCycle(throwing name: String = "") -> String {
    let graph = [
      ("A", ["B", "C"], 5), ("B", ["D"], 4), ("C", ["D", "E"], 3), ("D", ["A"], 2), ("E", [], 1),
    ]
    return graph.map { module, requests, milliseconds in
      let imports = requests.map { "import '\($0)'; " }.joined()
      let failure = name == module ? "; throw new Error('\(name)')" : ""
      return "module \(module) = \(imports)"
        + "await new Promise(r => setTimeout(r, \(milliseconds)))\(failure)"
    }.joined(separator: "\n")
  }

  @Test func `a chain of three, linked`() {
    let session = SteppedSession(Self.chain)
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    no  –     –       –       –
      B    unlinked         –/–   –    no  –     –       –       –
      C    unlinked         –/–   –    no  –     –       –       –
      A: request "B" answered
      B: request "C" answered
      A: entered, DFS index 0
      A    linking          0/0   –    no  –     –       –       –
      B: entered, DFS index 1
      B    linking          1/1   –    no  –     –       –       –
      C: entered, DFS index 2
      C    linking          2/2   –    no  –     –       –       –
      C: environment initialised
      C: component finished
      C    linked           2/2   –    no  –     –       –       –
      B: environment initialised
      B: component finished
      B    linked           1/1   –    no  –     –       –       –
      A: environment initialised
      A: component finished
      A    linked           0/0   –    no  –     –       –       –
      """)
  }

  @Test func `a chain of three, evaluated`() {
    let session = SteppedSession(Self.chain + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    no  –     –       –       –
      B    linked           1/1   –    no  –     –       –       –
      C    linked           2/2   –    no  –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    no  –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    no  –     0       –       –
      C: entered, DFS index 2
      C    evaluating       2/2   –    no  –     0       –       –
      C: body executed
      C: component finished
      C    evaluated        2/2   C    no  –     0       –       –
      B: body executed
      B: component finished
      B    evaluated        1/1   B    no  –     0       –       –
      A: body executed
      A: component finished
      A    evaluated        0/0   A    no  –     0       –       –
      """)
  }

  @Test func `a chain whose middle does not link`() {
    let session = SteppedSession(Self.unlinkable)
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    no  –     –       –       –
      B    unlinked         –/–   –    no  –     –       –       –
      C    unlinked         –/–   –    no  –     –       –       –
      A: request "B" answered
      B: request "C" answered
      A: entered, DFS index 0
      A    linking          0/0   –    no  –     –       –       –
      B: entered, DFS index 1
      B    linking          1/1   –    no  –     –       –       –
      C: entered, DFS index 2
      C    linking          2/2   –    no  –     –       –       –
      C: environment initialised
      C: component finished
      C    linked           2/2   –    no  –     –       –       –
      A: linking failed
      A    unlinked         0/0   –    no  –     –       –       –
      B    unlinked         1/1   –    no  –     –       –       –
      """)
  }

  @Test func `a chain whose middle throws`() {
    let session = SteppedSession(Self.throwing + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    no  –     –       –       –
      B    linked           1/1   –    no  –     –       –       –
      C    linked           2/2   –    no  –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    no  –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    no  –     0       –       –
      C: entered, DFS index 2
      C    evaluating       2/2   –    no  –     0       –       –
      C: body executed
      C: component finished
      C    evaluated        2/2   C    no  –     0       –       –
      A: evaluation failed
      A    evaluated        0/0   –    no  –     0       –       B
      B    evaluated        1/1   –    no  –     0       –       B
      """)
  }

  @Test func `a module that is missing`() {
    let session = SteppedSession(Self.missing)
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    no  –     –       –       –
      B    unlinked         –/–   –    no  –     –       –       –
      A: request "B" answered
      A: request "nowhere" answered
      –
      """)
  }

  @Test func `a cycle with a leaf, linked`() {
    let session = SteppedSession(Self.cycle)
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    no  –     –       –       –
      B    unlinked         –/–   –    no  –     –       –       –
      C    unlinked         –/–   –    no  –     –       –       –
      A: request "B" answered
      A: request "C" answered
      B: request "A" answered
      A: entered, DFS index 0
      A    linking          0/0   –    no  –     –       –       –
      B: entered, DFS index 1
      B    linking          1/1   –    no  –     –       –       –
      B: environment initialised
      B    linking          1/0   –    no  –     –       –       –
      C: entered, DFS index 2
      C    linking          2/2   –    no  –     –       –       –
      C: environment initialised
      C: component finished
      C    linked           2/2   –    no  –     –       –       –
      A: environment initialised
      A: component of 2 finished: A, B
      A    linked           0/0   –    no  –     –       –       –
      B    linked           1/0   –    no  –     –       –       –
      """)
  }

  @Test func `a cycle with a leaf, evaluated`() {
    let session = SteppedSession(Self.cycle + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    no  –     –       –       –
      B    linked           1/0   –    no  –     –       –       –
      C    linked           2/2   –    no  –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    no  –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    no  –     0       –       –
      B: body executed
      B    evaluating       1/0   –    no  –     0       –       –
      C: entered, DFS index 2
      C    evaluating       2/2   –    no  –     0       –       –
      C: body executed
      C: component finished
      C    evaluated        2/2   C    no  –     0       –       –
      A: body executed
      A: component of 2 finished: A, B
      A    evaluated        0/0   A    no  –     0       –       –
      B    evaluated        1/0   A    no  –     0       –       –
      """)
  }

  @Test func `a cycle whose entry does not link`() {
    let session = SteppedSession(Self.unlinkableCycle)
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    no  –     –       –       –
      B    unlinked         –/–   –    no  –     –       –       –
      C    unlinked         –/–   –    no  –     –       –       –
      A: request "B" answered
      A: request "C" answered
      B: request "A" answered
      A: entered, DFS index 0
      A    linking          0/0   –    no  –     –       –       –
      B: entered, DFS index 1
      B    linking          1/1   –    no  –     –       –       –
      B: environment initialised
      B    linking          1/0   –    no  –     –       –       –
      C: entered, DFS index 2
      C    linking          2/2   –    no  –     –       –       –
      C: environment initialised
      C: component finished
      C    linked           2/2   –    no  –     –       –       –
      A: linking failed
      A    unlinked         0/0   –    no  –     –       –       –
      B    unlinked         1/0   –    no  –     –       –       –
      """)
  }

  @Test func `a cycle whose entry throws`() {
    let session = SteppedSession(Self.throwingCycle + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    no  –     –       –       –
      B    linked           1/0   –    no  –     –       –       –
      C    linked           2/2   –    no  –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    no  –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    no  –     0       –       –
      B: body executed
      B    evaluating       1/0   –    no  –     0       –       –
      C: entered, DFS index 2
      C    evaluating       2/2   –    no  –     0       –       –
      C: body executed
      C: component finished
      C    evaluated        2/2   C    no  –     0       –       –
      A: evaluation failed
      A    evaluated        0/0   –    no  –     0       –       A
      B    evaluated        1/0   –    no  –     0       –       A
      """)
  }

  @Test func `an asynchronous cycle, linked`() {
    let session = SteppedSession(Self.asyncCycle())
    var table = RecordTable(session, "link A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      link A --step
      A    unlinked         –/–   –    yes –     –       –       –
      B    unlinked         –/–   –    yes –     –       –       –
      C    unlinked         –/–   –    yes –     –       –       –
      D    unlinked         –/–   –    yes –     –       –       –
      E    unlinked         –/–   –    yes –     –       –       –
      A: request "B" answered
      A: request "C" answered
      B: request "D" answered
      C: request "D" answered
      C: request "E" answered
      D: request "A" answered
      A: entered, DFS index 0
      A    linking          0/0   –    yes –     –       –       –
      B: entered, DFS index 1
      B    linking          1/1   –    yes –     –       –       –
      D: entered, DFS index 2
      D    linking          2/2   –    yes –     –       –       –
      D: environment initialised
      D    linking          2/0   –    yes –     –       –       –
      B: environment initialised
      B    linking          1/0   –    yes –     –       –       –
      C: entered, DFS index 3
      C    linking          3/3   –    yes –     –       –       –
      E: entered, DFS index 4
      C    linking          3/0   –    yes –     –       –       –
      E    linking          4/4   –    yes –     –       –       –
      E: environment initialised
      E: component finished
      E    linked           4/4   –    yes –     –       –       –
      C: environment initialised
      A: environment initialised
      A: component of 4 finished: A, B, D, C
      A    linked           0/0   –    yes –     –       –       –
      B    linked           1/0   –    yes –     –       –       –
      C    linked           3/0   –    yes –     –       –       –
      D    linked           2/0   –    yes –     –       –       –
      """)
  }

  @Test func `an asynchronous cycle, evaluated`() {
    let session = SteppedSession(Self.asyncCycle() + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    yes –     –       –       –
      B    linked           1/0   –    yes –     –       –       –
      C    linked           3/0   –    yes –     –       –       –
      D    linked           2/0   –    yes –     –       –       –
      E    linked           4/4   –    yes –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    yes –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    yes –     0       –       –
      D: entered, DFS index 2
      D    evaluating       2/2   –    yes –     0       –       –
      D: body executed to its first await
      D    evaluating       2/0   –    yes 0     0       –       –
      C: entered, DFS index 3
      A    evaluating       0/0   –    yes –     1       –       –
      B    evaluating       1/0   –    yes 1     1       A       –
      C    evaluating       3/3   –    yes –     0       –       –
      D    evaluating       2/0   –    yes 0     0       B       –
      E: entered, DFS index 4
      C    evaluating       3/0   –    yes –     1       –       –
      D    evaluating       2/0   –    yes 0     0       B,C     –
      E    evaluating       4/4   –    yes –     0       –       –
      E: body executed to its first await
      E    evaluating       4/4   –    yes 2     0       –       –
      E: component finished
      E    evaluating-async 4/4   E    yes 2     0       –       –
      A: component of 4 finished: A, B, D, C
      A    evaluating-async 0/0   A    yes 4     2       –       –
      B    evaluating-async 1/0   A    yes 1     1       A       –
      C    evaluating-async 3/0   A    yes 3     2       A       –
      D    evaluating-async 2/0   A    yes 0     0       B,C     –
      E    evaluating-async 4/4   E    yes 2     0       C       –
      E: settled; C waits for 1 more
      C    evaluating-async 3/0   A    yes 3     1       A       –
      E    evaluated        4/4   E    yes done  0       C       –
      D: settled; B runs next, C runs next
      B    evaluating-async 1/0   A    yes 1     0       A       –
      C    evaluating-async 3/0   A    yes 3     0       A       –
      D    evaluated        2/0   A    yes done  0       B,C     –
      B: body executed to its first await
      C: body executed to its first await
      C: settled; A waits for 1 more
      A    evaluating-async 0/0   A    yes 4     1       –       –
      C    evaluated        3/0   A    yes done  0       A       –
      B: settled; A runs next
      A    evaluating-async 0/0   A    yes 4     0       –       –
      B    evaluated        1/0   A    yes done  0       A       –
      A: body executed to its first await
      A: settled
      A    evaluated        0/0   A    yes done  0       –       –
      """)
  }

  @Test func `an asynchronous cycle with a module that fails`() {
    let session = SteppedSession(Self.asyncCycle(throwing: "C") + "\nlink A")
    var table = RecordTable(session, "evaluate A --step")
    table.stepThrough()
    table.expect(
      """
      NAME STATUS           DFS   ROOT TLA ASYNC PENDING PARENTS ERROR
      evaluate A --step
      A    linked           0/0   –    yes –     –       –       –
      B    linked           1/0   –    yes –     –       –       –
      C    linked           3/0   –    yes –     –       –       –
      D    linked           2/0   –    yes –     –       –       –
      E    linked           4/4   –    yes –     –       –       –
      A: entered, DFS index 0
      A    evaluating       0/0   –    yes –     0       –       –
      B: entered, DFS index 1
      B    evaluating       1/1   –    yes –     0       –       –
      D: entered, DFS index 2
      D    evaluating       2/2   –    yes –     0       –       –
      D: body executed to its first await
      D    evaluating       2/0   –    yes 0     0       –       –
      C: entered, DFS index 3
      A    evaluating       0/0   –    yes –     1       –       –
      B    evaluating       1/0   –    yes 1     1       A       –
      C    evaluating       3/3   –    yes –     0       –       –
      D    evaluating       2/0   –    yes 0     0       B       –
      E: entered, DFS index 4
      C    evaluating       3/0   –    yes –     1       –       –
      D    evaluating       2/0   –    yes 0     0       B,C     –
      E    evaluating       4/4   –    yes –     0       –       –
      E: body executed to its first await
      E    evaluating       4/4   –    yes 2     0       –       –
      E: component finished
      E    evaluating-async 4/4   E    yes 2     0       –       –
      A: component of 4 finished: A, B, D, C
      A    evaluating-async 0/0   A    yes 4     2       –       –
      B    evaluating-async 1/0   A    yes 1     1       A       –
      C    evaluating-async 3/0   A    yes 3     2       A       –
      D    evaluating-async 2/0   A    yes 0     0       B,C     –
      E    evaluating-async 4/4   E    yes 2     0       C       –
      E: settled; C waits for 1 more
      C    evaluating-async 3/0   A    yes 3     1       A       –
      E    evaluated        4/4   E    yes done  0       C       –
      D: settled; B runs next, C runs next
      B    evaluating-async 1/0   A    yes 1     0       A       –
      C    evaluating-async 3/0   A    yes 3     0       A       –
      D    evaluated        2/0   A    yes done  0       B,C     –
      B: body executed to its first await
      C: body executed to its first await
      C: settled: it was rejected
      A    evaluated        0/0   A    yes done  2       –       C
      C    evaluated        3/0   A    yes done  0       A       C
      """)
  }
}
