internal import ModuleSyntax

extension SourceText {
  /// Where V8 sees a place that JavaScriptCore names: a call by its callee's last name or its `new`,
  /// not by the parenthesis; a property by its name, not by the dot.
  func expressionStart(_ offset: Int) -> Int {
    guard offset < bytes.count else { return offset }
    switch bytes[offset] {
    case UInt8(ascii: "."): return offset + 1
    case UInt8(ascii: "("):
      let name = nameStart(before: offset)
      guard name < offset else { return offset }
      return newStart(before: name) ?? name
    default: return offset
    }
  }

  /// The name that ends at an offset, or that the assignment whose `=` ends there is to, and the place
  /// where it begins.
  func name(endingAt offset: Int) -> (name: String, position: SourcePosition)? {
    var end = min(offset, bytes.count)
    if end > 0, bytes[end - 1] == UInt8(ascii: "=") {
      end -= 1
      while end > 0, bytes[end - 1] <= 0x20 { end -= 1 }
    }
    let start = nameStart(before: end)
    guard start < end else { return nil }
    return (slice(SourceRange(start, end)), position(at: start))
  }

  /// Whether a `let`, `const`, `class` or `using` somewhere in the text may declare a name. What it
  /// is asked for is whether the name can be uninitialised at all.
  func mayDeclare(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var declares = false
    var start = 0
    while start < bytes.count {
      guard Self.isNamePart(bytes[start]) else {
        // The declaration is over, as far as one can tell without a parser.
        if bytes[start] == UInt8(ascii: ";") { declares = false }
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, Self.isNamePart(bytes[end]) { end += 1 }
      let word = bytes[start..<end]
      if Self.declaringWords.contains(where: { word.elementsEqual($0.utf8) }) {
        declares = true
      } else if declares, word.elementsEqual(name) {
        return true
      }
      start = end
    }
    return false
  }

  private static let declaringWords = ["let", "const", "class", "using"]

  private func nameStart(before offset: Int) -> Int {
    var start = offset
    while start > 0, Self.isNamePart(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// The `new` of `new a.b.C(`, whose last name begins at `name`.
  private func newStart(before name: Int) -> Int? {
    var start = name
    while start > 1, bytes[start - 1] == UInt8(ascii: ".") {
      start = nameStart(before: start - 1)
    }
    var end = start
    while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
    guard end < start, end >= 3, bytes[(end - 3)..<end].elementsEqual("new".utf8),
      end == 3 || !Self.isNamePart(bytes[end - 4])
    else { return nil }
    return end - 3
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x80...: true
    default: false
    }
  }
}
