internal import CJavaScriptCore
internal import Glibc

/// A JavaScriptCore virtual machine with its realms, its jobs and its timers. Everything happens on
/// one thread.
///
/// JavaScriptCore runs pending jobs when the outermost call into it returns; an `operation` holds its
/// lock, so that jobs run when the operation says so and not between two bodies of one graph.
public final class JavaScriptEngine {
  let group: JSContextGroupRef
  public private(set) var realms: [Realm] = []
  public let timers: TimerQueue
  public let hooks: RuntimeHooks

  public private(set) lazy var inspector = Inspector(engine: self)
  let texts = RunningTexts()
  let natives = NativeFunctions()
  /// Values that all realms have in common, by name: well-known symbols that the engine lacks.
  var sharedValues: [String: JSValueRef] = [:]
  private var cells = 0

  var jobs = JobBatches()
  /// How many operations are inside each other.
  private var depth = 0
  /// How many calls of `import()` there were.
  var importCount = 0
  /// The depths at which turns began.
  private var turns: [Int] = []
  let stops: StopDoor
  /// Why the engine stopped a job, a task, or what no call has told.
  private var lostStop: JavaScriptThrown.Kind?

  /// `usesFallback`: code is stopped as where the engine's own functions for that are missing.
  public init(timers: TimerQueue, hooks: RuntimeHooks, usesFallback: Bool = false) {
    Self.configure
    group = JSContextGroupCreate()
    stops = StopDoor(group, usesFallback: usesFallback)
    self.timers = timers
    self.hooks = hooks
  }

  deinit {
    for realm in realms { realm.hasEnded = true }
    JSContextGroupRelease(group)
  }

  /// Nobody uses the engine any more: what JavaScript has of Swift is let go of.
  public func end() { natives.end() }

  /// Strict tail calls drop frames, and `function f() { return f() }` would never end. With the
  /// concurrent collector (2.50.1, both compiler and collector on other threads), every second chain
  /// of 10,000 modules called a wrong function. Nothing stops a loop of WebAssembly: there is none.
  /// Optimised code would be left by breakpoints that a signal sets, where it can be left: the top compiler
  /// takes the point in a loop that calls nothing for the same as one before the loop, and removes it. So
  /// loops look at the traps instead.
  /// Options must be set before the first virtual machine exists.
  static let configure: Void = {
    _ = jsc_options_set_boolean("useTailCalls", 0)
    _ = jsc_options_set_boolean("useConcurrentGC", 0)
    _ = jsc_options_set_boolean("useWasm", 0)
    _ = jsc_options_set_boolean("usePollingTraps", 1)
  }()

  /// Makes a realm. With `sandbox`, its global object reads and writes that object's properties.
  public func makeRealm(name: String, sandbox: JavaScriptValue? = nil) -> Realm {
    if stops.watch.memoryExceeded() { stops.now(.outOfMemory) }
    let realm = Realm(engine: self, name: name, sandbox: sandbox)
    realms.append(realm)
    return realm
  }

  /// A number for the value of a running script.
  func newCell() -> Int {
    cells += 1
    return cells
  }

  // MARK: - Operations

  /// Runs `body` with the engine's lock held: no job runs before it returns, except inside `drain`.
  @discardableResult
  public func operation<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard !realms.isEmpty else { return try body() }
    enter()
    defer { leave() }
    return try body()
  }

  /// Begins an operation that `leave` ends. There is a realm.
  public func enter() {
    guard let realm = realms.first else { return }
    if depth == 0 {
      natives.dropBuried()
      lock(realm)
    }
    depth += 1
    if stops.needsTurn {
      turns.append(depth)
      beginTurn()
    }
  }

  public func leave() {
    guard let realm = realms.first, depth > 0 else { return }
    if depth == 1 { endOperation(realm) }
    if turns.last == depth {
      turns.removeLast()
      endTurn()
    }
    depth -= 1
  }

  /// Runs the jobs that are pending. Called from within an operation's outermost level only; deeper
  /// it does nothing, as in Node.
  public func drain() {
    guard depth == 1, let realm = realms.first else { return }
    endOperation(realm)
    lock(realm)
  }

  var isInOperation: Bool { depth > 0 }

  private func endOperation(_ realm: Realm) {
    // The jobs of what is stopped end with it.
    stops.again()
    runLimited { unlock(realm) }
    hooks.afterDrain()
  }

  /// Runs jobs, or a task: nobody has called them who could tell why they were stopped.
  ///
  /// A limit of Node's ends with the synchronous part of an evaluation: what goes on for a while is let be.
  public func runLimited(_ body: () -> Void) {
    let limit = hooks.turnLimit.map { max($0, Self.leastForJobs) }
    guard let stop = limited(Limit(milliseconds: limit), body).stop else { return }
    if case .timedOut = stop {
      noteLost(stop: .timedOut(milliseconds: hooks.turnLimit ?? 0))
    } else {
      noteLost(stop: stop)
    }
  }

  private static let leastForJobs = 500.0

  // MARK: - Turns

  /// All that is run at once begins. It ends by an interrupt, and when memory is short.
  func beginTurn() { stops.push(turnFrame) }

  /// When the command that runs now is to be stopped.
  private var turnFrame: StopDoor.Frame {
    let due = hooks.stopDue()
    return .turn(milliseconds: due?.milliseconds, stop: due?.kind ?? .interrupted)
  }

  /// The turn goes on, in the time of another command than the one that it began in.
  func renewTurn() { stops.renew(turnFrame) }

  func endTurn() {
    if let stop = stops.ended {
      noteLost(stop: stop)
      hooks.stopped(stop, false)
    }
    stops.pop()
  }

  func noteLost(stop: JavaScriptThrown.Kind) { lostStop = stop }

  /// Why the engine stopped a job, a task or a turn, if it did since this was asked last.
  public func takeLostStop() -> JavaScriptThrown.Kind? {
    defer { lostStop = nil }
    return lostStop
  }
}
