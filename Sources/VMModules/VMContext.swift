public import JavaScriptRuntime

/// A context that modules are made in: the main one, or one that `vm.createContext` made. Its realm
/// is made when JavaScript first runs in it.
public final class VMContext {
  public let name: String
  /// Its place among the contexts of the host.
  let number: Int
  unowned let host: VMHost
  /// The contextified object; nil for the main context.
  public private(set) var sandbox: JavaScriptValue?
  /// Whether `vm.isContext` knows the contextified object.
  private var isContextified: Bool
  private var madeRealm: Realm?
  private var moduleCount = 0
  public let isMain: Bool
  /// `microtaskMode: "afterEvaluate"`.
  var drainsAfterEvaluate = false

  /// `sandbox` is an object that `vm.createContext` was given.
  init(
    name: String, number: Int, host: VMHost, isMain: Bool, sandbox: JavaScriptValue? = nil
  ) {
    self.name = name
    self.number = number
    self.host = host
    self.isMain = isMain
    self.sandbox = sandbox
    isContextified = sandbox != nil
  }

  public var realm: Realm {
    if let madeRealm { return madeRealm }
    if isMain {
      let realm = host.engine.makeRealm(name: name)
      madeRealm = realm
      host.realmWasMade()
      host.onRealmMade(realm)
      return realm
    }
    // The contextified object belongs to the realm that made it.
    let owner = host.mainContext.realm
    if sandbox == nil { sandbox = owner.makeObject() }
    let realm = host.engine.makeRealm(name: name, sandbox: sandbox)
    realm.drainsAfterEvaluate = drainsAfterEvaluate
    madeRealm = realm
    host.onRealmMade(realm)
    return realm
  }

  /// `module.context`: the contextified object; undefined for the main context.
  var sandboxObject: JavaScriptValue? {
    guard !isMain else { return nil }
    _ = realm
    if !isContextified, let sandbox {
      isContextified = true
      host.vmObject.bind(sandbox, to: number)
    }
    return sandbox
  }

  /// The context's global object as JavaScript sees it: what was contextified, or `globalThis`.
  public var contextObject: JavaScriptValue { sandboxObject ?? realm.globalObject }

  public var hasRealm: Bool { madeRealm != nil }

  /// `vm:module(N)`, one count a context.
  func nextIdentifier() -> String {
    defer { moduleCount += 1 }
    return "vm:module(\(moduleCount))"
  }
}
