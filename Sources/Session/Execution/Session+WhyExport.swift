internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// `why EXPORT in NAME`: ResolveExport, told call by call.
extension Session {
  func why(_ export: String, in name: String) throws -> CommandOutcome {
    let answer = answer(why: export, in: try entry(name).module)
    return CommandOutcome(result: answer.json()) { $0.why(answer) }
  }

  private func answer(why export: String, in module: VMModule) -> WhyExportAnswer {
    let trace = module.record.resolveExportTrace(export)
    let moduleName = name(of: module)
    let shownExport = renderer.quotedIfOdd(export)
    var answer = WhyExportAnswer(
      export: export, module: moduleName, resolution: "unresolved",
      headline: "\(moduleName) has no export \(shownExport).")
    answer.steps = trace.steps.map { step(of: $0) }
    switch trace.answer {
    case .resolved(let binding):
      let owner = name(of: binding.module)
      let binding = (local: words(for: binding), binding: binding)
      answer.resolution = "resolved"
      answer.binding = BindingRow.Origin(module: owner, export: binding.local.json)
      answer.headline = "\(shownExport) of \(moduleName) is \(binding.local.text)."
      if let place = place(of: binding.binding, text: "this binding") {
        answer.places = [place]
      }
      if !module.record.isLinked {
        answer.sentences.append("\(moduleName) is not linked yet: a link may answer otherwise.")
        answer.hints.append("link \(quotedName(moduleName))")
      } else if module.status == .linked {
        answer.hints.append("evaluate \(quotedName(moduleName))")
      } else {
        answer.hints.append("namespace \(quotedName(moduleName))")
      }
    case .ambiguous:
      answer.resolution = "ambiguous"
      answer.headline =
        "\(shownExport) of \(moduleName) is ambiguous: two export * lead to different bindings."
      for (index, binding) in trace.conflict.enumerated() {
        let text = index == 0 ? "the first candidate" : "the second candidate"
        if let place = place(of: binding, text: text) {
          answer.places.append(place)
        } else {
          answer.sentences.append("A candidate is \(words(for: binding).text).")
        }
      }
      answer.sentences.append(
        "To import it is a SyntaxError; the namespace of \(moduleName) leaves it out.")
      answer.sentences.append(
        "An export of that name in \(moduleName) itself would decide, "
          + "such as: export { \(shownExport) } from one of them.")
      answer.hints.append("show \(quotedName(moduleName))")
    case .unresolved: explainUnresolved(trace, module, in: &answer)
    }
    if momentWatch != nil { answer.hints = [] }
    return answer
  }

  private func explainUnresolved(
    _ trace: ResolutionTrace, _ module: VMModule, in answer: inout WhyExportAnswer
  ) {
    let moduleName = name(of: module)
    let isCircular =
      trace.steps.last?.rule == .askedBefore
      && trace.steps.allSatisfy { step in
        switch step.rule {
        case .reexport, .askedBefore: true
        default: false
        }
      }
    if isCircular {
      answer.headline =
        "\(renderer.quotedIfOdd(answer.export)) of \(moduleName) is nothing: its re-exports lead back."
      answer.sentences.append("One of them must declare it: nothing here does.")
    }
    let unanswered = trace.steps.contains { step in
      if case .notLoaded = step.rule { return true }
      return step.module.asSourceText.map { source in
        step.rule == .stars
          && source.parsed.starExportEntries.contains { source.loadedModules[$0.request] == nil }
      } ?? false
    }
    if unanswered {
      answer.headline =
        "\(renderer.quotedIfOdd(answer.export)) of \(moduleName) cannot be looked up before it is linked."
      answer.hints = ["link \(quotedName(moduleName))"]
      return
    }
    let exports = module.record.namespaceExports().map(\.name)
    answer.sentences.append(
      exports.isEmpty
        ? "\(moduleName) exports nothing."
        : "\(moduleName) exports \(list(exports.map { renderer.quotedIfOdd($0) })).")
    if let last = trace.steps.last(where: { $0.rule == .notExported }), last.parent != nil {
      let others = last.module.namespaceExports().map { renderer.quotedIfOdd($0.name) }
      let other = name(of: last.module)
      answer.sentences.append(
        others.isEmpty ? "\(other) exports nothing." : "\(other) exports \(list(others)).")
    }
    let near = NearestNames.of(answer.export, among: exports)
    if let nearest = near.first {
      answer.sentences.append("Did you mean \(renderer.quotedIfOdd(nearest))?")
      answer.hints.append("why \(quotedName(nearest)) in \(quotedName(moduleName))")
    } else if answer.export != "default", exports == ["default"] {
      answer.sentences.append("Its only export is the default: import it without braces.")
      answer.hints.append("why default in \(quotedName(moduleName))")
    }
    answer.hints.append("show \(quotedName(moduleName))")
  }

