package import ModuleSyntax

/// Names that were looked up and not found; the nearest ones are proposed.
extension CommandError {
  package static func unknownModule(
    _ name: String, among names: some Sequence<String>, in command: ScriptCommand? = nil
  ) -> CommandError {
    CommandError(
      .unknownModule(name, near: NearestNames.ofModule(name, among: names)),
      command?.range(of: name))
  }

  package static func unknownContext(
    _ name: String, among names: some Sequence<String>, in command: ScriptCommand? = nil
  ) -> CommandError {
    CommandError(
      .unknownContext(name, near: NearestNames.of(name, among: names)), command?.range(of: name))
  }

  package static func unknownExport(
    _ name: String, module: String, exports: [String], in command: ScriptCommand? = nil
  ) -> CommandError {
    let near = NearestNames.of(name, among: exports)
    return CommandError(
      .unknownExport(name, module: module, exports: exports, near: near), command?.range(of: name))
  }

  package static func unknownOption(
    _ name: String, among names: some Sequence<String>, in command: ScriptCommand? = nil
  ) -> CommandError {
    CommandError(
      .unknownOptionName(name, near: NearestNames.of(name, among: names)), command?.range(of: name))
  }

  package static func unknownRule(
    _ number: Int, count: Int, in command: ScriptCommand? = nil
  ) -> CommandError {
    CommandError(.unknownRule(number, count: count), command?.range(of: String(number)))
  }
}

extension ScriptCommand {
  /// Where the command's first line has this word, bare or quoted; also as a part of `NAME.EXPORT`.
  package func range(of word: String) -> SourceRange? {
    var cursor = CommandCursor(bytes: Array(text.utf8), start: 0)
    var partial: SourceRange?
    // The name of the command is not meant.
    _ = try? cursor.word()
    while let found = try? cursor.word() {
      if found.text == word { return found.range }
      if partial == nil, !found.isQuoted, found.text.hasPrefix(word + ".") {
        partial = SourceRange(found.range.start, found.range.start + word.utf8.count)
      }
      if found.isBare("=") { break }
    }
    return partial
  }
}
