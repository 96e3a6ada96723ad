internal import CJavaScriptCore
internal import ModuleLinking

extension JavaScriptEngine {
  /// Puts a job of Swift behind the jobs that wait in the engine's queue.
  public func enqueue(_ job: @escaping () -> Void) {
    guard let realm = realms.first else { return job() }
    let function = NativeFunction.make(in: realm) { _ in
      job()
      return nil
    }
    _ = try? realm.callPrelude("enqueue", [function])
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
      if let rows = try? realm.callPrelude("namespaceExports", [value]),
        !JSValueIsUndefined(realm.context, rows)
      {
        return rows
      }
    }
    return nil
  }
}
