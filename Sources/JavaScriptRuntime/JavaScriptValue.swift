internal import CJavaScriptCore

/// A JavaScript value that stays alive as long as this object does.
public final class JavaScriptValue {
  let raw: JSValueRef
  public let realm: Realm

  init(_ raw: JSValueRef, in realm: Realm) {
    self.raw = raw
    self.realm = realm
    JSValueProtect(realm.context, raw)
  }

  deinit {
    JSValueUnprotect(realm.context, raw)
  }

  public var isUndefined: Bool { JSValueIsUndefined(realm.context, raw) }
  public var isObject: Bool { JSValueIsObject(realm.context, raw) }
  public var isString: Bool { JSValueIsString(realm.context, raw) }
  public var isFunction: Bool {
    guard let object = realm.object(raw) else { return false }
    return JSObjectIsFunction(realm.context, object)
  }

  public func isSame(as other: JavaScriptValue) -> Bool {
    JSValueIsStrictEqual(realm.context, raw, other.raw)
  }
}
