internal import LineEditing
internal import Session

/// What Tab offers: commands, options and names, by the place in the command.
struct Completer {
  let session: Session

  func complete(_ before: String) -> Completion {
    let position = CompletionPosition(of: before)
    var candidates: [String] = []
    for expected in position.expected { candidates += words(for: expected) }
    let matching = candidates.filter { $0.hasPrefix(position.prefix) }
    return Completion(replacedCount: position.prefix.count, candidates: matching.sorted())
  }

  private func words(for expected: CompletionPosition.Expected) -> [String] {
    switch expected {
    case .command(let lookingOnly):
      return CommandTable.all.filter { !lookingOnly || $0.isLooking }.map(\.name.rawValue)
    case .argument(let kind, _): return session.words(for: kind)
    case .option(let command): return CommandTable.syntax(of: command).options.map(\.name)
    case .words(let words): return words
    case .nothing: return []
    }
  }
}
