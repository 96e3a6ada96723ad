internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Whether an `await` of a module's body ends only after an `import()` in a function that it called: so it is
/// when each call on the way is the operand of an `await`, as then each function has to wait for the next one.
extension OpenImport {
  /// `keyword`: the `await` of the top level at which the body of `record` waits.
  func isAwaited(by record: SourceTextModuleRecord, at keyword: SourceRange) -> Bool {
    guard caller?.record === record, let first = frames.first, let site,
      let source = first.text?.source, source.awaitOfCall(at: site) != nil
    else { return false }
    // The engine has two frames for an asynchronous function: its body, and the function that begins it.
    var callee = first
    var isBody = true
    for frame in frames.dropFirst() {
      guard let text = frame.text, let position = frame.position,
        let offset = text.source.offset(of: position)
      else { return false }
      guard let awaits = text.source.awaitOfCall(at: offset) else {
        guard isBody, frame.function == callee.function, text === callee.text else { return false }
        isBody = false
        continue
      }
      if text.module === record, awaits == keyword.start { return true }
      (callee, isBody) = (frame, true)
    }
    return false
  }
}

extension SourceText {
  /// Where the `await` begins whose operand is the call of a name, or of a member of names, at `offset`, and
  /// nothing but it; nil where that is not plain.
  fileprivate func awaitOfCall(at offset: Int) -> Int? {
    guard offset < bytes.count, let keyword = keyword(before: offset),
      let end = endOfCall(from: offset)
    else { return nil }
    // A member of what the call gives, or a call of it, is another operand.
    let next = bytes[end...].first { !Self.isSpace($0) }
    if let next, "([.`?".utf8.contains(next) { return nil }
    return keyword
  }

  private func keyword(before offset: Int) -> Int? {
    var start = offset
    while start > 0, Self.isNamePart(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: ".") {
      start -= 1
    }
    var end = start
    while end > 0, Self.isSpace(bytes[end - 1]) { end -= 1 }
    let keyword = end - "await".utf8.count
    guard end < start, keyword >= 0, bytes[keyword..<end].elementsEqual("await".utf8),
      keyword == 0
        || !Self.isNamePart(bytes[keyword - 1]) && bytes[keyword - 1] != UInt8(ascii: ".")
    else { return nil }
    return keyword
  }

  /// Behind the parenthesis that closes the call; nil for what only a parser understands.
  private func endOfCall(from offset: Int) -> Int? {
    var position = offset
    while position < bytes.count,
      Self.isNamePart(bytes[position]) || bytes[position] == UInt8(ascii: ".")
    {
      position += 1
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "(") else { return nil }
    var depth = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return position }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        while position < bytes.count, bytes[position] != byte {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
      case UInt8(ascii: "`"), UInt8(ascii: "/"): return nil
      default: break
      }
    }
    return nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte >= 0x80 || "$_#".utf8.contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
