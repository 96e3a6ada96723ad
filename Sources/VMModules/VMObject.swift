internal import CEmbeddedText
internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax

/// The JavaScript objects of `node:vm`: the `vm` object itself, and a `vm.Module` object for each
/// module that JavaScript asks for. They live in the main realm and are shared by all.
final class VMObject {
  private unowned let host: VMHost
  private let functions: JavaScriptValue?
  private var knownFunctions: [String: JavaScriptValue] = [:]
  /// The number of the request that a linker was asked for last, in little-endian bytes.
  private lazy var askedRequest = realm.makeSharedBytes(count: 4)
  let realm: Realm

  init(host: VMHost) {
    self.host = host
    realm = host.mainContext.realm
    let natives = VMNatives.make(host: host, realm: realm)
    functions = realm.shielded { [realm] in
      realm.evaluateOwn(.vmObject, name: "modlab:vm")?.call([natives] + realm.preludeObjects).value
    }
  }

  /// The `vm` object.
  var vm: JavaScriptValue { functions?.property("vm") ?? realm.undefinedValue }

  private func call(_ name: String, _ arguments: [JavaScriptValue]) -> CallResult {
    function(name)?.callOwn(arguments) ?? .value(realm.undefinedValue)
  }

  private func function(_ name: String) -> JavaScriptValue? {
    if let known = knownFunctions[name] { return known }
    let found = functions?.property(name)
    knownFunctions[name] = found
    return found
  }

  /// The `vm.Module` object of a module.
  func object(of module: VMModule) -> JavaScriptValue {
    if let object = module.object { return object }
    let made = realm.shielded {
      call(
        "adopt",
        [
          realm.makeNumber(Double(module.record.id.number)),
          realm.makeBoolean(module is SourceTextModule),
        ])
    }
    let object = made.value ?? realm.undefinedValue
    module.object = object
    return object
  }

  /// The module whose `vm.Module` object a value is.
  func module(of value: JavaScriptValue) -> VMModule? {
    guard value.isObject, let id = call("idOf", [value]).value, id.number >= 0 else { return nil }
    return host.module(number: Int(id.number))
  }

  /// Calls a linker for all requests of a module; what it threw, and for which.
  func ask(
    _ linker: JavaScriptValue, for referrer: SourceTextModule, _ token: Int
  ) -> (thrown: JavaScriptThrown, request: Int)? {
    let requests = referrer.moduleRequests
    // Linkers may link.
    let outer = askedRequest.bytes
    defer { askedRequest.bytes = outer }
    let hasAttributes = requests.contains { !$0.attributes.isEmpty }
    let thrown = function("ask")?.callOwn([
      linker, object(of: referrer), realm.makeNumber(Double(token)),
      realm.makeArray(requests.map { realm.makeString($0.specifier) }),
      hasAttributes
        ? realm.makeArray(requests.map { attributes($0.attributes) }) : realm.undefinedValue,
      askedRequest.array,
    ]).thrown
    guard let thrown else { return nil }
    let request = askedRequest.bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    return (thrown, request)
  }

  /// `{ attributes, assert }`, the third argument of a linker.
  func extra(_ attributes: [ImportAttribute]) -> JavaScriptValue {
    call("extra", [self.attributes(attributes)]).value ?? realm.undefinedValue
  }

  func attributes(_ attributes: [ImportAttribute]) -> JavaScriptValue {
    let pairs = attributes.flatMap { [realm.makeString($0.key), realm.makeString($0.value)] }
    return call("attributes", [realm.makeArray(pairs)]).value ?? realm.undefinedValue
  }

  func frozen(_ value: JavaScriptValue) -> JavaScriptValue {
    call("freeze", [value]).value ?? value
  }

  func request(_ request: ModuleRequest) -> JavaScriptValue {
    call(
      "request",
      [
        realm.makeString(request.specifier), attributes(request.attributes),
        realm.makeString(request.phase.rawValue),
      ]
    ).value ?? realm.undefinedValue
  }

  /// Calls `evaluateCallback` of a synthetic module with its internal wrap as `this`.
  func runEvaluateCallback(_ callback: JavaScriptValue, of module: VMModule) -> JavaScriptThrown? {
    let wrap =
      call("makeWrap", [realm.makeNumber(Double(module.record.id.number))]).value
      ?? realm.undefinedValue
    return call("invokeWith", [callback, wrap]).thrown
  }

  func importThrough(
    _ callback: JavaScriptValue, _ request: DynamicImport, referrer: JavaScriptValue,
    rejected: @escaping (JavaScriptValue) -> Void
  ) {
    let result = call(
      "importThrough",
      [
        callback, realm.makeString(request.specifier), referrer,
        attributes(request.attributes), realm.makeString(request.phase.rawValue),
      ])
    switch result {
    case .value(let promise):
      realm.watchOwn(promise) { isRejected, value in if isRejected { rejected(value) } }
      request.resolve(promise)
    case .thrown(let thrown): request.reject(thrown.value ?? realm.undefinedValue)
    }
  }

  /// Marks an object as contextified.
  func bind(_ sandbox: JavaScriptValue, to index: Int) {
    _ = call("bindContext", [sandbox, realm.makeNumber(Double(index))])
  }

  /// Whether a value is such an object.
  func isRegistry(_ value: JavaScriptValue) -> Bool {
    call("isRegistry", [value]).value?.boolean == true
  }

  /// An object whose properties are looked up when they are read.
  func makeRegistry(
    get: @escaping (String) throws -> JavaScriptValue?, names: @escaping () -> [String]
  ) -> JavaScriptValue {
    let getter = realm.makeFunction { arguments in try get(arguments[0].text) }
    let list = realm.makeFunction { [realm] _ in
      realm.makeArray(names().map { realm.makeString($0) })
    }
    return call("makeRegistry", [getter, list]).value ?? realm.undefinedValue
  }
}
