internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  // MARK: - link --step, evaluate --step

  func linkStepped(_ name: String) throws -> CommandOutcome {
    let module = try entry(name).module
    return try begin(.link, name, module) { session in try session.link(name) }
  }

  func evaluateStepped(_ name: String, timeout: Int?) throws -> CommandOutcome {
    let module = try entry(name).module
    return try begin(.evaluate, name, module) { session in
      try session.evaluate(name, timeout: timeout)
    }
  }

  private func begin(
    _ kind: SteppedOperation.Kind, _ name: String, _ root: VMModule,
    _ run: @escaping (Session) throws -> CommandOutcome
  ) throws -> CommandOutcome {
    try checkNothingIsStepped()
    // Made by the thread that outlives the operation.
    _ = host.mainContext.realm
    let coroutine = Coroutine { [self] _ in
      let outcome = Result { try run(self) }
      self.stepped?.outcome = outcome
      self.stepped?.linkRun = nil
    }
    let stepped = SteppedOperation(kind, name, root, coroutine)
    self.stepped = stepped
    host.onStep = { [unowned self] in handle($0) }
    host.agent.onAsyncStep = { [unowned self] step in
      if handle(.settling(step)) == .giveUp { host.giveUpEvaluation(of: root.record) }
    }
    host.hooks.statement = { [unowned self] in handle(statement: $1, of: $0) }
    host.hooks.marksStatements = kind == .evaluate
    guard coroutine.resume() else {
      end(stepped)
      throw CommandFailure(message: "The system has no thread for a stepped operation.")
    }
    if let outcome = stepped.outcome {
      // It failed, or had nothing to do, before its first step.
      end(stepped)
      return try outcome.get()
    }
    output.event(.note(module: name, text: "\(kind.rawValue) stops before its first step"))
    return CommandOutcome(result: ["step": .null, "done": false])
  }

  /// Commands that would change the order of things are refused while an operation is stepped.
  func checkNothingIsStepped() throws {
    if let stepped { throw CommandError(.steppedOperationRuns(stepped.name)) }
  }

  // MARK: - step, continue, finish, abort

  func step(_ request: StepRequest) throws -> CommandOutcome {
    switch request {
    case .steps(let count): return try resume { _ in .steps(count) }
    case .statement:
      if let stepped, stepped.kind == .link {
        throw CommandFailure(
          message: "Linking runs no statements.", hints: ["step", "continue"])
      }
      return try resume { _ in .statement }
    }
  }

  func continueStepping() throws -> CommandOutcome { try resume { _ in .end } }

  func finishModule() throws -> CommandOutcome { try resume { .module($0.current) } }

  func abortStepping() throws -> CommandOutcome {
    let stepped = try running()
    stepped.goal = .abort
    _ = stepped.coroutine.resume()
    end(stepped)
    // The body that was given up was stopped: that is what was asked.
    if host.hasEngine { _ = host.engine.takeLostStop() }
    output.event(
      .note(
        module: stepped.name,
        text: "\(stepped.kind.rawValue) given up after \(Self.count(stepped.stepCount, "step"))"))
    return CommandOutcome(result: ["step": .null, "done": true])
  }

  /// Nothing more is asked of the session: an operation that is stepped would keep its thread, and that
  /// the session.
  package func end() {
    guard stepped != nil else { return }
    output = SilentOutput()
    // What is given up now did not happen in the session that is looked at.
    document = nil
    momentWatch = nil
    _ = try? abortStepping()
  }

  private func running() throws -> SteppedOperation {
    guard let stepped else { throw CommandError(.noSteppedOperation) }
    return stepped
  }

  private func resume(
    _ goal: (SteppedOperation) -> SteppedOperation.Goal
  ) throws -> CommandOutcome {
    let stepped = try running()
    stepped.goal = goal(stepped)
    stepped.last = nil
    _ = stepped.coroutine.resume()
    let step = stepped.last?.json() ?? .null
    guard let outcome = stepped.outcome else {
      let rows = stackRows(of: stepped)
      let doneTitle = stepped.kind == .link ? "ENVIRONMENT" : "EXECUTED"
      return CommandOutcome(result: ["step": step, "done": false]) {
        $0.stack(rows, done: doneTitle)
      }
    }
    end(stepped)
    report.result = ["step": step, "done": true]
    var ended = try outcome.get()
    output.event(
      .note(
        module: stepped.name,
        text: "\(stepped.kind.rawValue) ends after \(Self.count(stepped.stepCount, "step"))"))
    var members: [JSONValue.Member] = [.init("step", step), .init("done", true)]
    if case .object(let more) = ended.result { members += more }
    ended.result = .object(members)
    return ended
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func end(_ stepped: SteppedOperation) {
    host.onStep = nil
    host.agent.onAsyncStep = nil
    host.hooks.statement = { _, _ in true }
    endedStepped = "\(stepped.kind.rawValue) \(NodeTrace.name(stepped.name))"
    self.stepped = nil
    host.hooks.marksStatements = marksStatements
    if isWatched { watchSteps() }
  }

  /// The session is run again, to be seen at each of its moments.
  private var isWatched: Bool { document != nil || momentWatch != nil }

  /// The document wants to see each step, and each statement.
  func watchSteps() {
    host.onStep = { [unowned self] in handle($0) }
    host.agent.onAsyncStep = { [unowned self] _ in
      host.recordTransitions()
      document?.noteStep()
    }
    host.hooks.statement = { [unowned self] in handle(statement: $1, of: $0) }
    host.hooks.waits = { [unowned self] in document?.note(waits: $1, $0) }
    host.hooks.marksStatements = true
  }

  /// Whether bodies say before each statement that they are there.
  var marksStatements: Bool { document != nil || stepped?.kind == .evaluate }

  // MARK: - Commands between two steps

  /// Whether a command must run on the stepped operation's thread, which holds the engine's lock.
  /// The commands that lead that thread cannot.
  func runsInside(_ command: ScriptCommand) -> Bool {
    guard stepped != nil, !isInsideStepped, case .success(let parsed) = command.parsed else {
      return false
    }
    switch parsed {
    case .step, .continue, .finish, .abort, .source, .quit, .undo, .redo: return false
    default: return true
    }
  }

  func runInside(_ command: ScriptCommand) -> CommandReport {
    var answer: CommandReport?
    isInsideStepped = true
    stepped?.coroutine.perform { answer = run(command) }
    isInsideStepped = false
    return answer ?? CommandReport(command)
  }

  /// Reads with the engine, on the thread that holds its lock.
  func readWithEngine(_ body: () -> Void) {
    if let coroutine = stepped?.coroutine, coroutine.isSuspended {
      coroutine.perform { host.engine.operation(body) }
    } else {
      host.engine.operation(body)
    }
  }

  // MARK: - What the operation says

  private func handle(_ step: OperationStep) -> StepDecision {
    if isWatched { host.recordTransitions() }
    document?.noteStep()
    guard let stepped, !host.isPaused, stepped.counts(step) else { return .goOn }
    if stepped.hasGivenUp {
      if case .settling = step { return .goOn }
      return .giveUp
    }
    stepped.follow(step)
    if case .begin = step {
      stepped.hasBegun = true
      return pause()
    }
    stepped.stepCount += 1
    host.recordTransitions()
    tell(report(of: step, in: stepped))
    guard !stepped.ends(with: step), stepped.reaches(step) else { return .goOn }
    return pause()
  }

  private func handle(statement index: Int, of instance: ModuleInstance) -> Bool {
    document?.note(statement: index, of: instance)
    guard let stepped, !host.isPaused, stepped.hasBegun, !stepped.hasGivenUp,
      case .statement = stepped.goal, let record = instance.record.asSourceText
    else { return true }
    stepped.current = record
    host.recordTransitions()
    tell(report(ofStatement: index, of: record, in: stepped))
    guard pause() == .giveUp else { return true }
    host.giveUpEvaluation(of: stepped.root.record)
    return false
  }

  /// Nothing is due that could settle the operation. False when it should wait no longer.
  func pauseWaiting(for lines: [String]) -> Bool {
    guard let stepped, stepped.hasBegun, !stepped.hasGivenUp else { return false }
    if case .end = stepped.goal { return false }
    // A turn: what a command settles meanwhile goes on when the operation does.
    let decision = host.turn {
      host.recordTransitions()
      for line in lines {
        tell(
          StepReport(
            number: stepped.stepCount, kind: .waiting, module: stepped.name,
            text: "waits for \(line)"))
      }
      return pause()
    }
    if decision == .giveUp {
      stepped.linkRun?.giveUp()
      if stepped.kind == .evaluate { host.giveUpEvaluation(of: stepped.root.record) }
    }
    return true
  }

  private func tell(_ report: StepReport) {
    guard let stepped else { return }
    stepped.last = report
    if case .end = stepped.goal, report.kind != .waiting { return }
    output.event(.note(module: report.module, text: report.event))
  }

  /// Hands control to who steps.
  private func pause() -> StepDecision {
    guard let stepped else { return .goOn }
    host.isPaused = true
    host.engine.paused { stepped.coroutine.suspend() }
    host.isPaused = false
    guard case .abort = stepped.goal else { return .goOn }
    stepped.hasGivenUp = true
    return .giveUp
  }
}
