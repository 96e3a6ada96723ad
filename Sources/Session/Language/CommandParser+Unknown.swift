import ModuleSyntax

/// What a person may have meant by a line whose first word names no command.
extension CommandParser {
  /// `import` and `export` begin JavaScript, although commands have names that begin like them.
  func importOrExport(_ word: CommandWord) -> String? {
    guard !word.isQuoted, word.text == "import" || word.text == "export",
      cursor.text.trimmingSpaces != word.text, isJavaScript(.module)
    else { return nil }
    return command("module main = ")
  }

  /// JavaScript, a path, or the habit of another prompt: a command that does it here.
  func meantInstead(of word: CommandWord) -> String? {
    guard !word.isQuoted else { return nil }
    if let habit = Self.habits[word.text] { return habit }
    let text = cursor.text.trimmingSpaces
    if text == word.text, let command = Self.command(forFile: text) { return command }
    // A lone word, or words with a dash in them, would be JavaScript too.
    guard isJavaScript(.interactive),
      text.contains(where: { "()[]{}=+*.;\"'`".contains($0) || $0.isNumber })
        || Self.beginnings.contains(word.text)
    else { return nil }
    return command("js ")
  }

  /// Also when further lines would have to follow.
  private func isJavaScript(_ goal: SourceGoal) -> Bool {
    switch scanner.extent(of: SourceText(cursor.text, name: "command"), goal: goal) {
    case .finished, .unfinished: true
    case .wrong: false
    }
  }

  /// The line behind the head of a command, while it is one that a person would type again.
  private func command(_ head: String) -> String? {
    let text = cursor.text.trimmingSpaces
    guard !text.contains("\n"), text.utf8.count <= 60 else { return nil }
    return head + text
  }

  private static func command(forFile path: String) -> String? {
    if path.hasSuffix(".mjs") || path.hasSuffix(".js") { return "load \(quotedName(path))" }
    return path.hasSuffix(".modlab") ? "source \(quotedName(path))" : nil
  }

  /// Statements of JavaScript whose text may have none of its punctuation.
  private static let beginnings: Set<String> = ["let", "var", "typeof", "new", "await", "throw"]

  /// The words of psql, gdb and shells.
  private static let habits: [String: String] = [
    "?": "help", "\\?": "help", "\\h": "help", "man": "help", "\\q": "quit", "q!": "quit",
    "bye": "quit", "logout": "quit", "\\d": "status", "\\dt": "status", "\\l": "status",
    "ls": "status", "dir": "status", "ps": "status", "list": "status", "info": "status",
    "rm": "remove", "drop": "remove", "delete": "remove", "print": "help js", "p": "help js",
    "next": "step", "n": "step", "run": "help evaluate", "log": "timeline",
  ]
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return String(text)
  }
}
