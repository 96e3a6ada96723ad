import SchemaValidation
import Session
import Testing

/// Every scenario that was run in Node 24, run in a session: statuses, codes, messages, console,
/// linker calls, exports and values are what Node's were.
///
/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct NodeCaseTests {
  private static let schema = Result { try SchemaValidator(NodeCase.schemaText()) }

  @Test(arguments: NodeCase.all)
  func `a session does what Node did`(nodeCase: NodeCase) throws {
    let script = try CaseScript(nodeCase)
    let verdict = try Verdict.judge(nodeCase, StepAnswers.collect(script, Self.schema.get()))
    #expect(
      verdict.wrong.isEmpty, "\(nodeCase.name)\n\(verdict.wrong.joined(separator: "\n"))")
  }

  @Test func `all scenarios are there`() {
    #expect(NodeCase.all.count == 160)
  }
}
