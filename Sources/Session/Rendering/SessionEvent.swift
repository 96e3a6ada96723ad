/// Something that happens while a command runs and is shown at once.
package enum SessionEvent: Hashable, Sendable {
  /// In Node's words.
  case transition(module: String, from: String, to: String)
  case request(RequestRow)
  case console(level: String, text: String)
  /// Any other remark about a module.
  case note(module: String, text: String)
}

/// A question to the linker.
package struct RequestRow: Hashable, Sendable {
  package enum Answer: Hashable, Sendable {
    /// A rule's value, as `inspect` shows it.
    case rule(Int, value: String)
    /// A rule's module.
    case ruleModule(Int, module: String)
    /// The registry has a module of this name.
    case registered(module: String)
    case builtin(String)
    case importMap(module: String)
    /// The promise of a `delay` or `pending` rule.
    case waiting(Int, what: String)
    case nothing
    case threw(Int, value: String)
    case rejected(Int, value: String)
  }

  package var referrer: String
  package var specifier: String
  package var attributes: [SpecifierRule.Attribute]
  package var answer: Answer

  package init(
    referrer: String, specifier: String, attributes: [SpecifierRule.Attribute] = [],
    answer: Answer
  ) {
    self.referrer = referrer
    self.specifier = specifier
    self.attributes = attributes
    self.answer = answer
  }

  var question: String {
    var text = "asks for \(quoted(specifier))"
    if !attributes.isEmpty {
      text += " with " + attributes.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
    return text
  }

  var reply: String {
    switch answer {
    case .rule(let rule, let value): return "rule \(rule) answers \(value)"
    case .ruleModule(let rule, let module): return "rule \(rule) answers the module \(module)"
    case .registered(let module): return "the module \(module)"
    case .builtin(let name): return "the built-in \(name)"
    case .importMap(let module): return "the import map: \(module)"
    case .waiting(let rule, let what): return "rule \(rule) answers later: \(what)"
    case .nothing: return "no rule answers: undefined"
    case .threw(let rule, let value): return "rule \(rule) throws \(value)"
    case .rejected(let rule, let value): return "rule \(rule) rejects with \(value)"
    }
  }
}
