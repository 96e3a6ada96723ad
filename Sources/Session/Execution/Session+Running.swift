internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  // MARK: - js

  func runJavaScript(_ code: CarriedText, in name: String?) throws -> CommandOutcome {
    let source = SourceText(bytes: code.bytes, name: "js")
    let realm = try context(named: name).realm
    var outcome: JavaScriptValue?
    var failure: VMFailure?
    var isAwaited = false
    var isPending = false
    let begun = report.command
    var shown: String?
    try host.turn {
      switch try realm.runLine(source) {
      case .value(let value):
        outcome = value
        // As it is before the jobs that it left have run.
        shown = host.engine.inspector.inspect(value)
      case .promise(let promise):
        isAwaited = true
        realm.watchOwn(promise) { [unowned self] rejected, value in
          if rejected {
            let rejection = host.failure(of: ModuleError.thrown(JavaScriptThrown(value)))
            failure = rejection
            if isPending { noteLateFailure(rejection, .evaluate, of: begun) }
          } else {
            outcome = value
          }
        }
      }
    }
    if isAwaited {
      try wait { outcome != nil || failure != nil }
      if outcome == nil, failure == nil {
        isPending = true
        return pendingOutcome("js", waitsFor: ["a promise that nothing settles"])
      }
    }
    if let failure { throw PhasedFailure(failure, .evaluate) }
    guard let outcome else { return CommandOutcome() }
    let text = shown ?? host.engine.operation { host.engine.inspector.inspect(outcome) }
    let json = keepsReports ? host.engine.operation { outcome.json } : nil
    return CommandOutcome(
      text: TerminalText.clean(text, keepingLines: true) + "\n",
      result: [
        "text": .string(text), "json": json.map { JSONValue.raw($0) } ?? .null,
      ])
  }

  // MARK: - script

  func runScript(_ operand: SourceOperand, in name: String?) throws -> CommandOutcome {
    let context = try context(named: name)
    let source: SourceText
    let outerFile = scriptFile
    defer { scriptFile = outerFile }
    switch operand {
    case .text(let text):
      source = SourceText(bytes: text.bytes, name: "script")
      scriptFile = nil
    case .file(let reference):
      source = SourceText(bytes: try outside.text(of: reference), name: reference.resolved)
      scriptFile = reference.resolved
    }
    _ = try host.turn { try context.realm.runScript(source) }
    return CommandOutcome()
  }

  func tick(_ milliseconds: Int?) throws -> CommandOutcome {
    host.turn {}
    let limit = host.timers.now + Double(milliseconds ?? 0)
    try wait(until: limit) { false }
    host.timers.advance(to: limit)
    if host.timers.clock == .real, host.timers.now < limit {
      try sleep(milliseconds: limit - host.timers.now)
    }
    return CommandOutcome()
  }

  // MARK: - import()

  /// `import()` in modules that commands defined, and in scripts: the rules answer, and what they
  /// answer is linked and evaluated first.
  func answerImport(_ request: DynamicImport, _ module: VMModule?) {
    let entry = module?.payload as? ModuleEntry
    let referrer = Referrer(
      name: module.map { name(of: $0) } ?? scriptFile ?? "script",
      module: module as? SourceTextModule, file: entry?.file ?? (module == nil ? scriptFile : nil))
    let open = OpenImport(
      request, referrer: module, caller: request.caller.flatMap { host.module(of: $0.record) })
    finish(
      follow(request, as: open),
      answer(request.specifier, request.attributes, referrer, request: nil, importing: open))
  }

  /// Notes that an `import()` waits, until it is settled.
  private func follow(_ request: DynamicImport, as open: OpenImport) -> DynamicImport {
    openImports.append(open)
    var followed = request
    followed.payload = open
    followed.resolve = { [unowned self] value in
      openImports.removeAll { $0 === open }
      request.resolve(value)
    }
    followed.reject = { [unowned self] value in
      openImports.removeAll { $0 === open }
      keep(open, rejectedWith: value)
      request.reject(value)
    }
    return followed
  }

  /// The hook of node:vm was asked, not the rules.
  func noteHookRejection(_ request: DynamicImport, _ module: VMModule?, _ value: JavaScriptValue) {
    let open = OpenImport(
      request, referrer: module, caller: request.caller.flatMap { host.module(of: $0.record) })
    open.isHooks = true
    keep(open, rejectedWith: value)
  }

  private func keep(_ open: OpenImport, rejectedWith value: JavaScriptValue) {
    open.rejection = value
    rejectedImports.append(open)
    if rejectedImports.count > Self.keptRejections { rejectedImports.removeFirst() }
  }

  /// So many are told of with their place.
  private static let keptRejections = 256

  private func finish(_ request: DynamicImport, _ answer: LinkerAnswer) {
    let reject = { [unowned self] (failure: VMFailure) in
      request.reject(host.errorObject(of: failure))
    }
    switch answer {
    // Not now: the evaluation that asks may be in the middle of a graph.
    case .module(let module): host.enqueue { [unowned self] in link(module, for: request) }
    // Node awaits what its hook returns before it looks at it.
    case .undefined: host.enqueue { [unowned self] in rejectNoModule(request) }
    case .thrown(let failure), .rejected(let failure): reject(failure)
    case .later(let start): start { [unowned self] in finish(request, $0) }
    case .value(let value):
      request.realm.watch(value) { [unowned self] rejected, value in
        if rejected {
          request.reject(value)
        } else if let module = host.module(ofObject: value) {
          link(module, for: request)
        } else if host.engine.isNamespace(value) {
          request.resolve(value)
        } else {
          rejectNoModule(request)
        }
      }
    }
  }

  private func rejectNoModule(_ request: DynamicImport) {
    request.reject(
      host.errorObject(
        of: VMFailure(
          .node(
            name: "Error", code: "ERR_VM_MODULE_NOT_MODULE",
            message: "Provided module is not an instance of Module"))))
  }

  private func link(_ module: VMModule, for request: DynamicImport) {
    (request.payload as? OpenImport)?.target = module
    if module.status == .linking
      || (module as? SourceTextModule)?.waitsForInstantiation == true
    {
      // Another link is on it: when one has ended, its outcome holds here too.
      waitingImports.append { [unowned self] in link(module, for: request) }
      return
    }
    guard let source = module as? SourceTextModule, source.status == .unlinked else {
      return host.finishImport(request, with: module)
    }
    source.link(linker) { [unowned self] failure in
      if let failure {
        request.reject(host.errorObject(of: failure))
      } else {
        host.finishImport(request, with: module)
      }
      resumeWaitingImports()
    }
  }

  /// A link has ended.
  func resumeWaitingImports() {
    let waiting = waitingImports
    waitingImports = []
    for resume in waiting { host.enqueue(resume) }
  }

  // MARK: - Globals

  /// `vm`, `modules`, `ns` and `contexts`.
  func lazyGlobal(_ name: String) -> JavaScriptValue? {
    switch name {
    case "vm": return host.vmValue()
    case "modules":
      return host.makeRegistryObject(
        get: { [unowned self] in registry[$0].map { host.object(of: $0.module) } },
        names: { [unowned self] in registry.names })
    case "ns":
      return host.makeRegistryObject(
        get: { [unowned self] in try registry[$0]?.module.namespace() },
        names: { [unowned self] in registry.names })
    case "contexts":
      return host.makeRegistryObject(
        get: { [unowned self] in contexts[$0]?.contextObject },
        names: { [unowned self] in contextNames })
    default: return nil
    }
  }

  // MARK: - source

  /// `isInterrupted`: Ctrl-C ended one of its commands, when it was recorded.
  func source(_ reference: FileReference, isInterrupted: Bool) throws -> CommandOutcome {
    let path = realPath(reference.resolved)
    let outer = sourcedFiles
    // A script that is run, and not sourced, is at the bottom.
    if outer.isEmpty, let file = report.file { sourcedFiles.append(realPath(file)) }
    defer { sourcedFiles = outer }
    if let first = sourcedFiles.firstIndex(of: path) {
      let way = sourcedFiles[first...] + [path]
      throw CommandFailure(
        message: "\(reference.resolved) sources itself: \(way.joined(separator: " → ")).")
    }
    guard sourceDepth < Self.deepestSource else {
      throw CommandFailure(
        message:
          "\(reference.resolved) is sourced by \(Self.deepestSource) scripts, each by the next.")
    }
    let bytes = try FileReading.text(of: outside.located(reference))
    sourcedFiles.append(path)
    sourceDepth += 1
    defer { sourceDepth -= 1 }
    var reader = CommandReader(
      bytes, file: reference.resolved, scanner: ModuleSyntaxScanner())
    var failure: CommandFailure?
    while quitStatus == nil, let reading = reader.next() {
      guard case .command(var command) = reading else { continue }
      command.isInterrupted = isInterrupted
      let report = run(command)
      onNestedReport(report)
      if report.isOK, isInterruptWaiting {
        throw CommandFailure(
          interrupted: "\(reference.resolved) was interrupted after line \(command.line)")
      }
      guard !report.isOK else { continue }
      if failure == nil {
        var failed = CommandFailure(
          message: "\(reference.resolved):\(command.line) failed: \(report.error?.message ?? "")")
        failed.report.causes = report.error.map { [$0] } ?? []
        failure = failed
      }
      if !keepsGoing || report.isInterrupted || interruptRequested() { break }
    }
    if let failure { throw failure }
    return CommandOutcome()
  }
}
