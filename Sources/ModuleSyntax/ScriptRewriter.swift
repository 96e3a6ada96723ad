/// Makes the text that JavaScriptCore runs as a script: the source, edited in place.
public enum ScriptRewriter {
  /// `globals` is what stands for what the engine lacks. `assignsGlobals`: top-level `var`s and
  /// functions become assignments to properties of the global object, which a realm with a sandbox
  /// needs.
  public static func rewrite(
    _ script: ParsedScript, globals: ScriptGlobals, assignsGlobals: Bool
  ) -> RewrittenText {
    var out = RewrittenText(keepsMap: true, capacity: script.source.bytes.count + 64)
    var edits = Self.edits(script, globals: globals, assignsGlobals: assignsGlobals)
    if script.isStrict, assignsGlobals { out.append("\"use strict\";") }
    if assignsGlobals { hoistFunctions(of: script, &edits, &out) }
    out.apply(edits, to: SourceRange(0, script.source.bytes.count), of: script.source.bytes)
    return out
  }

  /// A line with top-level `await`, as Node's REPL runs it: an asynchronous function whose
  /// declarations have become assignments to variables that outlive it. `declarations` declares them.
  /// Without `globals`, `import()` and `using` stay as they are.
  public static func rewriteAsync(
    _ script: ParsedScript, globals: ScriptGlobals?
  ) -> (declarations: String, body: RewrittenText) {
    var out = RewrittenText(keepsMap: true, capacity: script.source.bytes.count + 128)
    let source = script.source
    var edits = Self.edits(
      script, globals: globals, assignsGlobals: true, keepsValue: false)
    for (index, statement) in script.statements.enumerated() {
      switch statement.kind {
      case .expression(let range) where index == script.statements.count - 1:
        edits.append(Edit(range.start, "return("))
        edits.append(Edit(range.end, ");"))
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
        Edit(
          SourceRange(statement.range.start, statement.range.start + keyword.utf8.count), "void("),
        Edit(end, hasSemicolon ? ")" : ");"),
      ]
    }
    if text.hasPrefix("class"), let name = className(text) {
      return [
        Edit(statement.range.start, "\(name)="),
        Edit(statement.range.end, ";"),
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
      guard case .scriptFunction(let index, let nameRange) = point.kind else { continue }
      let range = point.range
      let name = script.declarations[index].name
      // Without the name in it: that would be a binding of its own, and words like `await` cannot be one.
      out.append("globalThis.\(name)={[\"\(name)\"]:")
      out.apply(
        edits.filter {
          $0.offset >= range.start && $0.offset < range.end && $0.rank != .first
        } + [Edit(nameRange, "")], to: range, of: script.source.bytes)
      out.append("}[\"\(name)\"];")
      removals.append(Edit(range, ";"))
    }
    edits = edits.filter { edit in
      !removals.contains { edit.offset >= $0.offset && edit.offset < $0.offset + $0.length }
        || edit.rank == .first
    }
    edits.append(contentsOf: removals)
  }

  private static func edits(
    _ script: ParsedScript, globals: ScriptGlobals?, assignsGlobals: Bool, keepsValue: Bool = true
  ) -> [Edit] {
    var edits: [Edit] = []
    for point in script.rewritePoints {
      switch point.kind {
      case .importCall(let phase):
        if let globals { edits.append(Edit(point.range, globals.importCall(phase))) }
      case .directEval(let call):
        if let globals, let argument = call.argument {
          edits.append(Edit(argument.start, globals.evalCall(isStrict: call.isStrict), .opening))
          edits.append(Edit(argument.end, ")", .closing))
        }
      case .indirectEval(let callee, let argument):
        if let globals {
          edits.append(Edit(argument.start, globals.indirectEvalCall(callee), .opening))
          edits.append(Edit(argument.end, ")", .closing))
        }
      case .hashbang:
        edits.append(Edit(point.range, ""))
      case .asyncShorthand:
        edits.append(Edit(point.range.start, "async:"))
      case .bareField:
        edits.append(Edit(point.range.end, ";"))
      default: continue
      }
    }
    if assignsGlobals {
      for list in script.variableLists { edits.append(contentsOf: variableEdits(list, script)) }
    }
    if script.usesExplicitResourceManagement, let globals {
      edits.append(contentsOf: globals.usingEdits(script, keepsValue: keepsValue))
    }
    return edits
  }

  /// `var a = 1, b` → `(a = 1, b)`, with the names made properties of the global object first.
  private static func variableEdits(_ list: VariableList, _ script: ParsedScript) -> [Edit] {
    var edits: [Edit] = []
    for index in list.declarations {
      let name = script.declarations[index].name
      edits.append(
        Edit(0, "if(!(\"\(name)\"in globalThis))globalThis.\(name)=undefined;", .first))
    }
    let keyword = SourceRange(list.range.start, list.range.start + 3)
    switch list.place {
    case .statement, .forHead:
      edits.append(Edit(keyword, "void("))
      edits.append(Edit(list.range.end, ")", .innerClosing))
    case .forInOrOf:
      edits.append(Edit(keyword, ""))
      if let target = list.declarators.first?.target,
        ["let", "async"].contains(script.source.slice(target))
      {
        edits.append(Edit(target.start, "globalThis.", .opening))
      }
    }
    return edits
  }
}

/// The globals that stand in scripts for what the engine lacks.
public struct ScriptGlobals: Sendable {
  /// For the word `import` of `import()`: a function that returns the function to call.
  public var importName: String
  /// The number of the script, by which its hook is found.
  public var script: Int
  /// The object whose methods `using` needs.
  public var usingName: String
  /// Where the value of a script with `using` is kept while it runs: no other's number.
  public var cell: Int

  public init(importName: String, usingName: String, script: Int, cell: Int) {
    self.importName = importName
    self.usingName = usingName
    self.script = script
    self.cell = cell
  }

  func importCall(_ phase: ImportPhase) -> String {
    "\(importName)(\(script),\"\(phase.rawValue)\")"
  }

  /// What stands before the argument of a direct eval: the call rewrites `using` and `import()` in the
  /// text.
  func indirectEvalCall(_ callee: String) -> String { "\(usingName).v(\(callee),false,\(script)," }

  func evalCall(isStrict: Bool) -> String { "\(usingName).v(eval,\(isStrict),\(script)," }

  func usingEdits(_ script: ParsedScript, keepsValue: Bool = true) -> [Edit] {
    UsingWords(host: usingName, prefix: FreshPrefix.choose(for: script.source.bytes))
      .edits(script, cell: keepsValue ? cell : nil)
  }
}

/// A replacement in a source text.
struct Edit {
  /// What comes first at one place.
  enum Rank: Int {
    /// At the beginning of the whole text.
    case first
    case innerClosing, closing, opening, other
  }
  var offset: Int
  var length: Int
  var text: String
  var rank = Rank.other

  /// Replaces a range.
  init(_ range: SourceRange, _ text: String) {
    offset = range.start
    length = range.end - range.start
    self.text = text
  }

  /// Inserts words.
  init(_ offset: Int, _ text: String, _ rank: Rank = .other) {
    self.offset = offset
    length = 0
    self.text = text
    self.rank = rank
  }
}

extension RewrittenText {
  /// Copies a range of the source with replacements made; those at one place in their order.
  mutating func apply(_ edits: [Edit], to range: SourceRange, of source: [UInt8]) {
    var cursor = range.start
    let order = edits.indices.sorted {
      (edits[$0].offset, edits[$0].rank.rawValue, $0)
        < (edits[$1].offset, edits[$1].rank.rawValue, $1)
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
