import Foundation
import Session
import Testing

/// A scenario of `node-vm-cases.json`: modules, the linker's rules, steps, and what Node 24 was seen
/// to do after each. `JSONValue` all the way down: a step has a dozen shapes.
struct NodeCase: Sendable, CustomTestStringConvertible {
  let name: String
  let modules: [(name: String, definition: JSONValue)]
  let rules: JSONValue
  let hasAsyncLinker: Bool
  let steps: [JSONValue]
  let observed: [JSONValue]

  var testDescription: String { name }

  init(_ json: JSONValue) {
    name = json["name"]?.string ?? ""
    modules = (json["modules"] ?? nil).members.map { ($0.key, $0.value) }
    rules = json["rules"] ?? [:]
    hasAsyncLinker = json["linker"]?.string == "async"
    steps = (json["steps"] ?? nil).array
    observed = (json["observed"] ?? nil).array
  }

  /// The first words of the name that say what the case is about.
  var category: String {
    for two in ["not-module", "missing-export", "sync-api"] where name.hasPrefix(two) { return two }
    return name.split(separator: "-").first.map(String.init) ?? name
  }

  /// The modules and the rules, to tell text that a case brings along from text the engine made.
  var ownText: String {
    modules.map { $0.definition.text }.joined(separator: "\n") + rules.text
  }

  static let all: [NodeCase] = read()

  static func text(of file: String) -> String {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return (try? String(contentsOf: directory.appendingPathComponent(file), encoding: .utf8)) ?? ""
  }

  static func schemaText() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Documentation/json-schema.json"), encoding: .utf8)
  }

  private static func read() -> [NodeCase] {
    let json = try? JSONReader.value(of: text(of: "node-vm-cases.json"))
    return (json?["cases"] ?? nil).array.map(NodeCase.init)
  }
}
