extension ParsedModule {
  /// ParseModule ( sourceText ): parses a text with the goal symbol Module.
  /// https://tc39.es/ecma262/#sec-parsemodule
  public static func parse(_ source: SourceText) throws(SyntaxError) -> ParsedModule {
    ParsedModule(source: source)
  }
}
