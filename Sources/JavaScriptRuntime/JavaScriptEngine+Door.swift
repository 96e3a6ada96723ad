internal import CJavaScriptCore

// The one door to JavaScript. Whatever may run code of anybody (calls, scripts, property reads,
// conversions, the drain) passes it: here, and in `Realm+Door.swift`. So all code runs within a turn,
// nothing is begun while a stop passes, and jobs of Swift are in the queue before code runs that could
// put its own there. `.ci/lint_door.py` finds who goes around it.
extension JavaScriptEngine {
  /// Runs what may run JavaScript. Nil when a stop passes, before or after.
  func pass<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result?
  ) throws(Failure) -> Result? {
    if stops.isPassing { return nil }
    willRunJavaScript()
    return try entering { () throws(Failure) in
      let result = try body()
      return stops.isPassing ? nil : result
    }
  }

  /// Runs `body` in a turn.
  func entering<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard stops.needsTurn else { return try body() }
    beginTurn()
    defer { endTurn() }
    return try body()
  }

  // MARK: - From JavaScript and back

  /// JavaScript may run now.
  @inline(__always)
  func willRunJavaScript() {
    if let marker = jobs.close() { put(marker) }
  }

  /// JavaScript has called Swift: it may have put jobs into the queue. A native function runs without the
  /// lock, which each call of JavaScriptCore would take and leave: it is held until `willReturn`.
  @inline(__always)
  func wasCalled(in realm: Realm) {
    _ = jobs.close()
    JSLock(realm.context)
  }

  /// Swift gives back to the JavaScript that called it. The marker that must be in the queue before it goes
  /// on, for a function that gives it to its caller, which then puts it there (`mark` in `realm.js`).
  @inline(__always)
  func willReturn(to realm: Realm, givesMarker: Bool) -> JobBatches.Marker? {
    var marker: JobBatches.Marker?
    if givesMarker { marker = jobs.close() } else { willRunJavaScript() }
    // Jobs wait: the caller's lock is dropped, not left.
    JSUnlock(realm.context)
    return marker
  }

  // MARK: - The lock and the queue

  func lock(_ realm: Realm) { JSLock(realm.context) }

  /// Runs the jobs that wait, when nobody else has the lock.
  func unlock(_ realm: Realm) {
    willRunJavaScript()
    JSUnlock(realm.context)
  }

  /// Takes away the objects that nothing leads to. No code of a person's runs: callbacks of a
  /// FinalizationRegistry become jobs.
  public func collectGarbage() {
    guard let realm = realms.first else { return }
    JSSynchronousGarbageCollectForDebugging(realm.context)
  }

  /// Runs the jobs that wait, within the innermost limit.
  func drainInside() {
    // The first of them are what is left of the batch that runs.
    runBatch()
    willRunJavaScript()
    stops.drain()
  }
}
