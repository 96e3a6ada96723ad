public import JavaScriptRuntime
public import ModuleLinking
internal import ModuleSyntax

/// What all modules of a session share: records, engine, contexts, jobs, and the transitions of
/// their statuses.
public final class VMHost {
  public let agent = ModuleAgent()
  public let timers = TimerQueue()
  public let hooks = RuntimeHooks()
  public private(set) var contexts: [VMContext] = []
  public private(set) lazy var engine = makeEngine()
  public private(set) var hasEngine = false
  /// Modules that JavaScript made with `new vm.SourceTextModule(…)`.
  public var moduleMadeByScript: (VMModule) -> Void = { _ in }
  /// Answers `import()` where the rules of the session do.
  /// An `import()` of a module or script of node:vm, which its hook answered, was rejected with a value.
  public var hookRejected: (DynamicImport, VMModule?, JavaScriptValue) -> Void = { _, _, _ in }
  public var hostImport: (DynamicImport, VMModule?) -> Void = { request, _ in
    request.reject(request.realm.makeErrorObject(name: "TypeError", message: "No modules here"))
  }
  /// Every promise rejection that nobody handled in its turn.
  public var unhandled: (VMFailure) -> Void = { _ in }
  /// A callback of a timer or a microtask threw.
  public var uncaught: (VMFailure) -> Void = { _ in }
  /// Called with each link that begins.
  public var linkBegan: (LinkAttempt) -> Void = { _ in }
  /// Called with each realm, before code of a person runs in it.
  public var onRealmMade: (Realm) -> Void = { _ in }
  /// For tests: the engine's own functions for stops are taken for missing.
  package var usesFallbackStops = false
  /// Called once, when JavaScript is first needed.
  public var onEngineMade: (JavaScriptEngine) -> Void = { _ in }
  /// Called with each change of a module's status, in order.
  public var onTransition: (Transition) -> Void = { _ in }

  /// Asked after each step of linking and evaluating, when somebody steps.
  public var onStep: ((OperationStep) -> StepDecision)?
  /// A person looks at the session in the middle of an operation: no job and no task runs.
  public var isPaused = false

  var madeVMObject: VMObject?
  var asked = AskedRequests()
  /// By number; 0 stands for all scripts that commands run.
  var scripts: [ScriptImportHook] = [.host]
  /// By the number of their record; they stay until `collect`.
  private var modules: [VMModule?] = []
  private var failures: [ObjectIdentifier: VMFailure] = [:]
  private var jobs: [HostJob] = []
  private var nextJob = 0
  /// Whether jobs go through the engine's queue, because code of a person waits in it too.
  private var usesEngineJobs = false
  private var readEvents = 0
  private var transitionCount = 0
  /// Links that have begun and not settled.
  var linksInProgress = 0
  private var hasRealm = false
  private var turnDepth = 0
  /// The engine was entered in the middle of the turn.
  private var entersLate = false
  private var settling: [VMModule] = []
  /// The evaluation that runs has a limit of its own.
  var holdsStops = false
  private lazy var evaluator = VMEvaluator(host: self)

  public init() {
    hooks.instance = { [unowned self] record in instance(of: record) }
    contexts = [VMContext(name: "main", number: 0, host: self, isMain: true)]
    agent.evaluator = evaluator
    // V8 keeps the imports of a module by their local names.
    agent.checksImportsByLocalName = true
    installHooks()
  }

  /// Nobody uses the host any more: what leads back to it is let go of.
  public func end() {
    // What the layer above keeps leads back to the module.
    for module in modules { module?.payload = nil }
    if hasEngine { engine.end() }
  }

  private func makeEngine() -> JavaScriptEngine {
    hasEngine = true
    let engine = JavaScriptEngine(timers: timers, hooks: hooks, usesFallback: usesFallbackStops)
    onEngineMade(engine)
    return engine
  }

  private func installHooks() {
    hooks.unhandledRejection = { [unowned self] value in
      unhandled(failure(of: .thrown(JavaScriptThrown(value))))
    }
    hooks.uncaught = { [unowned self] value in
      uncaught(failure(of: .thrown(JavaScriptThrown(value))))
    }
    hooks.dynamicImport = { [unowned self] request in startDynamicImport(request) }
    hooks.importMeta = { [unowned self] instance, object in
      fillImportMeta(of: instance, object)
    }
    hooks.isShownByTraps = { [unowned self] value in madeVMObject?.isRegistry(value) == true }
    hooks.evaluateDeferred = { [unowned self] instance in evaluateDeferred(instance) }
  }

  // MARK: - Contexts

  public var mainContext: VMContext { contexts[0] }

