extension Parser {
  /// The kind of a word by its text, escapes aside.
  func wordKind(_ start: Int, _ end: Int) -> TokenKind {
    Self.wordKind(UnsafeBufferPointer(rebasing: source[start..<end]))
  }

  static func wordKind(_ word: UnsafeBufferPointer<UInt8>) -> TokenKind {
    let count = word.count
    if count < 2 || count > 10 { return .identifier }

    func matches(_ text: StaticString) -> Bool {
      guard text.utf8CodeUnitCount == count else { return false }
      for i in 1..<count where text.utf8Start[i] != word[i] { return false }
      return true
    }

    switch word[0] {
    case UInt8(ascii: "a"):
      if matches("await") { return .await }
      if matches("async") { return .async }
      if matches("as") { return .as }
      if matches("arguments") { return .arguments }
      if matches("accessor") { return .accessor }
    case UInt8(ascii: "b"):
      if matches("break") { return .break }
    case UInt8(ascii: "c"):
      if matches("const") { return .const }
      if matches("case") { return .case }
      if matches("class") { return .class }
      if matches("catch") { return .catch }
      if matches("continue") { return .continue }
    case UInt8(ascii: "d"):
      if matches("default") { return .default }
      if matches("do") { return .do }
      if matches("delete") { return .delete }
      if matches("defer") { return .defer }
      if matches("debugger") { return .debugger }
    case UInt8(ascii: "e"):
      if matches("export") { return .export }
      if matches("else") { return .else }
      if matches("eval") { return .eval }
      if matches("extends") { return .extends }
      if matches("enum") { return .enum }
    case UInt8(ascii: "f"):
      if matches("from") { return .from }
      if matches("function") { return .function }
      if matches("for") { return .for }
      if matches("false") { return .false }
      if matches("finally") { return .finally }
    case UInt8(ascii: "g"):
      if matches("get") { return .get }
    case UInt8(ascii: "i"):
      if matches("import") { return .import }
      if matches("if") { return .if }
      if matches("in") { return .in }
      if matches("instanceof") { return .instanceof }
      if matches("interface") || matches("implements") { return .strictReserved }
    case UInt8(ascii: "l"):
      if matches("let") { return .let }
    case UInt8(ascii: "m"):
      if matches("meta") { return .meta }
    case UInt8(ascii: "n"):
      if matches("new") { return .new }
      if matches("null") { return .null }
    case UInt8(ascii: "o"):
      if matches("of") { return .of }
    case UInt8(ascii: "p"):
      if matches("public") || matches("private") || matches("protected") || matches("package") {
        return .strictReserved
      }
    case UInt8(ascii: "r"):
      if matches("return") { return .return }
    case UInt8(ascii: "s"):
      if matches("set") { return .set }
      if matches("static") { return .static }
      if matches("switch") { return .switch }
      if matches("super") { return .super }
      if matches("source") { return .source }
    case UInt8(ascii: "t"):
      if matches("this") { return .this }
      if matches("true") { return .true }
      if matches("try") { return .try }
      if matches("throw") { return .throw }
      if matches("typeof") { return .typeof }
      if matches("target") { return .target }
    case UInt8(ascii: "u"):
      if matches("using") { return .using }
    case UInt8(ascii: "v"):
      if matches("var") { return .var }
      if matches("void") { return .void }
    case UInt8(ascii: "w"):
      if matches("while") { return .while }
      if matches("with") { return .with }
    case UInt8(ascii: "y"):
      if matches("yield") { return .yield }
    default: break
    }
    return .identifier
  }
}
