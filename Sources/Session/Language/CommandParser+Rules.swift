import ModuleSyntax

extension CommandParser {
  /// `resolve PATTERN => TARGET [for REFERRER] [with KEY=VALUE…]`
  mutating func resolve() throws(ParseStop) -> Command {
    let pattern = try pattern()
    try arrow()
    var rule = SpecifierRule(pattern: pattern, target: try target())
    while let word = try cursor.peekedWord() {
      if word.isBare("for") {
        if rule.referrer != nil { throw fail(.repeatedOption("for"), word.range) }
        rule.referrer = try referrer()
      } else if word.isBare("with") {
        if !rule.attributes.isEmpty { throw fail(.repeatedOption("with"), word.range) }
        _ = try cursor.word()
        rule.attributes = try attributes()
      } else {
        throw fail(.unexpectedArgument(word.text), word.range)
      }
    }
    return .resolve(rule)
  }

  /// `answer SPECIFIER [for REFERRER] => TARGET`
  mutating func answer() throws(ParseStop) -> Command {
    guard let specifier = try cursor.word() else {
      throw fail(.missingArgument("SPECIFIER"), here)
    }
    let referrer = try referrer()
    try arrow()
    let target = try target()
    try endOfCommand()
    return .answer(specifier: specifier.text, referrer: referrer, target: target)
  }

  /// `for REFERRER`, if it comes next.
  mutating func referrer() throws(ParseStop) -> String? {
    guard try cursor.peekedWord()?.isBare("for") == true else { return nil }
    _ = try cursor.word()
    guard let word = try cursor.word() else { throw fail(.missingArgument("REFERRER"), here) }
    return word.text
  }

  private mutating func arrow() throws(ParseStop) {
    cursor.skipBlanks()
    guard cursor.skip("=>") else { throw fail(.missingArrow, here) }
    cursor.skipBlanks()
    if cursor.peek == nil { throw fail(.missingTarget, here) }
  }

  private mutating func attributes() throws(ParseStop) -> [SpecifierRule.Attribute] {
    var attributes: [SpecifierRule.Attribute] = []
    while let key = try cursor.peekedWord(stops: "=") {
      if key.isBare("for") { break }
      _ = try cursor.word(stops: "=")
      guard cursor.skip("="), let next = cursor.peek, !CommandCursor.isBlank(next),
        let value = try cursor.word()
      else { throw fail(.badAttribute(key.text), key.range) }
      attributes.append(SpecifierRule.Attribute(key: key.text, value: value.text))
    }
    if attributes.isEmpty { throw fail(.missingArgument("KEY=VALUE"), here) }
    return attributes
  }

  // MARK: - Patterns

  private mutating func pattern() throws(ParseStop) -> RulePattern {
    cursor.skipBlanks()
    guard let first = cursor.peek else { throw fail(.missingArgument("PATTERN"), here) }
    if first == UInt8(ascii: "/") { return try regularExpression() }
    let word: CommandWord
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      guard let quoted = try cursor.word() else { throw fail(.missingArgument("PATTERN"), here) }
      word = quoted
    } else {
      let begin = cursor.offset
      while let byte = cursor.peek, !CommandCursor.isBlank(byte), !cursor.isAt("=>") {
        cursor.offset += 1
      }
      word = CommandWord(
        text: cursor.slice(begin, cursor.offset), range: cursor.range(from: begin), isQuoted: false)
      if word.text.isEmpty { throw fail(.missingArgument("PATTERN"), here) }
    }
    let parts = word.text.split(separator: "*", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return .exact(word.text)
    case 2: return .wildcard(prefix: String(parts[0]), suffix: String(parts[1]))
    default: throw fail(.severalStars(quoted(word.text)), word.range)
    }
  }

  private mutating func regularExpression() throws(ParseStop) -> RulePattern {
    let begin = cursor.offset
    cursor.offset += 1
    var isInClass = false
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "/"), !isInClass { break }
      if byte == UInt8(ascii: "[") { isInClass = true }
      if byte == UInt8(ascii: "]") { isInClass = false }
      cursor.offset += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard cursor.peek != nil else {
      throw fail(
        .unterminatedRegularExpression, SourceRange(begin - cursor.start, begin - cursor.start + 1))
    }
    let source = cursor.slice(begin + 1, cursor.offset)
    cursor.offset += 1
    let flagsBegin = cursor.offset
    while let byte = cursor.peek, (0x61...0x7A).contains(byte) { cursor.offset += 1 }
    let flags = cursor.slice(flagsBegin, cursor.offset)
    let unknown = flags.filter { !"dimsuvgy".contains($0) }
    if !unknown.isEmpty {
      throw fail(.unknownRegularExpressionFlags(unknown), cursor.range(from: flagsBegin))
    }
    return .regularExpression(source: source, flags: flags)
  }

  // MARK: - Targets

  mutating func target() throws(ParseStop) -> RuleTarget {
    guard let word = try cursor.word() else { throw fail(.missingTarget, here) }
    if word.isQuoted { return .module(word.text) }
    switch word.text {
    case "value": return .value(try targetExpression(word))
    case "throw": return .throw(try targetExpression(word))
    case "reject": return .reject(try targetExpression(word))
    case "js": return .function(try targetExpression(word))
    case "pending": return .pending
    case "ask": return .ask
    case "delay":
      guard let time = try cursor.word() else { throw fail(.missingArgument("MS"), here) }
      let milliseconds = try number(time, of: "MS", minimum: 0)
      return .delay(milliseconds: milliseconds, try target())
    case "file":
      guard let directory = try cursor.word() else { throw fail(.missingArgument("DIR"), here) }
      return .file(reference(directory))
    default:
      return .module(word.text)
    }
  }

  private mutating func targetExpression(_ word: CommandWord) throws(ParseStop) -> CarriedText {
    try expression(after: word.text)
  }
}

/// Reads a TARGET alone, as the person types it when an `ask` rule asks.
package enum RuleTargetReader {
  package static func read(
    _ text: String, scanner: any SourceScanner
  ) -> Result<RuleTarget, CommandError> {
    var parser = CommandParser(
      cursor: CommandCursor(bytes: Array(text.utf8), start: 0), scanner: scanner, mode: .script,
      file: nil, line: 1)
    do throws(ParseStop) {
      let target = try parser.target()
      try parser.endOfCommand()
      return .success(target)
    } catch {
      switch error {
      case .wrong(let error): return .failure(error)
      case .needsMoreLines: return .failure(CommandError(.missingTarget))
      }
    }
  }
}
