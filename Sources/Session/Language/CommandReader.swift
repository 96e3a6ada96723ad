/// Splits script text into commands.
///
/// A command is recognised from its bytes where it stands, so a script of ten thousand lines is
/// read in one pass.
package struct CommandReader {
  package enum Mode: Hashable, Sendable {
    /// Commands are whole words, and the text is all there is.
    case script
    /// A unique prefix names a command, and more lines may come.
    case interactive
  }

  package enum Reading: Sendable {
    case command(ScriptCommand)
    /// The text ends inside a command (interactive mode only).
    case needsMoreLines(Continuation)
  }

  private let bytes: [UInt8]
  private let file: String?
  private let mode: Mode
  private let scanner: any SourceScanner
  private var offset = 0
  private var line: Int

  package init(
    _ bytes: [UInt8], file: String? = nil, firstLine: Int = 1, mode: Mode = .script,
    scanner: any SourceScanner
  ) {
    self.bytes = Self.withoutCarriageReturns(bytes)
    self.file = file
    self.mode = mode
    self.scanner = scanner
    line = firstLine
    // A byte order mark is no part of the first command.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  package init(
    _ text: String, file: String? = nil, firstLine: Int = 1, mode: Mode = .script,
    scanner: any SourceScanner
  ) {
    self.init(Array(text.utf8), file: file, firstLine: firstLine, mode: mode, scanner: scanner)
  }

  /// The CR of a CRLF belongs to the end of the line, and to no command: a script means the same with
  /// either end.
  static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x0D) else { return bytes }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    for byte in bytes {
      while byte == 0x0A, kept.last == 0x0D { kept.removeLast() }
      kept.append(byte)
    }
    while kept.last == 0x0D { kept.removeLast() }
    return kept
  }

  /// What a text at the prompt still lacks; nil when it is whole.
  package static func needsMoreLines(
    _ text: String, scanner: any SourceScanner
  ) -> Continuation? {
    var reader = CommandReader(text, mode: .interactive, scanner: scanner)
    while let reading = reader.next() {
      if case .needsMoreLines(let continuation) = reading { return continuation }
    }
    return nil
  }

  /// The next command; nil at the end of the text.
  package mutating func next() -> Reading? {
    guard skipToCommand() else { return nil }
    var parser = CommandParser(
      cursor: CommandCursor(bytes: bytes, start: offset), scanner: scanner, mode: mode, file: file,
      line: line)
    let parsed: Result<Command, CommandError>
    do throws(ParseStop) {
      parsed = .success(try parser.command())
    } catch {
      switch error {
      case .needsMoreLines(let continuation):
        offset = bytes.count
        return .needsMoreLines(continuation)
      case .wrong(let error):
        parser.recover()
        parsed = .failure(error)
      }
    }
    let cursor = parser.cursor
    let begin = line
    advance(to: cursor.nextLine ?? bytes.count)
    if case .failure(let error) = parsed, case .unterminatedHeredoc = error.problem {
      // What follows was meant as its text, not as commands.
      advance(to: bytes.count)
    }
    return .command(
      ScriptCommand(
        file: file, line: begin, text: cursor.text, ownText: parser.ownText,
        wholeText: parser.wholeText, expectedError: parser.expectedError,
        redirection: parser.redirection, parsed: parsed, answers: mode == .script ? answers() : []))
  }

  /// `answer> TARGET`, as in transcripts: what `ask` rules are answered in the command before.
  private mutating func answers() -> [PersonAnswer] {
    var reader = AnswerReader()
    while offset < bytes.count,
      !reader.answers.isEmpty
        || bytes[offset...].starts(with: Transcript.answerPrompt.utf8.dropLast())
    {
      let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
      guard reader.read(String(decoding: bytes[offset..<end], as: UTF8.self)[...]) else { break }
      advance(to: min(end + 1, bytes.count))
    }
    return reader.answers
  }

  /// Skips empty lines and comments; false at the end.
  private mutating func skipToCommand() -> Bool {
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == 0x0A {
        line += 1
        offset += 1
      } else if CommandCursor.isBlank(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "#") {
        while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
      } else {
        return true
      }
    }
    return false
  }

  private mutating func advance(to next: Int) {
    bytes.withUnsafeBufferPointer { bytes in
      for i in offset..<next where bytes[i] == 0x0A { line += 1 }
    }
    offset = next
  }
}
