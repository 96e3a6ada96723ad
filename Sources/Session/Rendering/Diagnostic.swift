package import ModuleSyntax

/// An error or a warning with everything that helps.
package struct Diagnostic: Sendable {
  package enum Severity: String, Hashable, Sendable {
    case error, warning, note
  }

  /// A place in a source, underlined, with a few words to it.
  package struct Label: Sendable {
    package var source: SourceText
    package var range: SourceRange
    package var text: String

    package init(source: SourceText, range: SourceRange, text: String = "") {
      self.source = source
      self.range = range
      self.text = text
    }
  }

  package var severity: Severity
  /// Node's code, or the error's name when it has none.
  package var code: String?
  package var message: String
  /// The first one is the place of the error; others belong to it (candidates, importers).
  package var labels: [Label]
  /// Sentences.
  package var notes: [String]
  /// Ways to write the command.
  package var usage: [String]
  /// Commands that can be typed as they stand.
  package var hints: [String]
  /// Lines of a stack trace, places in the person's sources.
  package var stack: [String]
  package var cause: [Diagnostic]
  /// What a transcript has in its place, when a replay shows something else.
  package var recorded: [Diagnostic] = []

  package init(
    severity: Severity = .error, code: String? = nil, message: String, labels: [Label] = [],
    notes: [String] = [], usage: [String] = [], hints: [String] = [], stack: [String] = [],
    cause: Diagnostic? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.labels = labels
    self.notes = notes
    self.usage = usage
    self.hints = hints
    self.stack = stack
    self.cause = cause.map { [$0] } ?? []
  }

  /// A person's mistake in a command.
  package init(_ error: CommandError, in command: ScriptCommand? = nil) {
    self.init(code: error.nodeError?.code, message: error.message)
    if let command, let range = error.range {
      labels = [Label(source: command.sourceText, range: range)]
    }
    notes = error.note.map { [$0] } ?? []
    usage = error.usage
    hints = error.hints
  }
}
