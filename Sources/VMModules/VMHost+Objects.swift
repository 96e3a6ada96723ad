public import JavaScriptRuntime
internal import ModuleLinking
public import ModuleSyntax

extension VMHost {
  /// The JavaScript side of modules, made when JavaScript first asks for it.
  var vmObject: VMObject {
    if let madeVMObject { return madeVMObject }
    let made = VMObject(host: self)
    madeVMObject = made
    return made
  }

  /// The `vm` object, in any realm.
  public func vmValue() -> JavaScriptValue { vmObject.vm }

  public func object(of module: VMModule) -> JavaScriptValue { vmObject.object(of: module) }

  /// The error object that JavaScript sees for a failure.
  public func errorObject(of failure: VMFailure) -> JavaScriptValue {
    value(of: failure, in: mainContext.realm)
  }

  /// The context whose realm made an object; nil for a value that is none.
  public func context(owning value: JavaScriptValue) -> VMContext? {
    contexts.first { $0.hasRealm && $0.realm.owns(value) }
  }

  /// The module that a value stands for: its `vm.Module` object, or a Proxy of a synthetic module's,
  /// which Node accepts too.
  public func module(ofObject value: JavaScriptValue) -> VMModule? {
    guard value.isObject, madeVMObject != nil else { return nil }
    if let module = vmObject.module(of: value) { return module }
    guard let target = value.proxyTarget else { return nil }
    return vmObject.module(of: target) as? SyntheticModule
  }

  /// Whether a value is a Proxy of a source text module, over which Node's own code stumbles.
  func isProxyOfSourceTextModule(_ value: JavaScriptValue) -> Bool {
    guard madeVMObject != nil, let target = value.proxyTarget else { return false }
    return vmObject.module(of: target) is SourceTextModule
  }

  /// Calls a synthetic module's evaluation steps, a JavaScript function, as Node does.
  public func runEvaluateCallback(
    _ callback: JavaScriptValue, of module: SyntheticModule
  ) -> JavaScriptThrown? {
    vmObject.runEvaluateCallback(callback, of: module)
  }

  /// An object whose properties are looked up when they are read.
  public func makeRegistryObject(
    get: @escaping (String) throws -> JavaScriptValue?, names: @escaping () -> [String]
  ) -> JavaScriptValue {
    vmObject.makeRegistry(
      get: { [unowned self] name in
        do {
          return try get(name)
        } catch let failure as VMFailure {
          throw JavaScriptThrow(errorObject(of: failure))
        }
      }, names: names)
  }

  /// A linker that is a JavaScript function. What it answers is awaited, as in Node: a module is asked for
  /// its `then`, too.
  public func linker(_ function: JavaScriptValue) -> Linker {
    { [unowned self] request, referrer in
      call(linker: function, request.specifier, referrer, request.attributes, isAwaited: true)
    }
  }

  /// The same linker, asked for all requests of a module in one call.
  func requestsLinker(_ function: JavaScriptValue) -> RequestsLinker {
    { [unowned self] link in
      shareEngineJobs()
      let count = link.module.moduleRequests.count
      let token = asked.begin(link, count)
      guard let stop = vmObject.ask(function, for: link.module, token) else { return nil }
      asked.leaveOut(count - stop.request, of: token)
      return (failure(of: .thrown(stop.thrown)), stop.request)
    }
  }

  /// Calls `linker(specifier, referrer, extra)`.
  public func call(
    linker function: JavaScriptValue, _ specifier: String, _ referrer: SourceTextModule,
    _ attributes: [ImportAttribute], isAwaited: Bool = false
  ) -> LinkerAnswer {
    shareEngineJobs()
    let realm = mainContext.realm
    let result = function.call([
      realm.makeString(specifier), vmObject.object(of: referrer), vmObject.extra(attributes),
    ])
    switch result {
    case .value(let value):
      if !isAwaited, let module = module(ofObject: value) { return .module(module) }
      return .value(value)
    case .thrown(let thrown):
      return .thrown(failure(of: .thrown(thrown)))
    }
  }

  /// The promise that `evaluate()` returns: the same one for the same evaluation. One that the engine
  /// stopped never settles, as in Node; that of a module which needs it rejects with null.
  func promise(of capability: EvaluationCapability, _ end: VMModule.StoppedEvaluation?)
    -> JavaScriptValue?
  {
    if let promise = capability.payload as? JavaScriptValue { return promise }
    let realm = mainContext.realm
    guard let deferred = realm.makeDeferred() else { return nil }
    capability.payload = deferred.promise
    if end == .root { return deferred.promise }
    capability.whenSettled { [unowned self] state in
      switch state {
      case .pending: return
      case .fulfilled: deferred.fulfil(realm.undefinedValue)
      case .rejected(let error):
        deferred.reject(value(of: failure(of: error), in: realm))
      }
    }
    return deferred.promise
  }
}
