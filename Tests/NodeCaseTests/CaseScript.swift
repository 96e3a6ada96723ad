import Foundation
import Session

/// The session script of a case and, for every command, the step that it belongs to and what its
/// answer is good for. Commands are used where the command language has them; `js` with
/// `modules.NAME` stands for the rest.
struct CaseScript {
  enum Role: Hashable {
    case setup, operation, quiet, status, missing, sync, namespace, namespaceValue, value, text
  }

  struct Entry {
    let step: Int?
    let role: Role
    let text: String
  }

  let nodeCase: NodeCase
  var entries: [Entry] = []
  var text = ""
  var step: Int?

  init(_ nodeCase: NodeCase) throws {
    self.nodeCase = nodeCase
    add("option names off", .setup)
    addHeredoc("script", Self.prelude, .setup)
    let isFresh = nodeCase.rules.text.contains("fresh")
    let definitions = isFresh ? nodeCase.modules.map(Self.definition) : []
    add(
      "js void (__h.modules = modules, __h.rules = \(nodeCase.rules.text), "
        + "__h.async = \(nodeCase.hasAsyncLinker), "
        + "__h.defs = \(JSONValue.object(definitions).text))", .setup)
    var contexts: [String] = []
    for context in nodeCase.modules.compactMap({ $0.definition["context"]?.string })
    where !contexts.contains(context) {
      contexts.append(context)
      add("context \(Self.name(context))", .setup)
    }
    for (index, (step, observed)) in zip(nodeCase.steps, nodeCase.observed).enumerated() {
      self.step = index
      if step["op"] == "create" {
        try create(step, observed)
      } else {
        try write(step, observed)
      }
      add("status", .status)
    }
  }

  private static let prelude = NodeCase.text(of: "prelude.js").trimmingCharacters(in: .newlines)

  private static func definition(_ module: (name: String, definition: JSONValue))
    -> JSONValue
    .Member
  {
    let definition = module.definition
    return .init(
      module.name,
      [
        "kind": definition["kind"] ?? nil, "code": definition["code"] ?? nil,
        "exports": definition["exports"] ?? [:],
      ])
  }

  private mutating func create(_ step: JSONValue, _ observed: JSONValue) throws {
    let chosen = step["modules"]?.array.compactMap(\.string) ?? nodeCase.modules.map(\.name)
    for name in chosen {
      try writeModule(name)
      if observed["failedModule"]?.string == name { break }
    }
    let index = self.step
    self.step = nil
    add("js void (__h.modules = modules)", .setup)
    writeRules()
    self.step = index
  }

  // MARK: - Words

  mutating func add(_ text: String, _ role: Role = .operation) {
    entries.append(Entry(step: step, role: role, text: text))
    self.text += text + "\n"
  }

  mutating func addHeredoc(_ head: String, _ body: String, _ role: Role = .operation) {
    var tag = "END"
    let lines = body.components(separatedBy: "\n")
    while lines.contains(tag) { tag += "_" }
    add("\(head) <<\(tag)\n\(body)\n\(tag)", role)
  }

  /// A name, quoted when it needs to be.
  static func name(_ text: String) -> String {
    text.wholeMatch(of: /[A-Za-z_][\w.]*/) != nil ? text : "'\(text)'"
  }

  /// The module object in JavaScript.
  static func module(_ text: String) -> String {
    text.wholeMatch(of: /[A-Za-z_]\w*/) != nil
      ? "modules.\(text)" : "modules[\(JSONValue.string(text).text)]"
  }
}

/// A case that no script can be written for.
struct Inexpressible: Error {
  let reason: String
}
