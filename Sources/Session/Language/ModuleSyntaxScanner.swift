package import ModuleSyntax

/// The scanner that asks the parser of `ModuleSyntax`.
package struct ModuleSyntaxScanner: SourceScanner {
  package init() {}

  package func extent(of source: SourceText, goal: SourceGoal) -> SourceExtent {
    do throws(SyntaxError) {
      switch goal {
      case .module: _ = try ParsedModule.parse(source)
      case .script: _ = try ParsedScript.parse(source)
      case .interactive:
        _ = try ParsedScript.parse(
          source, options: ScriptParsingOptions(allowsTopLevelAwait: true))
      case .expression: return try expressionExtent(source)
      case .functionBody: return functionBodyExtent(source)
      case .json: return .finished
      }
      return .finished
    } catch {
      return error.isUnfinished ? .unfinished : .wrong(at: error.range.start)
    }
  }

  package func endOfExpression(
    in source: SourceText, from offset: Int
  ) throws(SyntaxError) -> Int {
    try ModuleSyntax.endOfExpression(in: source, from: offset)
  }

  /// An expression is finished where it ends, whatever follows; an open comment after it is not.
  private func expressionExtent(_ source: SourceText) throws(SyntaxError) -> SourceExtent {
    _ = try ModuleSyntax.endOfExpression(in: source, from: 0)
    return .finished
  }

  /// Read inside a function, where `return` may stand. The end of the text is then seen at the
  /// brace that this adds, so only the text alone can tell whether it is unfinished.
  private func functionBodyExtent(_ source: SourceText) -> SourceExtent {
    let head = Array("(function () {".utf8)
    let open = SourceText(bytes: head + source.bytes, name: source.name)
    let closed = SourceText(bytes: open.bytes + Array("\n})".utf8), name: source.name)
    do throws(SyntaxError) {
      _ = try ParsedScript.parse(closed)
      return .finished
    } catch {
      let whole = error
      do throws(SyntaxError) {
        _ = try ParsedScript.parse(open)
        return .finished
      } catch {
        // Without the brace the text is always unfinished, unless the mistake is in the text; a
        // stray bracket ends the function itself.
        var scan = LexicalScan()
        scan.scan(source.bytes, from: 0, to: source.bytes.count)
        if error.isUnfinished, !scan.hasStrayBracket { return .unfinished }
        return .wrong(at: max(0, min(error.range.start, whole.range.start) - head.count))
      }
    }
  }
}
