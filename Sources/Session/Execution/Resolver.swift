internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// A rule with its number, which it keeps. A delayed answer still needs it when it is attached no
/// more.
final class AttachedRule {
  let number: Int
  var rule: SpecifierRule
  /// The function of a `js` rule, once evaluated.
  var function: JavaScriptValue?

  init(number: Int, rule: SpecifierRule) {
    self.number = number
    self.rule = rule
  }
}

/// A request that a `pending` rule took.
final class PendingRequest {
  let request: Session.RuleRequest
  let settle: (LinkerAnswer) -> Void

  init(_ request: Session.RuleRequest, settle: @escaping (LinkerAnswer) -> Void) {
    self.request = request
    self.settle = settle
  }

  var specifier: String { request.specifier }
  var referrer: String { request.referrer.name }
  var rule: Int { request.number }
}

struct RequestKey: Hashable {
  var module: ObjectIdentifier
  var index: Int
}

/// An answer, in words.
struct AnsweredRequest {
  var rule: Int?
  var text: String
  var type: String
  /// When a delayed one comes.
  var due: Double?
}

/// Who asks: a module, or a script.
struct Referrer {
  var name: String
  var module: SourceTextModule?
  /// The file whose directory relative specifiers start at.
  var file: String?
}

extension Session {
  /// The linker that `link` passes.
  var linker: Linker {
    { [unowned self] request, module in
      progress.advance("linking")
      return answer(
        request.specifier, request.attributes, referrer(module), request: request)
    }
  }

  /// Tries the rules from the last to the first, then names, then the built-in modules.
  func answer(
    _ specifier: String, _ attributes: [ImportAttribute], _ referrer: Referrer,
    request: ModuleRequest?, importing open: OpenImport? = nil
  ) -> LinkerAnswer {
    // A graph of thousands of modules asks here for a long time.
    if isStopped(.working), let stopped = VMFailure.stopped(.interrupted) {
      return .rejected(stopped)
    }
    for attached in rules.reversed() {
      let rule = attached.rule
      if case .importMap(let map, _) = rule.target {
        let asked = RuleRequest(
          specifier: specifier, attributes: attributes, referrer: referrer,
          match: RulePattern.Match(), rule: attached, request: request, open: open)
        if let answer = answer(asked, map) { return answer }
        continue
      }
      guard
        let match = rule.match(
          specifier: specifier, referrer: referrer.name,
          attributes: attributes.map { ($0.key, $0.value) }, regularExpression: matchExpression)
      else { continue }
      attached.rule.hits += 1
      let asked = RuleRequest(
        specifier: specifier, attributes: attributes, referrer: referrer, match: match,
        rule: attached, request: request, open: open)
      return answer(asked, with: rule.target)
    }
    // Most requests of a big graph end here, and nothing more is made of them.
    if options.names, let entry = registry[specifier] {
      host.recordTransitions()
      open?.answer = nil
      tell(
        .registered(module: entry.name), to: specifier, attributes, referrer.name, rule: nil,
        text: entry.name)
      return .module(entry.module)
    }
    var row: RequestRow.Answer = .nothing
    var answer = LinkerAnswer.undefined
    if let builtin = builtin(specifier, for: referrer) {
      row = .builtin(specifier)
      answer = .module(builtin)
    }
    let asked = RuleRequest(
      specifier: specifier, attributes: attributes, referrer: referrer,
      match: RulePattern.Match(), rule: nil, request: request, open: open)
    note(asked, row, Self.words(of: row), type: "undefined")
    if givesFileMeta, case .undefined = answer {
      // A program is loaded by Node's loader, which has no answer `undefined`.
      let failure = unanswered(specifier, referrer)
      fileAnswers?.note(asked, 0, .failure(describe(failure, .resolve).report))
      return .rejected(failure)
    }
    return answer
  }

