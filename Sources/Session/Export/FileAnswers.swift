internal import ModuleSyntax

/// What rules that read files answered, noted while the session is run again for a program: the program
/// reads no file.
final class FileAnswers {
  struct Answer {
    var rule: Int
    var key: String
    var outcome: Outcome
  }

  enum Outcome {
    case module(String)
    case failure(ErrorReport)
  }

  private(set) var answers: [Answer] = []

  func note(
    _ request: Session.RuleRequest, _ number: Int, _ outcome: Outcome
  ) {
    var key = "\(request.referrer.name) \(request.specifier)"
    if let type = request.attributes.first(where: { $0.key == "type" }) { key += " \(type.value)" }
    answers.append(Answer(rule: number, key: key, outcome: outcome))
  }

  func take() -> [Answer] {
    defer { answers = [] }
    return answers
  }
}
