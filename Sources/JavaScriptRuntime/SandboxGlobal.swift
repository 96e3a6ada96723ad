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
      let value = JSObjectGetProperty(target.context, target.sandbox, name, exception)
      return target.passes(exception) ? nil : value
    }
    definition.setProperty = { _, global, name, value, exception in
      guard let target = Target(of: global), let name else { return false }
      JSObjectSetProperty(target.context, target.sandbox, name, value, 0, exception)
      _ = target.passes(exception)
      return true
    }
    definition.deleteProperty = { _, global, name, exception in
      guard let target = Target(of: global), let name, target.has(name) else { return false }
      let isDeleted = JSObjectDeleteProperty(target.context, target.sandbox, name, exception)
      return !target.passes(exception) && isDeleted
    }
    definition.getPropertyNames = { _, global, accumulator in
      guard let target = Target(of: global) else { return }
      let names = JSObjectCopyPropertyNames(target.context, target.sandbox)
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
    let context: JSGlobalContextRef
    let sandbox: JSObjectRef
    let stops: StopDoor

    init?(of global: JSObjectRef?) {
      guard let global, let data = JSObjectGetPrivate(global) else { return nil }
      let realm = Unmanaged<Realm>.fromOpaque(data).takeUnretainedValue()
      guard let sandbox = realm.sandbox, let object = realm.object(sandbox.raw) else { return nil }
      (context, self.sandbox, stops) = (realm.context, object, realm.engine.stops)
    }

    func has(_ name: JSStringRef) -> Bool {
      let has = JSObjectHasProperty(context, sandbox, name)
      // There is no exception to give.
      stops.again()
      return has && !stops.isPassing
    }

    /// Whether a stop passes, which then is the exception.
    func passes(_ exception: UnsafeMutablePointer<JSValueRef?>?) -> Bool {
      guard stops.isPassing else { return false }
      exception?.pointee = stops.exception(instead: exception?.pointee)
      return true
    }
  }
}
