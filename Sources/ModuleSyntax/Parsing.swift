extension ParsedModule {
  /// ParseModule ( sourceText ): parses a text with the goal symbol Module.
  /// https://tc39.es/ecma262/#sec-parsemodule
  public static func parse(_ source: SourceText) throws(SyntaxError) -> ParsedModule {
    try Parser.checkSize(source)
    return try source.bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) -> ParsedModule in
      var parser = Parser(source: bytes, isModule: true, options: ScriptParsingOptions())
      return try parser.parseModule(source)
    }
  }
}

extension ParsedScript {
  /// ParseScript ( sourceText ): parses a text with the goal symbol Script.
  /// https://tc39.es/ecma262/#sec-parse-script
  public static func parse(
    _ source: SourceText, options: ScriptParsingOptions = ScriptParsingOptions()
  ) throws(SyntaxError) -> ParsedScript {
    try Parser.checkSize(source)
    let script = try source.bytes.withUnsafeBufferPointer {
      bytes throws(SyntaxError) -> ParsedScript in
      var parser = Parser(source: bytes, isModule: false, options: options)
      return try parser.parseScript(source)
    }
    guard script.usesExplicitResourceManagement, !options.notesCompletions, script.hasTopLevelScope
    else { return script }
    var options = options
    options.notesCompletions = true
    return try parse(source, options: options)
  }

  /// Whether resources belong to a block outside functions.
  private var hasTopLevelScope: Bool {
    rewritePoints.contains { point in
      if case .usingScope(let scope) = point.kind { scope.isTop } else { false }
    }
  }
}

extension ParsedScript {
  /// A line as Node's REPL reads it: `{ a: 1 }` is an object, if it can be one, and a line with an
  /// `await` outside its functions has `firstTopLevelAwait`.
  public static func parseLine(_ source: SourceText) throws(SyntaxError) -> ParsedScript {
    let first = source.bytes.first { $0 > 0x20 }
    let last = source.bytes.last { $0 > 0x20 }
    if first == UInt8(ascii: "{"), last != UInt8(ascii: ";") {
      let wrapped = SourceText(
        bytes: Array("(".utf8) + source.bytes + Array("\n)".utf8), name: source.name,
        lineOffset: source.lineOffset, columnOffset: source.columnOffset - 1)
      if let script = try? parseAwaiting(wrapped) { return script }
    }
    return try parseAwaiting(source)
  }

  /// Reads `await` as an operator where the text has any, else as a name.
  private static func parseAwaiting(_ source: SourceText) throws(SyntaxError) -> ParsedScript {
    guard mentionsAwait(source.bytes) else { return try parse(source) }
    do throws(SyntaxError) {
      let options = ScriptParsingOptions(allowsTopLevelAwait: true)
      let script = try parse(source, options: options)
      return script.firstTopLevelAwait == nil ? try parse(source) : script
    } catch {
      // The words for a text that is wrong either way are those of one that awaits.
      guard let script = try? parse(source) else { throw error }
      return script
    }
  }

  private static func mentionsAwait(_ bytes: [UInt8]) -> Bool {
    let word = Array("await".utf8)
    return bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
  }
}

/// The end of the AssignmentExpression that begins at an offset (white space aside); what follows
/// it is not looked at.
public func endOfExpression(in source: SourceText, from offset: Int) throws(SyntaxError) -> Int {
  try Parser.checkSize(source)
  return try source.bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) -> Int in
    var parser = Parser(source: bytes, isModule: false, options: ScriptParsingOptions())
    return try parser.endOfExpression(from: offset)
  }
}

extension Parser {
  fileprivate mutating func endOfExpression(from offset: Int) throws(SyntaxError) -> Int {
    position = offset
    pushScope(.top)
    try next()
    return try parseAssignment().end
  }
}
