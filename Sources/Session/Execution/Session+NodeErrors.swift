internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Node's own errors: the request that was answered wrongly, by whom and with what.
extension Session {
  func describe(
    node failure: VMFailure, _ name: String, _ code: String, _ message: String,
    _ phase: ErrorReport.Phase
  ) -> CommandFailure {
    let cause = failure.cause.map { describe($0, phase) }
    var report = ErrorReport(
      name: name, code: code.isEmpty ? nil : code, message: message, phase: phase,
      cause: cause?.report)
    var diagnostic = Diagnostic(
      code: code.isEmpty ? name : code, message: message, cause: cause?.diagnostic)
    if let (module, index) = failure.request, let source = module as? SourceTextModule {
      let range = source.moduleRequests[index].range
      report.module = self.name(of: module)
      report.position = source.source.parsed.source.position(at: range.start)
      let answer = answers[RequestKey(module: ObjectIdentifier(module), index: index)]
      diagnostic.labels = [label(source.source, range)]
      if let answered = failure.answeredModule {
        explain(answered, to: index, of: source, &diagnostic)
      } else if failure.otherLink != nil {
        explain(otherLinkOf: failure, source, index, &diagnostic)
      } else if code == "ERR_VM_MODULE_LINK_FAILURE" {
        explainNoAnswer(failure, source, index, &diagnostic)
      } else {
        diagnostic.labels[0].text =
          answer.map { words(for: $0, failure.fulfilment) }
          ?? (code == "ERR_VM_MODULE_NOT_MODULE" ? words(forAnswer: failure.fulfilment) : "")
        if let failed = source.linkHistory?.failed, failed.failure === failure,
          failed.request == index, code != ScriptCommand.interruptedCode
        {
          if let answer, !["nobody", "loading"].contains(answer.type) {
            diagnostic.labels[0].text = words(for: answer, failed)
          }
          diagnostic.hints = repairs(of: index, in: source) + resets(after: failure, source)
        }
        if code == "ERR_VM_MODULE_NOT_MODULE" {
          diagnostic.notes = ["A linker answers with a SourceTextModule or a SyntheticModule."]
          diagnostic.hints = repairs(of: index, in: source) + resets(after: failure, source)
        }
      }
    }
    if failure.request == nil, let object = failure.objectIfMade {
      // Code of a person called what failed.
      addPlace(host.engine.describe(object), &report, &diagnostic)
    }
    if let note = Self.fileNote(code, message) { diagnostic.notes.append(note) }
    if let path = failure.missingFile, let note = noteOfFile(meantBy: path) {
      diagnostic.notes.append(note)
    }
    var described = CommandFailure(report: report, diagnostic: diagnostic)
    if let object = failure.objectIfMade { addImport(object, to: &described) }
    return described
  }

  // MARK: - A module that cannot be linked

  /// It is errored, or of another context.
  private func explain(
    _ answered: VMModule, to index: Int, of module: SourceTextModule,
    _ diagnostic: inout Diagnostic
  ) {
    let (other, this) = (name(of: answered), name(of: module))
    guard answered.context === module.context else {
      diagnostic.labels[0].text =
        "the linker answered \(other), a module of the context \(answered.context.name)"
      diagnostic.notes = ["\(this) is a module of the context \(module.context.name)."]
      diagnostic.hints = hints(forContextsOf: answered, module)
      return
    }
    diagnostic.labels[0].text = "the linker answered \(other), which is errored"
    if let link = (answered as? SourceTextModule)?.linkHistory?.attempt, answered.hasLinkFailure,
      let begun = words(forBeginOf: link)
    {
      diagnostic.notes.append("It failed in the link \(begun).")
    }
    // What lets the other one be linked, where that is known.
    diagnostic.hints = ["why \(quotedName(other))"]
    diagnostic.hints += diagnostic.cause.flatMap(\.hints).filter(repairsSomething)
    diagnostic.cause = diagnostic.cause.map(\.withoutHints)
    let isKnown = registry[other]?.module === answered
    let names = (isKnown ? [answered] : []) + (module.status == .errored ? [module] : [])
    if !names.isEmpty {
      diagnostic.hints.append(
        "reset " + names.map { quotedName(name(of: $0)) }.joined(separator: " "))
    }
  }

