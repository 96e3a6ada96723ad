public import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax

extension VMHost {
  /// HostLoadImportedModule for `import()`: the hook of the module, or the session's rules.
  func startDynamicImport(_ request: DynamicImport) {
    shareEngineJobs()
    switch request.referrer {
    case .module(let instance):
      guard let module = module(of: instance.record) as? SourceTextModule else { return }
      switch module.dynamicImport {
      case .missing: rejectWithoutCallback(request)
      case .function(let callback):
        vmObject.importThrough(callback, request, referrer: vmObject.object(of: module)) {
          [unowned self] in hookRejected(request, module, $0)
        }
      case .host: hostImport(request, module)
      }
    case .script(let number):
      switch scripts.indices.contains(number) ? scripts[number] : .host {
      case .missing: rejectWithoutCallback(request)
      case .function(let callback, let script):
        vmObject.importThrough(callback, request, referrer: script) {
          [unowned self] in hookRejected(request, nil, $0)
        }
      case .host: hostImport(request, nil)
      }
    }
  }

  private func rejectWithoutCallback(_ request: DynamicImport) {
    request.reject(
      value(
        of: .node(
          "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING",
          "A dynamic import callback was not specified.", name: "TypeError"),
        in: request.realm))
  }

  /// Who answers `import()` in a script.
  enum ScriptImportHook {
    case missing
    /// `importModuleDynamically`, and the `vm.Script` that it is given.
    case function(JavaScriptValue, script: JavaScriptValue)
    case host
  }

  /// The number under which a script with that hook runs.
  func addScript(_ hook: ScriptImportHook) -> Int {
    scripts.append(hook)
    return scripts.count - 1
  }

  func fillImportMeta(of instance: ModuleInstance, _ object: JavaScriptValue) -> JavaScriptThrown? {
    guard let module = module(of: instance.record) as? SourceTextModule else { return nil }
    switch module.importMeta {
    case .none: return nil
    case .fill(let fill): return fill(object)
    case .function(let callback):
      return callback.call([object, vmObject.object(of: module)]).thrown
    }
  }

  /// The namespace of `import defer` was looked into.
  func evaluateDeferred(_ instance: ModuleInstance) -> JavaScriptThrown? {
    let record = instance.record
    let root = record.asSourceText?.cycleRoot ?? record
    if root.status == .evaluated {
      if case .thrown(let thrown) = root.evaluationError { return thrown as? JavaScriptThrown }
      return nil
    }
    guard record.isReadyForSyncExecution else {
      return JavaScriptThrown(
        instance.realm.makeErrorObject(
          name: "TypeError",
          message:
            "The deferred module '\(record.identifier)' cannot be evaluated now: it, or what "
            + "it imports, is being evaluated"))
    }
    let capability = EvaluateOperation(instance.record, in: agent).run()
    if case .rejected(.thrown(let thrown)) = capability.state { return thrown as? JavaScriptThrown }
    return nil
  }

  /// Links nothing: evaluates a module and answers an `import()` with its namespace.
  public func finishImport(_ request: DynamicImport, with module: VMModule) {
    if request.phase == .source {
      return request.reject(
        value(
          of: .node(
            "ERR_SOURCE_PHASE_NOT_DEFINED",
            "Source phase import object is not defined for module '\(module.identifier)'",
            name: "SyntaxError"), in: request.realm))
    }
    if request.phase == .defer { return finishDeferredImport(request, with: module) }
    do {
      let capability = try module.evaluate()
      capability.whenSettled { [self] state in
        switch state {
        case .pending: return
        case .fulfilled:
          if let namespace = module.instance.namespaceObject() { request.resolve(namespace) }
        case .rejected(let error):
          request.reject(value(of: failure(of: error), in: request.realm))
        }
      }
    } catch let failure as VMFailure {
      request.reject(value(of: failure, in: request.realm))
    } catch {
      request.reject(request.realm.makeErrorObject(name: "Error", message: "\(error)"))
    }
  }

  /// `import.defer()`: evaluates what cannot wait, and answers with the deferred namespace.
  private func finishDeferredImport(_ request: DynamicImport, with module: VMModule) {
    let dependencies = module.record.gatherAsynchronousTransitiveDependencies()
    var missing = dependencies.count
    var hasFailed = false
    let finish = {
      if let namespace = module.instance.deferredNamespaceObject() { request.resolve(namespace) }
    }
    if missing == 0 { return finish() }
    for dependency in dependencies {
      EvaluateOperation(dependency, in: agent).run().whenSettled { [self] state in
        missing -= 1
        if case .rejected(let error) = state, !hasFailed {
          hasFailed = true
          request.reject(value(of: failure(of: error), in: request.realm))
        }
        if missing == 0, !hasFailed { finish() }
      }
    }
  }
}
