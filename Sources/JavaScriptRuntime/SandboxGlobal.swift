internal import CJavaScriptCore

/// The global object of a realm that `vm.createContext(sandbox)` makes: reads, writes, deletes and
/// enumeration go to the sandbox, and what the sandbox lacks comes from the realm.
enum SandboxGlobal {
  nonisolated(unsafe) static let globalClass: JSClassRef? = {
    var definition = kJSClassDefinitionEmpty
    definition.hasProperty = { _, global, name in
      guard let target = Target(of: global), let name else { return false }
      return target.has(name)
    }
    definition.getProperty = { _, global, name, exception in
      guard let target = Target(of: global), let name, target.has(name) else { return nil }
      return target.telling(exception) { target.realm.get(name, of: target.sandbox, &$0) } ?? nil
    }
    definition.setProperty = { _, global, name, value, exception in
      guard let target = Target(of: global), let name else { return false }
      _ = target.telling(exception) {
        target.realm.set(name, of: target.sandbox, to: value, &$0)
      }
      return true
    }
    definition.deleteProperty = { _, global, name, exception in
      guard let target = Target(of: global), let name else { return false }
      let had = target.has(name)
      let isDeleted = target.telling(exception) {
        target.realm.delete(name, of: target.sandbox, &$0)
      }
      // What the sandbox lacks may be the realm's own.
      return had && isDeleted == true
    }
    definition.getPropertyNames = { _, global, accumulator in
      guard let target = Target(of: global) else { return }
      let names = target.realm.propertyNames(of: target.sandbox)
      // There is no exception to give.
      target.stops.again()
      guard let names else { return }
      defer { JSPropertyNameArrayRelease(names) }
      for i in 0..<JSPropertyNameArrayGetCount(names) {
        JSPropertyNameAccumulatorAddName(accumulator, JSPropertyNameArrayGetNameAtIndex(names, i))
      }
    }
    return JSClassCreate(&definition)
  }()

  /// Lets a realm's global object find its realm. Until then it has the properties of any global.
  static func attach(_ realm: Realm) {
    guard let global = JSContextGetGlobalObject(realm.context) else { return }
    JSObjectSetPrivate(global, Unmanaged.passUnretained(realm).toOpaque())
  }

  static func detach(_ realm: Realm) {
    guard let global = JSContextGetGlobalObject(realm.context) else { return }
    JSObjectSetPrivate(global, nil)
  }

  /// The sandbox behind a global object. Its getters, and the traps of a Proxy, are code of the person:
  /// a stop in them goes on.
  private struct Target {
    let realm: Realm
    let sandbox: JSObjectRef

    var stops: StopDoor { realm.engine.stops }

    init?(of global: JSObjectRef?) {
      guard let global, let data = JSObjectGetPrivate(global) else { return nil }
      let realm = Unmanaged<Realm>.fromOpaque(data).takeUnretainedValue()
      guard let sandbox = realm.sandbox, let object = realm.object(sandbox.raw) else { return nil }
      (self.realm, self.sandbox) = (realm, object)
    }

    func has(_ name: JSStringRef) -> Bool {
      let has = realm.has(name, sandbox)
      // There is no exception to give.
      stops.again()
      return has
    }

    /// Nil when a stop passes, which then is the exception.
    func telling<Result>(
      _ exception: UnsafeMutablePointer<JSValueRef?>?, _ body: (inout JSValueRef?) -> Result
    ) -> Result? {
      var thrown: JSValueRef?
      let result = body(&thrown)
      let isPassing = stops.isPassing
      if isPassing { thrown = stops.exception(instead: thrown) }
      if let thrown { exception?.pointee = thrown }
      return isPassing ? nil : result
    }
  }
}
