/// Makes the text that JavaScriptCore runs as a script: the source, edited in place.
public enum ScriptRewriter {
  /// `imports` is what stands for `import` of `import()`. `assignsGlobals`: top-level `var`s and
  /// functions become assignments to properties of the global object, which a realm with a sandbox
  /// needs.
  public static func rewrite(
    _ script: ParsedScript, imports: ScriptImports, assignsGlobals: Bool
  ) -> RewrittenText {
    var out = RewrittenText(keepsMap: true, capacity: script.source.bytes.count + 64)
    var edits = Self.edits(script, imports: imports, assignsGlobals: assignsGlobals)
    if script.isStrict, assignsGlobals { out.append("\"use strict\";") }
    if assignsGlobals { hoistFunctions(of: script, &edits, &out) }
    out.apply(edits, to: SourceRange(0, script.source.bytes.count), of: script.source.bytes)
    return out
  }

  /// A line with top-level `await`, as Node's REPL runs it: an asynchronous function whose
  /// declarations have become assignments to variables that outlive it. `declarations` declares them.
  /// Without `imports`, `import()` stays as it is.
  public static func rewriteAsync(
    _ script: ParsedScript, imports: ScriptImports?
  ) -> (declarations: String, body: RewrittenText) {
    var out = RewrittenText(keepsMap: true, capacity: script.source.bytes.count + 128)
    let source = script.source
    var edits = Self.edits(script, imports: imports, assignsGlobals: true)
    for (index, statement) in script.statements.enumerated() {
      switch statement.kind {
      case .expression(let range) where index == script.statements.count - 1:
        edits.append(Edit(offset: range.start, length: 0, text: "return("))
        edits.append(Edit(offset: range.end, length: 0, text: ");"))
      case .declaration:
        edits.append(contentsOf: lexicalEdits(statement, source))
      default: continue
      }
    }
    out.append(script.isStrict ? "\"use strict\";(async()=>{" : "(async()=>{")
    hoistFunctions(of: script, &edits, &out)
    out.apply(edits, to: SourceRange(0, source.bytes.count), of: source.bytes)
    out.append("\n})()")
    let names = script.declarations.filter {
      $0.kind == .let || $0.kind == .const || $0.kind == .class
    }
    let declarations = names.isEmpty ? "" : "let \(names.map(\.name).joined(separator: ","));"
    return (declarations, out)
  }

  /// `const a = 1, { b } = c` → `void (a = 1, { b } = c)`; `class C …` → `C = class C …`.
  private static func lexicalEdits(_ statement: TopLevelStatement, _ source: SourceText) -> [Edit] {
    let text = source.slice(statement.range)
    for keyword in ["const", "let"] where text.hasPrefix(keyword) {
      var end = statement.range.end
      let hasSemicolon = text.utf8.last == 0x3B
      if hasSemicolon { end -= 1 }
      return [
        Edit(offset: statement.range.start, length: keyword.utf8.count, text: "void("),
        Edit(offset: end, length: 0, text: hasSemicolon ? ")" : ");"),
      ]
    }
    if text.hasPrefix("class"), let name = className(text) {
      return [
        Edit(offset: statement.range.start, length: 0, text: "\(name)="),
        Edit(offset: statement.range.end, length: 0, text: ";"),
      ]
    }
    return []
  }

  private static func className(_ text: String) -> String? {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "{" }
    return words.count > 1 ? String(words[1]) : nil
  }

  /// Functions come first: `function f() {}` is written there as an assignment to a property of the
  /// global object, and is gone from its place.
  private static func hoistFunctions(
    of script: ParsedScript, _ edits: inout [Edit], _ out: inout RewrittenText
  ) {
    var removals: [Edit] = []
    for point in script.rewritePoints {
      guard case .scriptDeclaration(let index) = point.kind,
        script.declarations[index].kind == .function
      else { continue }
      let range = point.range
      out.append("globalThis.\(script.declarations[index].name)=")
      out.apply(
        edits.filter { $0.offset >= range.start && $0.offset < range.end && $0.length > 0 },
        to: range, of: script.source.bytes)
      out.append(";")
      removals.append(Edit(offset: range.start, length: range.end - range.start, text: ";"))
    }
    edits = edits.filter { edit in
      !removals.contains { edit.offset >= $0.offset && edit.offset < $0.offset + $0.length }
        || edit.length == 0 && edit.offset == 0
    }
    edits.append(contentsOf: removals)
  }

  private static func edits(
    _ script: ParsedScript, imports: ScriptImports?, assignsGlobals: Bool
  ) -> [Edit] {
    var edits: [Edit] = []
    for point in script.rewritePoints {
      switch point.kind {
      case .importCall(let phase):
        guard let imports else { continue }
        edits.append(
          Edit(
            offset: point.range.start, length: point.range.end - point.range.start,
            text: imports.text(for: phase)))
      case .hashbang:
        edits.append(
          Edit(
            offset: point.range.start, length: point.range.end - point.range.start, text: ""))
      default: continue
      }
    }
    if assignsGlobals {
      for list in script.variableLists { edits.append(contentsOf: variableEdits(list, script)) }
    }
    return edits
  }

  /// `var a = 1, b` → `(a = 1, b)`, with the names made properties of the global object first.
  private static func variableEdits(_ list: VariableList, _ script: ParsedScript) -> [Edit] {
    var edits: [Edit] = []
    for index in list.declarations {
      let name = script.declarations[index].name
      edits.append(
        Edit(
          offset: 0, length: 0,
          text: "if(!(\"\(name)\"in globalThis))globalThis.\(name)=undefined;"))
    }
    let keyword = SourceRange(list.range.start, list.range.start + 3)
    switch list.place {
    case .statement:
      edits.append(Edit(offset: keyword.start, length: 3, text: "void("))
      edits.append(Edit(offset: list.range.end, length: 0, text: ")"))
    case .forHead:
      edits.append(Edit(offset: keyword.start, length: 3, text: "void("))
      edits.append(Edit(offset: list.range.end, length: 0, text: ")"))
    case .forInOrOf:
      edits.append(Edit(offset: keyword.start, length: 3, text: ""))
    }
    return edits
  }
}

/// What stands for the word `import` of `import()` in a script: a call of a global function that
/// returns the function to call.
public struct ScriptImports: Sendable {
  /// The global function.
  public var name: String
  /// The number of the script, by which its hook is found.
  public var script: Int

  public init(name: String, script: Int) {
    self.name = name
    self.script = script
  }

  func text(for phase: ImportPhase) -> String { "\(name)(\(script),\"\(phase.rawValue)\")" }
}

/// A replacement in a source text.
struct Edit {
  var offset: Int
  var length: Int
  var text: String
}

extension RewrittenText {
  /// Copies a range of the source with replacements made; those at one place in their order.
  mutating func apply(_ edits: [Edit], to range: SourceRange, of source: [UInt8]) {
    var cursor = range.start
    let order = edits.indices.sorted {
      (edits[$0].offset, $0) < (edits[$1].offset, $1)
    }
    for index in order {
      let edit = edits[index]
      guard edit.offset >= cursor else { continue }
      copy(SourceRange(cursor, edit.offset), of: source)
      append(edit.text)
      cursor = edit.offset + edit.length
    }
    copy(SourceRange(cursor, range.end), of: source)
  }
}
