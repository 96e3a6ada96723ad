/// What may be typed where the cursor stands.
package struct CompletionPosition: Hashable, Sendable {
  package enum Expected: Hashable, Sendable {
    case command(lookingOnly: Bool)
    case argument(ArgumentKind, of: CommandName)
    /// A module in whatever status.
    case anyModule
    /// A value of the session option with this name.
    case optionValue(of: String)
    case option(of: CommandName)
    case words([String])
    case nothing
  }

  package var expected: [Expected]
  /// The word so far, quotation mark included.
  package var prefix: String

  /// For the text of a line up to the cursor.
  package init(of text: String) {
    var words = CompletionPosition.words(text)
    prefix = words.popLast() ?? ""
    expected = []
    var outer: CommandName?
    if let first = words.first, first.hasPrefix(".") || first.hasPrefix(":") {
      words[0] = String(first.dropFirst())
    } else if words.isEmpty, prefix.hasPrefix(".") || prefix.hasPrefix(":") {
      prefix = String(prefix.dropFirst())
    }
    while let first = words.first,
      let name = CommandTable.command(of: first), name == .at || name == .expectError
    {
      words.removeFirst()
      if words.isEmpty {
        expected = [.argument(CommandTable.syntax(of: name).arguments[0].kind, of: name)]
        return
      }
      words.removeFirst()
      outer = name
    }
    guard let first = words.first else {
      expected = [.command(lookingOnly: outer == .at)]
      return
    }
    let candidates = CommandTable.commands(withPrefix: first)
    guard
      let name = CommandTable.command(of: first) ?? (candidates.count == 1 ? candidates[0] : nil)
    else { return }
    expected = CompletionPosition.expected(name, Array(words.dropFirst()), prefix)
  }

  private static func expected(
    _ name: CommandName, _ words: [String], _ prefix: String
  ) -> [Expected] {
    let syntax = CommandTable.syntax(of: name)
    if let last = words.last {
      if last == "from" || last == ">" { return [.argument(.file, of: name)] }
      if last == "for" { return [.anyModule] }
      if last == "in", name == .why { return [.anyModule] }
      if words.contains(where: { $0.hasPrefix("<<") }) { return [] }
      if last == "=" || last == "do" { return [] }
      if last == "=>" || (words.dropLast().last == "delay" && words.contains("=>")) {
        return [
          .anyModule,
          .words(["value", "throw", "reject", "delay", "pending", "ask", "js", "file"]),
        ]
      }
      if last == "file", words.contains("=>") { return [.argument(.file, of: name)] }
      if let option = syntax.options.first(where: { $0.name == last }), let value = option.value {
        return expected(value.kind, of: name)
      }
    }
    if words.contains("=") { return [] }
    if prefix.hasPrefix("--") { return [.option(of: name)] }
    var positional = 0
    var skips = false
    for word in words {
      if skips {
        skips = false
      } else if word.hasPrefix("--") {
        skips = syntax.options.contains { $0.name == word && $0.value != nil }
      } else {
        positional += 1
      }
    }
    var result: [Expected] = []
    if name == .resolve || name == .answer || name == .which {
      if positional == 0 { return [.argument(.specifier, of: name)] }
      return [.words(words.contains("=>") ? ["for", "with"] : ["=>", "for"])]
    }
    if name == .option, positional == 1 { return [.optionValue(of: words[0])] }
    if name == .linkRequests, positional > 0 { return [.anyModule] }
    if name == .why, positional == 0 { result.append(.argument(.export, of: name)) }
    if positional < syntax.arguments.count {
      result += expected(syntax.arguments[positional].kind, of: name)
    } else if let last = syntax.arguments.last, last.count == .any || last.count == .several {
      result += expected(last.kind, of: name)
    }
    if name == .why, positional == 1 { result.append(.words(["in"])) }
    if let source = syntax.source, positional >= syntax.arguments.count {
      result.append(.words(["="] + (source.allowsFile ? ["from"] : [])))
    }
    if !syntax.options.isEmpty { result.append(.option(of: name)) }
    return result
  }

  private static func expected(_ kind: ArgumentKind, of name: CommandName) -> [Expected] {
    switch kind {
    case .keyword(let words): return [.words(words)]
    case .command: return [.command(lookingOnly: name == .at)]
    case .expression, .code, .newName, .number, .anything: return []
    default: return [.argument(kind, of: name)]
    }
  }

  /// The words by white space and quotation marks, the last one being typed (perhaps empty).
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if character == "\\" { isEscaped = true }
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        if word.isEmpty || word.hasSuffix(".") { quote = character }
      } else if character == " " || character == "\t" || character == "\n" {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      word.append(character)
    }
    return words + [word]
  }
}
