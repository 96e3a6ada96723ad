import JavaScriptRuntime
import Testing

/// What becomes of a Swift function that JavaScript had.
@MainActor @Suite struct NativeFunctionTests {
  /// Calls JavaScript when it goes.
  private final class Holder {
    private let value: JavaScriptValue
    private let realm: Realm
    private let gone: () -> Void

    init(_ realm: Realm, gone: @escaping () -> Void) {
      self.realm = realm
      self.gone = gone
      value = realm.makeObject()
    }

    deinit {
      value.setProperty("ended", to: realm.makeArray([realm.makeString("text"), value]))
      _ = realm.makeFunction { _ in nil }.call()
      gone()
    }
  }

  private func makeEngine() -> (engine: JavaScriptEngine, realm: Realm) {
    let engine = JavaScriptEngine(timers: TimerQueue(), hooks: RuntimeHooks())
    return (engine, engine.makeRealm(name: "main"))
  }

  /// The collector takes them in the middle of its work, where nothing may call it.
  @Test func `what a collected function holds goes when the collector is not at work`() {
    let (engine, realm) = makeEngine()
    let count = 30_000
    var gone = 0
    engine.operation {
      for _ in 0..<count {
        let holder = Holder(realm) { gone += 1 }
        _ = realm.makeFunction { _ in withExtendedLifetime(holder) { nil } }
      }
    }
    #expect(gone > count / 2)
    engine.end()
  }

  @Test func `when the engine has ended, a function does nothing and holds nothing`() {
    let (engine, realm) = makeEngine()
    var called = 0
    var gone = 0
    let holder = Holder(realm) { gone += 1 }
    let function = realm.makeFunction { [holder] _ in
      called += 1
      return withExtendedLifetime(holder) { realm.makeNumber(1) }
    }
    #expect(function.call().value?.isUndefined == false)
    engine.end()
    #expect(function.call().value?.isUndefined == true)
    #expect(called == 1)
  }

  @Test func `functions of an engine that is gone go with it`() {
    weak var ended: JavaScriptEngine?
    var gone = 0
    do {
      let (engine, realm) = makeEngine()
      ended = engine
      var holder: Holder? = Holder(realm) { gone += 1 }
      let kept = realm.makeObject()
      kept.setProperty(
        "f", to: realm.makeFunction { [holder] _ in withExtendedLifetime(holder) { nil } })
      holder = nil
      engine.end()
    }
    #expect(gone == 1)
    #expect(ended == nil)
  }
}
