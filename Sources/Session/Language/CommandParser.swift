import ModuleSyntax

/// Reads the words of one command by the table.
struct CommandParser {
  var cursor: CommandCursor
  let scanner: any SourceScanner
  let mode: CommandReader.Mode
  let file: String?
  let line: Int
  /// Stays set when the command after `expect-error` is itself wrong: that may be the point.
  private(set) var expectedError: String?
  private(set) var redirection: FileReference?
  /// The command being read.
  private(set) var name: CommandName?
  /// Where the words after its name begin.
  private var afterName = 0
  private var outermost: CommandName?
  /// Words that are prefixes of commands, from left to right, and what stands for them in a script.
  private var abbreviations: [(range: SourceRange, whole: String)] = []

  init(
    cursor: CommandCursor, scanner: any SourceScanner, mode: CommandReader.Mode, file: String?,
    line: Int
  ) {
    self.cursor = cursor
    self.scanner = scanner
    self.mode = mode
    self.file = file
    self.line = line
  }

  mutating func command(after outer: CommandName? = nil) throws(ParseStop) -> Command {
    guard var word = try cursor.word() else {
      throw fail(.missingCommand(after: outer?.rawValue ?? "the dot"))
    }
    if outer == nil, !word.isQuoted, let first = word.text.first, first == "." || first == ":",
      !word.text.hasPrefix("./"), !word.text.hasPrefix("../")
    {
      word.text.removeFirst()
      if word.text.isEmpty { return try command(after: outer) }
    }
    if mode == .interactive, outer == nil, word.text.hasSuffix("?"),
      let asked = CommandTable.command(of: String(word.text.dropLast()))
    {
      abbreviations.append((word.range, "help \(asked.rawValue)"))
      return .help(asked.rawValue)
    }
    if outer == nil, let meant = importOrExport(word) {
      throw fail(.unknownCommand(word.text, near: [], meant: meant), word.range)
    }
    let name = try commandName(word)
    if outer == .at, !CommandTable.syntax(of: name).isLooking {
      throw fail(.notAllowed(name, after: "at"), word.range)
    }
    self.name = name
    if outer != .at { (outermost, afterName) = (name, cursor.offset) }
    switch name {
    case .expectError where outer == nil: return try expectError()
    case .expectError: throw fail(.unexpectedArgument(word.text), word.range)
    case .at: return try at()
    case .js: return try javaScript()
    case .synthetic: return try synthetic()
    case .set: return try set()
    case .resolve: return try resolve()
    case .answer: return try answer()
    default: return try tabled(name)
    }
  }

  private mutating func commandName(_ word: CommandWord) throws(ParseStop) -> CommandName {
    if let name = CommandTable.command(of: word.text) { return name }
    if mode == .interactive {
      let candidates = CommandTable.commands(withPrefix: word.text)
      if candidates.count == 1, let only = candidates.first {
        // A dot before it is no part of it.
        let start = word.range.end - word.text.utf8.count
        abbreviations.append((SourceRange(start, word.range.end), only.rawValue))
        return only
      }
      if candidates.count > 1 {
        throw fail(.ambiguousCommand(word.text, candidates.map(\.rawValue)), word.range)
      }
    }
    let meant = meantInstead(of: word)
    let near = meant == nil ? NearestNames.of(word.text, among: CommandTable.words) : []
    throw fail(.unknownCommand(word.text, near: near, meant: meant), word.range)
  }

  /// After a mistake: the heredoc or the source text of a wrong command is not a list of commands.
  mutating func recover() {
    cursor.cutToFirstLine()
    if recoverHeredoc() { return }
    guard let begin = sourceStart else { return }
    var probe = cursor
    probe.offset = begin
    do throws(ParseStop) {
      _ = try probe.carriedText(goal: sourceGoal, scanner: scanner, mode: .script, line: line)
      cursor = probe
    } catch {
      return
    }
  }

  /// Where the source text of the first line begins: behind its ` = `, or the `do` of `synthetic`.
  private var sourceStart: Int? {
    let word = name == .synthetic ? " do " : " = "
    var quote: UInt8?
    for index in cursor.start..<cursor.end {
      let byte = cursor.bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if cursor.bytes[index..<cursor.end].starts(with: word.utf8) {
        return index + word.utf8.count
      }
    }
    return nil
  }

  private var sourceGoal: SourceGoal {
    switch name {
    case .json, .importMap: .json
    case .script: .script
    case .synthetic: .functionBody
    default: .module
    }
  }

