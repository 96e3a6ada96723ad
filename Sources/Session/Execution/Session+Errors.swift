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
    var hints = hints
    for entry in registry.all {
      guard case .script = entry.definition else { continue }
      let name = quotedName(entry.name)
      guard let position = hints.firstIndex(of: "reset \(name)") else { continue }
      hints[position] = "remove \(name)"
      hints.removeAll { $0 == "link \(name)" || $0 == "evaluate \(name)" }
    }
    return stepped == nil ? hints : usableBetweenSteps(hints)
  }

  private func usableBetweenSteps(_ hints: [String]) -> [String] {
    let usable = hints.filter { hint in
      var reader = CommandReader(hint, scanner: ModuleSyntaxScanner())
      guard case .command(let command)? = reader.next(), case .success(let parsed) = command.parsed
      else { return true }
      return !parsed.isRefusedBetweenSteps
    }
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
    described.diagnostic.notes.append(
      described.report.stack == nil
        ? "\(thrower) threw it: a value with no stack, so there is no place to show."
        : wordsForNoPlace(thrower, described.report))
    if thrower == subject { described.diagnostic.hints.append("show \(quotedName(thrower))") }
  }

  func describe(_ failure: VMFailure, _ phase: ErrorReport.Phase) -> CommandFailure {
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
    if let rule = answer?.rule { described.diagnostic.hints.append("unresolve \(rule)") }
    if registry[source.moduleRequests[index].specifier] == nil {
      described.diagnostic.hints.append(syntheticHint(for: index, of: source.source))
    }
    described.diagnostic.hints.append("reset \(quotedName(name(of: module)))")
    described.diagnostic.hints.append("why \(quotedName(name(of: module)))")
    return described
  }

  // MARK: - Node's errors

  private func describe(
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
      let request = source.moduleRequests[index]
      let text = source.source.parsed.source
      report.module = self.name(of: module)
      report.position = text.position(at: request.range.start)
      let answer = answers[RequestKey(module: ObjectIdentifier(module), index: index)]
      diagnostic.labels = [
        Diagnostic.Label(
          source: text, range: request.range,
          text: answer.map { words(for: $0, failure.fulfilment) } ?? "")
      ]
      if let answered = failure.answeredModule { explain(&diagnostic, answered, source) }
      if code == "ERR_VM_MODULE_NOT_MODULE" { explain(&diagnostic, answer, source, index) }
    }
    if let note = Self.fileNote(code, message) { diagnostic.notes.append(note) }
    return CommandFailure(report: report, diagnostic: diagnostic)
  }

  /// A module that cannot be linked: it is errored, or of another context.
  private func explain(
    _ diagnostic: inout Diagnostic, _ answered: VMModule, _ module: SourceTextModule
  ) {
    let (other, this) = (name(of: answered), name(of: module))
    if answered.context === module.context {
      diagnostic.labels[0].text = "the linker answered \(other), which is errored"
      diagnostic.hints = ["why \(quotedName(other))"]
    } else {
      diagnostic.labels[0].text =
        "the linker answered \(other), a module of the context \(answered.context.name)"
      diagnostic.notes = ["\(this) is a module of the context \(module.context.name)."]
      diagnostic.hints = ["rules"]
    }
    let both = answered.context === module.context ? "\(quotedName(other)) " : ""
    diagnostic.hints.append("reset \(both)\(quotedName(this))")
  }

  /// `the linker answered { not: 'a module' }, an instance of Object`
  private func words(for answer: AnsweredRequest, _ fulfilment: JavaScriptValue?) -> String {
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

  /// A value and its type: `42, a number`.
  private func typed(_ text: String, _ type: String) -> String {
    if text == type { return text }
    if type.hasPrefix("function") { return "\(text), a function" }
    guard type.hasPrefix("type ") else { return "\(text), \(type)" }
    return "\(text), a \(type.dropFirst(5).prefix { $0 != " " })"
  }

  private func explain(
    _ diagnostic: inout Diagnostic, _ answer: AnsweredRequest?, _ module: SourceTextModule,
    _ index: Int
  ) {
    diagnostic.notes = ["A linker answers with a SourceTextModule or a SyntheticModule."]
    var hints: [String] = []
    if let rule = answer?.rule { hints.append("unresolve \(rule)") }
    let specifier = module.moduleRequests[index].specifier
    if registry[specifier] != nil {
      if answer?.rule == nil, !options.names { hints.append("option names on") }
    } else if answer?.rule == nil, let near = moduleMeant(by: specifier, in: module) {
      hints.append("resolve \(quoted(specifier)) => \(quotedName(near))")
    } else {
      hints.append(syntheticHint(for: index, of: module.source))
    }
    hints.append("reset \(quotedName(name(of: module)))")
    diagnostic.hints = hints
  }

  /// The one other module whose name is nearly the specifier, or is it but for `./` or an ending.
  private func moduleMeant(by specifier: String, in module: VMModule) -> String? {
    let own = name(of: module)
    let near = NearestNames.ofModule(specifier, among: registry.names.filter { $0 != own })
    return near.count == 1 ? near.first : nil
  }

  // MARK: - Linking

  private func describe(_ resolution: ResolutionFailure) -> CommandFailure {
    let importer = resolution.importer
    let source = importer.parsed.source
    let importerName = host.module(of: importer).map { name(of: $0) } ?? importer.identifier
    let code: String?
    if case .noSourceObject = resolution.reason {
      code = "ERR_SOURCE_PHASE_NOT_DEFINED"
    } else {
      code = nil
    }
    let report = ErrorReport(
      name: "SyntaxError", code: code, message: resolution.message, phase: .instantiate,
      module: importerName, position: source.position(at: resolution.range.start))
    var diagnostic = Diagnostic(
      code: code ?? "SyntaxError", message: resolution.message,
      labels: [Diagnostic.Label(source: source, range: resolution.range)])
    switch resolution.reason {
    case .missingExport(let module): explain(missing: resolution, in: module, &diagnostic)
    case .ambiguousStar(let module, let candidates):
      for candidate in candidates {
        let exporter = name(of: candidate.module)
        if let place = place(of: candidate, text: "one candidate: that of \(exporter)") {
          diagnostic.labels.append(place)
        } else {
          diagnostic.notes.append("One candidate is the export of \(exporter).")
        }
      }
      diagnostic.hints = ["why \(quotedName(resolution.name)) in \(argument(module))"]
    case .circular(let path):
      for (hop, next) in zip(path, path.dropFirst()) {
        guard let source = hop.module.asSourceText,
          let entry = source.parsed.indirectExportEntries.first(where: {
            $0.exportName == hop.exportName
          })
        else { continue }
        let text =
          "\(hop.exportName) of \(name(of: source)) is \(next.exportName) of "
          + name(of: next.module)
        if source === importer, entry.range == resolution.range {
          diagnostic.labels[0].text = text
        } else {
          diagnostic.labels.append(label(source, entry.range, text))
        }
      }
      let names = path.map { "\($0.exportName) of \(name(of: $0.module))" }
      diagnostic.notes = ["The name leads back to itself: " + names.joined(separator: " → ") + "."]
      if let first = path.first {
        diagnostic.hints = ["why \(quotedName(first.exportName)) in \(argument(first.module))"]
      }
    case .noSourceObject, .notLoaded: break
    }
    diagnostic.hints.append("why \(argument(importer))")
    return CommandFailure(report: report, diagnostic: diagnostic)
  }

  /// The exporter's list, the nearest name, and the import as it may be meant.
  private func explain(
    missing resolution: ResolutionFailure, in module: ModuleRecord, _ diagnostic: inout Diagnostic
  ) {
    let exports = module.namespaceExports().map(\.name)
    let exporter = name(of: module)
    let shown = exports.prefix(12).map { renderer.quotedIfOdd($0) }
    let more = exports.count > 12 ? " and \(exports.count - 12) more" : ""
    diagnostic.notes = [
      exports.isEmpty
        ? "\(exporter) exports nothing."
        : "\(exporter) exports \(shown.joined(separator: ", "))\(more)."
    ]
    if let nearest = NearestNames.of(resolution.name, among: exports).first {
      diagnostic.labels[0].text = "did you mean \(renderer.quotedIfOdd(nearest))?"
      if let repaired = repaired(resolution, with: nearest) { diagnostic.hints = [repaired] }
    } else if resolution.name == "default" {
      diagnostic.notes.append("It has no default: import a name in braces, or * as a namespace.")
    } else if exports == ["default"] {
      diagnostic.notes.append("Its only export is the default: import it without braces.")
    }
    let hasStar = module.asSourceText.map { !$0.parsed.starExportEntries.isEmpty } ?? false
    if case .ambiguous = module.resolveExport(resolution.name) {
    } else if hasStar {
      diagnostic.hints.append("why \(quotedName(resolution.name)) in \(argument(module))")
    }
    diagnostic.hints.append("show \(argument(module))")
  }

  /// The command that defines the importer again with the nearest name, when it fits on a line.
  private func repaired(_ resolution: ResolutionFailure, with name: String) -> String? {
    let importer = resolution.importer
    let source = importer.parsed.source
    guard let entry = host.module(of: importer)?.payload as? ModuleEntry,
      case .source(_, let definition) = entry.definition, entry.file == nil,
      definition.identifier == nil, definition.context == nil, definition.meta == nil,
      source.bytes.count <= 70, !source.bytes.contains(0x0A),
      source.slice(resolution.range) == resolution.name, renderer.quotedIfOdd(name) == name
    else { return nil }
    let isAliased = importer.parsed.importEntries.contains {
      $0.importRange == resolution.range && $0.localName != resolution.name
    }
    let isImport = importer.parsed.importEntries.contains { $0.importRange == resolution.range }
    let isRenamed = importer.parsed.indirectExportEntries.contains {
      $0.range == resolution.range && $0.exportName != resolution.name
    }
    // The name that the module goes on to use stays as it is.
    let text =
      isAliased || (!isImport && isRenamed) || resolution.name == "default"
      ? name : "\(name) as \(resolution.name)"
    let before = String(decoding: source.bytes[..<resolution.range.start], as: UTF8.self)
    let after = String(decoding: source.bytes[resolution.range.end...], as: UTF8.self)
    return "module \(quotedName(entry.name)) = \(before)\(text)\(after)"
  }

  // MARK: - Thrown values

  private func describe(
    _ thrown: JavaScriptThrown, _ phase: ErrorReport.Phase
  ) -> CommandFailure {
    guard let value = thrown.value else {
      if let stopped = VMFailure.stopped(thrown.kind) { return describe(stopped, phase) }
      return CommandFailure(message: "The code was stopped.")
    }
    return describe(host.engine.describe(value), phase)
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
    return CommandFailure(report: report, diagnostic: diagnostic)
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
    let described = describe(failure, .evaluate)
    var diagnostic = described.diagnostic
    diagnostic.notes.insert(note, at: 0)
    diagnostic.severity = .warning
    sawUnhandled = true
    document?.note(unhandled: described.report)
    if keepsReports { report.unhandled.append(described.report) }
    output.diagnostic(diagnostic)
  }
}
