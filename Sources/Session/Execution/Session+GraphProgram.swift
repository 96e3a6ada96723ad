internal import GraphRendering
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  /// `modlab graph ENTRY…`: loads programs from disk, links them, and shows their graph, its cycles
  /// and everything that does not link.
  package func showGraph(
    ofPrograms paths: [String], format: GraphFormat, importMap: String?
  ) -> CommandReport {
    let command = ScriptCommand(
      file: nil, line: 1, text: "graph " + paths.map(quotedName).joined(separator: " "),
      expectedError: nil, redirection: nil, parsed: .success(.clear))
    report = CommandReport(command)
    showsTransitions = false
    defer {
      showsTransitions = true
      progress.end()
    }
    do {
      if let importMap { _ = try attachImportMap(.file(FileReference(importMap))) }
      var programs: [LoadedProgram] = []
      for path in paths {
        attachFileRule(directory: FilePath.directory(of: path))
        programs.append(try loadProgram(FileReference(path)))
      }
      let failures = try linkFailures(of: programs)
      progress.end()
      show(programs, failures, format)
    } catch {
      let failure = describe(error, in: command)
      report.error = failure.report
      report.isOK = false
      output.diagnostic(failure.diagnostic)
    }
    return report
  }

  private func show(
    _ programs: [LoadedProgram], _ failures: [CommandFailure], _ format: GraphFormat
  ) {
    let graph = graph(from: programs.map(\.entry), at: present)
    output.text(ResultText { [self] in $0.graph(graph, format, json: json(graph)) })
    for failure in failures { output.diagnostic(failure.diagnostic) }
    guard case .object(var members) = json(graph) else { return }
    members.append(
      .init(
        "cycles",
        .array(
          graph.cycles.indices.map { cycle in
            .strings(graph.path(around: cycle).map { graph.nodes[$0].name })
          })))
    members.append(.init("linkErrors", .array(failures.map { $0.report.json() })))
    report.result = .object(members)
    report.error = failures.first?.report
    report.isOK = failures.isEmpty
  }

  /// Links each program as Node would; when that fails, everything that stands in its way.
  private func linkFailures(of programs: [LoadedProgram]) throws -> [CommandFailure] {
    var failures = programs.flatMap(\.problems)
    var hasFailed = !failures.isEmpty
    for program in programs {
      guard !hasFailed, let module = program.entry.module as? SourceTextModule,
        module.status == .unlinked
      else { continue }
      var settled: VMFailure??
      _ = host.turn { module.link(linker) { settled = .some($0) } }
      try wait { settled != nil }
      if settled ?? nil != nil { hasFailed = true }
    }
    guard hasFailed else { return [] }
    var records: [SourceTextModuleRecord] = []
    for entry in programs.flatMap(\.modules) {
      guard let module = entry.module as? SourceTextModule else { continue }
      records.append(module.source)
      failures += answerRequests(of: module, program: programs)
    }
    failures += ModuleRecord.linkErrors(of: records)
      .map { describe(VMFailure(.resolution($0)), .instantiate) }
    return failures
  }

  /// Gives a module that could not be linked what its requests lead to, so that the picture has it,
  /// and tells of specifiers that nothing answers.
  private func answerRequests(
    of module: SourceTextModule, program: [LoadedProgram]
  ) -> [CommandFailure] {
    var failures: [CommandFailure] = []
    for (index, request) in module.moduleRequests.enumerated()
    where module.source.loadedModules[index] == nil {
      do {
        if let found = try destination(of: request, in: module) {
          module.source.setLoadedModule(found.module.record, request: index, in: host.agent)
        } else if builtin(request.specifier, for: referrer(module)) == nil {
          failures.append(unanswered(request, in: module))
        }
      } catch {
        // It was told when the program was loaded.
        continue
      }
    }
    return failures
  }

  private func unanswered(_ request: ModuleRequest, in module: SourceTextModule) -> CommandFailure {
    let source = module.source.parsed.source
    var failure = CommandFailure(
      message: "nothing answers \(quoted(request.specifier))",
      notes: ["A bare specifier needs an entry of an import map: --import-map FILE."])
    failure.report = ErrorReport(
      name: "Error", code: "ERR_MODULE_NOT_FOUND", message: failure.report.message,
      phase: .resolve, module: name(of: module),
      position: source.position(at: request.range.start))
    failure.diagnostic.code = failure.report.code
    failure.diagnostic.labels = [Diagnostic.Label(source: source, range: request.range)]
    return failure
  }
}
