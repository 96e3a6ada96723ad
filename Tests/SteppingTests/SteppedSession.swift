import ModuleLinking
import Testing
import VMModules

@testable import Session

/// A session whose answers are values, and in which a broken assertion of Link or Evaluate fails the
/// test.
final class SteppedSession {
  let session = Session(output: SilentOutput(), keepsReports: true)
  /// All that modules printed, in order.
  private(set) var console: [String] = []
  private(set) var transitions: [String] = []
  /// The messages of rejections that nobody handled.
  private(set) var unhandled: [String] = []

  init(_ script: String = "") {
    session.host.agent.onBrokenAssertion = { Issue.record("\($0)") }
    if !script.isEmpty { run(script) }
  }

  deinit { session.end() }

  /// Runs commands; the answer of the last one.
  @discardableResult
  func run(_ text: String) -> CommandReport {
    var reader = CommandReader(text, scanner: ModuleSyntaxScanner())
    var last = CommandReport(file: nil, line: 0, command: "")
    while case .command(let command)? = reader.next() {
      last = session.run(command)
      console += last.console.map(\.text)
      unhandled += last.unhandled.map(\.message)
      transitions += last.transitions.map { "\($0.module) \($0.from) → \($0.to)" }
    }
    return last
  }

  /// `step` until nothing is stepped, at most so often; what each step was.
  func stepThrough(_ command: String = "step", limit: Int = 1000) -> [String] {
    var texts: [String] = []
    while session.stepped != nil, texts.count < limit {
      let report = run(command)
      texts.append(Self.word(of: report))
    }
    return texts
  }

  static func word(of report: CommandReport) -> String {
    guard let step = member("step", of: report.result) else { return "" }
    guard case .string(let module)? = member("module", of: step),
      case .string(let text)? = member("text", of: step)
    else { return "–" }
    return "\(module): \(text)"
  }

  /// Whether a step ended because nothing is due that could go on.
  static func isWaiting(_ report: CommandReport) -> Bool {
    member("step", of: report.result).flatMap { member("kind", of: $0) } == .string("waiting")
  }

  static func member(_ name: String, of value: JSONValue) -> JSONValue? {
    guard case .object(let members) = value else { return nil }
    return members.first(where: { $0.key == name })?.value
  }

  func record(_ name: String) -> SourceTextModuleRecord? {
    session.registry[name]?.module.record.asSourceText
  }

  /// `A:linking B:unlinked`
  var statuses: String {
    session.registry.all.map { entry in
      let error = entry.module.record.evaluationError == nil ? "" : "!"
      return "\(entry.name):\(entry.module.record.status.word)\(error)"
    }.joined(separator: " ")
  }

  /// Node's words.
  var nodeStatuses: String {
    session.registry.all.map { "\($0.name):\($0.module.status.rawValue)" }.joined(separator: " ")
  }

  /// `A:0/0 B:-`: index and ancestor index.
  var indices: String {
    session.registry.all.map { entry in
      guard let record = record(entry.name), let index = record.dfsIndex,
        let ancestor = record.dfsAncestorIndex
      else { return "\(entry.name):-" }
      return "\(entry.name):\(index)/\(ancestor)"
    }.joined(separator: " ")
  }

  /// A row of the specification's table for each module.
  var fields: [String] {
    session.registry.all.compactMap { record($0.name) }.map { module in
      let parents = module.asyncParentModules.map { $0.identifier + " " }.joined()
      return "\(module.identifier) \(module.dfsIndex ?? -1)/\(module.dfsAncestorIndex ?? -1) "
        + "\(module.status.word) \(module.asyncEvaluationOrder) « \(parents)» "
        + "pending \(module.pendingAsyncDependencies ?? -1)"
    }
  }
}
