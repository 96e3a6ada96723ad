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

  private var depth = 0
  /// Why the engine stopped the code that was running; nil when it did not.
  var stopped: JavaScriptThrown.Kind?
  private var lastStop: JavaScriptThrown.Kind?
  /// The same of a job or a task: nobody has called it who could tell.
  private var lostStop: JavaScriptThrown.Kind?
  private var limit: (due: Double, milliseconds: Double)?
  private var watchesInterrupts = false
  /// Calls of JavaScript are on the stack, and do not go on.
  private var isPaused = false
  /// A stop leaves the next API call failing once; a throw-away evaluation takes that.
  private var needsThrowAwayEvaluation = false

  /// What is asked while JavaScript runs, to see whether the person pressed Ctrl-C.
  public var interruptRequested: () -> Bool = { false }

  public init(timers: TimerQueue, hooks: RuntimeHooks) {
    Self.configure
    group = JSContextGroupCreate()
    // The watchdog must be there before JavaScript runs: one made later never starts its clock.
    JSContextGroupSetExecutionTimeLimit(group, 3600, nil, nil)
    JSContextGroupClearExecutionTimeLimit(group)
    self.timers = timers
    self.hooks = hooks
  }

  deinit {
    JSContextGroupRelease(group)
  }

  /// Nobody uses the engine any more: what JavaScript has of Swift is let go of.
  public func end() { natives.end() }

  /// Strict tail calls drop frames, and `function f() { return f() }` would never end. With the
  /// concurrent collector (2.50.1, both compiler and collector on other threads), every second chain
  /// of 10,000 modules called a wrong function. Options must be set before the first virtual machine
  /// exists.
  private static let configure: Void = {
    _ = jsc_options_set_boolean("useTailCalls", 0)
    _ = jsc_options_set_boolean("useConcurrentGC", 0)
  }()

  /// Makes a realm. With `sandbox`, its global object reads and writes that object's properties.
  public func makeRealm(name: String, sandbox: JavaScriptValue? = nil) -> Realm {
    let realm = Realm(engine: self, name: name, sandbox: sandbox)
    realms.append(realm)
    return realm
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
      JSLock(realm.context)
    }
    depth += 1
  }

  public func leave() {
    guard let realm = realms.first, depth > 0 else { return }
    depth -= 1
    if depth == 0 { unlock(realm) }
  }

  /// Runs the jobs that are pending. Called from within an operation's outermost level only; deeper
  /// it does nothing, as in Node.
  public func drain() {
    guard depth == 1, let realm = realms.first else { return }
    unlock(realm)
    JSLock(realm.context)
  }

  private func unlock(_ realm: Realm) {
    JSUnlock(realm.context)
    endJobs()
    hooks.afterDrain()
  }

  /// A stop that no call has told is one of a job.
  private func endJobs() {
    if let stopped {
      noteLost(stop: stopped)
      self.stopped = nil
      needsThrowAwayEvaluation = true
    }
    endStop()
  }

  /// Runs one host task that is due until `limit` (milliseconds on the session's clock), then the
  /// jobs it left. False when none was due.
  public func runTask(until limit: Double) -> Bool {
    guard let task = timers.takeDue(until: limit) else { return false }
    task()
    drain()
    return true
  }

  // MARK: - Stopping code that runs

  /// Lets the code that `body` runs be stopped: by a time limit, and by `interruptRequested` when
  /// `interrupts` is set.
  public func limited<Result>(milliseconds: Double?, _ body: () throws -> Result) rethrows -> Result
  {
    let outer = limit
    if let milliseconds {
      limit = (Self.monotonicNow() + milliseconds, milliseconds)
    }
    arm()
    defer {
      limit = outer
      if outer == nil, !watchesInterrupts { JSContextGroupClearExecutionTimeLimit(group) }
    }
    return try body()
  }

  /// Runs what only looks at values: the getters of the person that it meets are stopped when they
  /// take too long, and no more comes of it.
  func looking<Result>(milliseconds: Double, _ body: () throws -> Result) rethrows -> Result {
    let outer = stopped
    defer {
      if stopped != outer { endStop() }
      stopped = outer
    }
    return try limited(milliseconds: milliseconds, body)
  }

  /// After a stop the next call into the engine would fail with what is left of it.
  func endStop() {
    guard needsThrowAwayEvaluation else { return }
    needsThrowAwayEvaluation = false
    realms.first?.throwAwayEvaluation()
  }

  /// Watches for Ctrl-C while JavaScript runs. Off, a signal ends the process. In a pause the lock
  /// belongs to the thread of the calls, which arms the watch when it goes on.
  public func watchInterrupts(_ on: Bool) {
    watchesInterrupts = on
    guard !isPaused else { return }
    if on { arm() } else { JSContextGroupClearExecutionTimeLimit(group) }
  }

  // MARK: - Standing still

  /// Runs `body` while calls of JavaScript are on the stack and do not go on: their time stands
  /// still.
  public func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = limit
    let begin = Self.monotonicNow()
    limit = nil
    isPaused = true
    JSContextGroupClearExecutionTimeLimit(group)
    defer {
      isPaused = false
      limit = outer.map { ($0.due + Self.monotonicNow() - begin, $0.milliseconds) }
      arm()
    }
    return try body()
  }

  /// Runs other code in a pause.
  public func watched<Result>(_ body: () throws -> Result) rethrows -> Result {
    isPaused = false
    arm()
    defer {
      isPaused = true
      JSContextGroupClearExecutionTimeLimit(group)
    }
    return try body()
  }

  /// How long after the beginning of a pause a watch may still go off, in seconds. It signals the
  /// thread of the calls a thousand times a second, until that runs something.
  public static let watchDelay = 2 * watchInterval
  private static let watchInterval = 0.25

  /// What the thread of the calls then runs.
  public func answerWatch() { realms.first?.throwAwayEvaluation() }

  private func arm() {
    guard limit != nil || watchesInterrupts else { return }
    // Shorter limits would throw optimised code away again and again.
    var seconds = Self.watchInterval
    if let limit { seconds = max(0.001, min(seconds, (limit.due - Self.monotonicNow()) / 1000)) }
    JSContextGroupSetExecutionTimeLimit(
      group, seconds,
      { _, data in
        guard let data else { return false }
        return Unmanaged<JavaScriptEngine>.fromOpaque(data).takeUnretainedValue().shouldStop()
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func shouldStop() -> Bool {
    if interruptRequested() {
      stopped = .interrupted
    } else if let limit, Self.monotonicNow() >= limit.due {
      stopped = .timedOut(milliseconds: limit.milliseconds)
    } else if hooks.memoryExceeded() {
      stopped = .outOfMemory
    } else {
      arm()
      return false
    }
    needsThrowAwayEvaluation = true
    return true
  }

  func noteLost(stop: JavaScriptThrown.Kind) {
    lastStop = stop
    lostStop = stop
  }

  /// Why the engine stopped a job or a task, if it did since this was asked last.
  public func takeLostStop() -> JavaScriptThrown.Kind? {
    // After a task, jobs run without an operation around them.
    if depth == 0 { endJobs() }
    defer { lostStop = nil }
    return lostStop
  }

  /// What a failed call into the engine means: the value it threw, or that the engine stopped it.
  func failure(_ exception: JSValueRef, in realm: Realm) -> JavaScriptThrown {
    if let kind = stopped {
      stopped = nil
      lastStop = kind
      // The next call into the engine would fail with what is left of the stop.
      needsThrowAwayEvaluation = false
      realm.throwAwayEvaluation()
      return JavaScriptThrown(stopped: kind)
    }
    // A stop inside code that other code called ends both: the outer call fails with these words.
    if let kind = lastStop, !JSValueIsObject(realm.context, exception),
      realm.text(exception) == "JavaScript execution terminated."
    {
      return JavaScriptThrown(stopped: kind)
    }
    return JavaScriptThrown(JavaScriptValue(exception, in: realm))
  }

  private static func monotonicNow() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
