import ModuleLinking
import ModuleSyntax

/// A graph of modules for a test, with an evaluator of its own.
final class Graph {
  let agent = ModuleAgent.checked()
  let evaluator = ScriptedEvaluator()
  private(set) var names: [String] = []
  private var records: [String: ModuleRecord] = [:]

  /// A graph of bare imports, `a > b c` for each module, separated by `;`. A name followed by `~` has
  /// top-level await, one followed by `!` throws, one in brackets is synthetic.
  init(_ text: String) {
    evaluatorIsSet()
    var requests: [(String, [String])] = []
    for line in text.split(whereSeparator: { $0 == ";" || $0.isNewline }) {
      let sides = line.split(separator: ">").map { $0.split(separator: " ").map(String.init) }
      guard let name = sides.first?.first else { continue }
      requests.append((name, sides.count > 1 ? sides[1] : []))
    }
    let defined = Set(requests.map { Self.bareName($0.0) })
    for (_, targets) in requests {
      for target in targets where !defined.contains(Self.bareName(target)) {
        if !requests.contains(where: { $0.0 == target }) { requests.append((target, [])) }
      }
    }
    for (name, targets) in requests {
      let bare = Self.bareName(name)
      if name.contains("!") { evaluator.throwing[bare] = Thrown(bare) }
      if name.hasPrefix("[") {
        add(SyntheticModuleRecord(identifier: bare, exportNames: ["value"], in: agent))
      } else {
        var parsed = ParsedModule(source: SourceText("", name: bare))
        parsed.requests = targets.map { ModuleRequest(specifier: Self.bareName($0)) }
        if name.contains("~") { parsed.firstTopLevelAwait = SourceRange(0, 0) }
        add(SourceTextModuleRecord(identifier: bare, parsed: parsed, in: agent))
      }
    }
    load()
  }

  /// Modules with sources in the little language of `ParsedModule.init(statements:name:)`.
  init(sources: KeyValuePairs<String, String>) {
    evaluatorIsSet()
    for (name, source) in sources {
      let parsed = ParsedModule(statements: source, name: name)
      add(SourceTextModuleRecord(identifier: name, parsed: parsed, in: agent))
    }
    load()
  }

  private func evaluatorIsSet() {
    agent.evaluator = evaluator
  }

  private static func bareName(_ name: String) -> String {
    name.filter { !"~![]".contains($0) }
  }

  private func add(_ record: ModuleRecord) {
    names.append(record.identifier)
    records[record.identifier] = record
  }

  private func load() {
    for case let module as SourceTextModuleRecord in records.values {
      for (request, wanted) in module.parsed.requests.enumerated() {
        if let answer = records[wanted.specifier.filter { !"./".contains($0) }] {
          module.setLoadedModule(answer, request: request, in: agent)
        }
      }
    }
  }

  var all: [ModuleRecord] { names.compactMap { records[$0] } }

  subscript(name: String) -> ModuleRecord {
    if let record = records[name] { return record }
    let missing = SyntheticModuleRecord(identifier: name, exportNames: [], in: agent)
    records[name] = missing
    return missing
  }

  func source(_ name: String) -> SourceTextModuleRecord {
    if let source = self[name].asSourceText { return source }
    return SourceTextModuleRecord(
      identifier: name, parsed: ParsedModule(source: SourceText("", name: name)), in: agent)
  }

  @discardableResult
  func link(_ name: String) -> ResolutionFailure? {
    LinkOperation(self[name], in: agent).run()
  }

  @discardableResult
  func evaluate(_ name: String) -> EvaluationCapability {
    EvaluateOperation(self[name], in: agent).run()
  }

  var violations: [String] { GraphInvariants.violations(of: all) }

  /// `a:linked b:evaluated!b`, in the order of definition; after `!` stands who threw.
  var statuses: String {
    all.map { module in
      var error = ""
      switch module.evaluationError {
      case nil: break
      case .thrown(let value as Thrown): error = "!" + value.name
      case .thrown, .resolution: error = "!"
      }
      return "\(module.identifier):\(module.status.word)\(error)"
    }.joined(separator: " ")
  }
}

extension EvaluationCapability {
  /// `pending`, `fulfilled`, or `rejected` with who threw.
  var word: String {
    switch state {
    case .pending: "pending"
    case .fulfilled: "fulfilled"
    case .rejected(.thrown(let value as Thrown)): "rejected " + value.name
    case .rejected: "rejected"
    }
  }
}
