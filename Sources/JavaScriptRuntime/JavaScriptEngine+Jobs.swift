internal import CJavaScriptCore
internal import ModuleLinking

extension JavaScriptEngine {
  /// Puts a job of Swift behind the jobs that wait in the engine's queue.
  public func enqueue(_ job: @escaping () -> Void) { enqueue(.closure(job), .next) }

  /// The same of a job that has a code. `isLate`: it comes in the third turn from now.
  public func enqueue(_ job: any EngineJob, _ code: Int, isLate: Bool) {
    enqueue(.coded(job, code), isLate ? .third : .next)
  }

  private func enqueue(_ job: JobBatches.Job, _ turn: JobBatches.Turn) {
    guard !realms.isEmpty else { return job.perform() }
    // What waits ends with what is stopped.
    if stops.isPassing { return }
    if let marker = jobs.append(job, turn) { put(marker) }
    if !isInOperation { willRunJavaScript() }
  }

  /// Puts the marker of a batch into the queue.
  func put(_ marker: JobBatches.Marker) {
    guard let realm = realms.first else { return }
    _ = try? realm.callPrelude(.mark, [realm.number(Double(marker.code))])
  }

  /// A marker has come.
  func begin(_ marker: JobBatches.Marker) {
    if jobs.begin(marker) { runBatch() }
  }

  /// Runs what is left of the batch that has begun.
  func runBatch() {
    while let job = jobs.take() {
      job.perform()
      if stops.isPassing { return jobs.endBatch() }
    }
  }

  /// What JavaScript threw where no code of the person could catch it.
  func reportUncaught(_ thrown: JavaScriptThrown) {
    if let value = thrown.value {
      hooks.uncaught(value)
    } else {
      noteLost(stop: thrown.kind)
    }
  }

  /// Reads what was thrown.
  public func describe(_ value: JavaScriptValue) -> ErrorDescription {
    operation { ErrorReader(engine: self).describe(value) }
  }

  /// A realm for JavaScript of modlab itself.
  func makeInternalRealm(name: String) -> Realm {
    Realm(engine: self, name: name, sandbox: nil, isInternal: true)
  }

  /// Whether a value is a module namespace object.
  public func isNamespace(_ value: JavaScriptValue) -> Bool {
    value.isObject && namespaceRows(value.raw) != nil
  }

  /// `[name, initialized, value]` of each export of a namespace object; nil for other values.
  func namespaceRows(_ value: JSValueRef) -> JSValueRef? {
    for realm in realms {
      if let rows = try? realm.callPrelude(.namespaceExports, [value]),
        !JSValueIsUndefined(realm.context, rows)
      {
        return rows
      }
    }
    return nil
  }
}
