import ModuleLinking
import Testing

extension ModuleAgent {
  /// An agent whose assertions are looked at in release builds too, and fail the test.
  static func checked(evaluator: (any ModuleEvaluator)? = nil) -> ModuleAgent {
    let agent = ModuleAgent(evaluator: evaluator)
    agent.onBrokenAssertion = { Issue.record("\($0)") }
    return agent
  }
}