  /// One of the two is defined again, in the other's context: the one whose own requests lead there.
  private func hints(forContextsOf answered: VMModule, _ module: SourceTextModule) -> [String] {
    let this = quotedName(name(of: module))
    if fits(answered, in: module.context, except: module),
      let again = redefinition(of: answered, in: module.context)
    {
      return [again] + (module.status == .errored ? ["reset \(this)"] : []) + ["link \(this)"]
    }
    if fits(module, in: answered.context, except: answered),
      let again = redefinition(of: module, in: answered.context)
    {
      return [again, "link \(this)"]
    }
    return ["status \(this) \(quotedName(name(of: answered)))"]
  }

  /// Whether all that a module requests is in a context, as far as names tell.
  private func fits(_ module: VMModule, in context: VMContext, except other: VMModule) -> Bool {
    guard let source = module as? SourceTextModule else { return true }
    return source.moduleRequests.allSatisfy { request in
      guard let found = try? destination(of: request, in: source)?.module else { return false }
      return found === other || found.context === context
    }
  }

  /// The command that defines a module again, in another context; nil when a line cannot say it.
  private func redefinition(of module: VMModule, in context: VMContext) -> String? {
    guard let entry = module.payload as? ModuleEntry, registry[entry.name] === entry else {
      return nil
    }
    switch entry.definition {
    case .source(_, var definition):
      definition.context = context.name == "main" ? nil : context.name
      return LogWriter.line(of: .module(definition))
    case .synthetic(var definition):
      definition.context = context.name == "main" ? nil : context.name
      return LogWriter.line(of: .synthetic(definition))
    case .json, .file, .script: return nil
    }
  }

  // MARK: - No answer yet

  /// Two links at once: Node's `link()` waits for the answers to its own questions only.
  private func explain(
    otherLinkOf failure: VMFailure, _ owner: SourceTextModule, _ index: Int,
    _ diagnostic: inout Diagnostic
  ) {
    guard let other = failure.otherLink else { return }
    let ownerName = name(of: owner)
    diagnostic.labels[0].text = "there was no answer to this yet"
    if let root = failure.link.flatMap({ host.module($0.root) }), root !== owner,
      let way = path(from: root.record, to: { $0 === owner.record })
    {
      diagnostic.labels += hops(way).compactMap { hop in
        hop.place.map { label in
          Diagnostic.Label(
            source: label.source, range: label.range, text: "\(hop.from) asked for \(hop.to)")
        }
      }
    }
    let root = host.module(other.root).map { name(of: $0) } ?? "another module"
    if owner.linkHistory?.attempt === other {
      for hop in requesters(of: owner)
      where !diagnostic.labels.contains(where: { $0.isSamePlace(as: hop.place) }) {
        guard var label = hop.place else { continue }
        label.text = "\(hop.from) had asked for \(hop.to) before"
        diagnostic.labels.append(label)
      }
    }
    let begun = words(forBeginOf: other).map { ", \($0)," } ?? ""
    let which = root == ownerName ? "its own link" : "the link of \(root)"
    diagnostic.notes = [
      "\(ownerName) was in the middle of \(which)\(begun) which waited for an answer. A link does not "
        + "wait for what another one has asked: it fails."
    ]
    var answer = WhyAnswer(
      module: ownerName, status: .linking, record: "", reason: .waitsForLinker, headline: "")
    if owner.status == .linking { wait(for: other, in: &answer) }
    for part in answer.parts {
      switch part {
      case .sentence(let sentence): diagnostic.notes.append(sentence)
      case .place(let label):
        if let same = diagnostic.labels.firstIndex(where: { $0.isSamePlace(as: label) }) {
          diagnostic.labels[same].text = label.text
        } else {
          diagnostic.labels.append(label)
        }
      default: break
      }
    }
    diagnostic.hints = answer.hints
    // What its link failed by is another story.
    if owner.status == .errored {
      diagnostic.hints += ["why \(quotedName(ownerName))", "reset \(quotedName(ownerName))"]
    }
    if let root = failure.link.flatMap({ host.module($0.root) }), root.status == .unlinked {
      diagnostic.hints.append("link \(quotedName(name(of: root)))")
    }
  }

