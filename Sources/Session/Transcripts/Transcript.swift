/// A recorded session: commands, and what each of them printed.
///
/// In Markdown the fences ```` ```modlab ```` belong to it, together one session; a fence
/// ```` ```modlab new ```` begins another. A `.modlab-transcript` file belongs to it whole. Lines
/// that begin with the prompt are commands, lines with the continuation prompt continue them, lines
/// with the prompt of a question are what the person answered to an `ask` rule, the other lines are
/// the output.
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
    /// What stands before each line: a fence in a list is indented.
    package var indentation: Int
    /// A new session runs it.
    package var beginsSession: Bool

    package init(
      command: String, line: Int, expected: [String] = [], outputLine: Int, indentation: Int = 0,
      beginsSession: Bool = false
    ) {
      self.command = command
      self.line = line
      self.expected = expected
      self.outputLine = outputLine
      self.indentation = indentation
      self.beginsSession = beginsSession
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
  /// In expected output: alone on a line it stands for any lines.
  package static let anyLines = "..."
  /// In expected output: it stands for anything within a line.
  package static let anyText = "[..]"

  /// All lines of the file, without line terminators.
  package let lines: [String]
  package let steps: [Step]
  /// Lines of output that no command stands before, 1-based.
  package let strayLines: [Int]
  /// The line of a fence that nothing closes.
  package let openFence: Int?
  package let form: Form

  package init(_ text: String, form: Form) {
    self.form = form
    lines = Self.lines(of: text)
    var reader = TranscriptReader(form: form)
    for (index, line) in lines.enumerated() { reader.read(line[...], index + 1) }
    steps = reader.steps
    strayLines = reader.strayLines
    openFence = reader.openFence
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
  package static func lines(
    command: String, output: [String], answerLines: Set<String> = []
  ) -> [String] {
    var lines: [String] = []
    for line in Self.lines(of: command + "\n") {
      let line = (lines.isEmpty ? prompt : continuationPrompt) + line
      // A bare prompt counts without its blank.
      lines.append(line == prompt || line == continuationPrompt ? String(line.dropLast()) : line)
    }
    return lines + expectation(of: output, answerLines: answerLines)
  }

  /// Output as it is expected: a line that would be read as something else begins with `[..]`.
  package static func expectation(
    of output: [String], isFirst: Bool = true, answerLines: Set<String> = []
  ) -> [String] {
    output.enumerated().map { index, line in
      let isPrompt =
        text(of: line[...], after: prompt) != nil
        || line.hasPrefix(answerPrompt) && !answerLines.contains(line)
        || index == 0 && isFirst && text(of: line[...], after: continuationPrompt) != nil
      return isPrompt || isFence(line) || line == anyLines ? anyText + line : line
    }
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

// MARK: - Answers

extension Transcript {
  private static let interrupted = "^C"
  private static let ended = "^D"

  static func line(of answer: PersonAnswer) -> String {
    switch answer {
    case .text(let text):
      // It stands on one line.
      answerPrompt + String(text.map { $0.isNewline ? " " : $0 })
    case .interrupted: answerPrompt + interrupted
    case .ended: answerPrompt + ended
    }
  }

  /// The answer that a line stands for.
  static func answer(in line: Substring) -> PersonAnswer? {
    switch text(of: line, after: answerPrompt) {
    case nil: nil
    case interrupted: .interrupted
    case ended: .ended
    case let text?: .text(text)
    }
  }
}

extension Transcript.Step {
  /// What the person answered while the command ran.
  var answers: [PersonAnswer] {
    expected.compactMap { Transcript.answer(in: $0[...]) }
  }
}
