import Foundation
import SchemaValidation
import Session
import Testing

/// Every scenario that was run in Node 24, run in a session: statuses, codes, messages, console,
/// linker calls, exports and values are what Node's were.
///
/// It is the one runner of these scenarios: `make conformance` runs it too, and takes its numbers from
/// the file that NODE_CASE_REPORT names.
///
/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct NodeCaseTests {
  private static let schema = Result { try SchemaValidator(NodeCase.schemaText()) }

  @Test(arguments: NodeCase.all)
  func `a session does what Node did`(nodeCase: NodeCase) throws {
    let script = try CaseScript(nodeCase)
    let verdict = try Verdict.judge(nodeCase, StepAnswers.collect(script, Self.schema.get()))
    try report(nodeCase, verdict)
    #expect(
      verdict.wrong.isEmpty, "\(nodeCase.name)\n\(verdict.wrong.joined(separator: "\n"))")
  }

  /// A line for each scenario: its name, and `passed`, `passed in other words` or `failed`.
  private func report(_ nodeCase: NodeCase, _ verdict: Verdict) throws {
    guard let path = ProcessInfo.processInfo.environment["NODE_CASE_REPORT"] else { return }
    let passed = verdict.hasOwnWords ? "passed in other words" : "passed"
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    try file.write(
      contentsOf: Data("\(nodeCase.name)\t\(verdict.wrong.isEmpty ? passed : "failed")\n".utf8))
    try file.close()
  }

  @Test func `all scenarios are there`() {
    #expect(NodeCase.all.count == 160)
  }
}
