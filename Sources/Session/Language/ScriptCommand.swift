package import ModuleSyntax

/// A command of a script or of the prompt, with its place.
///
/// Reports, logs and the journal keep it: what was read is one object, which its copies share.
package struct ScriptCommand: Sendable {
  /// All but the place.
  final class Reading: Sendable {
    let file: String?
    let text: String
    let ownText: String
    let wholeText: String
    let expectedError: String?
    let redirection: FileReference?
    let parsed: Result<Command, CommandError>
    let answers: [PersonAnswer]

    init(
      file: String?, text: String, ownText: String, wholeText: String, expectedError: String?,
      redirection: FileReference?, parsed: Result<Command, CommandError>, answers: [PersonAnswer]
    ) {
      self.file = file
      self.text = text
      self.ownText = ownText
      self.wholeText = wholeText
      self.expectedError = expectedError
      self.redirection = redirection
      self.parsed = parsed
      self.answers = answers
    }
  }

  let reading: Reading
  /// 1-based.
  package let line: Int
  /// Ctrl-C ended it, or a command that it ran, when it was recorded.
  var isInterrupted = false

  init(_ reading: Reading, line: Int, isInterrupted: Bool = false) {
    self.reading = reading
    self.line = line
    self.isInterrupted = isInterrupted
  }

  package init(
    file: String?, line: Int, text: String, ownText: String? = nil, wholeText: String? = nil,
    expectedError: String?, redirection: FileReference?, parsed: Result<Command, CommandError>,
    answers: [PersonAnswer] = []
  ) {
    let reading = Reading(
      file: file, text: text, ownText: ownText ?? text, wholeText: wholeText ?? text,
      expectedError: expectedError, redirection: redirection, parsed: parsed, answers: answers)
    self.init(reading, line: line)
  }

  /// nil for `-c`, standard input and the prompt.
  package var file: String? { reading.file }
  /// All its lines, without the last line terminator.
  package var text: String { reading.text }
  /// The same with its whole name at the beginning: without `expect-error`, dots and blanks before it.
  package var ownText: String { reading.ownText }
  /// As in `text`, but commands are whole words where the prompt took a prefix.
  package var wholeText: String { reading.wholeText }
  /// CODE_OR_NAME of `expect-error`.
  package var expectedError: String? { reading.expectedError }
  /// FILE of `> FILE`.
  package var redirection: FileReference? { reading.redirection }
  /// What the words mean, or what is wrong with them.
  package var parsed: Result<Command, CommandError> { reading.parsed }
  /// What the script answers to the `ask` rules that the command meets.
  package var answers: [PersonAnswer] { reading.answers }

  /// The same text, taken for another command.
  func meaning(_ command: Command) -> ScriptCommand {
    changed(parsed: .success(command), answers: answers)
  }

  func answered(by answers: [PersonAnswer]) -> ScriptCommand {
    changed(parsed: parsed, answers: answers)
  }

  private func changed(
    parsed: Result<Command, CommandError>, answers: [PersonAnswer]
  ) -> ScriptCommand {
    let reading = Reading(
      file: file, text: text, ownText: ownText, wholeText: wholeText,
      expectedError: expectedError, redirection: redirection, parsed: parsed, answers: answers)
    return ScriptCommand(reading, line: line, isInterrupted: isInterrupted)
  }

  /// The command's text as a source, for the rendering of errors.
  package var sourceText: SourceText {
    SourceText(text, name: file ?? "command", lineOffset: line - 1)
  }

  /// As a transcript has it, and reads it again: at line 1 of no file.
  var asRecorded: ScriptCommand {
    var reader = CommandReader(wholeText, scanner: ModuleSyntaxScanner())
    guard case .command(let command)? = reader.next() else { return self }
    return command
  }

  /// Where a part of the command stands that is written like this.
  func range(ofText text: String) -> SourceRange? {
    self.text.utf8.firstRange(of: text.utf8).map { found in
      let start = self.text.utf8.distance(from: self.text.utf8.startIndex, to: found.lowerBound)
      return SourceRange(start, start + text.utf8.count)
    }
  }

  /// The place in the script of a mistake in the words.
  package func position(of error: CommandError) -> SourcePosition? {
    error.range.map { sourceText.position(at: $0.start) }
  }
}