  struct RuleRequest {
    var specifier: String
    var attributes: [ImportAttribute]
    var referrer: Referrer
    var match: RulePattern.Match
    /// What answers; nil when no rule does.
    var rule: AttachedRule?
    /// A request of the referrer that linking asks for.
    var request: ModuleRequest?
    /// The `import()` that asks.
    var open: OpenImport?
    /// The question was told when it was asked; this is its delayed answer.
    var isLate = false

    var number: Int { rule?.number ?? 0 }
  }

  private static func words(of row: RequestRow.Answer) -> String {
    switch row {
    case .registered(let module), .ruleModule(_, let module), .importMap(let module): module
    case .builtin(let name): name
    case .nothing: "undefined"
    case .rule(_, let value), .threw(_, let value), .rejected(_, let value): value
    case .waiting(_, let what): what
    }
  }

  func note(
    _ request: RuleRequest, _ answer: RequestRow.Answer, _ text: String, type: String,
    due: Double? = nil
  ) {
    // What happened before the question stands before it.
    host.recordTransitions()
    remember(
      request, answer,
      AnsweredRequest(
        rule: request.rule?.number, text: text, type: type, due: due))
    tell(
      answer, to: request.specifier, request.attributes, request.referrer.name,
      rule: request.rule?.number, text: text, isLate: request.isLate)
  }

  private func tell(
    _ answer: RequestRow.Answer, to specifier: String, _ attributes: [ImportAttribute],
    _ referrer: String, rule: Int?, text: String, isLate: Bool = false
  ) {
    guard showsTransitions else { return }
    let attributes = attributes.map { SpecifierRule.Attribute(key: $0.key, value: $0.value) }
    output.event(
      .request(
        RequestRow(
          referrer: referrer, specifier: specifier, attributes: attributes, answer: answer)))
    if keepsReports, !isLate {
      report.requests.append(
        RequestReport(
          specifier: specifier, attributes: attributes, referrer: referrer, rule: rule,
          answer: text))
    }
  }

  /// Keeps what was answered, for reports of failures: not modules, which are known.
  private func remember(
    _ request: RuleRequest, _ answer: RequestRow.Answer, _ answered: AnsweredRequest
  ) {
    switch answer {
    case .ruleModule, .registered, .builtin, .importMap:
      request.open?.answer = nil
      return
    default: break
    }
    request.open?.answer = answered
    guard let module = request.referrer.module, let question = request.request,
      let index = module.moduleRequests.firstIndex(of: question)
    else { return }
    answers[RequestKey(module: ObjectIdentifier(module), index: index)] = answered
  }

  // MARK: - Targets

  func answer(_ request: RuleRequest, with target: RuleTarget) -> LinkerAnswer {
    let number = request.number
    switch target {
    case .module(let pattern):
      let name = request.match.substituted(into: pattern)
      guard let entry = registry[name] else {
        note(request, .rule(number, value: "undefined"), "undefined", type: "undefined")
        return .undefined
      }
      note(request, .ruleModule(number, module: name), name, type: "module")
      return .module(entry.module)
    case .value(let text):
      switch evaluate(text, for: request.referrer) {
      case .value(let value): return answer(request, number, value: value)
      case .thrown(let thrown): return thrownAnswer(request, number, thrown)
      }
    case .throw(let text):
      switch evaluate(text, for: request.referrer) {
      case .value(let value): return thrownAnswer(request, number, JavaScriptThrown(value))
      case .thrown(let thrown): return thrownAnswer(request, number, thrown)
      }
    case .reject(let text):
      switch evaluate(text, for: request.referrer) {
      case .value(let value):
        let failure = host.failure(of: ModuleError.thrown(JavaScriptThrown(value)))
        let shown = words(forThrown: value)
        note(request, .rejected(number, value: shown), shown, type: "rejection")
        return .rejected(failure)
      case .thrown(let thrown): return thrownAnswer(request, number, thrown)
      }
    case .delay(let milliseconds, let target):
      note(
        request, .waiting(number, what: "after \(milliseconds) ms"), "delay", type: "promise",
        due: host.timers.now + Double(milliseconds))
      return .later { [unowned self] settle in
        host.timers.add(after: Double(milliseconds)) { [unowned self] in
          var late = request
          late.isLate = true
          settle(answer(late, with: target))
        }
      }
    case .pending:
      note(
        request, .waiting(number, what: "answer \(quoted(request.specifier)) => …"), "pending",
        type: "promise")
      return .later { [unowned self] settle in
        pending.append(PendingRequest(request, settle: settle))
      }
    case .ask: return ask(request, number)
    case .function(let text):
      return answer(request, number, function: text)
    case .file(let directory):
      return answer(request, number, directory: directory)
    case .importMap: return .undefined
    }
  }

