internal import CJavaScriptCore
internal import ModuleLinking

extension JavaScriptEngine {
  /// Puts a job of Swift behind the jobs that wait in the engine's queue.
  public func enqueue(_ job: @escaping () -> Void) {
    guard !realms.isEmpty else { return job() }
    // What waits ends with what is stopped.
    if stops.isPassing { return }
    jobs.append(job)
    if !isInOperation { willRunJavaScript() }
  }

  /// Puts the marker of a batch into the queue.
  func mark(_ batch: Int) {
    guard let realm = realms.first else { return }
    _ = try? realm.callPrelude(.mark, [realm.number(Double(batch))])
  }

  /// The marker of a batch has come.
  func begin(batch: Int) {
    if jobs.begin(batch) { runBatch() }
  }

  /// Runs what is left of the batch that has begun.
  func runBatch() {
    while let job = jobs.next() {
      job()
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
