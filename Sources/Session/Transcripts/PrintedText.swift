/// What a command of a transcript prints, and between it what the person answered.
final class PrintedText {
  private var text = ""
  /// The lines of what the person answered.
  private(set) var answerLines: Set<String> = []

  var lines: [String] { Transcript.lines(of: text) }

  func append(_ text: String) { self.text += text }

  func append(_ answer: PersonAnswer) {
    let line = Transcript.line(of: answer)
    answerLines.insert(line)
    text += line + "\n"
  }

  func clear() {
    text = ""
    answerLines = []
  }
}
