extension ParsedModule {
  /// ParseModule ( sourceText ): parses a text with the goal symbol Module.
  /// https://tc39.es/ecma262/#sec-parsemodule
  public static func parse(_ source: SourceText) throws(SyntaxError) -> ParsedModule {
    try source.bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) -> ParsedModule in
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
    try source.bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) -> ParsedScript in
      var parser = Parser(source: bytes, isModule: false, options: options)
      return try parser.parseScript(source)
    }
  }
}

/// The end of the AssignmentExpression that begins at an offset (white space aside); what follows
/// it is not looked at.
public func endOfExpression(in source: SourceText, from offset: Int) throws(SyntaxError) -> Int {
  try source.bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) -> Int in
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
