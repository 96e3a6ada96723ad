extension Parser {
  /// The whole text: ModuleItemList or ScriptBody.
  mutating func parseProgram() throws(SyntaxError) {
    if byte(0) == UInt8(ascii: "#"), byte(1) == UInt8(ascii: "!") {
      skipLine()
      points.append(RewritePoint(range: SourceRange(0, position), kind: .hashbang))
    }
    pushScope(.top)
    try next()
    try parseDirectives(isSimple: true, atTop: true)
    while token.kind != .endOfInput {
      let start = token.start
      let kind = try parseTopLevelItem()
      statements.append(
        TopLevelStatement(range: SourceRange(start, previousEnd), kind: kind))
    }
    if function.isStrict, let octal { throw failure(octal) }
  }

  private mutating func parseTopLevelItem() throws(SyntaxError) -> TopLevelStatement.Kind {
    let first = token.kind
    if isModule {
      if first == .import {
        let following = try peek()
        if following.kind != .leftParenthesis, following.kind != .dot {
          try parseImportDeclaration()
          return .importOrExport
        }
      } else if first == .export {
        try parseExportDeclaration()
        return .importOrExport
      }
    }
    lastExpression = SourceRange(-1, -1)
    let declared = declarations.count
    let start = token.start
    try parseStatementListItem()
    if lastExpression.start == start { return .expression(lastExpression) }
    switch first {
    case .function, .class, .const, .var: return .declaration
    case .let, .async, .using, .await: return declarations.count > declared ? .declaration : .other
    default: return .other
    }
  }

  /// A contextual keyword that must stand here, without escapes.
  private mutating func expectWord(_ kind: TokenKind, _ word: String) throws(SyntaxError) {
    guard token.kind == kind else {
      if token.isEscaped, token.kind.isWord, name(of: token) == word {
        throw SyntaxError("'\(word)' must not contain escaped characters", token.range)
      }
      throw unexpected()
    }
    try next()
  }

  // MARK: import

  /// https://tc39.es/ecma262/#prod-ImportDeclaration
  private mutating func parseImportDeclaration() throws(SyntaxError) {
    let start = token.start
    try next()
    let firstEntry = importEntries.count
    var phase = ImportPhase.evaluation
    if token.kind != .string {
      phase = try parseImportClause()
      try expectWord(.from, "from")
    }
    let request = try parseModuleRequest(phase)
    for i in firstEntry..<importEntries.count { importEntries[i].request = request }
    try consumeSemicolon()
    points.append(RewritePoint(range: SourceRange(start, previousEnd), kind: .declaration))
  }

  /// What stands between `import` and `from`.
  private mutating func parseImportClause() throws(SyntaxError) -> ImportPhase {
    var phase = ImportPhase.evaluation
    if token.kind == .defer, !token.isEscaped, try peek().kind == .star {
      try next()
      try parseNamespaceImport()
      return .defer
    }
    if token.kind == .source, !token.isEscaped, try startsSourceImport() {
      try next()
      phase = .source
    }
    if token.kind.mayBeIdentifier {
      let word = token
      try addImport(phase == .source ? .source : .name("default"), word.range, local: word)
      try next()
      if phase == .source { return phase }
      guard token.kind == .comma else { return phase }
      let comma = token
      try next()
      guard token.kind == .star || token.kind == .leftBrace else {
        throw unexpected(token.kind == .endOfInput ? token : comma)
      }
    }
    switch token.kind {
    case .star: try parseNamespaceImport()
    case .leftBrace: try parseNamedImports()
    default: throw unexpected()
    }
    return phase
  }

  /// `source x from`, against `source from '…'` and `source, { … } from`.
  private mutating func startsSourceImport() throws(SyntaxError) -> Bool {
    let saved = (position, token, previousEnd, previousStart, previousKind, octal)
    defer { (position, token, previousEnd, previousStart, previousKind, octal) = saved }
    try next()
    guard token.kind.mayBeIdentifier else { return false }
    if token.kind != .from { return true }
    try next()
    return token.kind == .from
  }

  private mutating func parseNamespaceImport() throws(SyntaxError) {
    let star = token.range
    try next()
    try expectWord(.as, "as")
    try addImport(.namespace, star, local: token)
    try next()
  }

  private mutating func parseNamedImports() throws(SyntaxError) {
    try next()
    while token.kind != .rightBrace {
      let imported = token
      let importName = try parseModuleExportName()
      if token.kind == .as {
        try next()
        try addImport(.name(importName), imported.range, local: token)
        try next()
      } else {
        if imported.kind == .string || imported.kind.isReservedWord {
          throw failure(.reservedWord, imported.range)
        }
        try addImport(.name(importName), imported.range, local: imported)
      }
      if token.kind != .rightBrace { try expect(.comma) }
    }
    try next()
  }

  private mutating func addImport(
    _ importName: ImportedName, _ importRange: SourceRange, local: Token
  ) throws(SyntaxError) {
    try checkIdentifier(local)
    if local.kind == .eval || local.kind == .arguments {
      throw failure(.strictEvalArguments, local.range)
    }
    try declareImport(intern(local), local.range, entry: importEntries.count)
    importEntries.append(
      ImportEntry(
        request: 0, importName: importName, localName: name(of: local), importRange: importRange,
        localRange: local.range))
  }

  /// ModuleExportName: a word or a string without lone surrogates.
  private mutating func parseModuleExportName() throws(SyntaxError) -> String {
    let word = token
    if word.kind == .string {
      guard word.isEscaped else {
        try next()
        return stringText(word)
      }
      let units = stringValue(word)
      guard let result = String(validating: units, as: UTF16.self) else {
        throw failure(.unpairedSurrogate, word.range)
      }
      try next()
      return result
    }
    guard word.kind.isWord else { throw unexpected() }
    let result = name(of: word)
    try next()
    return result
  }

  /// The specifier and its `with { … }`. Answers the index of the request.
  private mutating func parseModuleRequest(_ phase: ImportPhase) throws(SyntaxError) -> Int {
    let specifier = token
    guard specifier.kind == .string else { throw unexpected() }
    try next()
    let attributes = try parseAttributes()
    let text = stringText(specifier)
    let request = ModuleRequest(
      specifier: text, attributes: attributes, phase: phase, range: specifier.range)
    if let existing = requestTable.index(of: request, in: requests) { return existing }
    requests.append(request)
    return requests.count - 1
  }

  /// https://tc39.es/ecma262/#prod-WithClause
  private mutating func parseAttributes() throws(SyntaxError) -> [ImportAttribute] {
    guard token.kind == .with else { return [] }
    try next()
    try expect(.leftBrace)
    var attributes: [ImportAttribute] = []
    var keys: Set<[UInt8]> = []
    while token.kind != .rightBrace {
      let keyToken = token
      guard keyToken.kind.isWord || keyToken.kind == .string else { throw unexpected() }
      let key =
        keyToken.kind == .string ? stringText(keyToken) : name(of: keyToken)
      try next()
      try expect(.colon)
      guard token.kind == .string else { throw unexpected() }
      let value = stringText(token)
      if !keys.insert(Array(key.utf8)).inserted {
        throw SyntaxError("Import attribute has duplicate key '\(key)'", keyToken.range)
      }
      attributes.append(ImportAttribute(key: key, value: value))
      try next()
      if token.kind != .rightBrace { try expect(.comma) }
    }
    try next()
    if attributes.count > 1 {
      attributes.sort { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    }
    return attributes
  }

  // MARK: export

  /// https://tc39.es/ecma262/#prod-ExportDeclaration
  private mutating func parseExportDeclaration() throws(SyntaxError) {
    let keyword = token
    try next()
    switch token.kind {
    case .star: try parseExportStar(keyword)
    case .leftBrace: try parseExportClause(keyword)
    case .default: try parseExportDefault(keyword)
    case .var, .let, .const, .class, .function, .async, .using:
      try parseExportedDeclaration(keyword)
    default:
      throw SyntaxError(
        "Unexpected token 'export'", keyword.range, isUnfinished: token.kind == .endOfInput)
    }
  }

  private mutating func parseExportedDeclaration(_ keyword: Token) throws(SyntaxError) {
    points.append(RewritePoint(range: keyword.range, kind: .exportKeyword))
    boundNames.removeAll(keepingCapacity: true)
    switch token.kind {
    case .class:
      if let name = try parseClassDeclaration() { boundNames = [(intern(name), name.range)] }
    case .function:
      if let name = try parseFunctionDeclaration() { boundNames = [(intern(name), name.range)] }
    case .async:
      let start = token.start
      try next()
      guard token.kind == .function, !token.newlineBefore else {
        if token.kind == .endOfInput { throw unexpected() }
        throw SyntaxError("Unexpected token 'async'", previousRange)
      }
      if let name = try parseFunctionDeclaration(asyncStart: start) {
        boundNames = [(intern(name), name.range)]
      }
    case .using: throw unexpected()
    default:
      collectsBoundNames = true
      if token.kind == .let {
        try parseLexicalDeclaration(.let)
      } else {
        try parseStatementListItem()
      }
      collectsBoundNames = false
    }
    for (name, range) in boundNames {
      try addExport(name, range)
      localExports.append(
        LocalExport(name: name, exportName: names.text(name), range: range))
    }
  }

  /// Notes an exported name; false if it was exported before.
  private mutating func insertExport(_ name: Int32) -> Bool {
    let scope = DeclarationTable.exports
    if declarationTable.find(name, scope: scope) != nil { return false }
    _ = declarationTable.insert(Declaration(name: name, scope: scope, next: -1, traits: []))
    return true
  }

  private mutating func addExport(_ name: Int32, _ range: SourceRange) throws(SyntaxError) {
    if !insertExport(name) {
      throw SyntaxError("Duplicate export of '\(names.text(name))'", range)
    }
  }

  /// The number of a ModuleExportName.
  private mutating func internExportName(_ word: Token, _ text: String) -> Int32 {
    word.kind == .string ? names.intern(decoded: Array(text.utf8)) : intern(word)
  }

  private mutating func parseExportStar(_ keyword: Token) throws(SyntaxError) {
    let star = token.range
    try next()
    var exported: (name: String, word: Token)?
    if token.kind == .as {
      try next()
      let word = token
      exported = (try parseModuleExportName(), word)
    }
    try expectWord(.from, "from")
    let request = try parseModuleRequest(.evaluation)
    try consumeSemicolon()
    if let exported {
      try addExport(internExportName(exported.word, exported.name), exported.word.range)
      indirectExportEntries.append(
        IndirectExportEntry(
          request: request, importName: .all, exportName: exported.name, range: star))
    } else {
      starExportEntries.append(StarExportEntry(request: request, range: star))
    }
    points.append(
      RewritePoint(range: SourceRange(keyword.start, previousEnd), kind: .declaration))
  }

  private mutating func parseExportClause(_ keyword: Token) throws(SyntaxError) {
    struct Specifier {
      var local: Token
      var name: String
      var exported: String
      var exportedWord: Token
    }
    var specifiers: [Specifier] = []
    var notLocal: Token?
    try next()
    while token.kind != .rightBrace {
      let local = token
      let name = try parseModuleExportName()
      if notLocal == nil, local.kind == .string || !mayBeReference(local) { notLocal = local }
      var specifier = Specifier(
        local: local, name: name, exported: name, exportedWord: local)
      if token.kind == .as {
        try next()
        specifier.exportedWord = token
        specifier.exported = try parseModuleExportName()
      }
      specifiers.append(specifier)
      if token.kind != .rightBrace { try expect(.comma) }
    }
    try next()
    var request: Int?
    if token.kind == .from {
      try next()
      request = try parseModuleRequest(.evaluation)
    } else if let notLocal {
      throw unexpectedExportName(notLocal)
    }
    try consumeSemicolon()
    for specifier in specifiers {
      try addExport(
        internExportName(specifier.exportedWord, specifier.exported), specifier.exportedWord.range)
      if let request {
        indirectExportEntries.append(
          IndirectExportEntry(
            request: request, importName: .name(specifier.name), exportName: specifier.exported,
            range: specifier.local.range))
      } else {
        localExports.append(
          LocalExport(
            name: intern(specifier.local), exportName: specifier.exported,
            range: specifier.local.range))
      }
    }
    points.append(
      RewritePoint(range: SourceRange(keyword.start, previousEnd), kind: .declaration))
  }

  private func mayBeReference(_ word: Token) -> Bool {
    switch word.kind {
    case .identifier: true
    case .await, .yield, .let, .static, .strictReserved, .escapedStrictReserved: false
    default: word.kind.mayBeIdentifier
    }
  }

  private func unexpectedExportName(_ word: Token) -> SyntaxError {
    failure(word.kind == .string ? .stringExportName : .reservedWord, word.range)
  }

  private mutating func parseExportDefault(_ keyword: Token) throws(SyntaxError) {
    let word = token
    try next()
    let keywords = SourceRange(keyword.start, word.end)
    let index = points.count
    points.append(RewritePoint(range: keywords, kind: .exportKeyword))
    let start = token.start
    var local: Token?
    var kind = TopLevelDeclaration.Kind.let
    switch token.kind {
    case .class:
      kind = .class
      local = try parseClassDeclaration(mayBeAnonymous: true)
      if local == nil { points[index].kind = .exportDefaultExpression(end: previousEnd) }
    case .function:
      kind = .function
      let offset = try defaultNameOffset()
      local = try parseFunctionDeclaration(mayBeAnonymous: true)
      if local == nil { points[index].kind = .exportDefaultFunction(nameOffset: offset) }
    case .async where try startsAsyncFunction():
      kind = .function
      try next()
      let offset = try defaultNameOffset()
      local = try parseFunctionDeclaration(asyncStart: start, mayBeAnonymous: true)
      if local == nil { points[index].kind = .exportDefaultFunction(nameOffset: offset) }
    default:
      let expression = try parseAssignment()
      points[index].kind = .exportDefaultExpression(end: expression.end)
      try consumeSemicolon()
    }
    if !insertExport(intern(word)) {
      throw hasDefaultDeclaration && local == nil
        ? SyntaxError("Identifier '.default' has already been declared", word.range)
        : SyntaxError("Duplicate export of 'default'", word.range)
    }
    if let local {
      localExports.append(
        LocalExport(name: intern(local), exportName: "default", range: local.range))
    } else {
      hasDefaultDeclaration = true
      declarations.append(TopLevelDeclaration(name: "*default*", kind: kind, range: word.range))
      localExports.append(LocalExport(name: -1, exportName: "default", range: word.range))
    }
  }

  private mutating func startsAsyncFunction() throws(SyntaxError) -> Bool {
    if token.isEscaped { return false }
    let following = try peek()
    return following.kind == .function && !following.newlineBefore
  }

  /// Where a name can be put into an anonymous function declaration: before its `(`.
  private mutating func defaultNameOffset() throws(SyntaxError) -> Int {
    let saved = (position, token, previousEnd, previousStart, previousKind, octal)
    defer { (position, token, previousEnd, previousStart, previousKind, octal) = saved }
    try next()
    if token.kind == .star { try next() }
    return token.start
  }
}
