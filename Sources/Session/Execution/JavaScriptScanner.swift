package import ModuleSyntax

/// Where JavaScript ends, as the parser says.
package struct JavaScriptScanner: SourceScanner {
  package init() {}

  package func extent(of source: SourceText, goal: SourceGoal) -> SourceExtent {
    do throws(SyntaxError) {
      switch goal {
      case .module: _ = try ParsedModule.parse(source)
      case .script: _ = try ParsedScript.parse(source)
      case .interactive: try parseLine(source)
      case .expression: _ = try ParsedScript.parse(wrapped(source, "(", "\n)"))
      case .functionBody: _ = try ParsedScript.parse(wrapped(source, "(function(){", "\n})"))
      case .json: return .finished
      }
      return .finished
    } catch {
      if error.isUnfinished { return .unfinished }
      return .wrong(at: min(error.range.start, source.bytes.count))
    }
  }

  package func endOfExpression(
    in source: SourceText, from offset: Int
  ) throws(SyntaxError) -> Int {
    try ModuleSyntax.endOfExpression(in: source, from: offset)
  }

  /// A line of the REPL: with `await`, and an object literal may begin it.
  private func parseLine(_ source: SourceText) throws(SyntaxError) {
    do throws(SyntaxError) {
      _ = try ParsedScript.parse(source)
    } catch {
      let options = ScriptParsingOptions(allowsTopLevelAwait: true)
      if (try? ParsedScript.parse(source, options: options)) != nil { return }
      if (try? ParsedScript.parse(wrapped(source, "(", "\n)"))) != nil { return }
      throw error
    }
  }

  private func wrapped(_ source: SourceText, _ head: String, _ tail: String) -> SourceText {
    SourceText(bytes: Array(head.utf8) + source.bytes + Array(tail.utf8), name: source.name)
  }
}
