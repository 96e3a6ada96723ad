import ModuleSyntax

extension CommandCursor {
  /// Whether an option stands here, and not a `--` of the expression before: JavaScript's stands on
  /// the line of its operand, behind an operator or before one.
  fileprivate var beginsOption: Bool {
    guard isAt("--"), offset + 2 < end, offset > start, CommandCursor.isBlank(bytes[offset - 1]),
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[offset + 2])
    else { return false }
    var before = offset
    while before > start, CommandCursor.isBlank(bytes[before - 1]) { before -= 1 }
    // More than the longest word is not needed, and lines may be long.
    let text = slice(max(start, before - 64), before)
    guard let last = text.last, last.isLetter || last.isNumber || ")]}'\"`$_".contains(last) else {
      return false
    }
    let word = text.split { !$0.isLetter }.last.map(String.init) ?? ""
    return !text.hasSuffix(word) || !Self.unaryWords.contains(word)
  }

  private static let unaryWords = [
    "typeof", "void", "delete", "await", "yield", "in", "instanceof", "new",
  ]
}

extension CommandParser {
  /// `synthetic NAME EXPORT[=EXPR]… [--id ID] [--context C] [do BODY]`
  mutating func synthetic() throws(ParseStop) -> Command {
    let syntax = CommandTable.syntax(of: .synthetic)
    guard let name = try cursor.word() else { throw fail(.missingArgument("NAME"), here) }
    var parsed = ParsedArguments()
    var definition = SyntheticDefinition(name: name.text, exports: [])
    var names: Set<[UInt8]> = []
    while let word = try cursor.peekedWord(stops: "=") {
      if word.isBare("do") {
        _ = try cursor.word()
        definition.body = try body()
        break
      }
      if !word.isQuoted, word.text.hasPrefix("--") {
        if let word = try cursor.word() { try option(word, syntax, &parsed) }
        continue
      }
      if !word.isQuoted, word.text.hasPrefix("<<") {
        throw fail(.missingWord("do", example: "do \(word.text)"), word.range)
      }
      _ = try cursor.word(stops: "=")
      if word.text.isEmpty, !word.isQuoted {
        let before = definition.exports.last?.name ?? name.text
        throw fail(.spaceAroundEquals(before), SourceRange(word.range.start, word.range.start + 1))
      }
      if !word.isQuoted, word.text.contains(",") {
        throw fail(.commaInExport(word.text), word.range)
      }
      if !names.insert(Array(word.text.utf8)).inserted {
        throw fail(.repeatedExport(word.text), word.range)
      }
      var export = SyntheticDefinition.Export(name: word.text)
      if cursor.skip("=") {
        export.value = try expression(after: "\(word.text)=") { cursor, at in
          var cursor = cursor
          cursor.offset = at
          return cursor.beginsOption
        }
      }
      definition.exports.append(export)
    }
    definition.identifier = parsed.options["--id"]?.text
    definition.context = parsed.options["--context"]?.text
    return .synthetic(definition)
  }

  private mutating func body() throws(ParseStop) -> CarriedText {
    cursor.skipSpaces()
    if cursor.peek == nil { throw fail(.missingArgument("BODY"), here) }
    return cursor.isAt("<<") ? try heredoc() : try source(.functionBody)
  }

  /// `set NAME.EXPORT = EXPR`
  mutating func set() throws(ParseStop) -> Command {
    let (module, export) = try exportReference()
    cursor.skipBlanks()
    guard cursor.skip("=") else {
      throw fail(.missingWord("=", example: "set dep.x = 42"), here)
    }
    cursor.skipSpaces()
    if cursor.peek == nil { throw fail(.missingExpression(after: "="), here) }
    return .set(module: module, export: export, value: try source(.expression))
  }

  /// `NAME.EXPORT`, each of which may be quoted; the last dot of a bare word parts them.
  private mutating func exportReference() throws(ParseStop) -> (module: String, export: String) {
    cursor.skipBlanks()
    guard let first = cursor.peek else { throw fail(.missingArgument("NAME.EXPORT"), here) }
    let begin = cursor.offset
    func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }
    let module: String
    if isQuote(first), let word = try cursor.word() {
      module = word.text
      guard cursor.skip(".") else {
        throw fail(.missingExportName(quoted(module)), cursor.range(from: begin))
      }
    } else {
      while let byte = cursor.peek, !CommandCursor.isBlank(byte), byte != UInt8(ascii: "=") {
        if isQuote(byte), cursor.offset > begin,
          cursor.bytes[cursor.offset - 1] == UInt8(ascii: ".")
        {
          break
        }
        cursor.offset += 1
      }
      let text = cursor.slice(begin, cursor.offset)
      guard let dot = text.lastIndex(of: "."), dot > text.startIndex else {
        throw fail(.missingExportName(text), cursor.range(from: begin))
      }
      let export = text[text.index(after: dot)...]
      if !export.isEmpty { return (String(text[..<dot]), String(export)) }
      module = String(text[..<dot])
    }
    guard let byte = cursor.peek, !CommandCursor.isBlank(byte),
      let export = try cursor.word(stops: "="), export.isQuoted || !export.text.isEmpty
    else {
      throw fail(
        .missingExportName(cursor.slice(begin, cursor.offset)), cursor.range(from: begin))
    }
    return (module, export.text)
  }
}
