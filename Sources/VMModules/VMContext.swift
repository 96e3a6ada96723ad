public import JavaScriptRuntime

/// A context that modules are made in: the main one, or one that `vm.createContext` made. Its realm
/// is made when JavaScript first runs in it.
public final class VMContext {
  public let name: String
  unowned let host: VMHost
  /// The contextified object; nil for the main context.
  public internal(set) var sandbox: JavaScriptValue?
  private var madeRealm: Realm?
  private var moduleCount = 0
  public let isMain: Bool

  init(name: String, host: VMHost, isMain: Bool, sandbox: JavaScriptValue? = nil) {
    self.name = name
    self.host = host
    self.isMain = isMain
    self.sandbox = sandbox
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
    madeRealm = realm
    host.onRealmMade(realm)
    return realm
  }

  public var hasRealm: Bool { madeRealm != nil }

  /// `vm:module(N)`, one count a context.
  func nextIdentifier() -> String {
    defer { moduleCount += 1 }
    return "vm:module(\(moduleCount))"
  }
}
