package import CEmbeddedText
internal import CJavaScriptCore
public import ModuleSyntax

// What layers above may do with values of a realm.
extension Realm {
  public var undefinedValue: JavaScriptValue { JavaScriptValue(undefined, in: self) }
  public var nullValue: JavaScriptValue { JavaScriptValue(JSValueMakeNull(context), in: self) }
  public var globalObject: JavaScriptValue {
    JavaScriptValue(JSContextGetGlobalObject(context), in: self)
  }

  public func makeString(_ text: String) -> JavaScriptValue {
    JavaScriptValue(string(text), in: self)
  }

  public func makeNumber(_ number: Double) -> JavaScriptValue {
    JavaScriptValue(self.number(number), in: self)
  }

  public func makeBoolean(_ value: Bool) -> JavaScriptValue {
    JavaScriptValue(JSValueMakeBoolean(context, value), in: self)
  }

  public func makeObject() -> JavaScriptValue {
    JavaScriptValue(JSObjectMake(context, nil, nil), in: self)
  }

  /// An object without a prototype.
  public func makeRecord() -> JavaScriptValue { JavaScriptValue(record(), in: self) }

  /// `primordials` and `promises` of the realm, for JavaScript of modlab itself.
  public var preludeObjects: [JavaScriptValue] {
    [.primordials, .promises].map { JavaScriptValue(preludeObject($0), in: self) }
  }

  public func makeArray(_ values: [JavaScriptValue]) -> JavaScriptValue {
    JavaScriptValue(array(values.map(\.raw)), in: self)
  }

  /// Whether an object was made in this realm.
  public func owns(_ value: JavaScriptValue) -> Bool {
    object(value.raw).map { JSObjectGetGlobalContext($0) == context } ?? false
  }

  /// An error object of this realm, with the properties that Node and JavaScriptCore give to theirs.
  public func makeErrorObject(
    name: String, message: String, code: String? = nil, cause: JavaScriptValue? = nil,
    place: (source: String, position: SourcePosition)? = nil
  ) -> JavaScriptValue {
    let error =
      code.map { $0.isEmpty ? makeError(name, message) : makeNodeError(name, $0, message) }
      ?? makeError(name, message)
    guard let object = object(error) else { return JavaScriptValue(error, in: self) }
    func hide(_ name: String, _ value: JSValueRef) {
      define(name, of: object, to: value, enumerable: false)
    }
    if let cause { hide("cause", cause.raw) }
    if let place {
      hide("line", number(Double(place.position.line)))
      hide("column", number(Double(place.position.column)))
      hide("sourceURL", string(place.source))
      let frame = "    at \(place.source):\(place.position.line):\(place.position.column)"
      hide("stack", string("\(name): \(message)\n\(frame)"))
    }
    return JavaScriptValue(error, in: self)
  }

  /// A JavaScript function that calls a Swift one. With `givesMarker`, its caller calls `promises.mark` with
  /// its value: it gives nothing else.
  public func makeFunction(
    givesMarker: Bool = false,
    _ body: @escaping (_ arguments: CallArguments) throws -> JavaScriptValue?
  ) -> JavaScriptValue {
    let function = NativeFunction.make(in: self, givesMarker: givesMarker) { call in
      do {
        return try body(CallArguments(call: call))?.raw
      } catch let thrown as JavaScriptThrow {
        throw NativeThrow(value: thrown.value.raw)
      }
    }
    return JavaScriptValue(function ?? undefined, in: self)
  }

  /// `JSON.parse(text)`.
  public func parseJSON(_ text: String) -> CallResult {
    callOwn(.parseJSON, [string(text)])
  }

  /// `Object.assign(target, value)`; what it throws.
  public func assign(_ value: JavaScriptValue, to target: JavaScriptValue) -> JavaScriptThrown? {
    callOwn(.assign, [target.raw, value.raw]).thrown
  }

  /// What `new RegExp(source, flags)` throws.
  public func refusal(ofExpression source: String, flags: String) -> JavaScriptThrown? {
    callOwn(.compile, [string(source), string(flags)]).thrown
  }

  /// What the groups of `new RegExp(source, flags)` match in a text; nil when it does not match.
  public func match(_ source: String, flags: String, in subject: String) -> [String?]? {
    guard
      let found = callOwn(.match, [string(source), string(flags), string(subject)]).value,
      found.isObject
    else { return nil }
    return (1..<Int(found.property("length")?.number ?? 1)).map { index in
      let group = found.element(index)
      return group.isUndefined ? nil : group.text
    }
  }

