internal import CJavaScriptCore

/// The global object of a realm that `vm.createContext(sandbox)` makes: reads, writes, deletes and
/// enumeration go to the sandbox, and what the sandbox lacks comes from the realm.
enum SandboxGlobal {
  nonisolated(unsafe) static let globalClass: JSClassRef? = {
    var definition = kJSClassDefinitionEmpty
    definition.hasProperty = { _, global, name in
      guard let (context, sandbox) = target(of: global), let name else { return false }
      return JSObjectHasProperty(context, sandbox, name)
    }
    definition.getProperty = { _, global, name, exception in
      guard let (context, sandbox) = target(of: global), let name,
        JSObjectHasProperty(context, sandbox, name)
      else { return nil }
      return JSObjectGetProperty(context, sandbox, name, exception)
    }
    definition.setProperty = { _, global, name, value, exception in
      guard let (context, sandbox) = target(of: global), let name else { return false }
      JSObjectSetProperty(context, sandbox, name, value, 0, exception)
      return true
    }
    definition.deleteProperty = { _, global, name, exception in
      guard let (context, sandbox) = target(of: global), let name,
        JSObjectHasProperty(context, sandbox, name)
      else { return false }
      return JSObjectDeleteProperty(context, sandbox, name, exception)
    }
    definition.getPropertyNames = { _, global, accumulator in
      guard let (context, sandbox) = target(of: global),
        let names = JSObjectCopyPropertyNames(context, sandbox)
      else { return }
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

  private static func target(of global: JSObjectRef?) -> (JSGlobalContextRef, JSObjectRef)? {
    guard let global, let data = JSObjectGetPrivate(global) else { return nil }
    let realm = Unmanaged<Realm>.fromOpaque(data).takeUnretainedValue()
    guard let sandbox = realm.sandbox, let object = realm.object(sandbox.raw) else { return nil }
    return (realm.context, object)
  }
}
