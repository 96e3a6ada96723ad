extension CommandParser {
  /// A command whose words the table describes in full.
  mutating func tabled(_ name: CommandName) throws(ParseStop) -> Command {
    let syntax = CommandTable.syntax(of: name)
    switch name {
    case .why: return try why(syntax)
    case .which: return try which(syntax)
    default: break
    }
    let parsed = try arguments(syntax)
    let names = parsed.names
    if name == .option, names.count == 2, redirection != nil { throw fail(.noRedirection(.option)) }
    switch name {
    case .module:
      return .module(
        ModuleDefinition(
          name: parsed.first, source: parsed.source ?? .text(CarriedText("")),
          identifier: parsed.options["--id"]?.text, context: parsed.options["--context"]?.text,
          meta: parsed.expressions["--meta"], lineOffset: parsed.number("--line-offset") ?? 0,
          columnOffset: parsed.number("--column-offset") ?? 0))
    case .json:
      return .json(name: parsed.first, source: parsed.source ?? .text(CarriedText("")))
    case .context: return .context(parsed.first)
    case .reset: return .reset(names)
    case .remove: return .remove(names)
    case .clear: return .clear
    case .load:
      return .load(
        entry: FileReference(parsed.first, script: file), name: parsed.options["--as"]?.text)
    case .rules: return .rules
    case .unresolve: return .unresolve(try ruleSelection(parsed))
    case .importMap: return .importMap(parsed.source ?? .text(CarriedText("")))
    case .link: return .link(parsed.first, isStepped: parsed.has("--step"))
    case .linkRequests: return .linkRequests(parsed.first, modules: Array(names.dropFirst()))
    case .instantiate: return .instantiate(parsed.first)
    case .evaluate:
      return .evaluate(
        parsed.first, timeout: parsed.number("--timeout"), isStepped: parsed.has("--step"))
    case .step:
      if parsed.has("--statement") {
        if let word = parsed.words.first {
          throw fail(.unexpectedArgument(word.text), word.range)
        }
        return .step(.statement)
      }
      return .step(.steps(Int(parsed.first) ?? 1))
    case .continue: return .continue
    case .finish: return .finish
    case .abort: return .abort
    case .script:
      return .script(
        parsed.source ?? .text(CarriedText("")), context: parsed.options["--context"]?.text)
    case .tick: return .tick(milliseconds: Int(parsed.first))
    default: return looking(name, parsed) ?? session(name, parsed)
    }
  }

  private func looking(_ name: CommandName, _ parsed: ParsedArguments) -> Command? {
    switch name {
    case .status: return .status(parsed.names)
    case .states: return .states(parsed.names.first)
    case .show: return .show(parsed.first)
    case .bindings: return .bindings(parsed.first)
    case .namespace: return .namespace(parsed.first)
    case .graph:
      let format = parsed.options["--format"].flatMap { GraphFormat(rawValue: $0.text) }
      return .graph(parsed.names.first, format: format ?? .text)
    case .order: return .order(parsed.first)
    case .cycles: return .cycles
    case .explain: return .explain(parsed.first)
    case .timeline: return .timeline
    default: return nil
    }
  }

  private func session(_ name: CommandName, _ parsed: ParsedArguments) -> Command {
    let names = parsed.names
    let path = FileReference(names.last ?? "", script: file)
    switch name {
    case .save: return .save(path)
    case .source: return .source(path)
    case .transcript: return .transcript(parsed.words.first?.isBare("off") == true ? nil : path)
    case .undo: return .undo(Int(parsed.first) ?? 1)
    case .redo: return .redo(Int(parsed.first) ?? 1)
    case .export: return .export(ExportFormat(rawValue: parsed.first) ?? .html, path)
    case .history: return .history(Int(parsed.first))
    case .option: return .option(name: names.first, value: names.dropFirst().first)
    case .edit: return .edit(parsed.first)
    case .quit: return .quit(Int(parsed.first) ?? 0)
    default: return .help(names.first)
    }
  }

  private func ruleSelection(_ parsed: ParsedArguments) throws(ParseStop) -> RuleSelection {
    if parsed.words.contains(where: { $0.isBare("all") }) {
      if parsed.words.count > 1, let word = parsed.words.first(where: { !$0.isBare("all") }) {
        throw fail(.unexpectedArgument(word.text), word.range)
      }
      return .all
    }
    return .numbers(parsed.words.compactMap { Int($0.text) })
  }

  /// `why NAME`, `why EXPORT in NAME`
  private mutating func why(_ syntax: CommandSyntax) throws(ParseStop) -> Command {
    let words = try arguments(syntax, maximum: 3).words
    guard words.count > 1 else { return .why(.module(words.first?.text ?? "")) }
    guard words[1].isBare("in") else {
      throw fail(.unexpectedArgument(words[1].text), words[1].range)
    }
    guard words.count == 3 else { throw fail(.missingArgument("NAME"), here) }
    return .why(.export(words[0].text, module: words[2].text))
  }

  /// `which SPECIFIER [for REFERRER]`
  private mutating func which(_ syntax: CommandSyntax) throws(ParseStop) -> Command {
    guard let specifier = try cursor.word() else {
      throw fail(.missingArgument("SPECIFIER"), here)
    }
    let referrer = try referrer()
    if let word = try cursor.peekedWord(), !word.isQuoted, word.text.hasPrefix(">") {
      _ = try cursor.word()
      try redirection(word, syntax)
    }
    try endOfCommand()
    return .which(specifier: specifier.text, referrer: referrer)
  }
}
