/// What the identifiers of a binding pattern become.
enum BindingKind {
  case variable
  case lexical(TopLevelDeclaration.Kind)
  case parameter
  case catchParameter(isSimple: Bool)
}

extension Parser {
  /// BindingElement: a target with an optional initializer. Whether it was a plain identifier.
  mutating func parseBindingElement(_ kind: BindingKind) throws(SyntaxError) -> Bool {
    let isPlain = try parseBindingTarget(kind)
    if token.kind == .assign {
      try next()
      try parseAssignment()
      return false
    }
    return isPlain
  }

  /// BindingIdentifier or BindingPattern. Whether it was an identifier.
  mutating func parseBindingTarget(_ kind: BindingKind) throws(SyntaxError) -> Bool {
    switch token.kind {
    case .leftBracket:
      try enter()
      try parseArrayPattern(kind)
      leave()
      return false
    case .leftBrace:
      try enter()
      try parseObjectPattern(kind)
      leave()
      return false
    default:
      let word = token
      try bind(word, kind)
      try next()
      return true
    }
  }

  mutating func bind(_ word: Token, _ kind: BindingKind) throws(SyntaxError) {
    if case .lexical = kind, word.kind == .let, !function.isStrict {
      throw failure(.letIsBound, word.range)
    }
    try checkIdentifier(word)
    if function.isStrict, word.kind == .eval || word.kind == .arguments {
      throw failure(.strictEvalArguments, word.range)
    }
    let name = intern(word)
    switch kind {
    case .variable:
      let declared = try declareVariable(name, word.range)
      if let declared { boundVariables.append(declared) }
    case .lexical(let declaration):
      if word.kind == .escapedStrictReserved, self.name(of: word) == "let" {
        throw failure(.letIsBound, word.range)
      }
      try declareLexical(name, word.range, kind: declaration)
    case .parameter:
      if !declareParameter(name), function.duplicateParameter == nil {
        function.duplicateParameter = word.range
      }
      parameters.append(Parameter(name: name, start: word.start, end: word.end))
    case .catchParameter(let isSimple):
      try declareCatchParameter(name, word.range, isSimple: isSimple)
    }
    if collectsBoundNames, function.isTop { boundNames.append((name, word.range)) }
  }

  private mutating func parseArrayPattern(_ kind: BindingKind) throws(SyntaxError) {
    try next()
    while token.kind != .rightBracket {
      if token.kind == .comma {
        try next()
        continue
      }
      if token.kind == .ellipsis {
        let start = token.start
        try next()
        _ = try parseBindingTarget(kind)
        if token.kind == .assign {
          try next()
          try parseAssignment()
          throw failure(.invalidDestructuringTarget, start, previousEnd)
        }
        if token.kind == .comma { throw failure(.elementAfterRest, start, previousEnd) }
        break
      }
      _ = try parseBindingElement(kind)
      if token.kind != .rightBracket { try expect(.comma) }
    }
    try expect(.rightBracket)
  }

  private mutating func parseObjectPattern(_ kind: BindingKind) throws(SyntaxError) {
    try next()
    while token.kind != .rightBrace {
      if token.kind == .ellipsis {
        let start = token.start
        try next()
        if token.kind == .leftBrace || token.kind == .leftBracket {
          throw failure(.restNotIdentifier, token.range)
        }
        try bind(token, kind)
        try next()
        if token.kind == .comma { throw failure(.elementAfterRest, start, previousEnd) }
        break
      }
      let key = token
      try parsePropertyKey()
      if token.kind == .colon {
        try next()
        _ = try parseBindingElement(kind)
      } else {
        guard key.kind.isWord else { throw unexpected() }
        try bind(key, kind)
        if try eat(.assign) { try parseAssignment() }
      }
      if token.kind != .rightBrace { try expect(.comma) }
    }
    try expect(.rightBrace)
  }
}
