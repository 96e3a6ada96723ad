package import ModuleSyntax

/// A command of a script or of the prompt, with its place.
package struct ScriptCommand: Sendable {
  /// nil for `-c`, standard input and the prompt.
  package var file: String?
  /// 1-based.
  package var line: Int
  /// All its lines, without the last line terminator.
  package var text: String
  /// The same with its whole name at the beginning: without `expect-error`, dots and blanks before it.
  package var ownText: String
  /// As in `text`, but commands are whole words where the prompt took a prefix.
  package var wholeText: String
  /// CODE_OR_NAME of `expect-error`.
  package var expectedError: String?
  /// FILE of `> FILE`.
  package var redirection: FileReference?
  /// What the words mean, or what is wrong with them.
  package var parsed: Result<Command, CommandError>
  /// What the script answers to the `ask` rules that the command meets.
  package var answers: [PersonAnswer] = []
  /// Ctrl-C ended it, or a command that it ran, when it was recorded.
  var isInterrupted = false

  package init(
    file: String?, line: Int, text: String, ownText: String? = nil, wholeText: String? = nil,
    expectedError: String?, redirection: FileReference?, parsed: Result<Command, CommandError>
  ) {
    self.file = file
    self.line = line
    self.text = text
    self.ownText = ownText ?? text
    self.wholeText = wholeText ?? text
    self.expectedError = expectedError
    self.redirection = redirection
    self.parsed = parsed
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