  public func makeContext(name: String, sandbox: JavaScriptValue? = nil) -> VMContext {
    let context = VMContext(
      name: name, number: contexts.count, host: self, isMain: false, sandbox: sandbox)
    contexts.append(context)
    return context
  }

  // MARK: - Modules

  func register(_ module: VMModule) {
    let number = Int(module.record.id.number)
    while modules.count <= number { modules.append(nil) }
    modules[number] = module
  }

  public func module(of record: ModuleRecord) -> VMModule? { module(record.id) }

  public func module(_ id: ModuleID) -> VMModule? { module(number: Int(id.number)) }

  func module(number: Int) -> VMModule? {
    number >= 0 && number < modules.count ? modules[number] : nil
  }

  private func instance(of record: ModuleRecord) -> ModuleInstance? { module(of: record)?.instance }

  public var allModules: [VMModule] { modules.compactMap { $0 } }

  /// Lets go of every module that none of `roots`, and no object of JavaScript, leads to.
  public func collect(roots: [VMModule]) {
    recordTransitions()
    var kept: Set<ModuleRecord> = []
    var waiting: [ModuleRecord] = roots.map(\.record)
    for module in modules {
      if let module, module.object != nil { waiting.append(module.record) }
    }
    while let record = waiting.popLast() {
      guard kept.insert(record).inserted, let source = record.asSourceText else { continue }
      waiting.append(contentsOf: source.loadedModules.compactMap { $0 })
      waiting.append(contentsOf: source.asyncParentModules)
      if let root = source.cycleRoot { waiting.append(root) }
    }
    for index in modules.indices {
      if let module = modules[index], !kept.contains(module.record) {
        modules[index] = nil
        // What the layer above keeps leads back to the module.
        module.payload = nil
      }
    }
    agent.log.forget { module($0) != nil }
  }

  // MARK: - Failures

  /// The one failure object of an error.
  public func failure(of error: ModuleError) -> VMFailure {
    let key: ObjectIdentifier
    let kind: VMFailure.Kind
    switch error {
    case .resolution(let failure):
      key = ObjectIdentifier(failure)
      kind = .resolution(failure)
    case .thrown(let thrown):
      key = ObjectIdentifier(thrown)
      if let failure = failures[key] { return failure }
      guard let thrown = thrown as? JavaScriptThrown else {
        return VMFailure.node("ERR_INTERNAL_ASSERTION", "An error without a value")
      }
      if let value = thrown.value, let known = knownFailure(value) { return known }
      kind = .thrown(thrown)
    }
    if let known = failures[key] { return known }
    let failure = VMFailure(kind)
    failures[key] = failure
    return failure
  }

  /// The failure of a script.
  public func failure(of error: ScriptError) -> VMFailure {
    switch error.kind {
    case .syntax(let error, let source): VMFailure(.syntax(error, source))
    case .thrown(let thrown):
      VMFailure.stopped(thrown.kind) ?? failure(of: ModuleError.thrown(thrown))
    }
  }

  /// The failure whose error object JavaScript has caught and thrown again.
  private func knownFailure(_ value: JavaScriptValue) -> VMFailure? {
    objectFailures.first { $0.objectIfMade?.isSame(as: value) == true }
  }

  /// Failures whose error objects JavaScript has been given.
  private var objectFailures: [VMFailure] = []

  func value(of failure: VMFailure, in realm: Realm) -> JavaScriptValue {
    if case .thrown = failure.kind {
    } else if failure.objectIfMade == nil {
      objectFailures.append(failure)
    }
    return failure.value(in: realm) ?? realm.undefinedValue
  }

  // MARK: - Jobs

  private enum HostJob {
    case closure(() -> Void)
    /// So many turns from now; nearly all jobs are these.
    case link(ModuleLink, ModuleLink.Step, turns: UInt8)
  }

  public func enqueue(_ job: @escaping () -> Void) { enqueue(.closure(job)) }

  func enqueue(_ link: ModuleLink, _ step: ModuleLink.Step, turns: UInt8) {
    enqueue(.link(link, step, turns: turns))
  }

  private func enqueue(_ job: HostJob) {
    guard usesEngineJobs else { return jobs.append(job) }
    switch job {
    case .closure(let job): engine.enqueue(job)
    case .link(let link, let step, 1): engine.enqueue(link, step.code, isLate: false)
    case .link(let link, let step, 3): engine.enqueue(link, step.code, isLate: true)
    case .link: engine.enqueue { [self] in run(job) }
    }
  }

  private func run(_ job: HostJob) {
    switch job {
    case .closure(let job): job()
    case .link(let link, let step, 1): link.perform(step)
    case .link(let link, let step, let turns): enqueue(link, step, turns: turns - 1)
    }
  }

