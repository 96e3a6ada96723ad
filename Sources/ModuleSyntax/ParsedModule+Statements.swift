extension ParsedModule {
  /// Indices into `statements` of those that do something when the body comes to them, last first:
  /// imports, re-exports and function declarations have done their part before.
  package var executableStatements: [Int] {
    statements.indices.reversed().filter { isExecutable(statements[$0]) }
  }

  private func isExecutable(_ statement: TopLevelStatement) -> Bool {
    let isDeclaration = rewritePoints.contains { point in
      if case .declaration = point.kind { return point.range.start == statement.range.start }
      return false
    }
    if isDeclaration { return false }
    var words = source.slice(statement.range).split(whereSeparator: \.isWhitespace).prefix(4)[...]
    for word in ["export", "default", "async"] where words.first.map({ $0 == word }) == true {
      words.removeFirst()
    }
    guard let first = words.first, first.hasPrefix("function") else { return true }
    // A name may begin with that word.
    guard let next = first.dropFirst(8).first else { return false }
    return next != "(" && next != "*"
  }
}