  private func callOwn(_ function: PreludeFunction, _ arguments: [JSValueRef?]) -> CallResult {
    do throws(ScriptFailure) {
      return .value(JavaScriptValue(try callPrelude(function, arguments), in: self))
    } catch {
      return .thrown(error.thrown)
    }
  }

  /// A `Uint8Array` over an immutable buffer, where the engine has those.
  public func makeImmutableBytes(_ bytes: [UInt8]) -> JavaScriptValue {
    let array = makeBytes(bytes)
    return callOwn(.immutable, [array.raw]).value ?? array
  }

  /// Bytes that JavaScript writes and Swift reads, without a call in between.
  package func makeSharedBytes(count: Int) -> SharedBytes { SharedBytes(count, in: self) }

  /// A `Uint8Array`.
  public func makeBytes(_ bytes: [UInt8]) -> JavaScriptValue {
    guard let array = JSObjectMakeTypedArray(context, kJSTypedArrayTypeUint8Array, bytes.count, nil)
    else { return undefinedValue }
    if let start = JSObjectGetTypedArrayBytesPtr(context, array, nil) {
      start.copyMemory(from: bytes, byteCount: bytes.count)
    }
    return JavaScriptValue(array, in: self)
  }

  /// The bytes of a typed array; nil for other values.
  public func bytes(of value: JavaScriptValue) -> [UInt8]? {
    guard let object = object(value.raw),
      JSValueGetTypedArrayType(context, object, nil) != kJSTypedArrayTypeNone,
      let start = JSObjectGetTypedArrayBytesPtr(context, object, nil)
    else { return nil }
    let count = JSObjectGetTypedArrayByteLength(context, object, nil)
    let offset = JSObjectGetTypedArrayByteOffset(context, object, nil)
    return Array(UnsafeRawBufferPointer(start: start + offset, count: count))
  }

  /// As many as both have.
  func setBytes(of value: JavaScriptValue, to bytes: [UInt8]) {
    guard let object = object(value.raw),
      let start = JSObjectGetTypedArrayBytesPtr(context, object, nil)
    else { return }
    let count = min(bytes.count, JSObjectGetTypedArrayByteLength(context, object, nil))
    // The buffer has `count` bytes at least, and only this thread uses it.
    (start + JSObjectGetTypedArrayByteOffset(context, object, nil))
      .copyMemory(from: bytes, byteCount: count)
  }

  /// Makes `Math.random()` give the same numbers in every session with that seed.
  public func seedRandom(_ seed: Int) {
    _ = callOwn(.seedRandom, [number(Double(seed))])
  }

  /// Runs modlab's own JavaScript, which makes something that must not stay half made: nothing stops it.
  public func shielded<Result>(_ body: () -> Result) -> Result { engine.shielded(body) }

  /// Evaluates JavaScript of modlab itself.
  package func evaluateOwn(_ text: EmbeddedText, name: String) -> JavaScriptValue? {
    evaluateInternal(text, name: name).map { JavaScriptValue($0, in: self) }
  }

  /// Calls `settled` in the job that follows the settling of `Promise.resolve(value)`.
  public func watch(
    _ value: JavaScriptValue, _ settled: @escaping (_ rejected: Bool, JavaScriptValue) -> Void
  ) {
    watch(value, by: .watch, settled)
  }

  /// The same of a promise that only modlab has seen: how it settles is known, whatever a person did to
  /// `Promise.prototype`.
  public func watchOwn(
    _ promise: JavaScriptValue, _ settled: @escaping (_ rejected: Bool, JavaScriptValue) -> Void
  ) {
    watch(promise, by: .watchOwn, settled)
  }

  private func watch(
    _ value: JavaScriptValue, by function: PreludeFunction,
    _ settled: @escaping (_ rejected: Bool, JavaScriptValue) -> Void
  ) {
    let callback = NativeFunction.make(in: self) { call in
      settled(call.bool(0), call.value(1))
      return nil
    }
    do throws(ScriptFailure) {
      _ = try callPrelude(function, [value.raw, callback])
    } catch {
      // Reading the value's `constructor` or `then` threw.
      let thrown = error.thrown
      engine.enqueue { settled(true, thrown.value ?? self.undefinedValue) }
    }
  }

  /// A promise with the functions that settle it.
  public func makeDeferred() -> Deferred? {
    guard let triple = try? callPrelude(.deferred, []), let array = object(triple) else {
      return nil
    }
    return Deferred(
      promise: JavaScriptValue(element(0, of: array), in: self),
      resolve: JavaScriptValue(element(1, of: array), in: self),
      reject: JavaScriptValue(element(2, of: array), in: self))
  }
}

