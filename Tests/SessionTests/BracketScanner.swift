import ModuleSyntax

@testable import Session

/// A stand-in for the parser: brackets, quotes and a few operators.
struct BracketScanner: SourceScanner {
  func extent(of source: SourceText, goal: SourceGoal) -> SourceExtent {
    var scan = LexicalScan()
    scan.scan(source.bytes, from: 0, to: source.bytes.count)
    if !scan.isBalanced { return scan.isCertain ? .unfinished : .wrong(at: 0) }
    let last = source.bytes.last { !CommandCursor.isBlank($0) && $0 != 0x0A }
    return last.map { "=+,".utf8.contains($0) } == true ? .unfinished : .finished
  }

  func endOfExpression(in source: SourceText, from offset: Int) throws(SyntaxError) -> Int {
    let bytes = source.bytes
    var scan = LexicalScan()
    func isOperator(_ byte: UInt8) -> Bool { "+-*/%=<>&|?:.,!~^([{".utf8.contains(byte) }
    let prefixes = ["new", "await", "typeof", "void", "async", "function"]
    let end = scan.scan(bytes, from: offset, to: bytes.count) { at in
      if CommandCursor.isBlank(bytes[at]) || bytes[at] == 0x0A { return false }
      let before = String(decoding: bytes[offset..<at], as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      guard let word = before.last, let last = word.utf8.last else { return false }
      if isOperator(last) || prefixes.contains(String(word)) { return false }
      return !isOperator(bytes[at])
    }
    if end == bytes.count, !scan.isBalanced {
      throw SyntaxError("Unexpected end of input", SourceRange(end, end), isUnfinished: true)
    }
    if bytes[offset] == UInt8(ascii: ")") {
      throw SyntaxError("Unexpected token ')'", SourceRange(offset, offset + 1))
    }
    return end
  }
}

/// The commands of a script; a mistake is shown as its message.
func read(
  _ text: String, mode: CommandReader.Mode = .script, file: String? = nil
) -> [ScriptCommand] {
  var reader = CommandReader(text, file: file, mode: mode, scanner: BracketScanner())
  var commands: [ScriptCommand] = []
  while case .command(let command)? = reader.next() { commands.append(command) }
  return commands
}

/// The one command of a line.
func parse(_ text: String, mode: CommandReader.Mode = .script) -> Result<Command, CommandError>? {
  read(text, mode: mode).first?.parsed
}

/// The message of the mistake in a line; empty when there is none.
func mistake(_ text: String, mode: CommandReader.Mode = .script) -> String {
  guard case .failure(let error)? = parse(text, mode: mode) else { return "" }
  return error.message
}
