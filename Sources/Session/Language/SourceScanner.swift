package import ModuleSyntax

/// What a source text is to be read as, when the question is whether it ends where its line ends.
package enum SourceGoal: Hashable, Sendable {
  case module
  case script
  /// Script text in which `await` may stand at the top, as the `js` command takes it.
  case interactive
  case expression
  case functionBody
  case json
}

/// How far a source text reaches.
package enum SourceExtent: Hashable, Sendable {
  case finished
  /// It ends too early: the next line belongs to it.
  case unfinished
  /// No further line can make it right; the mistake is at this UTF-8 offset.
  case wrong(at: Int)
}

/// What the command language has to know of JavaScript: where a text or an expression ends.
package protocol SourceScanner {
  func extent(of source: SourceText, goal: SourceGoal) -> SourceExtent
  /// The UTF-8 offset after the expression that begins at `offset`.
  func endOfExpression(in source: SourceText, from offset: Int) throws(SyntaxError) -> Int
}