  // MARK: - Words

  private func words(for binding: ResolvedBinding) -> (text: String, json: String) {
    let owner = name(of: binding.module)
    switch binding.bindingName {
    case .namespace: return ("the namespace of \(owner)", "*")
    case .deferredNamespace: return ("the deferred namespace of \(owner)", "*")
    case .source: return ("the source of \(owner)", "source")
    case .name(let local):
      if local == "*default*" { return ("the default export of \(owner)", local) }
      return ("the binding \(renderer.quotedIfOdd(local)) of \(owner)", local)
    }
  }

  /// Where the binding is declared; if that is unknown, where it is exported.
  func place(of binding: ResolvedBinding, text: String) -> Diagnostic.Label? {
    guard let source = binding.module.asSourceText, let exported = binding.exportRange else {
      return nil
    }
    var range = exported
    if case .name(let local) = binding.bindingName,
      let declaration = source.parsed.declarations.first(where: { $0.name == local })
    {
      range = declaration.range
    }
    return label(source, range, text)
  }

  private func step(of step: ResolutionTrace.Step) -> WhyExportAnswer.Step {
    let moduleName = name(of: step.module)
    var told = WhyExportAnswer.Step(
      asked: "\(renderer.quotedIfOdd(step.exportName)) of \(moduleName)", module: moduleName,
      export: step.exportName, depth: step.depth, rule: "", answers: false)
    if case .resolved = step.answer { told.answers = true }
    if case .ambiguous = step.answer { told.answers = true }
    let source = step.module.asSourceText
    switch step.rule {
    case .askedBefore: told.rule = "asked before: that adds nothing"
    case .synthetic: told.rule = "\(moduleName) is synthetic and has that name"
    case .notExported:
      told.rule = "no export of that name" + (source == nil ? "" : ", and no export *")
    case .defaultIsNoStar: told.rule = "no default of its own; export * never passes one on"
    case .stars:
      told.rule = "no entry of that name: each export * is asked"
      if let source, let entry = source.parsed.starExportEntries.first {
        told.place = label(source, entry.range)
      }
    case .local(let index):
      guard let source else { break }
      let entry = source.parsed.localExportEntries[index]
      told.rule =
        entry.localName == entry.exportName || entry.localName == "*default*"
        ? "its own export"
        : "its own \(entry.localName), exported as \(renderer.quotedIfOdd(entry.exportName))"
      told.place = label(source, entry.range)
    case .reexport(let index), .namespace(let index), .notLoaded(let index):
      guard let source else { break }
      let entry = source.parsed.indirectExportEntries[index]
      let specifier = quoted(source.parsed.requests[entry.request].specifier)
      told.place = label(source, entry.range)
      switch (step.rule, entry.importName) {
      case (.notLoaded, _): told.rule = "a re-export from \(specifier), which is not linked yet"
      case (_, .all): told.rule = "the namespace of \(specifier)"
      case (_, .name(let name)):
        told.rule = "a re-export of \(renderer.quotedIfOdd(name)) from \(specifier)"
      }
    }
    return told
  }
}
