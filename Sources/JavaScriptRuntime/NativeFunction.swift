internal import CJavaScriptCore

/// The arguments of a call from JavaScript to Swift.
struct NativeCall {
  let realm: Realm
  let arguments: UnsafeBufferPointer<JSValueRef?>

  var count: Int { arguments.count }

  subscript(index: Int) -> JSValueRef {
    if index < arguments.count, let value = arguments[index] { return value }
    return realm.undefined
  }

  func int(_ index: Int) -> Int {
    let number = realm.double(self[index])
    return number.isFinite ? Int(number) : 0
  }

  func double(_ index: Int) -> Double { realm.double(self[index]) }

  func bool(_ index: Int) -> Bool { JSValueToBoolean(realm.context, self[index]) }

  func string(_ index: Int) -> String { realm.text(self[index]) }

  func value(_ index: Int) -> JavaScriptValue { JavaScriptValue(self[index], in: realm) }
}

/// A failure of a native function: the value that JavaScript sees thrown.
struct NativeThrow: Error {
  // Everything happens on one thread.
  nonisolated(unsafe) let value: JSValueRef
}

/// A Swift function that JavaScript can call. C callbacks cannot capture: the function travels as
/// the private data of a JavaScript object.
final class NativeFunction {
  typealias Body = (NativeCall) throws -> JSValueRef?

  private unowned let realm: Realm
  private var body: Body
  private let others: NativeFunctions

  /// Its value is the marker that its caller is to put into the queue, if there is one.
  private let givesMarker: Bool

  private init(_ realm: Realm, givesMarker: Bool, _ body: @escaping Body) {
    self.realm = realm
    self.givesMarker = givesMarker
    self.body = body
    others = realm.engine.natives
    others.add(self)
  }

  deinit { others.remove(self) }

  func end() { body = { _ in nil } }

  nonisolated(unsafe) private static let objectClass: JSClassRef? = {
    var definition = kJSClassDefinitionEmpty
    definition.callAsFunction = { _, function, _, count, arguments, exception in
      guard let data = JSObjectGetPrivate(function) else { return nil }
      let native = Unmanaged<NativeFunction>.fromOpaque(data).takeUnretainedValue()
      let realm = native.realm
      let engine = realm.engine
      engine.wasCalled(in: realm)
      let call = NativeCall(
        realm: realm, arguments: UnsafeBufferPointer(start: arguments, count: count))
      var thrown: JSValueRef?
      var result: JSValueRef?
      do {
        result = try native.body(call)
      } catch let failure as NativeThrow {
        thrown = failure.value
      } catch {
        thrown = realm.makeError("Error", "\(error)")
      }
      // Whatever it called: a stop goes on through it.
      if engine.stops.isPassing { thrown = engine.stops.exception(instead: thrown) }
      let marker = engine.willReturn(to: realm, givesMarker: native.givesMarker)
      if let thrown {
        if let marker { engine.put(marker) }
        exception?.pointee = thrown
        return nil
      }
      if let marker { return realm.number(Double(marker.code)) }
      return result ?? realm.undefined
    }
    definition.finalize = { object in
      if let data = JSObjectGetPrivate(object) {
        let native = Unmanaged<NativeFunction>.fromOpaque(data).takeRetainedValue()
        native.others.bury(native.body)
        native.end()
      }
    }
    return JSClassCreate(&definition)
  }()

  static func make(
    in realm: Realm, givesMarker: Bool = false, _ body: @escaping Body
  ) -> JSObjectRef? {
    realm.engine.natives.dropBuried()
    let native = NativeFunction(realm, givesMarker: givesMarker, body)
    return JSObjectMake(
      realm.context, objectClass, Unmanaged.passRetained(native).toOpaque())
  }
}
