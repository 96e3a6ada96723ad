internal import JavaScriptRuntime
internal import ModuleSyntax
internal import VMModules

/// What a person who was asked for a TARGET gave.
package enum PersonAnswer: Hashable, Sendable {
  case text(String)
  /// Ctrl-C: what runs is to end.
  case interrupted
  /// Ctrl-D: no answer to this question.
  case ended
}

/// `ask` rules: the person is the linker.
extension Session {
  func ask(_ request: RuleRequest, _ number: Int) -> LinkerAnswer {
    guard outside.answers else {
      return refuse(
        request, number, "Rule \(number) asks the person at the prompt, and a script has none")
    }
    // Who interrupted the command is not asked by it again.
    if isAskingInterrupted { return interrupted(request, number) }
    host.recordTransitions()
    let question = "\(request.referrer.name) asks for \(quoted(request.specifier))"
    while true {
      let given = outside.answer(question)
      if !isRebuilding { journal?.write(.answer(given)) }
      switch given {
      case .interrupted:
        isAskingInterrupted = true
        return interrupted(request, number)
      case .ended:
        return refuse(request, number, "Nobody answered rule \(number)")
      case .text(let text):
        // Only Enter: asked again.
        guard text.contains(where: { !$0.isWhitespace }) else { continue }
        switch RuleTargetReader.read(text, scanner: ModuleSyntaxScanner()) {
        case .failure(let error):
          var diagnostic = Diagnostic(error, in: nil)
          if diagnostic.hints.isEmpty { diagnostic.hints = ["help targets"] }
          output.diagnostic(diagnostic)
        case .success(.ask):
          output.diagnostic(
            Diagnostic(message: "It is you who is asked.", hints: answersToTry(request)))
        case .success(let target): return answer(request, with: target)
        }
      }
    }
  }

  /// A script has more answers than there were questions.
  func tellUnasked(_ answer: PersonAnswer) {
    let text = AnswerReader.lines(of: answer).map { $0.dropFirst(Transcript.answerPrompt.count) }
      .joined(separator: "\n")
    output.diagnostic(
      Diagnostic(
        severity: .warning, message: "nobody asked for the answer \(TerminalText.clean(text))"))
  }

  /// A module that there is, and an answer that needs none.
  private func answersToTry(_ request: RuleRequest) -> [String] {
    let names = registry.names.filter { $0 != request.referrer.name }
    let nearest = NearestNames.of(request.specifier, among: names).first ?? names.first
    return (nearest.map { [quotedName($0)] } ?? []) + ["value undefined", "help targets"]
  }

  private func interrupted(_ request: RuleRequest, _ number: Int) -> LinkerAnswer {
    guard let stopped = VMFailure.stopped(.interrupted) else {
      return refuse(request, number, "Nobody answered rule \(number)")
    }
    note(request, .rejected(number, value: "an error"), "an error", type: "rejection")
    return .rejected(stopped)
  }

  private func refuse(_ request: RuleRequest, _ number: Int, _ message: String) -> LinkerAnswer {
    note(request, .rejected(number, value: "an error"), "an error", type: "nobody")
    return .rejected(VMFailure(.node(name: "Error", code: "", message: message)))
  }
}
