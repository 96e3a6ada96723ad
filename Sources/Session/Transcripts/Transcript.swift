/// A recorded session: commands, and what each of them printed.
///
/// In Markdown the fences ```` ```modlab ```` belong to it, together one session; a fence
/// ```` ```modlab new ```` begins another. A `.modlab-transcript` file belongs to it whole. Lines
/// that begin with the prompt are commands, lines with the continuation prompt continue them, lines
/// with the prompt of a question are what the person answered to an `ask` rule (and go on in lines
/// with the continuation prompt), the other lines are the output.
package struct Transcript: Sendable {
  /// A command and its output.
  package struct Step: Hashable, Sendable {
    /// Without prompts, its lines joined by line breaks.
    package var command: String
    /// The 1-based line of the file in which the command begins.
    package var line: Int
    package var expected: [String] = []
    /// The 1-based line of the file in which the output begins, or would.
    package var outputLine: Int
    /// What stands before each line: a fence may be in a list, or in a quotation.
    package var prefix: String
    /// With what a new session begins, which runs it; nil: the session of the step before does.
    package var begins: TranscriptSetting?

    package init(
      command: String, line: Int, expected: [String] = [], outputLine: Int, prefix: String = "",
      begins: TranscriptSetting? = nil
    ) {
      self.command = command
      self.line = line
      self.expected = expected
      self.outputLine = outputLine
      self.prefix = prefix
      self.begins = begins
    }
  }

  /// What is wrong with the file itself.
  package struct Flaw: Hashable, Sendable {
    /// 1-based.
    package var line: Int
    package var message: String

    package init(line: Int, message: String) {
      self.line = line
      self.message = message
    }
  }

  package enum Form: Hashable, Sendable {
    case markdown, plain

    /// The form of a file, by its name.
    package init(path: String) {
      self = path.hasSuffix(".modlab-transcript") ? .plain : .markdown
    }
  }

  package static let prompt = "modlab> "
  package static let continuationPrompt = "   ...> "
  package static let answerPrompt = "answer> "
  package static let fence = "```"
  /// The first word behind the fence.
  package static let language = "modlab"
  /// Behind it: the fence begins another session.
  static let new = "new"
  /// How the first line of a plain file may begin, which then tells how the session does.
  static let plainHead = "# modlab"
  /// In expected output: alone on a line it stands for any lines.
  package static let anyLines = "..."
  /// In expected output: it stands for anything within a line.
  package static let anyText = "[..]"

  /// All lines of the file, without line terminators.
  package let lines: [String]
  package let steps: [Step]
  package let flaws: [Flaw]
  package let form: Form

  package init(_ text: String, form: Form) {
    self.form = form
    lines = Self.lines(of: text)
    var reader = TranscriptReader(form: form)
    for (index, line) in lines.enumerated() { reader.read(line[...], index + 1) }
    reader.end()
    steps = reader.steps
    flaws = reader.flaws
  }

  /// The lines of a text. A break at its end begins no line, and CRLF is a break like LF.
  package static func lines(of text: String) -> [String] {
    // By bytes: to Swift, CRLF is one character, and no line feed.
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(Substring(line.last == 0x0D ? line.dropLast() : line))
    }
    if lines.last == "" { lines.removeLast() }
    if let first = lines.first, first.unicodeScalars.first == "\u{FEFF}" {
      lines[0] = String(first.unicodeScalars.dropFirst())
    }
    return lines
  }

  /// The lines that stand for a command and its output.
  ///
  /// `answerLines` are the indices of those lines of the output that the person answered.
  package static func lines(
    command: String, output: [String], answerLines: Set<Int> = []
  ) -> [String] {
    var expected: [String] = []
    for (index, line) in output.enumerated() {
      expected.append(
        answerLines.contains(index) ? line : expectation(of: line, after: expected.last))
    }
    return lines(of: command, after: prompt) + expected
  }

  /// The lines of a text behind a prompt. A bare prompt counts without its blank.
  static func lines(of text: String, after prompt: String) -> [String] {
    lines(of: text + "\n").enumerated().map { index, line in
      let prompt = index == 0 ? prompt : continuationPrompt
      return line.isEmpty ? String(prompt.dropLast()) : prompt + line
    }
  }

  /// A line of output as it is expected: one that would be read as something else begins with `[..]`.
  /// `last` is the expected line before it.
  static func expectation(of line: String, after last: String?) -> String {
    func isBehind(_ prompt: String, _ line: String) -> Bool {
      text(of: line[...], after: prompt) != nil
    }
    // It would go on with the command, or with an answer.
    let goesOn =
      isBehind(continuationPrompt, line)
      && (last.map { isBehind(answerPrompt, $0) || isBehind(continuationPrompt, $0) } ?? true)
    return goesOn || isBehind(prompt, line) || isBehind(answerPrompt, line) || isFence(line)
      || line == anyLines ? anyText + line : line
  }

  /// Whether a line could close the fence in which it stands.
  private static func isFence(_ line: String) -> Bool {
    let text = line.utf8.drop { $0 == 0x20 }
    guard let sign = text.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else {
      return false
    }
    let mark = text.prefix { $0 == sign }
    return mark.count >= 3 && text.dropFirst(mark.count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// What follows a prompt. Editors take blanks off the end of a line, so a bare prompt counts too.
  static func text(of line: Substring, after prompt: String) -> String? {
    // By bytes: a combining character after the blank would make another character of it.
    if line.utf8.starts(with: prompt.utf8) {
      return String(Substring(line.utf8.dropFirst(prompt.utf8.count)))
    }
    return line == prompt.dropLast() ? "" : nil
  }
}

extension Transcript.Step {
  /// What the person answered while the command ran.
  var answers: [PersonAnswer] {
    var reader = AnswerReader()
    for line in expected { _ = reader.read(line[...]) }
    return reader.answers
  }
}
