internal import ModuleSyntax
internal import VMModules

/// `ask` rules: the person is the linker.
extension Session {
  func ask(_ request: RuleRequest, _ number: Int) -> LinkerAnswer {
    guard outside.answers else {
      return refuse(
        request, number, "Rule \(number) asks the person at the prompt, and a script has none")
    }
    host.recordTransitions()
    let question = "\(request.referrer.name) asks for \(quoted(request.specifier))"
    while let text = outside.answer(question) {
      switch RuleTargetReader.read(text, scanner: ModuleSyntaxScanner()) {
      case .failure(let error): output.diagnostic(Diagnostic(error, in: nil))
      case .success(.ask):
        output.diagnostic(
          Diagnostic(message: "It is you who is asked.", hints: ["NAME", "value EXPR"]))
      case .success(let target): return answer(request, with: target)
      }
    }
    return refuse(request, number, "Nobody answered rule \(number)")
  }

  private func refuse(_ request: RuleRequest, _ number: Int, _ message: String) -> LinkerAnswer {
    note(request, .rejected(number, value: "an error"), message, type: "rejection")
    return .rejected(VMFailure(.node(name: "Error", code: "", message: message)))
  }
}
