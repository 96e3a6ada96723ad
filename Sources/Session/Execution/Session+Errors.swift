internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  /// What a person and a program are told of a failure.
  func describe(_ error: any Error, in command: ScriptCommand) -> CommandFailure {
    switch error {
    case let failure as CommandFailure: return failure
    case let error as CommandError: return CommandFailure(error, in: command)
    case let problem as FileProblem:
      let file = command.redirection?.path ?? "the file"
      return CommandFailure(CommandError(.unwritableFile(file, problem)), in: command)
    case let phased as PhasedFailure:
      var described = describe(phased.failure, phased.phase)
      if described.diagnostic.hints.isEmpty { described.diagnostic.hints = phased.hints }
      return described
    case let failure as VMFailure: return describe(failure, .parse)
    case let error as ScriptError: return describe(host.failure(of: error), .evaluate)
    default: return CommandFailure(message: "\(error)")
    }
  }

  func describe(_ failure: VMFailure, _ phase: ErrorReport.Phase) -> CommandFailure {
    switch failure.kind {
    case .node(let name, let code, let message):
      return describe(node: failure, name, code, message, phase)
    case .syntax(let error, let source):
      let report = ErrorReport(
        name: "SyntaxError", message: error.message, phase: .parse, module: source.name,
        position: source.position(at: error.range.start))
      let diagnostic = Diagnostic(
        code: "SyntaxError", message: error.message,
        labels: [Diagnostic.Label(source: source, range: error.range)])
      return CommandFailure(report: report, diagnostic: diagnostic)
    case .resolution(let resolution): return describe(resolution)
    case .thrown(let thrown): return describe(thrown, phase)
    }
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
          source: text, range: request.range, text: answer.map { self.words(for: $0) } ?? "")
      ]
      if code == "ERR_VM_MODULE_NOT_MODULE" { explain(&diagnostic, answer, source, index) }
    }
    return CommandFailure(report: report, diagnostic: diagnostic)
  }

  /// `the linker answered { not: 'a module' }, an instance of Object`
  private func words(for answer: AnsweredRequest) -> String {
    if answer.type == "promise" { return "the linker answered with a promise" }
    if answer.text == answer.type { return "the linker answered \(answer.text)" }
    return "the linker answered \(answer.text), \(answer.type)"
  }

  private func explain(
    _ diagnostic: inout Diagnostic, _ answer: AnsweredRequest?, _ module: SourceTextModule,
    _ index: Int
  ) {
    diagnostic.notes = ["A linker answers with a SourceTextModule or a SyntheticModule."]
    var hints: [String] = []
    if let rule = answer?.rule { hints.append("unresolve \(rule)") }
    let request = module.moduleRequests[index]
    if registry[request.specifier] == nil {
      let names = module.source.parsed.importEntries.compactMap { entry -> String? in
        guard entry.request == index, case .name(let name) = entry.importName else { return nil }
        return name
      }
      let exports =
        names.isEmpty ? "x=1" : names.map { "\(quotedName($0))=1" }.joined(separator: " ")
      hints.append("synthetic \(quotedName(request.specifier)) \(exports)")
    }
    hints.append("reset \(quotedName(name(of: module)))")
    diagnostic.hints = hints
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
    case .missingExport(let module):
      let exports = module.namespaceExports().map(\.name)
      let exporter = host.module(of: module).map { name(of: $0) } ?? module.identifier
      diagnostic.notes = [
        exports.isEmpty
          ? "\(exporter) exports nothing."
          : "\(exporter) exports \(exports.joined(separator: ", "))."
      ]
      let near = NearestNames.of(resolution.name, among: exports)
      if let nearest = near.first { diagnostic.labels[0].text = "did you mean \(nearest)?" }
      diagnostic.hints = ["show \(quotedName(exporter))"]
    case .ambiguousStar(_, let candidates):
      for candidate in candidates {
        let exporter = host.module(of: candidate.module).map { name(of: $0) } ?? ""
        diagnostic.notes.append("One candidate is the export of \(exporter).")
      }
    case .circular(let path):
      let names = path.map { hop in
        "\(hop.exportName) of \(host.module(of: hop.module).map { name(of: $0) } ?? "")"
      }
      diagnostic.notes = ["The name leads back to itself: " + names.joined(separator: " → ") + "."]
    case .noSourceObject, .notLoaded: break
    }
    return CommandFailure(report: report, diagnostic: diagnostic)
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
    if description.primitive != nil { diagnostic.code = "thrown" }
    if let place = description.place {
      report.position = place.position
      if let entry = registry.all.first(where: { $0.module.identifier == place.source }) {
        report.module = entry.name
        if let source = (entry.module as? SourceTextModule)?.source.parsed.source,
          let offset = source.offset(of: place.position)
        {
          diagnostic.labels = [
            Diagnostic.Label(source: source, range: word(at: offset, in: source))
          ]
        }
      }
    }
    if description.frames.count > 1 { diagnostic.stack = description.frames.map(\.text) }
    return CommandFailure(report: report, diagnostic: diagnostic)
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

  /// A promise was rejected and nobody handled it.
  func noteUnhandled(_ failure: VMFailure) {
    let described = describe(failure, .evaluate)
    var diagnostic = described.diagnostic
    diagnostic.notes.insert("A promise was rejected with it, and nothing handles that.", at: 0)
    diagnostic.severity = .warning
    sawUnhandled = true
    if keepsReports { report.unhandled.append(described.report) }
    output.diagnostic(diagnostic)
  }
}
