internal import CEmbeddedText
internal import CJavaScriptCore

/// A realm: a global object with its intrinsics, the module environments made in it, and the
/// functions of the prelude that act on them.
public final class Realm {
  public private(set) unowned var engine: JavaScriptEngine
  public let name: String
  /// The object whose properties are the globals of this realm (`vm.createContext(sandbox)`).
  public let sandbox: JavaScriptValue?
  let texts: RunningTexts
  let context: JSGlobalContextRef
  let undefined: JSValueRef
  /// The name under which scripts find `import()`: rewritten to a call of this global.
  let importName = "$_modlab_import"
  /// The global whose methods scripts call for `using`.
  let usingName = "$_modlab_using"

  /// Modules by slot, for the calls of the prelude.
  var instances: [Int: Unowned<ModuleInstance>] = [:]
  /// What was run here ends when its jobs have (`microtaskMode: "afterEvaluate"`). There is one queue:
  /// those of others run then, too.
  public var drainsAfterEvaluate = false
  /// The engine is gone.
  var hasEnded = false
  private var lastSlot = -1
  private var freeSlots: [Int] = []
  private var prelude: [JSObjectRef?] = []
  /// What the last call threw.
  var caught: JavaScriptValue?

  /// `isInternal`: for JavaScript of modlab itself, which needs no environments and no globals of Node.
  init(
    engine: JavaScriptEngine, name: String, sandbox: JavaScriptValue?, isInternal: Bool = false
  ) {
    self.engine = engine
    self.name = name
    self.sandbox = sandbox
    texts = engine.texts
    context = JSGlobalContextCreateInGroup(
      engine.group, sandbox == nil ? nil : SandboxGlobal.globalClass)
    // For a debugger that is never there; it made each exception that leaves JavaScript cost 0.3 ms.
    JSGlobalContextSetIncludesNativeCallStackWhenReportingExceptions(context, false)
    undefined = JSValueMakeUndefined(context)
    JSValueProtect(context, undefined)
    engine.stops.open(context)
    engine.shielded { installPrelude(isInternal ? .internalRealm : .realm) }
    if sandbox != nil { SandboxGlobal.attach(self) }
  }

  deinit {
    if sandbox != nil { SandboxGlobal.detach(self) }
    JSGlobalContextRelease(context)
  }

  private func installPrelude(_ text: EmbeddedText) {
    guard let native = makeNatives(),
      let made = evaluateInternal(text, name: "modlab:realm", this: native),
      let functions = object(made)
    else { return }
    JSValueProtect(context, functions)
    prelude = PreludeFunction.allCases.map { name in
      property(name.name, of: functions).flatMap { object($0) }
    }
    setUnhandledRejectionCallback()
  }

  private func setUnhandledRejectionCallback() {
    let function = NativeFunction.make(in: self) { [unowned self] call in
      engine.hooks.unhandledRejection(call.value(1))
      return nil
    }
    JSGlobalContextSetUnhandledRejectionCallback(context, function, nil)
  }

  // MARK: - Slots

  func allocateSlot(for instance: ModuleInstance) -> Int {
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
    } else {
      lastSlot += 1
      slot = lastSlot
    }
    instances[slot] = Unowned(instance)
    return slot
  }

  func releaseSlot(_ slot: Int, wasEntered: Bool) {
    instances[slot] = nil
    if wasEntered, !hasEnded {
      engine.shielded { _ = try? callPrelude(.release, [number(Double(slot))]) }
    }
    freeSlots.append(slot)
  }

  func instance(_ slot: Int) -> ModuleInstance? { instances[slot]?.object }

  // MARK: - Values

  func object(_ value: JSValueRef) -> JSObjectRef? {
    JSValueIsObject(context, value) ? value : nil
  }

  func number(_ value: Double) -> JSValueRef { JSValueMakeNumber(context, value) }

  func string(_ text: String) -> JSValueRef {
    guard let string = JavaScriptString.make(text) else { return undefined }
    defer { JSStringRelease(string) }
    return JSValueMakeString(context, string)
  }

  /// What ToString gives; an empty text when that throws.
  func text(_ value: JSValueRef) -> String {
    guard let string = stringCopy(value) else { return "" }
    defer { JSStringRelease(string) }
    return JavaScriptString.text(string)
  }

  func array(_ values: [JSValueRef]) -> JSObjectRef {
    var values: [JSValueRef?] = values
    return JSObjectMakeArray(context, values.count, &values, nil)
  }

  /// An error object with one of Node's codes.
  func makeNodeError(_ name: String, _ code: String, _ message: String) -> JSValueRef {
    (try? callPrelude(.nodeError, [string(name), string(code), string(message)])) ?? undefined
  }

  /// An error object of this realm.
  func makeError(_ name: String, _ message: String) -> JSValueRef {
    (try? callPrelude(.makeError, [string(name), string(message)])) ?? undefined
  }

  /// Gives an object a property of its own, whatever it inherits.
  func define(
    _ name: String, of object: JSObjectRef, to value: JSValueRef, enumerable: Bool = true
  ) {
    _ = try? callPrelude(
      .define, [object, string(name), value, JSValueMakeBoolean(context, enumerable)])
  }

  func hasOwn(_ name: String, _ object: JSObjectRef) -> Bool {
    guard let answer = try? callPrelude(.hasOwn, [object, string(name)]) else { return false }
    return JSValueToBoolean(context, answer)
  }

  /// Whether a property is the object's or its class's, and not one that every object inherits.
  func isOfKind(_ name: String, _ object: JSObjectRef) -> Bool {
    guard let answer = try? callPrelude(.isOfKind, [object, string(name)]) else { return false }
    return JSValueToBoolean(context, answer)
  }

  // MARK: - Running

  /// Calls a function of the prelude.
  func callPrelude(
    _ function: PreludeFunction, _ arguments: [JSValueRef?]
  ) throws(ScriptFailure) -> JSValueRef {
    guard let function = preludeFunction(function) else { return undefined }
    return try call(function, arguments)
  }

  /// Nil where the prelude of the realm has none of that name, and before it has run.
  func preludeFunction(_ function: PreludeFunction) -> JSObjectRef? {
    function.rawValue < prelude.count ? prelude[function.rawValue] : nil
  }

  func preludeObject(_ name: PreludeFunction) -> JSValueRef { preludeFunction(name) ?? undefined }

  /// Evaluates JavaScript of modlab itself; nil when it fails.
  func evaluateInternal(
    _ text: EmbeddedText, name: String, this receiver: JSObjectRef? = nil
  ) -> JSValueRef? {
    evaluateInternal(JSStringCreateWithUTF8CString(text.start), name: name, this: receiver)
  }

  /// Evaluates an expression of modlab itself; nil when it fails.
  func evaluateInternal(_ text: String, name: String) -> JSValueRef? {
    evaluateInternal(JavaScriptString.make(text), name: name, this: nil)
  }

  private func evaluateInternal(
    _ text: JSStringRef?, name: String, this receiver: JSObjectRef?
  ) -> JSValueRef? {
    guard let text else { return nil }
    defer { JSStringRelease(text) }
    return try? evaluate(text, name: name, this: receiver)
  }
}

/// A failed call into JavaScript.
struct ScriptFailure: Error {
  // Everything happens on one thread.
  nonisolated(unsafe) let thrown: JavaScriptThrown

  init(_ thrown: JavaScriptThrown) {
    self.thrown = thrown
  }
}

/// A reference that does not keep its object alive.
struct Unowned<Object: AnyObject> {
  private(set) weak var object: Object?

  init(_ object: Object) {
    self.object = object
  }
}
