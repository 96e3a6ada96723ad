internal import CJavaScriptCore
internal import ModuleSyntax

extension Realm {
  /// The object of native functions that the prelude is given.
  func makeNatives() -> JSObjectRef? {
    let natives = record()
    func add(_ name: String, _ body: @escaping NativeFunction.Body) {
      if let function = NativeFunction.make(in: self, body) {
        setProperty(name, of: natives, to: function)
      }
    }
    let runBatch = NativeFunction.make(in: self, givesMarker: true) { [unowned self] call in
      engine.begin(JobBatches.Marker(code: call.int(0)))
      return nil
    }
    if let runBatch { setProperty("runBatch", of: natives, to: runBatch) }
    setProperty("importName", of: natives, to: string(importName))
    setProperty("usingName", of: natives, to: string(usingName))
    add("caught") { [unowned self] call in
      caught = call.value(0)
      return nil
    }
    addModuleNatives(add)
    addHostNatives(add)
    return natives
  }

  private func addModuleNatives(_ add: (String, @escaping NativeFunction.Body) -> Void) {
    add("instantiate") { [unowned self] call in
      if let thrown = instance(call.int(0))?.makeEnvironment() { throw rethrow(thrown) }
      return nil
    }
    add("namespaceShape") { [unowned self] call in
      guard let instance = instance(call.int(0)) else { return array([]) }
      var values: [JSValueRef] = []
      for row in instance.namespaceShape() {
        values.append(string(row.name))
        values.append(number(Double(row.slot)))
        values.append(number(Double(row.index)))
      }
      return array(values)
    }
    add("statement") { [unowned self] call in
      guard let instance = instance(call.int(0)), !instance.isGivenUp else { return nil }
      if !engine.hooks.statement(instance, call.int(1)) {
        instance.giveUp()
        engine.stopNow(.interrupted)
      }
      return nil
    }
    add("waits") { [unowned self] call in
      if let instance = instance(call.int(0)) { engine.hooks.waits(instance, call.bool(1)) }
      return nil
    }
    add("nameOfParameter") { [unowned self] call in
      string(instance(call.int(0))?.name(ofParameter: call.int(1)) ?? "")
    }
    add("importMeta") { [unowned self] call in
      guard let instance = instance(call.int(0)) else { return nil }
      if let thrown = engine.hooks.importMeta(instance, call.value(1)) { throw rethrow(thrown) }
      return nil
    }
    add("importCall") { [unowned self] call in
      engine.importCount += 1
      startDynamicImport(call)
      return number(Double(engine.importCount))
    }
    add("rewriteEval") { [unowned self] call in
      guard let instance = instance(call.int(0)) else { return call[2] }
      do throws(SyntaxError) {
        return string(try instance.rewrittenEval(call.string(2), site: call.int(1)))
      } catch {
        throw NativeThrow(value: makeError("SyntaxError", error.message))
      }
    }
    // A value that all realms of the engine have: the first realm's.
    add("shared") { [unowned self] call in
      if let known = engine.sharedValues[call.string(0)] { return known }
      let value = call[1]
      JSValueProtect(context, value)
      engine.sharedValues[call.string(0)] = value
      return value
    }
    add("rewriteScriptEval") { [unowned self] call in
      EvalRewriter.rewrite(
        call.string(0), isStrict: call.bool(1), globals: scriptGlobals(call.int(2))
      ).map { string($0) } ?? call[0]
    }
    add("evaluateDeferred") { [unowned self] call in
      if let instance = instance(call.int(0)), let thrown = engine.hooks.evaluateDeferred(instance)
      {
        throw rethrow(thrown)
      }
      return nil
    }
  }

  private func startDynamicImport(_ call: NativeCall) {
    var attributes: [ImportAttribute] = []
    if let list = object(call[5]), let length = property("length", of: list) {
      let count = Int(double(length))
      for i in stride(from: 0, to: count, by: 2) {
        attributes.append(
          ImportAttribute(key: text(element(i, of: list)), value: text(element(i + 1, of: list))))
      }
    }
    attributes.sort { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    let resolve = call.value(3)
    let reject = call.value(4)
    let referrer: DynamicImportReferrer
    if let instance = instance(call.int(0)) {
      referrer = .module(instance)
    } else {
      referrer = .script(number: -1 - call.int(0))
    }
    let caller = instance(call.int(7))
    engine.hooks.dynamicImport(
      DynamicImport(
        referrer: referrer, specifier: call.string(1), attributes: attributes,
        phase: ImportPhase(rawValue: call.string(2)) ?? .evaluation, realm: self,
        number: engine.importCount, site: call.int(6) < 0 ? nil : call.int(6),
        caller: caller, frames: caller == nil ? [] : callingFrames(),
        resolve: { [unowned self] value in settle(resolve, with: value) },
        reject: { [unowned self] value in settle(reject, with: value) }))
  }

  /// Where the person's code stands that called modlab's own.
  private func callingFrames() -> [StackFrame] {
    guard let error = JSObjectMakeError(context, 0, nil, nil) else { return [] }
    return Array(
      engine.describe(JavaScriptValue(error, in: self)).frames.drop { $0.text == nil })
  }

  private func settle(_ function: JavaScriptValue, with value: JavaScriptValue) {
    if let object = object(function.raw) { _ = try? call(object, [value.raw]) }
  }

  private func addHostNatives(_ add: (String, @escaping NativeFunction.Body) -> Void) {
    add("addTask") { [unowned self] call in
      let callback = call.value(0)
      let id = engine.timers.add(after: call.double(1), repeats: call.bool(2)) { [unowned self] in
        guard let function = object(callback.raw) else { return }
        do throws(ScriptFailure) {
          _ = try self.call(function, [])
        } catch {
          engine.reportUncaught(error.thrown)
        }
      }
      return number(Double(id))
    }
    add("date") { [unowned self] _ in number(engine.hooks.date()) }
    add("removeTask") { [unowned self] call in
      engine.timers.remove(call.int(0))
      return nil
    }
    add("keepTask") { [unowned self] call in
      engine.timers.keep(call.int(0), alive: call.bool(1))
      return nil
    }
    add("reportUncaught") { [unowned self] call in
      engine.reportUncaught(JavaScriptThrown(call.value(0)))
      return nil
    }
    add("print") { [unowned self] call in
      let values = call.arguments.compactMap { $0 }
      engine.hooks.console(
        ConsoleEntry(level: "log", text: engine.inspector.format(values, in: self)))
      return nil
    }
    add("lazyGlobal") { [unowned self] call in
      let name = call.string(0)
      switch name {
      case "console": return engine.inspector.makeConsole(for: self)
      case "structuredClone": return engine.inspector.makeStructuredClone(for: self)
      default: return engine.hooks.lazyGlobal(name, self)?.raw
      }
    }
    add("nodeError") { [unowned self] call in
      makeNodeError(call.string(0), call.string(1), call.string(2))
    }
    add("received") { [unowned self] call in
      string(engine.inspector.received(call[0], in: self))
    }
  }

  /// The value with which a failure goes on inside JavaScript.
  func rethrow(_ thrown: JavaScriptThrown) -> NativeThrow {
    // What was stopped before has left no error: Node gives null.
    NativeThrow(value: thrown.value?.raw ?? JSValueMakeNull(context))
  }
}
