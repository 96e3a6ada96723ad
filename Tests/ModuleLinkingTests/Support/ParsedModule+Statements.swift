import ModuleSyntax

extension ParsedModule {
  /// A module of the statements that the linker sees, written as in JavaScript and separated by `;`:
  /// `import {a as b, c} from './m'`, `import * as n from './m'`, `import './m'`,
  /// `import d from './m'`, `export {a as b} from './m'`, `export * from './m'`,
  /// `export * as n from './m'`, `export {a as b}` of imports and variables, `export let a, b`,
  /// `export default`, `await`.
  ///
  /// This is no parser: the linker's tests shall not depend on the real one.
  init(statements text: String, name: String) {
    self.init(source: SourceText(text, name: name))
    var exports: [(local: String, exported: String, range: SourceRange)] = []
    for statement in text.split(separator: ";") {
      var words = Words(statement, in: text)
      switch words.next() {
      case "await": firstTopLevelAwait = SourceRange(0, 0)
      case "import": readImport(&words)
      case "export": readExport(&words, &exports)
      default: break
      }
    }
    for export in exports { resolve(export) }
  }

  /// Exports of imported names are re-exports, as ParseModule makes them.
  private mutating func resolve(_ export: (local: String, exported: String, range: SourceRange)) {
    if let entry = importEntries.first(where: { $0.localName == export.local }),
      case .name(let imported) = entry.importName
    {
      indirectExportEntries.append(
        IndirectExportEntry(
          request: entry.request, importName: .name(imported), exportName: export.exported,
          range: export.range))
    } else {
      localExportEntries.append(
        LocalExportEntry(
          exportName: export.exported, localName: export.local, range: export.range))
    }
  }

  private mutating func readImport(_ words: inout Words) {
    let first = words.next()
    switch first {
    case "{":
      let names = words.names()
      let request = request(words.nextAfterFrom())
      for (name, alias, range) in names {
        importEntries.append(
          ImportEntry(
            request: request, importName: .name(name), localName: alias, importRange: range))
      }
    case "*":
      _ = words.next()
      let local = words.next()
      importEntries.append(
        ImportEntry(
          request: request(words.nextAfterFrom()), importName: .namespace, localName: local))
    default:
      if first.hasPrefix("'") {
        _ = request(first)
      } else {
        importEntries.append(
          ImportEntry(
            request: request(words.nextAfterFrom()), importName: .name("default"),
            localName: first))
      }
    }
  }

  private mutating func readExport(
    _ words: inout Words, _ exports: inout [(local: String, exported: String, range: SourceRange)]
  ) {
    switch words.next() {
    case "*":
      let next = words.next()
      if next == "as" {
        let name = words.next()
        indirectExportEntries.append(
          IndirectExportEntry(
            request: request(words.nextAfterFrom()), importName: .all, exportName: name))
      } else {
        starExportEntries.append(StarExportEntry(request: request(words.next())))
      }
    case "{":
      let names = words.names()
      guard words.next() == "from" else {
        exports += names.map { (local: $0.0, exported: $0.1, range: $0.2) }
        return
      }
      let request = request(words.next())
      for (name, alias, range) in names {
        indirectExportEntries.append(
          IndirectExportEntry(
            request: request, importName: .name(name), exportName: alias, range: range))
      }
    case "let":
      while case let name = words.next(), !name.isEmpty {
        if name != "," { exports.append((name, name, words.lastRange)) }
      }
    default: exports.append(("*default*", "default", words.lastRange))
    }
  }

  private mutating func request(_ specifier: String) -> Int {
    let specifier = String(specifier.filter { $0 != "'" })
    if let known = requests.firstIndex(where: { $0.specifier == specifier }) { return known }
    requests.append(ModuleRequest(specifier: specifier))
    return requests.count - 1
  }
}

/// The words and marks of a statement, and where they stand.
private struct Words {
  private var rest: [(String, SourceRange)]
  private(set) var lastRange = SourceRange(0, 0)

  init(_ statement: Substring, in text: String) {
    var words: [(String, SourceRange)] = []
    var current = ""
    var start = statement.startIndex
    func offset(_ index: String.Index) -> Int {
      text.utf8.distance(from: text.startIndex, to: index)
    }
    var isQuoted = false
    func end(_ index: String.Index) {
      if !current.isEmpty { words.append((current, SourceRange(offset(start), offset(index)))) }
      current = ""
    }
    for index in statement.indices {
      let character = statement[index]
      if character == "'" { isQuoted.toggle() }
      if !isQuoted && character != "'" && (character.isWhitespace || "{},*".contains(character)) {
        end(index)
        if !character.isWhitespace {
          words.append(
            (String(character), SourceRange(offset(index), offset(index) + 1)))
        }
        continue
      }
      if current.isEmpty { start = index }
      current.append(character)
    }
    end(statement.endIndex)
    rest = words.reversed()
  }

  mutating func next() -> String {
    guard let (word, range) = rest.popLast() else { return "" }
    lastRange = range
    return word
  }

  mutating func nextAfterFrom() -> String {
    _ = next()
    return next()
  }

  /// `a as b, c }`, after the opening brace.
  mutating func names() -> [(String, String, SourceRange)] {
    var names: [(String, String, SourceRange)] = []
    while case let name = next(), name != "}", !name.isEmpty {
      if name == "," { continue }
      let range = lastRange
      let bare = String(name.filter { $0 != "'" })
      if rest.last?.0 == "as" {
        _ = next()
        names.append((bare, next(), range))
      } else {
        names.append((bare, bare, range))
      }
    }
    return names
  }
}
