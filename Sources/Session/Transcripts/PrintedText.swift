/// What a command of a transcript prints, and between it what the person answered.
final class PrintedText {
  private var text = ""
  /// The indices of the lines that the person answered.
  private(set) var answerLines: Set<Int> = []

  var lines: [String] { Transcript.lines(of: text) }

  func append(_ text: String) { self.text += text }

  func append(_ answer: PersonAnswer) {
    let lines = AnswerReader.lines(of: answer)
    let first = self.lines.count
    answerLines.formUnion(first..<(first + lines.count))
    text += lines.map { $0 + "\n" }.joined()
  }

  func clear() {
    text = ""
    answerLines = []
  }
}