/// A promise that Swift settles.
public struct Deferred {
  public let promise: JavaScriptValue
  let resolve: JavaScriptValue
  let reject: JavaScriptValue

  public func fulfil(_ value: JavaScriptValue) { _ = resolve.call([value]) }
  public func reject(_ value: JavaScriptValue) { _ = reject.call([value]) }
}

/// A `Uint8Array` that only modlab has: nobody can detach it.
package struct SharedBytes {
  package let array: JavaScriptValue

  init(_ count: Int, in realm: Realm) {
    array = realm.makeBytes(Array(repeating: 0, count: count))
  }

  package var bytes: [UInt8] {
    get { array.realm.bytes(of: array) ?? [] }
    nonmutating set { array.realm.setBytes(of: array, to: newValue) }
  }
}

/// Thrown by a Swift function that JavaScript called: the value that JavaScript sees thrown.
public struct JavaScriptThrow: Error {
  // Everything happens on one thread.
  nonisolated(unsafe) public let value: JavaScriptValue

  public init(_ value: JavaScriptValue) {
    self.value = value
  }
}

/// How a call into JavaScript ended.
public enum CallResult {
  case value(JavaScriptValue)
  case thrown(JavaScriptThrown)

  public var thrown: JavaScriptThrown? {
    if case .thrown(let thrown) = self { return thrown }
    return nil
  }

  public var value: JavaScriptValue? {
    if case .value(let value) = self { return value }
    return nil
  }
}

extension JavaScriptValue {
  /// Calls a function with `this` undefined.
  public func call(_ arguments: [JavaScriptValue] = []) -> CallResult {
    do throws(ScriptFailure) {
      let result = try realm.callPrelude(.invoke, [raw] + arguments.map(\.raw))
      return .value(JavaScriptValue(result, in: realm))
    } catch {
      return .thrown(error.thrown)
    }
  }

  /// Calls a function of modlab's own, whose `this` does not matter.
  package func callOwn(_ arguments: [JavaScriptValue] = []) -> CallResult {
    call(on: realm.undefinedValue, arguments)
  }

  /// Calls it with a `this`.
  public func call(on receiver: JavaScriptValue, _ arguments: [JavaScriptValue]) -> CallResult {
    guard let function = realm.object(raw) else { return .value(realm.undefinedValue) }
    do throws(ScriptFailure) {
      let result = try realm.call(
        function, arguments.map(\.raw), on: realm.object(receiver.raw))
      return .value(JavaScriptValue(result, in: realm))
    } catch {
      return .thrown(error.thrown)
    }
  }

  /// A property's value; nil when this is no object or reading it throws.
  public func property(_ name: String) -> JavaScriptValue? {
    guard let object = realm.object(raw), let value = realm.property(name, of: object) else {
      return nil
    }
    return JavaScriptValue(value, in: realm)
  }

  public func setProperty(_ name: String, to value: JavaScriptValue) {
    if let object = realm.object(raw) { realm.setProperty(name, of: object, to: value.raw) }
  }

  public func element(_ index: Int) -> JavaScriptValue {
    guard let object = realm.object(raw) else { return realm.undefinedValue }
    return JavaScriptValue(realm.element(index, of: object), in: realm)
  }

  /// What ToString gives.
  public var text: String { realm.text(raw) }
  public var number: Double { realm.double(raw) }
  public var boolean: Bool { JSValueToBoolean(realm.context, raw) }
  public var isNull: Bool { JSValueIsNull(realm.context, raw) }
  public var isNumber: Bool { JSValueIsNumber(realm.context, raw) }
  public var isSymbol: Bool { JSValueIsSymbol(realm.context, raw) }

  /// What a Proxy stands before; nil when this is none.
  public var proxyTarget: JavaScriptValue? {
    guard let object = realm.object(raw), let target = JSObjectGetProxyTarget(object) else {
      return nil
    }
    return JavaScriptValue(target, in: realm)
  }

  /// `JSON.stringify(value)`; nil when JSON has no text for it, making it throws or takes too long.
  public var json: String? {
    let made = realm.engine.looking(milliseconds: Inspector.limit) {
      realm.jsonCopy(raw)
    }
    guard let string = made else { return nil }
    defer { JSStringRelease(string) }
    return RunningTexts.withoutMarks(JavaScriptString.text(string))
  }
}
