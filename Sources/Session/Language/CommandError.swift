package import ModuleSyntax

/// A person's mistake in a command (phase `command`): data here, its words in the catalogue
/// `CommandError+Messages`.
package struct CommandError: Error, Hashable, Sendable {
  package var problem: CommandProblem
  /// In the command's text; nil when the command as a whole is meant.
  package var range: SourceRange?
  /// The command whose usage is worth showing.
  package var command: CommandName?

  package init(
    _ problem: CommandProblem, _ range: SourceRange? = nil, in command: CommandName? = nil
  ) {
    self.problem = problem
    self.range = range
    self.command = command
  }
}

/// Everything that can be wrong with a command before any module is touched.
package enum CommandProblem: Hashable, Sendable {
  // The words.
  case unterminatedQuote(Character)
  case badEscape(String)
  case missingTag
  case wordAfterTag(String)
  case unterminatedHeredoc(tag: String)
  case missingExpression(after: String)
  case badExpression(String)

  // The command.
  /// `meant` is a command that may do what the person wanted.
  case unknownCommand(String, near: [String], meant: String?)
  case ambiguousCommand(String, [String])
  case missingCommand(after: String)
  case notAllowed(CommandName, after: String)
  case missingArgument(String)
  case missingSource
  case missingBlankBeforeSource(String)
  case unexpectedArgument(String)
  case unexpectedSource(String)
  case unknownOption(String, near: [String])
  case missingOptionValue(String, value: String)
  case unexpectedOptionValue(String)
  case repeatedOption(String)
  case notANumber(String, argument: String, minimum: Int, maximum: Int)
  case notOneOf(String, argument: String, [String], near: [String])
  case noRedirection(CommandName)

  // The arguments of single commands.
  case missingExportName(String)
  case spaceAroundEquals(String)
  case repeatedExport(String)
  case commaInExport(String)
  case missingArrow
  case missingTarget
  case severalStars(String)
  case unterminatedRegularExpression
  case unknownRegularExpressionFlags(String)
  /// A pattern as it is typed, and the engine's words.
  case badRegularExpression(String, String)
  case missingWord(String, example: String)
  case badAttribute(String)

  // The session.
  case unknownModule(String, near: [String])
  /// No module, but a name that these modules export.
  case unknownSubject(String, exporters: [String])
  case unknownReferrer(String, near: [String])
  case unknownExport(String, module: String, exports: [String], near: [String])
  case unknownContext(String, near: [String])
  case contextExists(String)
  case unknownRule(Int, count: Int)
  case unknownOptionName(String, near: [String])
  case unknownTopic(String, near: [String])
  case unknownTransition(Int, count: Int)
  case noSteppedOperation
  case steppedOperationRuns(String)
  case nothingPending(String)
  case nothingToUndo
  case nothingToRedo
  case unreadableFile(String, FileProblem)
  case unwritableFile(String, FileProblem)
  /// A path, and the name of the module that is its file.
  case fileIsModule(String, String)
  case expectedFailure(String)
  case otherFailure(expected: String, got: String)
  case notYet(String)
}

/// Why a file cannot be read or written.
package enum FileProblem: Error, Hashable, Sendable {
  case notThere
  case notPermitted
  case isDirectory
  case partIsNoDirectory
  case tooManyLinks
  /// The UTF-8 offset and 1-based line of the first wrong byte.
  case notUTF8(offset: Int, line: Int)
  case nameHasNUL
  case isNoRegularFile
  case noSpace
  /// More than can be a source: a device that gives bytes without end.
  case tooLarge
  /// Ctrl-C came first.
  case interrupted
  /// `errno` and the system's words for it.
  case other(Int32, String)
}
