import Foundation
import Session

extension CaseScript {
  /// The recording harness's table of bad values, for TARGET `value EXPR`.
  private static let values = [
    "undefined": "undefined", "null": "null", "number": "42", "zero": "0", "NaN": "NaN",
    "string": "'dep'", "emptyString": "''", "true": "true", "false": "false", "bigint": "10n",
    "symbol": "Symbol('dep')", "object": "({})", "array": "[]", "function": "(() => {})",
    "date": "new Date(0)", "error": "new Error('i am a value')", "regexp": "/x/",
    "map": "new Map()", "nullProto": "Object.create(null)", "class": "vm.SourceTextModule",
    "promiseUndefined": "Promise.resolve(undefined)",
    "fakeModule":
      "({ status: 'linked', identifier: 'dep', namespace: {}, context: undefined, error: undefined })",
    "promiseNull": "Promise.resolve(null)", "promiseObject": "Promise.resolve({})",
    "thenableUndefined": "({ then(r) { r(undefined); } })",
    "thenableThrows": "({ then() { throw new Error('then threw'); } })",
  ]

  /// TARGET of a `resolve` command for one rule of the harness; JavaScript where the rule language
  /// has no words for it.
  private func target(_ rule: JSONValue) -> String {
    let function = nodeCase.hasAsyncLinker ? "async1" : "rule"
    let wrapped = "js ((s, r) => __h.\(function)(\(rule.text), s, r))"
    if nodeCase.hasAsyncLinker { return wrapped }
    if let name = rule.string {
      return nodeCase.modules.contains { $0.name == name } ? Self.name(name) : wrapped
    }
    if let name = rule["module"]?.string { return Self.name(name) }
    for word in ["throw", "reject"] {
      guard let text = rule[word]?.text else { continue }
      let type = rule["type"]?.string
      return "\(word) " + (type == "string" ? text : "new \(type ?? "Error")(\(text))")
    }
    if rule["never"] != nil { return "pending" }
    if let delay = rule["delay"]?.number, let then = rule["then"] {
      let inner = target(then)
      return inner.hasPrefix("js ") ? wrapped : "delay \(delay) \(inner)"
    }
    if rule["value"] == "rejectUndefined" { return "reject undefined" }
    if let value = rule["value"]?.string.flatMap({ Self.values[$0] }) { return "value \(value)" }
    return wrapped
  }

  /// The catch-all first: the rule attached last is tried first.
  mutating func writeRules() {
    let function = nodeCase.hasAsyncLinker ? "async1" : "rule"
    add(#"resolve "*" => js ((s, r) => __h.\#(function)(s.replace(/^\.\//, ''), s, r))"#)
    if !nodeCase.hasAsyncLinker { writeNameRules() }
    let rules = nodeCase.rules.members
    let general = rules.filter { !$0.key.contains(">") }
    for rule in general + rules.filter({ $0.key.contains(">") }) {
      let parts = rule.key.split(separator: ">", maxSplits: 1).map(String.init)
      let specifier = JSONValue.string(parts.last ?? "").text
      let tail = parts.count > 1 ? " for \(Self.name(parts[0]))" : ""
      guard let kinds = rule.value["byAttr"]?.members else {
        add("resolve \(specifier) => \(target(rule.value))\(tail)")
        continue
      }
      let isGeneral = { (kind: JSONValue.Member) in kind.key == "" || kind.key == "default" }
      for kind in kinds.filter(isGeneral) {
        add("resolve \(specifier) => \(target(kind.value))\(tail)")
      }
      for kind in kinds where !isGeneral(kind) {
        add("resolve \(specifier) => \(target(kind.value))\(tail) with type=\(kind.key)")
      }
    }
  }

  /// A specifier that is a module's name, with or without `./`, is that module.
  private mutating func writeNameRules() {
    let sources = nodeCase.modules.compactMap { $0.definition["code"]?.string }
      .joined(separator: "\n")
    for (name, _) in nodeCase.modules {
      for specifier in ["./" + name, name]
      where sources.contains("'\(specifier)'") || sources.contains("\"\(specifier)\"") {
        add("resolve \(JSONValue.string(specifier).text) => \(Self.name(name))")
      }
    }
  }
}