  private mutating func recoverHeredoc() -> Bool {
    let head = cursor.bytes[cursor.start..<cursor.end]
    guard let mark = head.indices.last(where: { head[$0] == UInt8(ascii: "<") }),
      mark > head.startIndex, head[mark - 1] == UInt8(ascii: "<"),
      CommandCursor.isBlank(head[max(head.startIndex, mark - 2)])
    else { return false }
    var probe = cursor
    probe.offset = mark - 1
    do throws(ParseStop) {
      _ = try probe.heredoc(mode: .script, line: line)
      cursor = probe
      return true
    } catch {
      return false
    }
  }

  /// The command with its whole name at the beginning; nil where it has that anyway.
  var ownText: String? {
    guard let name = outermost, afterName <= cursor.end,
      !cursor.bytes[cursor.start..<max(cursor.start, afterName)].elementsEqual(name.rawValue.utf8)
    else { return nil }
    return name.rawValue + cursor.slice(afterName, cursor.end)
  }

  /// The command with whole words for the prefixes that the prompt takes; nil where there are none.
  var wholeText: String? {
    guard !abbreviations.isEmpty else { return nil }
    var text = ""
    var from = cursor.start
    for (range, whole) in abbreviations {
      text += cursor.slice(from, cursor.start + range.start) + whole
      from = cursor.start + range.end
    }
    return text + cursor.slice(from, cursor.end)
  }

  // MARK: - Pieces

  func fail(_ problem: CommandProblem, _ range: SourceRange? = nil) -> ParseStop {
    .wrong(CommandError(problem, range, in: name))
  }

  /// The place where something is missing.
  var here: SourceRange {
    let offset = cursor.offset - cursor.start
    return SourceRange(offset, offset)
  }

  mutating func source(_ goal: SourceGoal) throws(ParseStop) -> CarriedText {
    try cursor.carriedText(goal: goal, scanner: scanner, mode: mode, line: line)
  }

  mutating func expression(
    after argument: String, stop: ((CommandCursor, Int) -> Bool)? = nil
  ) throws(ParseStop) -> CarriedText {
    do throws(ParseStop) {
      return try cursor.expression(
        of: argument, scanner: scanner, mode: mode, line: line, stop: stop)
    } catch {
      if case .wrong(var problem) = error, case .missingExpression = problem.problem {
        problem.command = name
        throw .wrong(problem)
      }
      throw error
    }
  }

  mutating func heredoc() throws(ParseStop) -> CarriedText {
    try cursor.heredoc(mode: mode, line: line)
  }

  mutating func endOfCommand() throws(ParseStop) {
    if let extra = try cursor.word() {
      throw fail(.unexpectedArgument(extra.text), extra.range)
    }
  }

  func number(
    _ word: CommandWord, of argument: String, minimum: Int, maximum: Int = .max
  ) throws(ParseStop) -> Int {
    guard let number = Int(word.text), number >= minimum, number <= maximum else {
      throw fail(
        .notANumber(word.text, argument: argument, minimum: minimum, maximum: maximum), word.range)
    }
    return number
  }

  func reference(_ word: CommandWord) -> FileReference { FileReference(word.text, script: file) }

  mutating func redirect(to reference: FileReference) { redirection = reference }

  // MARK: - Commands around commands

  private mutating func expectError() throws(ParseStop) -> Command {
    guard let code = try cursor.word() else {
      throw fail(.missingArgument("CODE_OR_NAME"), here)
    }
    guard try cursor.peekedWord() != nil else {
      throw fail(.missingCommand(after: "expect-error \(code.text)"), here)
    }
    expectedError = code.text
    return try command(after: .expectError)
  }

  private mutating func at() throws(ParseStop) -> Command {
    guard let word = try cursor.word() else { throw fail(.missingArgument("N"), here) }
    let number = try number(word, of: "N", minimum: 0)
    guard try cursor.peekedWord() != nil else {
      throw fail(.missingCommand(after: "at \(number)"), here)
    }
    return .at(number, try command(after: .at))
  }

  /// `js [--context C] CODE`
  private mutating func javaScript() throws(ParseStop) -> Command {
    cursor.skipSpaces()
    var context: String?
    let start = cursor
    if cursor.isAt("--context") {
      // Nothing else that begins so: `--contexts` is JavaScript.
      if let option = try cursor.word(), option.text == "--context" {
        guard let name = try cursor.word() else {
          throw fail(.missingOptionValue("--context", value: "C"), option.range)
        }
        context = name.text
        cursor.skipSpaces()
      } else {
        cursor = start
      }
    }
    if cursor.peek == nil { throw fail(.missingArgument("CODE"), here) }
    return .javaScript(
      cursor.isAt("<<") ? try heredoc() : try source(.interactive), context: context)
  }
}
