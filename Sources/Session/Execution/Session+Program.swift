internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  /// `modlab FILE.mjs`: registers a JavaScript program with everything that it imports statically,
  /// links it, evaluates it, and goes on until nothing is due, as Node does.
  package func runProgram(_ path: String) -> CommandReport {
    let command = ScriptCommand(
      file: nil, line: 1, text: path, expectedError: nil, redirection: nil,
      parsed: .success(.clear))
    report = CommandReport(command)
    host.timers.clock = .real
    // No command comes after it.
    host.hooks.keepsLocals = false
    showsTransitions = false
    defer { showsTransitions = true }
    do {
      try evaluateProgram(path)
      try wait { !host.timers.keepsAlive }
      // What was stopped settles nothing.
      try checkJobs()
      try checkInterruption()
      if let unsettled = unsettledProgram {
        isProgramUnsettled = true
        throw unsettled
      }
    } catch {
      var failure = describe(error, in: command)
      // There is no prompt at which they could be typed.
      failure.diagnostic.hints = []
      addModuleScope(to: &failure)
      report.error = failure.report
      report.isOK = false
      output.diagnostic(failure.diagnostic)
    }
    if !report.unhandled.isEmpty || sawUnhandled { report.isOK = false }
    return report
  }

  /// `modlab -i FILE.mjs`: the same by commands, so that `save`, `undo` and the journal know of them.
  /// Those that ran; only the last one can have failed.
  package func runProgramByCommands(_ path: String) -> [CommandReport] {
    host.timers.clock = .real
    // As a program, it shows what it prints; JSON tells all of each command.
    showsTransitions = keepsReports
    defer {
      showsTransitions = true
      followClock()
    }
    var reports: [CommandReport] = []
    func runs(_ text: String) -> Bool {
      guard let command = JournalLine.command(text, file: nil, line: 1) else { return false }
      reports.append(run(command))
      return reports.last?.isOK ?? false
    }
    guard runs("option loader node"), runs("load \(quotedName(path))"),
      case .string(let entry)? = reports.last?.result["entry"],
      runs("link \(quotedName(entry))"), runs("evaluate \(quotedName(entry))")
    else { return reports }
    // As long as something is due, in pieces that do not make a log of each turn of an interval.
    let begin = host.timers.now
    while host.timers.keepsAlive, let due = host.timers.nextDue {
      let rest = due - host.timers.now
      let least = min(100, (host.timers.now - begin) / 2)
      guard runs("tick \(Int(max(rest, least, 1).rounded(.up)))") else { break }
    }
    return reports
  }

  private func evaluateProgram(_ path: String) throws {
    attachFileRule(directory: FilePath.directory(of: path))
    options.loader = "node"
    let entry = try loadFile(path, kind: .javaScript, context: host.mainContext)
    guard let module = entry.module as? SourceTextModule else { return }
    var settled: VMFailure??
    _ = host.turn { module.link(linker) { settled = .some($0) } }
    try wait { settled != nil || !host.timers.keepsAlive }
    if let failure = settled ?? nil { throw PhasedFailure(failure, .resolve) }
    let capability: EvaluationCapability
    do {
      capability = try host.turn { try module.evaluate() }
    } catch let failure as VMFailure {
      throw PhasedFailure(failure, .evaluate)
    }
    program = capability
    programEntry = entry
    try wait { !capability.isPending || !host.timers.keepsAlive }
    if case .rejected(let error) = capability.state {
      throw PhasedFailure(host.failure(of: error), .evaluate)
    }
  }

  /// Node ends with status 13 when a program's top-level await never settles.
  private var unsettledProgram: CommandFailure? {
    guard let program, program.isPending else { return nil }
    var failure = CommandFailure(message: "The program waits for something that never comes.")
    failure.report.phase = .evaluate
    guard let entry = programEntry,
      let answer = host.turn({
        (entry.module.record.asSourceText).map { ringOfWaits(entry.module, $0) }
      })
    else { return failure }
    if answer.reason == .deadlock { failure.diagnostic.notes.append(answer.headline) }
    for part in answer.parts {
      switch part {
      case .sentence(let sentence): failure.diagnostic.notes.append(sentence)
      case .place(let label): failure.diagnostic.labels.append(label)
      case .chain(let hops): addHops(hops, to: &failure.diagnostic)
      case .error: continue
      }
    }
    if let first = failure.diagnostic.labels.first {
      failure.report.module = first.source.name
      failure.report.position = first.source.position(at: first.range.start)
    }
    return failure
  }

  private func addHops(_ hops: [WhyAnswer.Hop], to diagnostic: inout Diagnostic) {
    for hop in hops {
      guard var label = hop.place else {
        diagnostic.notes.append(hop.text + ".")
        continue
      }
      label.text = hop.text
      diagnostic.labels.append(label)
    }
  }

  /// Node says it of what CommonJS alone has.
  private func addModuleScope(to failure: inout CommandFailure) {
    guard failure.report.name == "ReferenceError",
      let name = ["require", "module", "exports", "__filename", "__dirname"].first(where: {
        failure.report.message == "\($0) is not defined"
      })
    else { return }
    failure.report.message +=
      " in ES module scope" + (name == "require" ? ", you can use import instead" : "")
    failure.report.messageUnits = nil
    failure.diagnostic.message = failure.report.message
  }
}
