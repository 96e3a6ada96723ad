/// A binding of a module's environment.
package struct BindingRow: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    case const, `let`, `var`, function, `class`, `import`, namespace
  }

  /// The binding that an import refers to.
  package struct Origin: Hashable, Sendable {
    package var module: String
    package var export: String

    package init(module: String, export: String) {
      self.module = module
      self.export = export
    }
  }

  package var name: String
  package var kind: Kind
  package var isInitialized: Bool
  /// The value as `inspect` shows it.
  package var text: String
  package var origin: Origin?

  package init(
    name: String, kind: Kind, isInitialized: Bool, text: String, origin: Origin? = nil
  ) {
    self.name = name
    self.kind = kind
    self.isInitialized = isInitialized
    self.text = text
    self.origin = origin
  }

  package func json() -> JSONValue {
    [
      "name": .string(name),
      "kind": .string(kind.rawValue),
      "initialized": .bool(isInitialized),
      "text": .string(text),
      "from": origin.map { ["module": .string($0.module), "export": .string($0.export)] } ?? .null,
    ]
  }

  /// The `result` of `bindings`.
  package static func json(_ rows: [BindingRow]) -> JSONValue {
    ["bindings": .array(rows.map { $0.json() })]
  }
}

/// An export of a namespace object.
package struct NamespaceRow: Hashable, Sendable {
  package var name: String
  package var text: String
  package var isInitialized: Bool

  package init(name: String, text: String, isInitialized: Bool) {
    self.name = name
    self.text = text
    self.isInitialized = isInitialized
  }

  package func json() -> JSONValue {
    ["name": .string(name), "text": .string(text), "initialized": .bool(isInitialized)]
  }

  /// The `result` of `namespace`.
  package static func json(_ rows: [NamespaceRow]) -> JSONValue {
    ["exports": .array(rows.map { $0.json() })]
  }
}

/// A rule as `rules` and `resolve` show it.
package struct RuleRow: Hashable, Sendable {
  package var number: Int
  package var rule: SpecifierRule
  /// A warning to it: the module that it names is not registered.
  package var warning: String?

  package init(number: Int, rule: SpecifierRule, warning: String? = nil) {
    self.number = number
    self.rule = rule
    self.warning = warning
  }

  package func json() -> JSONValue {
    [
      "number": .int(number), "rule": .string(rule.text),
      "pattern": .string(rule.pattern.text), "target": .string(rule.target.text),
      "for": .optional(rule.referrer),
      "with": .object(rule.attributes.map { .init($0.key, .string($0.value)) }),
      "hits": .int(rule.hits),
    ]
  }
}

/// One step of `which`: a rule tried, and whether it would answer.
package struct RuleTrial: Hashable, Sendable {
  /// `rule 2`, `names`, `built-in`.
  package var what: String
  package var detail: String
  package var answers: Bool
  /// Why not, or what.
  package var reason: String

  package init(what: String, detail: String, answers: Bool, reason: String) {
    self.what = what
    self.detail = detail
    self.answers = answers
    self.reason = reason
  }

  package func json() -> JSONValue {
    [
      "what": .string(what), "detail": .string(detail), "answers": .bool(answers),
      "reason": .string(reason),
    ]
  }
}
