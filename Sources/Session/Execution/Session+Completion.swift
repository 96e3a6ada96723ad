internal import ModuleSyntax
internal import VMModules

/// A text that could stand where the cursor is.
package struct CompletionCandidate: Hashable, Sendable {
  package var text: String
  /// More belongs to the same word: a directory, the name before `.EXPORT`.
  package var goesOn = false
}

extension Session {
  /// What could stand at the end of a command's text, in order; each replaces `prefix`.
  package func completions(
    of text: String
  ) -> (prefix: String, candidates: [CompletionCandidate]) {
    let position = CompletionPosition(of: text)
    var found: Set<CompletionCandidate> = []
    for expected in position.expected {
      found.formUnion(candidates(for: expected, position.prefix))
    }
    return (position.prefix, found.sorted { $0.text < $1.text })
  }

  private func candidates(
    for expected: CompletionPosition.Expected, _ prefix: String
  ) -> [CompletionCandidate] {
    switch expected {
    case .command(let lookingOnly):
      let words = CommandTable.all.filter { !lookingOnly || $0.isLooking }.map(\.name.rawValue)
      return matching(prefix, words)
    case .option(let command):
      return matching(prefix, CommandTable.syntax(of: command).options.map(\.name))
    case .words(let words): return matching(prefix, words)
    case .optionValue(let name): return matching(prefix, SessionOptions.values(of: name))
    case .argument(.file, _): return FileCompletion(prefix).candidates
    case .argument(.specifier, _), .argument(.pattern, _): return quotedMatching(prefix, specifiers)
    case .argument(.export, _):
      return named(prefix, registry.all.flatMap { exports(of: $0) })
    case .argument(.module, let command):
      if command == .set { return references(prefix) }
      return named(prefix, registry.all.filter { suits($0, command) }.map(\.name))
    case .anyModule: return named(prefix, registry.names)
    case .argument(let kind, _): return named(prefix, words(for: kind))
    case .nothing: return []
    }
  }

  /// Whether the command can do something with the module in its present status.
  private func suits(_ entry: ModuleEntry, _ command: CommandName) -> Bool {
    let statuses = CommandTable.syntax(of: command).statuses
    guard statuses.isEmpty || statuses.contains(entry.module.status.rawValue) else { return false }
    switch (command, entry.definition) {
    case (.edit, .synthetic(let definition)): return definition.body != nil
    case (.edit, .script), (.edit, .file), (.reset, .script): return false
    default: return true
    }
  }

  private func exports(of entry: ModuleEntry) -> [String] { row(entry).exports.all }

  /// `NAME.` and then `NAME.EXPORT`, of the modules whose exports are set from outside.
  private func references(_ prefix: String) -> [CompletionCandidate] {
    let modules = registry.all.filter { $0.module is SyntheticModule }
    var references: [CompletionCandidate] = []
    for entry in modules {
      let head = quotedName(entry.name) + "."
      if prefix.hasPrefix(head) {
        let typed = String(prefix.dropFirst(head.count))
        references += named(typed, exports(of: entry)).map {
          CompletionCandidate(text: head + $0.text)
        }
      } else {
        references += named(prefix, [entry.name]).map {
          CompletionCandidate(text: $0.text + ".", goesOn: true)
        }
      }
    }
    return references
  }

  private func words(for kind: ArgumentKind) -> [String] {
    switch kind {
    case .context: contextNames
    case .sessionOption: SessionOptions.all
    case .topic: CommandTable.words + HelpTopic.all.map(\.name)
    case .command: CommandTable.words
    default: []
    }
  }

  private var specifiers: [String] {
    registry.all.flatMap { ($0.module as? SourceTextModule)?.moduleRequests ?? [] }
      .map(\.specifier)
  }

  private func matching(_ prefix: String, _ words: [String]) -> [CompletionCandidate] {
    words.filter { $0.hasPrefix(prefix) }.map { CompletionCandidate(text: $0) }
  }

  /// Names in the quotation marks that were typed, else in those that they need.
  private func named(_ prefix: String, _ names: [String]) -> [CompletionCandidate] {
    guard !CompletionQuoting.isQuoted(prefix) else { return quotedMatching(prefix, names) }
    return names.filter { $0.hasPrefix(prefix) }.map { CompletionCandidate(text: quotedName($0)) }
  }

  private func quotedMatching(_ prefix: String, _ names: [String]) -> [CompletionCandidate] {
    let typed = CompletionQuoting.content(of: prefix)
    return names.filter { $0.hasPrefix(typed) }.map {
      CompletionCandidate(text: CompletionQuoting.quote($0, like: prefix))
    }
  }
}
