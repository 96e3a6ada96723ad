/// Reads what a person answered to `ask` rules from lines of a transcript or a script: `answer> TARGET`,
/// and further lines of it behind the continuation prompt.
struct AnswerReader {
  private static let interrupted = "^C"
  private static let ended = "^D"

  private(set) var answers: [PersonAnswer] = []
  /// A continuation prompt would go on with the last answer.
  private var goesOn = false

  /// False for a line that belongs to no answer.
  mutating func read(_ line: Substring) -> Bool {
    if let text = Transcript.text(of: line, after: Transcript.answerPrompt) {
      switch text {
      case Self.interrupted: answers.append(.interrupted)
      case Self.ended: answers.append(.ended)
      default:
        answers.append(.text(text))
        goesOn = true
        return true
      }
      goesOn = false
      return true
    }
    guard goesOn, case .text(let text)? = answers.last,
      let more = Transcript.text(of: line, after: Transcript.continuationPrompt)
    else {
      goesOn = false
      return false
    }
    answers[answers.count - 1] = .text(text + "\n" + more)
    return true
  }

  /// The lines that an answer is read from.
  static func lines(of answer: PersonAnswer) -> [String] {
    switch answer {
    case .interrupted: return [Transcript.answerPrompt + interrupted]
    case .ended: return [Transcript.answerPrompt + ended]
    case .text(var text):
      // With a blank before them they are what was typed.
      if text == interrupted || text == ended { text = " " + text }
      return Transcript.lines(of: text, after: Transcript.answerPrompt)
    }
  }
}
