/// `PATTERN => TARGET [for REFERRER] [with KEY=VALUE…]`
package struct SpecifierRule: Hashable, Sendable {
  package struct Attribute: Hashable, Sendable {
    package var key: String
    package var value: String
  }

  package var pattern: RulePattern
  package var target: RuleTarget
  /// The name of the only module whose requests it answers.
  package var referrer: String?
  /// Attributes that a request must have; others do not matter.
  package var attributes: [Attribute]
  /// How often it answered.
  package var hits = 0

  package init(
    pattern: RulePattern, target: RuleTarget, referrer: String? = nil, attributes: [Attribute] = []
  ) {
    self.pattern = pattern
    self.target = target
    self.referrer = referrer
    self.attributes = attributes
  }

  /// Whether it answers a request, and with what captured.
  package func match(
    specifier: String, referrer: String?, attributes: [(key: String, value: String)],
    regularExpression: RulePattern.RegularExpressionMatcher
  ) -> RulePattern.Match? {
    if let wanted = self.referrer, wanted != referrer { return nil }
    for wanted in self.attributes
    where !attributes.contains(where: { $0.key == wanted.key && $0.value == wanted.value }) {
      return nil
    }
    return pattern.match(specifier, regularExpression: regularExpression)
  }

  /// The command that attaches it.
  package var command: String {
    if case .importMap = target { return target.text }
    return "resolve " + text
  }

  /// As it is typed after `resolve`; an import map as the whole command.
  package var text: String {
    if case .importMap = target { return target.text }
    var text = "\(pattern.text) => \(target.text)"
    if let referrer { text += " for \(quotedName(referrer))" }
    if !attributes.isEmpty {
      text += " with"
      for attribute in attributes {
        text += " \(quotedName(attribute.key))=\(quotedName(attribute.value))"
      }
    }
    return text
  }
}

/// What a linker answers.
package indirect enum RuleTarget: Hashable, Sendable {
  /// A registered module; `*` and `$1` stand for what the pattern captured.
  case module(String)
  case value(CarriedText)
  case `throw`(CarriedText)
  case reject(CarriedText)
  case delay(milliseconds: Int, RuleTarget)
  case pending
  case ask
  case function(CarriedText)
  case file(FileReference)
  /// Attached by `import-map`; the rule's pattern does not matter.
  case importMap(ImportMap, SourceOperand)

  /// Whether a function answers, be it after a delay.
  package var isFunction: Bool {
    switch self {
    case .function: true
    case .delay(_, let target): target.isFunction
    default: false
    }
  }

  /// As it is typed.
  package var text: String {
    switch self {
    case .module(let name): return quotedName(name)
    case .value(let text): return "value \(text.text)"
    case .throw(let text): return "throw \(text.text)"
    case .reject(let text): return "reject \(text.text)"
    case .delay(let milliseconds, let target): return "delay \(milliseconds) \(target.text)"
    case .pending: return "pending"
    case .ask: return "ask"
    case .function(let text): return "js \(text.text)"
    case .file(let reference): return "file \(quotedName(reference.path))"
    case .importMap(_, .file(let reference)): return "import-map from \(quotedName(reference.path))"
    case .importMap(_, .text(let text)): return "import-map = \(text.text)"
    }
  }
}
