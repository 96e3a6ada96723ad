import ModuleSyntax

extension CommandCursor {
  /// Reads source text to the end of the line, and of further lines while it is unfinished. The
  /// cursor stands at its first byte.
  mutating func carriedText(
    goal: SourceGoal, scanner: any SourceScanner, mode: CommandReader.Mode, line: Int
  ) throws(ParseStop) -> CarriedText {
    skipSpaces()
    let begin = offset
    var scan = LexicalScan()
    var scanned = begin
    var lines = 0
    var nextQuestion = 1
    while true {
      scan.scan(bytes, from: scanned, to: end)
      scanned = end
      lines += 1
      let extent: SourceExtent
      if goal == .json {
        extent = scan.isSurelyOpen ? .unfinished : .finished
      } else if goal != .expression, scan.isPlainlyFinished {
        extent = .finished
      } else if scan.isSurelyOpen, lines < nextQuestion {
        // A long pasted source would be parsed once a line; while a bracket is open the parser is
        // asked at growing distances only, and its answer says where the mistake was.
        extent = .unfinished
      } else {
        nextQuestion = lines + 1 + lines / 4
        extent = scanner.extent(
          of: SourceText(bytes: Array(bytes[begin..<end]), name: "command"), goal: goal)
      }
      switch extent {
      case .finished:
        return take(from: begin, line: line)
      case .wrong(let at):
        cut(at: begin + at)
        return take(from: begin, line: line)
      case .unfinished:
        // The line break counts for strings and comments.
        if let next = nextLine {
          scan.scan(bytes, from: end, to: next)
          scanned = next
          _ = takeLine()
        } else if mode == .interactive {
          throw .needsMoreLines(.source(goal))
        } else {
          // The parser will say what is missing.
          return take(from: begin, line: line)
        }
      }
    }
  }

  private mutating func take(from begin: Int, line: Int) -> CarriedText {
    offset = end
    return CarriedText(
      bytes: Array(bytes[begin..<end]), line: line + lineBreaks(before: begin))
  }

  mutating func lineBreaks(before offset: Int) -> Int {
    if offset < countedTo { (countedTo, countedBreaks) = (start, 0) }
    for i in countedTo..<offset where bytes[i] == 0x0A { countedBreaks += 1 }
    countedTo = offset
    return countedBreaks
  }

  mutating func skipSpaces() {
    while offset < end, CommandCursor.isBlank(bytes[offset]) { offset += 1 }
  }

  /// An expression, which ends where JavaScript ends it or before what `stop` accepts.
  mutating func expression(
    of argument: String, scanner: any SourceScanner, mode: CommandReader.Mode, line: Int,
    stop: ((CommandCursor, Int) -> Bool)? = nil
  ) throws(ParseStop) -> CarriedText {
    skipSpaces()
    let begin = offset
    // Many short expressions may stand in a row, so not all of the line is read for each.
    var window = 512
    while true {
      let windowEnd = end - begin > window ? begin + window : end
      var scan = LexicalScan()
      let view = self
      let stops = { (at: Int) in
        view.bytes[at] == UInt8(ascii: "#") || stop?(view, at) == true
      }
      let isMissing = begin < end && stops(begin)
      let limit = isMissing ? begin : scan.scan(bytes, from: begin, to: windowEnd, stop: stops)
      let isCut = limit == windowEnd && windowEnd < end
      let source = SourceText(bytes: Array(bytes[begin..<limit]), name: "command")
      if !isCut, !source.bytes.contains(where: { !CommandCursor.isBlank($0) }) {
        throw .wrong(
          CommandError(.missingExpression(after: argument), range(from: begin, to: limit)))
      }
      do throws(SyntaxError) {
        let length = try scanner.endOfExpression(in: source, from: 0)
        if isCut, mayGoOn(after: begin + length, before: windowEnd) {
          window *= 2
          continue
        }
        var to = begin + length
        while to > begin, CommandCursor.isBlank(bytes[to - 1]) { to -= 1 }
        offset = begin + length
        return CarriedText(
          bytes: Array(bytes[begin..<to]), line: line + lineBreaks(before: begin))
      } catch {
        if isCut {
          window *= 2
          continue
        }
        if error.isUnfinished {
          if takeLine() { continue }
          if mode == .interactive { throw .needsMoreLines(.source(.expression)) }
        }
        offset = end
        throw .wrong(
          CommandError(
            .badExpression(error.message),
            range(from: begin + error.range.start, to: begin + error.range.end)))
      }
    }
  }

  /// Whether an expression that was seen to end at `offset`, by one who saw no more than what comes
  /// before `limit`, may go on: behind white space and comments, by an operator.
  private func mayGoOn(after offset: Int, before limit: Int) -> Bool {
    let longestOperator = "instanceof ".utf8.count
    var next = offset
    while next < limit, CommandCursor.isBlank(bytes[next]) || bytes[next] == 0x0A { next += 1 }
    return limit - next < longestOperator || bytes[next] == UInt8(ascii: "/")
  }

  /// `<<TAG`: the lines up to the line that is exactly TAG.
  mutating func heredoc(
    mode: CommandReader.Mode, line: Int
  ) throws(ParseStop) -> CarriedText {
    let begin = offset
    offset += 2
    guard let tag = try word(), !tag.text.isEmpty, bytes[begin + 2] != 0x20 else {
      throw .wrong(CommandError(.missingTag, range(from: begin, to: begin + 2)))
    }
    if let extra = try word() {
      throw .wrong(CommandError(.wordAfterTag(extra.text), extra.range))
    }
    let wanted = Array(tag.text.utf8)
    guard let bodyStart = nextLine else {
      if mode == .interactive { throw .needsMoreLines(.heredoc(tag: tag.text)) }
      throw .wrong(CommandError(.unterminatedHeredoc(tag: tag.text), range(from: begin)))
    }
    let headEnd = offset
    var lineStart = bodyStart
    while takeLine() {
      if end - lineStart == wanted.count, bytes[lineStart..<end].elementsEqual(wanted) {
        offset = end
        // The line break before TAG belongs to TAG.
        var bodyEnd = lineStart
        if bodyEnd > bodyStart { bodyEnd -= 1 }
        return CarriedText(
          bytes: Array(bytes[bodyStart..<bodyEnd]), line: line + lineBreaks(before: bodyStart),
          isHeredoc: true)
      }
      guard let next = nextLine else { break }
      lineStart = next
    }
    if mode == .interactive { throw .needsMoreLines(.heredoc(tag: tag.text)) }
    throw .wrong(
      CommandError(.unterminatedHeredoc(tag: tag.text), range(from: begin, to: headEnd)))
  }
}
