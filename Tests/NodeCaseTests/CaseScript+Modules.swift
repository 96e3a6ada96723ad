import Session

extension CaseScript {
  mutating func writeModule(_ name: String) throws {
    guard let definition = nodeCase.modules.first(where: { $0.name == name })?.definition else {
      throw Inexpressible(reason: "no module \(name)")
    }
    let context = definition["context"]?.string.map { " --context \(Self.name($0))" } ?? ""
    if definition["kind"] == "synthetic" {
      writeSynthetic(name, definition, context)
    } else {
      try writeSource(name, definition, context)
    }
  }

  private mutating func writeSource(
    _ name: String, _ definition: JSONValue, _ context: String
  ) throws {
    let code = definition["code"]?.string ?? ""
    let needsConstructor =
      definition["dynamic"]?.members.isEmpty == false
      || definition["importMeta"]?.members.isEmpty == false || definition["lineOffset"] != nil
      || code.contains("import(")
    guard needsConstructor else {
      let isPlain = ["basic", "order", "live"].contains(nodeCase.category)
      if isPlain, !code.contains("\n"), !code.isEmpty, code.first != " ", code.last != " " {
        add("module \(Self.name(name))\(context) = \(code)")
      } else {
        addHeredoc("module \(Self.name(name))\(context)", code)
      }
      return
    }
    guard context.isEmpty else {
      throw Inexpressible(reason: "a created context with constructor options")
    }
    var options = ["identifier: \(JSONValue.string(name).text)"]
    if let offset = definition["lineOffset"] { options.append("lineOffset: \(offset.text)") }
    if let meta = definition["importMeta"], !meta.members.isEmpty {
      options.append("initializeImportMeta: __h.meta(\(meta.text))")
    }
    if let dynamic = definition["dynamic"] {
      options.append("importModuleDynamically: __h.dynamic(\(dynamic.text))")
    }
    let source = JSONValue.string(code).text
    add("js void new vm.SourceTextModule(\(source), { \(options.joined(separator: ", ")) })")
  }

  private mutating func writeSynthetic(
    _ name: String, _ definition: JSONValue, _ context: String
  ) {
    if let names = definition["exportNames"] {
      let identifier = JSONValue.string(name).text
      return add(
        "js void new vm.SyntheticModule(\(names.text), function () {}, "
          + "{ identifier: \(identifier) })")
    }
    let exports = definition["exports"]?.members ?? []
    let special = ["log", "logStatuses", "reenter", "throw", "set", "async"]
    guard special.contains(where: { definition[$0] != nil }) else {
      let words = exports.map { export in
        let value = export.value.isObject ? "(\(export.value.text))" : export.value.text
        return " \(Self.name(export.key))=\(value)"
      }
      return add("synthetic \(Self.name(name))\(words.joined())\(context)")
    }
    let words = exports.map { " \(Self.name($0.key))" }.joined()
    addHeredoc("synthetic \(Self.name(name))\(words)\(context) do", body(name, definition, exports))
  }

  /// The evaluation steps of a synthetic module that does more than set its exports.
  private func body(
    _ name: String, _ definition: JSONValue, _ exports: [JSONValue.Member]
  ) -> String {
    var lines: [String] = []
    if let line = definition["log"] { lines.append("console.log(\(line.text));") }
    if definition["logStatuses"] == true {
      let names = JSONValue.strings(nodeCase.modules.map(\.name)).text
      lines.append(
        "console.log(\(names).map((n) => n + '=' + __h.modules[n].status).join(' '));")
    }
    if let other = definition["reenter"] {
      lines.append(
        """
        __h.modules[\(other.text)].evaluate().then(
          () => console.log('reentrant evaluate resolved'),
          (e) => console.log('reentrant evaluate rejected: ' + (e.code ?? e.name) + ' ' + e.message));
        """)
    }
    if let message = definition["throw"] {
      lines.append("throw new Error(\(message.text));")
    } else if definition["set"] != false {
      lines += exports.map {
        "this.setExport(\(JSONValue.string($0.key).text), \($0.value.text));"
      }
    }
    switch definition["async"]?.string {
    case "reject": lines.append("return Promise.reject(new Error('async synthetic rejection'));")
    case "resolve":
      let done = JSONValue.string("\(name) async done").text
      lines.append(
        "return new Promise((r) => setTimeout(() => { console.log(\(done)); r(); }, 5));")
    default: break
    }
    return lines.joined(separator: "\n")
  }
}