  /// Nobody has asked for a module to this request, or the link that did has failed.
  private func explainNoAnswer(
    _ failure: VMFailure, _ owner: SourceTextModule, _ index: Int, _ diagnostic: inout Diagnostic
  ) {
    let ownerName = quotedName(name(of: owner))
    guard owner.hasLinkFailure else {
      diagnostic.labels[0].text = "no module was given for this request"
      return
    }
    diagnostic.labels[0].text = "the link of \(name(of: owner)) failed before this had its module"
    diagnostic.hints = ["why \(ownerName)"]
    guard let root = failure.link.flatMap({ host.module($0.root) }), root !== owner else {
      diagnostic.hints += repairs(of: index, in: owner) + ["reset \(ownerName)"]
      return
    }
    // A rule answered with a module whose link was still going on: its function had begun that.
    if let hop = path(from: root.record, to: { $0 === owner.record })?.last,
      let asker = host.module(of: hop.module) as? SourceTextModule
    {
      let request = asker.moduleRequests[hop.request]
      let rules = rulesFor(request.specifier, request.attributes, referrer(asker))
      if !rules.isEmpty { diagnostic.hints += repairs(of: hop.request, in: asker) }
    }
    diagnostic.hints += repairs(of: index, in: owner) + ["reset \(ownerName)"]
    if root.status == .errored { diagnostic.hints.append("reset \(quotedName(name(of: root)))") }
    diagnostic.hints.append("link \(quotedName(name(of: root)))")
  }

  /// `begun by "link main"`
  func words(forBeginOf link: LinkAttempt) -> String? {
    (link.payload as? LinkBegin).map {
      "begun by \(quoted(TerminalText.cut(oneLine($0.command), to: 50)))"
    }
  }

  // MARK: - An answer that failed in another link

  /// A linker that threw or rejected with the error of another link, which its function had begun.
  func addRejection(_ failure: VMFailure, to described: inout CommandFailure) {
    let found = host.allModules.lazy.compactMap { $0 as? SourceTextModule }.first { module in
      guard let failed = module.linkHistory?.failed, failed.failure === failure else {
        return false
      }
      return failure.link !== module.linkHistory?.attempt
    }
    guard let module = found, let failed = module.linkHistory?.failed, let inner = failure.link
    else { return }
    let range = module.moduleRequests[failed.request].range
    let answer = answers[RequestKey(module: ObjectIdentifier(module), index: failed.request)]
    let who = answer?.rule.map { "rule \($0)" } ?? "the linker"
    let root = host.module(inner.root).map { name(of: $0) } ?? "another module"
    let text =
      "\(who) \(failed.hasThrown ? "threw" : "rejected this request with") the error of its link of "
      + root
    let place = label(module.source, range, text)
    if let same = described.diagnostic.labels.firstIndex(where: { $0.isSamePlace(as: place) }) {
      described.diagnostic.labels[same].text += "; \(text)"
    } else {
      described.diagnostic.labels.append(place)
    }
    described.diagnostic.notes.append(
      "A link links what its linker answers: the function need not.")
    // The two links waited for each other; else the inner one failed by something of its own.
    if let other = failure.otherLink, other === module.linkHistory?.attempt, answer?.rule != nil {
      described.diagnostic.hints = repairs(of: failed.request, in: module)
    }
    described.diagnostic.hints.removeAll { $0.hasPrefix("link ") }
    described.diagnostic.hints += resets(after: failure, module)
  }

  // MARK: - What to do

  /// What lets a request be answered otherwise: a rule goes, another one comes, a module gets its name.
  func repairs(of index: Int, in module: SourceTextModule) -> [String] {
    let request = module.moduleRequests[index]
    return repairs(
      of: request.specifier, request.attributes, referrer(module),
      answeredBy: answers[RequestKey(module: ObjectIdentifier(module), index: index)]?.rule,
      synthetic: syntheticHint(for: index, of: module.source))
  }

  /// The same for any request. `synthetic`: the command that gives its specifier a module.
  func repairs(
    of specifier: String, _ attributes: [ImportAttribute], _ referrer: Referrer,
    answeredBy rule: Int?, synthetic: String
  ) -> [String] {
    let rules = rulesFor(specifier, attributes, referrer)
    let isNamed =
      registry[specifier].map {
        $0.module.context === referrer.module?.context ?? host.mainContext
          && $0.module.status != .errored
      } ?? false
    var hints: [String] = []
    if registry[specifier] == nil, rules.isEmpty, rule == nil,
      let near = moduleMeant(by: specifier, in: referrer)
    {
      return ["resolve \(quoted(specifier)) => \(quotedName(near))"]
    }
    if rules.count == 1, options.names || registry[specifier] == nil {
      hints.append("unresolve \(rules[0])")
    }
    if registry[specifier] == nil {
      hints.append(synthetic)
    } else if !isNamed {
      return hints
    }
    if rules.count > 1 || (!options.names && !rules.isEmpty) {
      hints.append("resolve \(quoted(specifier)) => \(quotedName(specifier))")
    } else if !options.names {
      hints.append("option names on")
    }
    return hints
  }