  private func answer(
    _ request: RuleRequest, _ number: Int, value: JavaScriptValue
  ) -> LinkerAnswer {
    if let module = host.module(ofObject: value) {
      note(request, .ruleModule(number, module: name(of: module)), name(of: module), type: "module")
      return .module(module)
    }
    let shown = oneLine(host.engine.inspector.inspect(value))
    note(request, .rule(number, value: shown), shown, type: host.engine.inspector.received(value))
    return .value(value)
  }

  private func thrownAnswer(
    _ request: RuleRequest, _ number: Int, _ thrown: JavaScriptThrown
  ) -> LinkerAnswer {
    let failure = host.failure(of: ModuleError.thrown(thrown))
    let shown = thrown.value.map { words(forThrown: $0) } ?? "a stop"
    note(request, .threw(number, value: shown), shown, type: "error")
    return .thrown(failure)
  }

  /// `Error: no`, without the stack that an error shows; other values as they are shown.
  private func words(forThrown value: JavaScriptValue) -> String {
    let described = host.engine.describe(value)
    guard described.isError, let name = described.name else {
      return oneLine(host.engine.inspector.inspect(value))
    }
    return oneLine(described.message.isEmpty ? name : "\(name): \(described.message)")
  }

  private func answer(
    _ request: RuleRequest, _ number: Int, function text: CarriedText
  ) -> LinkerAnswer {
    let function: JavaScriptValue
    if let known = request.rule?.function {
      function = known
    } else {
      switch evaluate(text, for: Referrer(name: "script", module: nil, file: nil)) {
      case .value(let value): function = value
      case .thrown(let thrown): return thrownAnswer(request, number, thrown)
      }
      // What answers a `pending` or `ask` rule is another function each time.
      if request.rule?.rule.target.isFunction == true { request.rule?.function = function }
    }
    guard function.isFunction else { return answer(request, number, value: function) }
    let answer: LinkerAnswer
    if let module = request.referrer.module {
      answer = host.call(linker: function, request.specifier, module, request.attributes)
    } else {
      let realm = host.mainContext.realm
      switch function.call([
        realm.makeString(request.specifier), realm.makeString(request.referrer.name),
        realm.makeObject(),
      ]) {
      case .value(let value): answer = .value(value)
      case .thrown(let thrown): answer = .thrown(host.failure(of: ModuleError.thrown(thrown)))
      }
    }
    switch answer {
    case .module(let module):
      note(request, .ruleModule(number, module: name(of: module)), name(of: module), type: "module")
    case .value(let value):
      let shown = oneLine(host.engine.inspector.inspect(value))
      note(request, .rule(number, value: shown), shown, type: host.engine.inspector.received(value))
    case .thrown(let failure):
      let shown = words(forThrown: host.errorObject(of: failure))
      note(request, .threw(number, value: shown), shown, type: "error")
    default: break
    }
    return answer
  }

  private func answer(
    _ request: RuleRequest, _ number: Int, directory: FileReference
  ) -> LinkerAnswer {
    do {
      let isProgram = request.rule?.rule.pattern == .filePaths
      let load = isProgram ? loadProgramFile(_:_:_:directory:) : loadFile(_:_:_:directory:)
      let entry = try load(
        request.specifier, request.attributes, request.referrer, directory.resolved)
      fileAnswers?.note(request, number, .module(entry.name))
      note(request, .ruleModule(number, module: entry.name), entry.name, type: "module")
      return .module(entry.module)
    } catch {
      return rejection(request, number, error)
    }
  }
}
