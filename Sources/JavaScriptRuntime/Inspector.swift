internal import CEmbeddedText
internal import CJavaScriptCore

/// Shows values as Node's `util.inspect` does, by JavaScript that runs in a realm of its own, which
/// the person's code cannot reach. Made when the first value that is no string is shown.
public final class Inspector {
  private unowned let engine: JavaScriptEngine
  private var functions: JSObjectRef?
  private var receivedFunction: JSObjectRef?
  private var consoleFactory: JSObjectRef?
  private lazy var realm = engine.makeInternalRealm(name: "modlab:inspector")
  private lazy var probe = PromiseProbe(realm)
  /// Milliseconds that showing one value may take: getters and `toString` of the person run.
  static let limit: Double = 2000
  public var colors = false

  init(engine: JavaScriptEngine) {
    self.engine = engine
  }

  /// The value on one or several lines.
  public func inspect(_ value: JavaScriptValue) -> String {
    inspect(value.raw, in: value.realm)
  }

  /// How Node's argument errors name a value: `type number (5)`, `an instance of Foo`.
  public func received(_ value: JavaScriptValue) -> String { received(value.raw, in: value.realm) }

  func inspect(_ value: JSValueRef, in realm: Realm) -> String {
    if let text = plainText(of: value, in: realm) { return text }
    return call("inspect", [value]) ?? "[value that cannot be shown]"
  }

  /// The text of a value that needs no JavaScript to be shown, whose realm costs as much as the engine's
  /// first one.
  private func plainText(of value: JSValueRef, in realm: Realm) -> String? {
    guard !colors else { return nil }
    if JSValueIsNumber(realm.context, value) {
      let number = realm.double(value)
      return number == 0 && number.sign == .minus ? "-0" : realm.text(value)
    }
    let isWord =
      JSValueIsBoolean(realm.context, value) || JSValueIsUndefined(realm.context, value)
      || JSValueIsNull(realm.context, value)
    return isWord ? realm.text(value) : nil
  }

  /// `util.format`.
  func format(_ values: [JSValueRef], in realm: Realm) -> String {
    if values.count == 1, JSValueIsString(realm.context, values[0]) {
      return RunningTexts.withoutMarks(realm.text(values[0]))
    }
    if values.isEmpty { return "" }
    return call("format", [self.realm.array(values)]) ?? "[value that cannot be shown]"
  }

  func received(_ value: JSValueRef, in realm: Realm) -> String {
    _ = loadFunctions()
    guard let receivedFunction, let result = try? self.realm.call(receivedFunction, [value]) else {
      return "a value"
    }
    return self.realm.text(result)
  }

  func makeConsole(for target: Realm) -> JSValueRef? {
    guard let factory = makeConsoleFactory() else { return nil }
    return try? realm.call(factory, [target.preludeObject(.primordials)])
  }

  func makeStructuredClone(for target: Realm) -> JSValueRef? {
    guard loadFunctions() != nil,
      let factory = realm.evaluateInternal(.structuredClone, name: "modlab:clone"),
      let function = realm.object(factory), let native = makeNatives(), let functions,
      let made = try? realm.call(function, [native, functions]), let maker = realm.object(made)
    else { return nil }
    return try? realm.call(maker, [target.preludeObject(.primordials)])
  }

  private func call(_ name: String, _ arguments: [JSValueRef]) -> String? {
    guard let functions = loadFunctions(), let value = realm.property(name, of: functions),
      let function = realm.object(value)
    else { return nil }
    let options = optionsObject()
    return engine.looking(milliseconds: Self.limit) {
      guard let result = try? realm.call(function, arguments + [options]) else { return nil }
      return RunningTexts.withoutMarks(realm.text(result))
    }
  }

  private func optionsObject() -> JSValueRef {
    guard colors else { return realm.undefined }
    let object = realm.record()
    realm.setProperty("colors", of: object, to: JSValueMakeBoolean(realm.context, true))
    return object
  }

  private func loadFunctions() -> JSObjectRef? {
    if let functions { return functions }
    guard let native = makeNatives(),
      let made = realm.evaluateInternal(.inspector, name: "modlab:inspect", this: native),
      let object = realm.object(made)
    else { return nil }
    JSValueProtect(realm.context, object)
    if let received = realm.evaluateInternal(.received, name: "modlab:received"),
      let maker = realm.object(received), let made = try? realm.call(maker, [object])
    {
      JSValueProtect(realm.context, made)
      receivedFunction = realm.object(made)
    }
    functions = object
    if let main = engine.realms.first, let know = realm.property("know", of: object),
      let function = realm.object(know)
    {
      _ = try? realm.call(function, [main.preludeObject(.primordials)])
    }
    return object
  }

  private func makeConsoleFactory() -> JSObjectRef? {
    if let consoleFactory { return consoleFactory }
    guard let functions = loadFunctions(),
      let factory = realm.evaluateInternal(.console, name: "modlab:console"),
      let function = realm.object(factory), let native = makeNatives(),
      let made = try? realm.call(function, [native, functions]), let object = realm.object(made)
    else { return nil }
    JSValueProtect(realm.context, object)
    consoleFactory = object
    return object
  }

  private func makeNatives() -> JSObjectRef? {
    let natives = realm.record()
    func add(_ name: String, _ body: @escaping NativeFunction.Body) {
      if let function = NativeFunction.make(in: realm, body) {
        realm.setProperty(name, of: natives, to: function)
      }
    }
    add("promiseState") { [unowned self] call in promiseState(call) }
    add("proxyTarget") { [unowned self] call in
      guard let object = realm.object(call[0]), engine.namespaceRows(object) == nil,
        let target = JSObjectGetProxyTarget(object),
        !engine.hooks.isShownByTraps(call.value(0))
      else {
        return nil
      }
      return target
    }
    add("namespaceExports") { [unowned self] call in
      engine.namespaceRows(call[0])
    }
    add("stackOf") { [unowned self] call in
      let reader = ErrorReader(engine: engine, isForInspector: true)
      return realm.string(reader.describe(call.value(0)).stack)
    }
    add("now") { [unowned self] _ in realm.number(engine.timers.now) }
    add("emit") { [unowned self] call in
      engine.hooks.console(
        ConsoleEntry(level: call.string(0), text: RunningTexts.withoutMarks(call.string(1))))
      return nil
    }
    return natives
  }

  private func promiseState(_ call: NativeCall) -> JSValueRef? {
    guard let object = realm.object(call[0]), let state = probe.state(of: object) else {
      return nil
    }
    let result = realm.record()
    realm.setProperty("state", of: result, to: realm.string(state.word))
    if let value = state.value { realm.setProperty("value", of: result, to: value) }
    return result
  }
}