  /// The numbers of the rules that match a request, import maps among them.
  func rulesFor(
    _ specifier: String, _ attributes: [ImportAttribute], _ referrer: Referrer
  ) -> [Int] {
    rules.filter { attached in
      if case .importMap(let map, _) = attached.rule.target {
        switch map.resolve(specifier, base: baseURL(of: referrer)) {
        case .mapped, .blocked: return true
        case .bare, .unmapped: return false
        }
      }
      return attached.rule.match(
        specifier: specifier, referrer: referrer.name,
        attributes: attributes.map { ($0.key, $0.value) }, regularExpression: matchExpression)
        != nil
    }.map(\.number)
  }

  /// Fresh records for all modules that a link failure left errored or stuck, the root first.
  func resets(after failure: VMFailure, _ owner: SourceTextModule) -> [String] {
    var names = requesters(of: owner).map(\.from)
    names.append(name(of: owner))
    names = names.filter { name in
      guard let module = registry[name]?.module else { return false }
      return module.status == .errored || module.status == .linking
    }
    if names.isEmpty { return [] }
    return names.count > 6 ? ["reset"] : ["reset " + names.map(quotedName).joined(separator: " ")]
  }

  /// The one other module whose name is nearly the specifier, or is it but for `./` or an ending.
  private func moduleMeant(by specifier: String, in referrer: Referrer) -> String? {
    let near = NearestNames.ofModule(
      specifier, among: registry.names.filter { $0 != referrer.name })
    return near.count == 1 ? near.first : nil
  }

  // MARK: - Answers in words

  /// `the linker answered { not: 'a module' }, an instance of Object`
  func words(for answer: AnsweredRequest, _ fulfilment: JavaScriptValue?) -> String {
    // The message of a file or an import map says it all.
    if answer.type == "loading" { return "" }
    if answer.type == "nobody" { return "nobody answered" }
    if answer.type == "rejection" {
      return (answer.rule.map { "rule \($0)" } ?? "the linker") + " rejected this request"
    }
    if answer.type == "promise" { return "the linker answered with a promise" }
    // What the promise of an answer was fulfilled with is what Node looks at.
    if let value = fulfilment, value.isObject == false || answer.type == "an instance of Promise" {
      let text = oneLine(host.engine.inspector.inspect(value))
      let words = typed(text, host.engine.inspector.received(value))
      if answer.type == "an instance of Promise" {
        return "the linker's promise was fulfilled with \(words)"
      }
    }
    return "the linker answered \(typed(answer.text, answer.type))"
  }

  /// `rule 1 rejected this request`
  /// JavaScript that links answered with no module.
  private func words(forAnswer value: JavaScriptValue?) -> String {
    guard let value else { return "this was answered with undefined" }
    let inspector = host.engine.inspector
    let shown = typed(oneLine(inspector.inspect(value)), inspector.received(value))
    return "this was answered with \(shown)"
  }

  private func words(for answer: AnsweredRequest, _ failed: LinkHistory.FailedAnswer) -> String {
    guard let rule = answer.rule else { return "no rule answers this" }
    return failed.hasThrown
      ? "rule \(rule) threw at this request" : "rule \(rule) rejected this request"
  }

  /// A value and its type: `42, a number`.
  func typed(_ text: String, _ type: String) -> String {
    if text == type { return text }
    if type.hasPrefix("function") { return "\(text), a function" }
    guard type.hasPrefix("type ") else { return "\(text), \(type)" }
    return "\(text), a \(type.dropFirst(5).prefix { $0 != " " })"
  }
}

/// The command that began a link.
final class LinkBegin {
  let command: String

  init(command: String) { self.command = command }
}

extension Diagnostic.Label {
  func isSamePlace(as other: Self?) -> Bool {
    guard let other else { return false }
    return range == other.range && source.name == other.source.name
      && source.bytes == other.source.bytes
  }
}