  /// From now on, until the jobs are done, code of a person may run among them: they share the
  /// engine's queue, so that all comes in the order in which Node has it.
  func shareEngineJobs() {
    guard !usesEngineJobs else { return }
    usesEngineJobs = true
    let waiting = jobs[nextJob...]
    jobs = []
    nextJob = 0
    for job in waiting { enqueue(job) }
  }

  /// Runs all jobs that are pending. Host tasks are not jobs.
  public func runJobs() {
    guard !isPaused else { return }
    while true {
      while nextJob < jobs.count {
        let job = jobs[nextJob]
        nextJob += 1
        run(job)
        forgetDoneJobs()
      }
      jobs.removeAll(keepingCapacity: true)
      nextJob = 0
      if hasEngine { engine.drain() }
      if jobs.isEmpty { break }
    }
    usesEngineJobs = false
  }

  /// Frees what jobs that ran hold, now and then: the queue of a big graph is not empty before the
  /// graph is linked.
  private func forgetDoneJobs() {
    guard nextJob > 1024, 2 * nextJob > jobs.count else { return }
    jobs.removeFirst(nextJob)
    nextJob = 0
  }

  /// Runs a host task that is due until `limit` milliseconds of the session's clock. False when none
  /// is.
  public func runTask(until limit: Double) -> Bool {
    guard !isPaused, let task = timers.takeDue(until: limit) else { return false }
    if hasRealm {
      engine.operation {
        engine.runLimited(task)
        engine.drain()
        runJobs()
      }
    } else {
      task()
      runJobs()
    }
    recordTransitions()
    return true
  }

  /// One turn: the operation, then the jobs it leaves. Jobs of JavaScript wait for the end of the turn
  /// even when JavaScript was first needed in the middle of it.
  public func turn<Result>(_ body: () throws -> Result) rethrows -> Result {
    turnDepth += 1
    let holdsEngine = hasRealm
    if holdsEngine { engine.enter() }
    defer {
      runJobs()
      finishTransitions()
      turnDepth -= 1
      if holdsEngine || (turnDepth == 0 && entersLate) {
        engine.leave()
        if turnDepth == 0 { entersLate = false }
      }
    }
    return try body()
  }

  /// The first realm was made.
  func realmWasMade() {
    guard !hasRealm else { return }
    hasRealm = true
    if turnDepth > 0 {
      engine.enter()
      entersLate = true
    }
  }

  // MARK: - Transitions

  /// Ends a turn: statuses that held for a moment only are no transitions.
  private func finishTransitions() {
    recordTransitions()
    if isPaused { return }
    for module in settling { append(module, module.status) }
    settling = []
  }

  /// Reads what happened to the records since the last time.
  public func recordTransitions() {
    // Who is told of a transition may ask for what comes next.
    while let event = agent.log.nextOfStatus(from: readEvents) {
      readEvents = event.number + 1
      switch event.change {
      case .status(_, let to):
        guard let module = module(event.module) else { continue }
        let failed = module.hasRecordedError
        note(module, NodeStatus(to, hasError: failed))
      case .environmentDiscarded:
        module(event.module)?.discardInstance()
      case .error:
        readStatus(after: event)
        guard let module = module(event.module) else { continue }
        module.hasRecordedError = true
        note(module, .errored)
      default: continue
      }
    }
    readEvents = agent.log.count
  }

  /// With its error a record becomes evaluated: one transition for both.
  private func readStatus(after error: ModuleEvent) {
    for event in agent.log.events(in: readEvents..<agent.log.count) {
      guard event.module == error.module else { return }
      switch event.change {
      case .asyncEvaluationOrder, .status: readEvents += 1
      default: return
      }
    }
  }

  private func note(_ module: VMModule, _ status: NodeStatus) {
    let seen: NodeStatus =
      module.linkFailure != nil ? .errored : module.isLinkingOverride ? .linking : status
    module.recordedRecordStatus = status
    append(module, seen)
  }

  /// The facade changed what it adds to a record's status.
  func overrideChanged(_ module: VMModule) {
    recordTransitions()
    if !module.isLinkingOverride, module.linkFailure == nil {
      // For a moment Node says `unlinked`, until the graph is instantiated. It is a transition only
      // if it stays so to the end of the turn.
      settling.append(module)
      return
    }
    append(
      module,
      module.linkFailure != nil
        ? .errored : module.isLinkingOverride ? .linking : module.recordedRecordStatus)
  }

  private func append(_ module: VMModule, _ status: NodeStatus) {
    guard module.recordedStatus != status else { return }
    transitionCount += 1
    let transition = Transition(
      number: transitionCount, module: module, from: module.recordedStatus, to: status,
      eventCount: readEvents)
    module.recordedStatus = status
    onTransition(transition)
  }
}
