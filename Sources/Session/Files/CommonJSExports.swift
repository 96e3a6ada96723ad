/// The names that the text of a CommonJS module gives away, as Node finds them: by looking at the
/// text (cjs-module-lexer), without running it.
/// https://nodejs.org/docs/latest-v24.x/api/esm.html#commonjs-namespaces
struct CommonJSExports {
  /// In the order in which they are found, each once.
  private(set) var names: [String] = []
  /// Specifiers of `module.exports = require(…)` and `__exportStar(require(…))`, whose names are its
  /// own too.
  private(set) var reexports: [String] = []

  private let text: [UInt8]
  private var position = 0
  /// How many braces are open, and at which counts a `}` goes on with a template.
  private var depth = 0
  private var templates: [Int] = []
  /// Variables that a `require` was assigned to, with its specifier.
  private var required: [String: String] = [:]

  init(of text: [UInt8]) {
    self.text = text
    if text.starts(with: "#!".utf8) { position = text.firstIndex(of: 0x0A) ?? text.count }
    scan()
  }

  // MARK: - Walking the text

  private mutating func scan() {
    // What stands before a `/` decides whether it divides.
    var mayBeRegularExpression = true
    // Of each open parenthesis, whether a statement follows what it holds.
    var heads: [Bool] = []
    var lastWord = ""
    while let byte = current {
      if skipSpace() { continue }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        skipString()
        mayBeRegularExpression = false
      case UInt8(ascii: "`"):
        position += 1
        mayBeRegularExpression = skipTemplate()
      case UInt8(ascii: "}") where templates.last == depth:
        templates.removeLast()
        position += 1
        mayBeRegularExpression = skipTemplate()
      case UInt8(ascii: "/") where mayBeRegularExpression:
        skipRegularExpression()
        mayBeRegularExpression = false
      case _ where Self.isNamePart(byte):
        let isMember = previousByte == UInt8(ascii: ".")
        let start = position
        let word = readName()
        if !isMember || word == "__exportStar" { read(word, at: start) }
        mayBeRegularExpression = Self.wordsBeforeExpressions.contains(word)
        lastWord = word
        continue
      case UInt8(ascii: "("):
        position += 1
        heads.append(["if", "while", "for", "with"].contains(lastWord))
        mayBeRegularExpression = true
      case UInt8(ascii: ")"):
        position += 1
        mayBeRegularExpression = heads.popLast() ?? false
      default:
        position += 1
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") { depth -= 1 }
        mayBeRegularExpression = byte != UInt8(ascii: "]")
      }
      lastWord = ""
    }
  }

  private static let wordsBeforeExpressions: Set = [
    "return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "new", "throw",
    "instanceof",
  ]

  /// After a word, where it may begin an export; else the position stays behind the word.
  private mutating func read(_ word: String, at start: Int) {
    let end = position
    let isRead: Bool
    switch word {
    case "exports": isRead = readAssignment(isModule: false)
    case "module":
      isRead = take(".") && takeWord("exports") && readAssignment(isModule: true)
    case "Object":
      isRead = take(".") && (takeWord("defineProperty") ? readDefinition() : readKeys())
    case "__exportStar", "__export": isRead = take("(") && readRequire()
    default:
      noteRequire(of: word)
      isRead = false
    }
    if !isRead { position = end }
  }

  /// `name = require("specifier")`, and what Babel writes around it.
  private mutating func noteRequire(of name: String) {
    guard take("="), current != UInt8(ascii: "=") else { return }
    let start = position
    if takeWord("_interopRequireWildcard") { _ = take("(") } else { position = start }
    guard takeWord("require"), take("("), let specifier = readStringLiteral(), take(")") else {
      return
    }
    required[name] = specifier
  }

  /// `Object.keys(name).forEach(function (`, by which Babel writes `export *`.
  private mutating func readKeys() -> Bool {
    guard takeWord("keys"), take("(") else { return false }
    skipSpaces()
    let name = readName()
    guard take(")"), take("."), takeWord("forEach"), take("("), takeWord("function"),
      let specifier = required[name]
    else { return false }
    if !reexports.contains(specifier) { reexports.append(specifier) }
    return true
  }

  // MARK: - exports

  /// `.name =`, `["name"] =`, and of `module.exports` `= require(…)` and `= { … }`.
  private mutating func readAssignment(isModule: Bool) -> Bool {
    skipSpaces()
    if take(".") {
      skipSpaces()
      let name = readName()
      guard !name.isEmpty else { return false }
      let end = position
      if takeAssignment() { add(name) }
      position = end
      return true
    }
    if take("[") {
      guard let name = readStringLiteral(), take("]") else { return false }
      let end = position
      if takeAssignment() { add(name) }
      position = end
      return true
    }
    guard isModule, takeAssignment() else { return false }
    skipSpaces()
    let end = position
    reexports = []
    if take("{") {
      readLiteral()
      return true
    }
    if takeWord("require") {
      position = end
      return readRequire()
    }
    return true
  }

  /// Node's lexer takes `==` for it, too.
  private mutating func takeAssignment() -> Bool { take("=") }

  /// `a, b, "c": d, ...require("e")`: to the first value that is no name.
  private mutating func readLiteral() {
    while true {
      skipSpaces()
      if current == UInt8(ascii: ".") {
        guard take("."), take("."), take(".") else { return }
        skipSpaces()
        let end = position
        if takeWord("require") {
          position = end
          guard readRequire() else { return }
        } else if readName().isEmpty {
          return
        }
      } else {
        let isString = current == UInt8(ascii: "\"") || current == UInt8(ascii: "'")
        guard let name = isString ? readStringLiteral() : readName(), !name.isEmpty else { return }
        if take(":") {
          // A value that is no name ends what can be known.
          skipSpaces()
          guard !startsWithDigit, !readName().isEmpty else { return }
        } else {
          skipSpaces()
          // `get a() {}`
          guard !isString, let next = current, !Self.isNamePart(next) else { return }
        }
        add(name)
      }
      guard take(",") else { return }
    }
  }

  /// `Object.defineProperty(exports, "name", { enumerable: true, get …` or `{ value: …`
  private mutating func readDefinition() -> Bool {
    guard take("(") else { return false }
    skipSpaces()
    if takeWord("module") {
      guard take("."), takeWord("exports") else { return false }
    } else if !takeWord("exports") {
      return false
    }
    guard take(","), let name = readStringLiteral(), take(","), take("{") else { return false }
    skipSpaces()
    if takeWord("enumerable") {
      guard take(":"), takeWord("true") || (take("!") && takeWord("0")), take(",") else {
        return false
      }
    }
    if takeWord("value") {
      guard take(":") else { return false }
      add(name)
      return true
    }
    guard takeWord("get"), readGetter() else { return false }
    add(name)
    return true
  }

  /// `: function () { return a.b; } })` and `() { return a; } })`: what is returned is a name or a member.
  private mutating func readGetter() -> Bool {
    if take(":") {
      skipSpaces()
      guard takeWord("function") else { return false }
      skipSpaces()
      _ = readName()
    }
    guard take("("), take(")"), take("{") else { return false }
    skipSpaces()
    guard takeWord("return") else { return false }
    skipSpaces()
    guard !readName().isEmpty else { return false }
    if take(".") {
      skipSpaces()
      guard !readName().isEmpty else { return false }
    } else if take("[") {
      guard readStringLiteral() != nil, take("]") else { return false }
    }
    _ = take(";")
    return take("}")
  }

  /// `require("specifier")`
  private mutating func readRequire() -> Bool {
    skipSpaces()
    guard takeWord("require"), take("("), let specifier = readStringLiteral(), take(")") else {
      return false
    }
    if !reexports.contains(specifier) { reexports.append(specifier) }
    return true
  }

  private mutating func add(_ name: String) {
    if !names.contains(name) { names.append(name) }
  }

  // MARK: - Pieces

  private var startsWithDigit: Bool { current.map { (0x30...0x39).contains($0) } ?? false }

  private var current: UInt8? { position < text.count ? text[position] : nil }

  private var previousByte: UInt8? {
    var index = position - 1
    while index >= 0, text[index] <= 0x20 { index -= 1 }
    // `...name` spreads; it is no member.
    if index >= 2, text[index] == UInt8(ascii: "."), text[index - 1] == UInt8(ascii: ".") {
      return nil
    }
    return index >= 0 ? text[index] : nil
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x80...: true
    default: false
    }
  }

  private mutating func readName() -> String {
    let start = position
    while let byte = current, Self.isNamePart(byte) { position += 1 }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  private mutating func takeWord(_ word: String) -> Bool {
    skipSpaces()
    let start = position
    if readName() == word { return true }
    position = start
    return false
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// A string without escapes.
  private mutating func readStringLiteral() -> String? {
    skipSpaces()
    guard let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      return nil
    }
    let start = position + 1
    skipString()
    let content = text[start..<max(start, position - 1)]
    return content.contains(UInt8(ascii: "\\")) ? nil : String(decoding: content, as: UTF8.self)
  }

  private mutating func skipSpaces() { while skipSpace() {} }

  /// Blanks or a comment.
  private mutating func skipSpace() -> Bool {
    guard let byte = current else { return false }
    if byte <= 0x20 {
      position += 1
      return true
    }
    guard byte == UInt8(ascii: "/"), position + 1 < text.count else { return false }
    switch text[position + 1] {
    case UInt8(ascii: "/"):
      while let byte = current, byte != 0x0A { position += 1 }
      return true
    case UInt8(ascii: "*"):
      position += 2
      while position < text.count {
        if text[position] == UInt8(ascii: "*"), position + 1 < text.count,
          text[position + 1] == UInt8(ascii: "/")
        {
          position += 2
          return true
        }
        position += 1
      }
      return true
    default: return false
    }
  }

  /// To the end of a template, or into a `${` of it. Whether an expression comes next.
  private mutating func skipTemplate() -> Bool {
    while let byte = current {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "`") { return false }
      if byte == UInt8(ascii: "$"), current == UInt8(ascii: "{") {
        position += 1
        templates.append(depth)
        return true
      }
    }
    position = min(position, text.count)
    return false
  }

  private mutating func skipString() {
    guard let quote = current else { return }
    position += 1
    while let byte = current {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == quote || byte == 0x0A { break }
    }
    position = min(position, text.count)
  }

  private mutating func skipRegularExpression() {
    position += 1
    var isInClass = false
    while let byte = current, byte != 0x0A {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "[") { isInClass = true }
      if byte == UInt8(ascii: "]") { isInClass = false }
      if byte == UInt8(ascii: "/"), !isInClass { break }
    }
    position = min(position, text.count)
  }
}
