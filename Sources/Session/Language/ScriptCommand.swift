package import ModuleSyntax

/// A command of a script or of the prompt, with its place.
package struct ScriptCommand: Sendable {
  /// nil for `-c`, standard input and the prompt.
  package var file: String?
  /// 1-based.
  package var line: Int
  /// All its lines, without the last line terminator.
  package var text: String
  /// CODE_OR_NAME of `expect-error`.
  package var expectedError: String?
  /// FILE of `> FILE`.
  package var redirection: FileReference?
  /// What the words mean, or what is wrong with them.
  package var parsed: Result<Command, CommandError>

  /// The command's text as a source, for the rendering of errors.
  package var sourceText: SourceText {
    SourceText(text, name: file ?? "command", lineOffset: line - 1)
  }

  /// The place in the script of a mistake in the words.
  package func position(of error: CommandError) -> SourcePosition? {
    error.range.map { sourceText.position(at: $0.start) }
  }
}
