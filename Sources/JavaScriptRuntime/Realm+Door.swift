internal import CJavaScriptCore

// What enters JavaScript by JavaScriptCore's C API: see `JavaScriptEngine+Door.swift`.
extension Realm {
  // MARK: - Running

  /// Calls a function, with a `this` where it matters.
  func call(
    _ function: JSObjectRef, _ arguments: [JSValueRef?], on receiver: JSObjectRef? = nil
  ) throws(ScriptFailure) -> JSValueRef {
    // What is thrown does not leave JavaScript: JavaScriptCore makes a text of each exception that does, for
    // an inspector that is never there, and so calls the person's own `toString`.
    guard let attempt = preludeFunction(.attempt) else {
      return try run { exception in
        JSObjectCallAsFunction(context, function, receiver, arguments.count, arguments, &exception)
      }
    }
    let values = [function, receiver ?? JSContextGetGlobalObject(context)] + arguments
    // Jobs may run before the call returns, and call others.
    let outer = caught
    caught = nil
    defer { caught = outer }
    return try run { exception in
      let result = JSObjectCallAsFunction(context, attempt, nil, values.count, values, &exception)
      guard let caught else { return result }
      exception = caught.raw
      return nil
    }
  }

  /// Evaluates a script's text as it stands. `receiver` is its `this`, the global object when there is none.
  func evaluate(
    _ text: JSStringRef, name: String, this receiver: JSObjectRef? = nil
  ) throws(ScriptFailure) -> JSValueRef {
    let url = JavaScriptString.make(name)
    defer { if let url { JSStringRelease(url) } }
    return try run { exception in JSEvaluateScript(context, text, receiver, url, 1, &exception) }
  }

  /// Evaluates a person's script, whose exceptions do not leave JavaScript either.
  func evaluateScript(_ text: JSStringRef, name: String) throws(ScriptFailure) -> JSValueRef {
    let url = JavaScriptString.make(name)
    defer { if let url { JSStringRelease(url) } }
    guard let script = JSScriptCreateFromString(engine.group, url, 1, text, nil, nil) else {
      // Nothing of it runs: this gives the SyntaxError.
      return try evaluate(text, name: name)
    }
    defer { JSScriptRelease(script) }
    return try run { exception in JSScriptEvaluate(context, script, nil, &exception) }
  }

  private func run(
    _ body: (_ exception: inout JSValueRef?) -> JSValueRef?
  ) throws(ScriptFailure) -> JSValueRef {
    let engine = engine
    var stop = engine.stops.passing
    let result = try engine.pass { () throws(ScriptFailure) -> JSValueRef? in
      var exception: JSValueRef?
      let result = body(&exception)
      if let exception { throw ScriptFailure(engine.failure(exception, in: self)) }
      stop = engine.stops.passing
      return result ?? undefined
    }
    if let result { return result }
    throw ScriptFailure(JavaScriptThrown(stopped: stop ?? engine.stops.last))
  }

  // MARK: - Properties

  func get(
    _ name: JSStringRef, of object: JSObjectRef, _ exception: inout JSValueRef?
  ) -> JSValueRef? {
    engine.pass { JSObjectGetProperty(context, object, name, &exception) }
  }

  /// As an assignment does: setters of prototypes are met.
  func set(
    _ name: JSStringRef, of object: JSObjectRef, to value: JSValueRef?,
    _ exception: inout JSValueRef?
  ) {
    _ = engine.pass { JSObjectSetProperty(context, object, name, value, 0, &exception) }
  }

  func has(_ name: JSStringRef, _ object: JSObjectRef) -> Bool {
    engine.pass { JSObjectHasProperty(context, object, name) } ?? false
  }

  func delete(
    _ name: JSStringRef, of object: JSObjectRef, _ exception: inout JSValueRef?
  ) -> Bool {
    engine.pass { JSObjectDeleteProperty(context, object, name, &exception) } ?? false
  }

  /// The caller releases them.
  func propertyNames(of object: JSObjectRef) -> JSPropertyNameArrayRef? {
    engine.pass { JSObjectCopyPropertyNames(context, object) }
  }

  /// A property's value; nil when reading it throws.
  func property(_ name: String, of object: JSObjectRef) -> JSValueRef? {
    guard let key = JavaScriptString.make(name) else { return nil }
    defer { JSStringRelease(key) }
    var exception: JSValueRef?
    let value = get(key, of: object, &exception)
    return exception == nil ? value : nil
  }

  func setProperty(_ name: String, of object: JSObjectRef, to value: JSValueRef) {
    guard let key = JavaScriptString.make(name) else { return }
    defer { JSStringRelease(key) }
    var exception: JSValueRef?
    set(key, of: object, to: value, &exception)
  }

  func element(_ index: Int, of array: JSObjectRef) -> JSValueRef {
    engine.pass { JSObjectGetPropertyAtIndex(context, array, UInt32(index), nil) } ?? undefined
  }

  /// An object without a prototype: what a person's code does to `Object.prototype` is not met there.
  func record() -> JSObjectRef {
    let object: JSObjectRef = JSObjectMake(context, nil, nil)
    // No Proxy: no trap runs.
    JSObjectSetPrototype(context, object, JSValueMakeNull(context))
    return object
  }

  // MARK: - Conversions

  /// What ToString gives, for the caller to release; nil when that throws.
  func stringCopy(_ value: JSValueRef) -> JSStringRef? {
    // That of a primitive runs no code.
    JSValueIsObject(context, value)
      ? engine.pass { JSValueToStringCopy(context, value, nil) }
      : JSValueToStringCopy(context, value, nil)
  }

  /// What ToNumber gives; NaN when that throws.
  func double(_ value: JSValueRef) -> Double {
    JSValueIsObject(context, value)
      ? engine.pass { JSValueToNumber(context, value, nil) } ?? .nan
      : JSValueToNumber(context, value, nil)
  }

  /// `JSON.stringify(value)`, for the caller to release; nil when there is no text, or making it throws.
  func jsonCopy(_ value: JSValueRef) -> JSStringRef? {
    engine.pass { JSValueCreateJSONString(context, value, 0, nil) }
  }
}
