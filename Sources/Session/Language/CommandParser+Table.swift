import ModuleSyntax

/// The words of a command, counted and checked by the table.
struct ParsedArguments {
  var words: [CommandWord] = []
  var options: [String: CommandWord] = [:]
  var expressions: [String: CarriedText] = [:]
  var source: SourceOperand?

  var names: [String] { words.map(\.text) }
  var first: String { words.first?.text ?? "" }

  func has(_ option: String) -> Bool { options[option] != nil }
  func number(_ option: String) -> Int? { options[option].flatMap { Int($0.text) } }
}

extension CommandParser {
  /// Reads words, options and source as the command's line of the table says.
  mutating func arguments(
    _ syntax: CommandSyntax, maximum: Int? = nil
  ) throws(ParseStop) -> ParsedArguments {
    var parsed = ParsedArguments()
    let isOpen = syntax.arguments.contains { $0.count == .any || $0.count == .several }
    let limit = maximum ?? (isOpen ? Int.max : syntax.arguments.count)
    while true {
      cursor.skipBlanks()
      if cursor.peek == nil { break }
      if try sourceOperand(syntax, &parsed) { continue }
      guard let word = try cursor.word() else { break }
      if !word.isQuoted, word.text.hasPrefix("--") {
        try option(word, syntax, &parsed)
      } else if !word.isQuoted, word.text.hasPrefix(">") {
        try redirection(word, syntax)
      } else if parsed.words.count < limit, parsed.source == nil || !parsed.words.isEmpty {
        if parsed.source != nil { throw fail(.unexpectedArgument(word.text), word.range) }
        try check(word, syntax, at: parsed.words.count)
        parsed.words.append(word)
      } else if !word.isQuoted, word.text.hasPrefix("=") || word.text.hasPrefix("<<") {
        throw fail(.unexpectedSource(word.text), word.range)
      } else {
        throw fail(.unexpectedArgument(word.text), word.range)
      }
    }
    for (index, argument) in syntax.arguments.enumerated()
    where index >= parsed.words.count && (argument.count == .one || argument.count == .several) {
      throw fail(.missingArgument(argument.name), here)
    }
    if syntax.source != nil, parsed.source == nil {
      if let last = parsed.words.last, !last.isQuoted, last.text.contains("=") {
        throw fail(.missingBlankBeforeSource(last.text), last.range)
      }
      throw fail(.missingSource, here)
    }
    return parsed
  }

  /// `= SOURCE`, `<<TAG` or `from PATH`, if one of them comes next.
  private mutating func sourceOperand(
    _ syntax: CommandSyntax, _ parsed: inout ParsedArguments
  ) throws(ParseStop) -> Bool {
    guard let source = syntax.source, parsed.source == nil else { return false }
    if cursor.isAt("=") {
      if parsed.words.count < syntax.arguments.count {
        throw fail(.missingArgument(syntax.arguments[parsed.words.count].name), here)
      }
      cursor.offset += 1
      parsed.source = .text(try self.source(source.goal))
      return true
    }
    if source.allowsHeredoc, cursor.isAt("<<") {
      if parsed.words.count < syntax.arguments.count {
        throw fail(.missingArgument(syntax.arguments[parsed.words.count].name), here)
      }
      parsed.source = .text(try heredoc())
      return true
    }
    if source.allowsFile, parsed.words.count >= syntax.arguments.count,
      try cursor.peekedWord()?.isBare("from") == true
    {
      _ = try cursor.word()
      guard let path = try cursor.word() else { throw fail(.missingArgument("PATH"), here) }
      parsed.source = .file(reference(path))
      return true
    }
    return false
  }

  mutating func option(
    _ word: CommandWord, _ syntax: CommandSyntax, _ parsed: inout ParsedArguments
  ) throws(ParseStop) {
    let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = syntax.options.first(where: { $0.name == name }) else {
      let near = NearestNames.of(name, among: syntax.options.map(\.name))
      throw fail(.unknownOption(name, near: near), word.range)
    }
    if parsed.has(name) || parsed.expressions[name] != nil {
      throw fail(.repeatedOption(name), word.range)
    }
    guard let argument = option.value else {
      if parts.count > 1 { throw fail(.unexpectedOptionValue(name), word.range) }
      parsed.options[name] = word
      return
    }
    if argument.kind == .expression {
      if parts.count > 1 {
        cursor.offset = cursor.start + word.range.start + name.utf8.count + 1
      }
      parsed.expressions[name] = try expression(after: name) { cursor, at in
        var cursor = cursor
        cursor.offset = at
        return (cursor.isAt("=") && !cursor.isAt("==") && !cursor.isAt("=>")) || cursor.isAt("--")
          || cursor.isAt("<<") || cursor.isAt("from ")
      }
      return
    }
    var value = CommandWord(
      text: "", range: SourceRange(word.range.start + name.utf8.count + 1, word.range.end),
      isQuoted: false)
    if parts.count > 1 {
      value.text = String(parts[1])
    } else if let next = try cursor.peekedWord(), next.isQuoted || !next.text.hasPrefix("=") {
      value = next
      _ = try cursor.word()
    } else {
      throw fail(.missingOptionValue(name, value: argument.name), word.range)
    }
    try check(value, argument, as: name)
    parsed.options[name] = value
  }

  private func check(
    _ word: CommandWord, _ syntax: CommandSyntax, at index: Int
  ) throws(ParseStop) {
    guard
      let argument = syntax.arguments.indices.contains(index)
        ? syntax.arguments[index] : syntax.arguments.last
    else { return }
    try check(word, argument, as: argument.name)
  }

  private func check(
    _ word: CommandWord, _ argument: ArgumentSyntax, as name: String
  ) throws(ParseStop) {
    switch argument.kind {
    case .number(let minimum, let maximum):
      if word.isBare("all"), self.name == .unresolve { return }
      _ = try number(word, of: name, minimum: minimum, maximum: maximum)
    case .keyword(let words) where !words.contains(word.text):
      let near = NearestNames.of(word.text, among: words)
      throw fail(.notOneOf(word.text, argument: name, words, near: near), word.range)
    default:
      return
    }
  }

  mutating func redirection(
    _ word: CommandWord, _ syntax: CommandSyntax
  ) throws(ParseStop) {
    guard syntax.takesRedirection else { throw fail(.noRedirection(syntax.name), word.range) }
    if word.text.utf8.count > 1 {
      redirect(to: FileReference(String(word.text.dropFirst()), script: file))
    } else {
      guard let path = try cursor.word() else { throw fail(.missingArgument("FILE"), here) }
      redirect(to: reference(path))
    }
    try endOfCommand()
  }
}
