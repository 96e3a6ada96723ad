internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  /// What a person and a program are told of a failure.
  func describe(_ error: any Error, in command: ScriptCommand) -> CommandFailure {
    var described = describeWithAllHints(error, in: command)
    described.diagnostic.hints = usable(described.diagnostic.hints)
    // What the prompt reads, a replay may read otherwise: `s` may be several commands, or is none.
    if recorder != nil, sourceDepth == 0, case .failure = command.parsed {
      let again = command.asRecorded
      if case .failure(let error) = again.parsed {
        var recorded = Diagnostic(error, in: again)
        recorded.hints = usable(recorded.hints)
        described.diagnostic.recorded = [recorded]
      }
    }
    return described
  }

  /// What JavaScript made cannot be reset, nor linked again once it is errored: it can be removed.
  func usable(_ hints: [String]) -> [String] {
    var hints = hints.filter(namesOnlyFilesThatAreThere)
    if hints.isEmpty { return hints }
    let made = registry.all.filter { if case .script = $0.definition { true } else { false } }
      .map(\.name)
    if !made.isEmpty {
      hints = hints.flatMap { hint -> [String] in
        guard case .reset(let names)? = command(hint), names.contains(where: made.contains) else {
          return [hint]
        }
        let rest = names.filter { !made.contains($0) }.map(quotedName)
        let gone = names.filter(made.contains).map(quotedName)
        return (rest.isEmpty ? [] : ["reset " + rest.joined(separator: " ")])
          + ["remove " + gone.joined(separator: " ")]
      }
      let removed = Set(
        hints.flatMap { hint -> [String] in
          guard case .remove(let names)? = command(hint) else { return [] }
          return names
        })
      hints.removeAll { hint in
        switch command(hint) {
        case .link(let name, _), .evaluate(let name, _, _): removed.contains(name)
        default: false
        }
      }
    }
    hints = namingOnlyWhatIsThere(hints)
    hints = stepped == nil ? linkingOnlyWhatIsUnlinked(hints) : usableBetweenSteps(hints)
    // What is typed now is typed in another session than that of `at N`: only a look is right in both.
    return momentWatch == nil ? hints : hints.filter(isLooking)
  }

  private func command(_ hint: String) -> Command? {
    var reader = CommandReader(hint, scanner: ModuleSyntaxScanner())
    guard case .command(let command)? = reader.next() else { return nil }
    return try? command.parsed.get()
  }

  /// Built-in modules, and those that were taken out of the registry, cannot be looked at by name.
  private func namingOnlyWhatIsThere(_ hints: [String]) -> [String] {
    var defined: Set<String> = []
    return hints.filter { hint in
      switch command(hint) {
      case .module(let definition): defined.insert(definition.name)
      case .synthetic(let definition): defined.insert(definition.name)
      case .show(let name), .why(.module(let name)), .why(.export(_, module: let name)),
        .bindings(let name), .namespace(let name),
        .link(let name, _), .evaluate(let name, _, _), .instantiate(let name):
        return registry[name] != nil || defined.contains(name)
      case .reset(let names), .remove(let names):
        return names.allSatisfy { registry[$0] != nil || defined.contains($0) }
      default: break
      }
      return true
    }
  }

  private func isLooking(_ hint: String) -> Bool {
    let word = hint.prefix { $0 != " " }
    return CommandName(rawValue: String(word)).map { CommandTable.syntax(of: $0).isLooking }
      ?? false
  }

  /// A module whose link failed or goes on cannot be linked again as it is: `why` has what can be done.
  private func linkingOnlyWhatIsUnlinked(_ hints: [String]) -> [String] {
    var remade: Set<String> = []
    var usable: [String] = []
    for hint in hints {
      var hint = hint
      switch command(hint) {
      case .reset(let names): remade.formUnion(names.isEmpty ? registry.names : names)
      case .module(let definition): remade.insert(definition.name)
      case .link(let name, _) where !remade.contains(name):
        let status = registry[name]?.module.status
        if status == .errored || status == .linking { hint = "why \(quotedName(name))" }
      default: break
      }
      if !usable.contains(hint) { usable.append(hint) }
    }
    return usable
  }

  private func namesOnlyFilesThatAreThere(_ hint: String) -> Bool {
    guard hint.hasPrefix("load ") || hint.hasPrefix("source ") else { return true }
    switch command(hint) {
    case .load(let file, _), .source(let file): return outside.exists(file.resolved)
    default: return true
    }
  }

  private func usableBetweenSteps(_ hints: [String]) -> [String] {
    let usable = hints.filter { !(command($0)?.isRefusedBetweenSteps ?? false) }
    return usable.isEmpty && !hints.isEmpty ? ["step", "continue"] : usable
  }

  private func describeWithAllHints(
    _ error: any Error, in command: ScriptCommand
  ) -> CommandFailure {
    switch error {
    case let failure as CommandFailure: return failure
    case let error as CommandError: return CommandFailure(error, in: command)
    case let problem as FileProblem:
      let file = command.redirection?.path ?? "the file"
      return CommandFailure(CommandError(.unwritableFile(file, problem)), in: command)
    case let phased as PhasedFailure:
      var described = describe(phased.failure, phased.phase)
      if described.diagnostic.hints.isEmpty { described.diagnostic.hints = phased.hints }
      if let subject = phased.subject {
        if phased.phase == .evaluate { nameThrower(phased.failure, subject, in: &described) }
        nameWhy(subject, in: &described)
      }
      return described
    case let failure as VMFailure: return describe(failure, .parse)
    case let error as ScriptError: return describe(host.failure(of: error), .evaluate)
    default: return CommandFailure(message: "\(error)")
    }
  }

  /// `why` has more to say when the failure came from another module, or from the order.
  private func nameWhy(_ subject: String, in described: inout CommandFailure) {
    let isElsewhere = described.report.module.map { $0 != subject } ?? false
    guard isElsewhere || described.report.message.hasSuffix("before initialization"),
      !described.diagnostic.hints.contains(where: { $0.hasPrefix("why ") })
    else { return }
    described.diagnostic.hints.append("why \(quotedName(subject))")
  }

  /// A value that is no error has no place: the module that threw it is all that is known.
  private func nameThrower(
    _ failure: VMFailure, _ subject: String, in described: inout CommandFailure
  ) {
    guard described.diagnostic.labels.isEmpty, described.report.module == nil,
      let module = registry[subject]?.module, has(failure, module.record)
    else { return }
    let origin = origin(of: failure, reachedFrom: module.record)
    switch failure.kind {
    case .thrown: break
    // `setExport` of a synthetic module throws Node's own.
    case .node where origin.asSourceText == nil: break
    default: return
    }
    let thrower = name(of: origin)
    described.report.module = thrower
    addThrownImport(failure, by: origin, to: &described)
    guard described.diagnostic.labels.isEmpty else { return }
    described.diagnostic.notes.append(
      described.report.name == nil
        ? "\(thrower) threw it: a value with no stack, so there is no place to show."
        : wordsForNoPlace(thrower, described.report))
    if thrower == subject { described.diagnostic.hints.append("show \(quotedName(thrower))") }
  }

  private func describeAlone(
    _ failure: VMFailure, _ phase: ErrorReport.Phase
  ) -> CommandFailure {
    switch failure.kind {
    case .node(let name, let code, let message):
      return describe(node: failure, name, code, message, phase)
    case .syntax(let error, let source) where error.isInterrupted:
      return CommandFailure(interrupted: "reading \(quotedName(source.name)) was interrupted")
    case .syntax(let error, let source):
      let report = ErrorReport(
        name: "SyntaxError", message: error.message, phase: .parse, module: source.name,
        position: source.position(at: error.range.start))
      let diagnostic = Diagnostic(
        code: "SyntaxError", message: error.message,
        labels: [Diagnostic.Label(source: source, range: error.range)])
      return CommandFailure(report: report, diagnostic: diagnostic)
    case .resolution(let resolution): return describe(resolution)
    case .thrown(let thrown):
      let described = describe(thrown, phase)
      return phase == .resolve ? atRequest(failure, described) : described
    }
  }

  /// A value that is no object, and came out of an `import()` of who threw it.
  func addThrownImport(
    _ failure: VMFailure, by thrower: ModuleRecord, to described: inout CommandFailure
  ) {
    guard case .thrown(let thrown) = failure.kind, let value = thrown.value, !value.isObject else {
      return
    }
    addImport(value, thrownBy: thrower, to: &described)
  }

  /// With the request that failed by it, where that was in another link.
  func describe(_ failure: VMFailure, _ phase: ErrorReport.Phase) -> CommandFailure {
    var described = describeAlone(failure, phase)
    addRejection(failure, to: &described)
    return described
  }

  /// What a linker threw, or its promise was rejected with, has its place at the request too.
  private func atRequest(_ failure: VMFailure, _ described: CommandFailure) -> CommandFailure {
    guard let (module, index) = failure.request, let source = module as? SourceTextModule,
      described.diagnostic.labels.isEmpty
    else { return described }
    var described = described
    let range = source.moduleRequests[index].range
    let answer = answers[RequestKey(module: ObjectIdentifier(module), index: index)]
    let who = answer?.rule.map { "rule \($0)" } ?? "the linker"
    let text =
      answer?.type == "error"
      ? "\(who) threw at this request" : "\(who) rejected this request"
    described.diagnostic.labels = [label(source.source, range, text)]
    if described.report.module == nil {
      described.report.module = name(of: module)
      described.report.position = source.source.parsed.source.position(at: range.start)
    }
    described.diagnostic.hints += repairs(of: index, in: source) + resets(after: failure, source)
    described.diagnostic.hints.append("why \(quotedName(name(of: module)))")
    return described
  }

  // MARK: - Thrown values

  private func describe(
    _ thrown: JavaScriptThrown, _ phase: ErrorReport.Phase
  ) -> CommandFailure {
    guard let value = thrown.value else {
      if let stopped = VMFailure.stopped(thrown.kind) { return describe(stopped, phase) }
      return CommandFailure(message: "The code was stopped.")
    }
    var described = describe(host.engine.describe(value), phase)
    noteContext(of: value, &described.diagnostic)
    if value.isObject { addImport(value, to: &described) }
    return described
  }

  /// An error is one of the context whose code made it: `instanceof` knows it only there.
  private func noteContext(of value: JavaScriptValue, _ diagnostic: inout Diagnostic) {
    guard let owner = host.context(owning: value), !owner.isMain else { return }
    diagnostic.notes.append("It is an error of the context \(owner.name), not of main.")
  }

  private func describe(
    _ description: ErrorDescription, _ phase: ErrorReport.Phase
  ) -> CommandFailure {
    let cause = description.cause.map { describe($0, phase) }
    var report = ErrorReport(
      name: description.name, code: description.code, message: description.message, phase: phase,
      stack: description.isError && !description.frames.isEmpty ? description.stack : nil,
      cause: cause?.report)
    var diagnostic = Diagnostic(
      code: description.code ?? description.name, message: description.message,
      cause: cause?.diagnostic)
    if description.primitive != nil || diagnostic.code?.isEmpty ?? true {
      diagnostic.code = "thrown"
    }
    addPlace(description, &report, &diagnostic)
    return CommandFailure(report: report, diagnostic: diagnostic)
  }

  /// The place of an error, and its stack.
  func addPlace(
    _ description: ErrorDescription, _ report: inout ErrorReport, _ diagnostic: inout Diagnostic
  ) {
    if let (frame, position) = description.place {
      report.position = position
      let origin = origin(of: frame)
      report.module = origin.map { name(of: $0.record) }
      let source = origin.map(\.source) ?? scriptSource(of: frame)
      if let source, let offset = source.offset(of: position) {
        let range = word(at: offset, in: source)
        diagnostic.labels = [Diagnostic.Label(source: source, range: range)]
        if description.message == "Assignment to constant variable.",
          let record = origin?.record.asSourceText
        {
          diagnostic.labels[0].text = words(forAssignmentTo: source.slice(range), in: record)
        }
      }
    }
    // Functions of the engine are no places of the person's.
    let places = description.frames.filter { $0.source != nil }
    if places.count > 1 { diagnostic.stack = places.map(\.line) }
  }

  /// The module in whose text a frame is; a stack that JavaScript wrote has names alone.
  private func origin(of frame: StackFrame) -> (record: ModuleRecord, source: SourceText?)? {
    if let record = frame.text?.module { return (record, record.asSourceText?.parsed.source) }
    guard
      let record = registry.all.first(where: { $0.module.identifier == frame.source })?.module
        .record
    else { return nil }
    guard let text = frame.text else { return (record, record.asSourceText?.parsed.source) }
    // The evaluation steps of a synthetic module are a script.
    guard record.asSynthetic != nil, text.source.lineOffset == Self.linesBeforeBody else {
      return nil
    }
    return (record, text.source)
  }

  /// The script in whose text a frame is. A line of `js` stands above the error already, and around an
  /// expression are words of ours.
  private func scriptSource(of frame: StackFrame) -> SourceText? {
    guard let text = frame.text, text.module == nil else { return nil }
    let source = text.source
    switch source.name {
    case "expression": return nil
    case "js": return source.bytes.contains(UInt8(ascii: "\n")) ? source : nil
    default: return source
    }
  }

  /// An import cannot be assigned to: its exporter has the variable.
  private func words(
    forAssignmentTo local: String, in record: SourceTextModuleRecord
  ) -> String {
    guard
      let index = record.parsed.importEntries.firstIndex(where: { $0.localName == local }),
      index < record.importBindings.count
    else { return "" }
    return
      "\(local) is an import: only \(name(of: record.importBindings[index].module)) can change it"
  }

  /// The name or the one character at an offset.
  private func word(at offset: Int, in source: SourceText) -> SourceRange {
    var end = offset
    while end < source.bytes.count {
      switch source.bytes[end] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F, 0x80...: end += 1
      default: return SourceRange(offset, max(end, min(offset + 1, source.bytes.count)))
      }
    }
    return SourceRange(offset, end)
  }

  /// A promise was rejected, or a callback threw, and nobody handled it.
  func noteUnhandled(_ failure: VMFailure, _ note: String) {
    self.note(late: describe(failure, .evaluate), note, .warning)
  }

  /// Tells of a failure that is not that of the command that runs.
  func note(
    late described: CommandFailure, _ note: String, _ severity: Diagnostic.Severity = .error
  ) {
    var diagnostic = described.diagnostic
    diagnostic.notes.insert(note, at: 0)
    diagnostic.severity = severity
    diagnostic.hints = usable(diagnostic.hints)
    sawUnhandled = true
    document?.note(unhandled: described.report)
    if keepsReports { report.unhandled.append(described.report) }
    output.diagnostic(diagnostic)
  }
}
