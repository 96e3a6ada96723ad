internal import CJavaScriptCore

/// What JavaScript that runs is given.
public struct Limit: Sendable {
  /// Nil: as long as it takes.
  public var milliseconds: Double?
  /// Ctrl-C ends it, and not what is around it (`breakOnSigint`).
  public var breaksOnInterrupt: Bool

  public init(milliseconds: Double? = nil, breaksOnInterrupt: Bool = false) {
    self.milliseconds = milliseconds
    self.breaksOnInterrupt = breaksOnInterrupt
  }

  public var isNone: Bool { milliseconds == nil && !breaksOnInterrupt }
}

// Limits of code that runs: https://nodejs.org/api/vm.html#scriptruninthiscontextoptions
//
// A stop unwinds to the limit that was reached, over everything in between, which can catch nothing:
// until it is there, no JavaScript is begun (`isPassing`), and each native function passes it on.
extension JavaScriptEngine {
  /// Runs `body` within a limit. `stop` is why its code was ended, when this limit did that: what the
  /// body has given then is not what it would have.
  public func limited<Result>(
    _ limit: Limit, _ body: () -> Result
  ) -> (result: Result, stop: JavaScriptThrown.Kind?) {
    if limit.isNone { return (body(), nil) }
    return entering {
      // Where the same is done again, nobody presses Ctrl-C again.
      let due = limit.breaksOnInterrupt ? hooks.caughtStopDue() : nil
      stops.push(
        .call(milliseconds: limit.milliseconds, breaksOnInterrupt: limit.breaksOnInterrupt))
      if let due { stops.push(.call(milliseconds: due, stop: .interrupted)) }
      let result = body()
      let stop = due == nil ? nil : endCall()
      return (result, endCall() ?? stop)
    }
  }

  private func endCall() -> JavaScriptThrown.Kind? {
    let stop = stops.ended
    if stop == .interrupted { hooks.stopped(.interrupted, true) }
    stops.pop()
    return stop
  }

  /// A stop of the innermost limit goes no further: what was called last has ended, and no more comes
  /// of the stop before the limit does. False when it is not that limit's.
  public func holdStop() -> Bool { stops.hold() }

  /// Runs what only looks at values: the getters of the person that it meets are stopped when they
  /// take too long, and no more comes of it.
  func looking<Result>(milliseconds: Double, _ body: () -> Result) -> Result {
    limited(Limit(milliseconds: milliseconds), body).result
  }

  /// Runs modlab's own JavaScript, which makes something that must not stay half made.
  func shielded<Result>(_ body: () -> Result) -> Result {
    stops.push(.shield)
    defer { stops.pop() }
    return body()
  }

  /// Why a stop is on its way, if one is: what failed has not failed by itself.
  public var passingStop: JavaScriptThrown.Kind? { stops.passing }

  /// The code that runs goes no further.
  func stopNow(_ kind: JavaScriptThrown.Kind) { stops.now(kind) }

  /// What a failed call into the engine means: the value it threw, or that the engine stopped it.
  func failure(_ exception: JSValueRef, in realm: Realm) -> JavaScriptThrown {
    if let kind = stops.passing { return JavaScriptThrown(stopped: kind) }
    if stops.isFallback, !JSValueIsObject(realm.context, exception),
      realm.text(exception) == "JavaScript execution terminated."
    {
      return JavaScriptThrown(stopped: stops.last)
    }
    return JavaScriptThrown(JavaScriptValue(exception, in: realm))
  }

  // MARK: - Standing still

  /// Runs `body` while calls of JavaScript are on the stack and do not go on: their time stands
  /// still. Other code may run in turns of its own meanwhile.
  public func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    stops.push(.pause)
    defer {
      stops.pop()
      renewTurn()
    }
    return try body()
  }

  /// What ends code from outside.
  public var watch: StopWatch {
    get { stops.watch }
    set { stops.watch = newValue }
  }
}
