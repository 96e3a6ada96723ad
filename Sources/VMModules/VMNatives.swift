internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax

/// The native functions behind the `vm` object.
enum VMNatives {
  static func make(host: VMHost, realm: Realm) -> JavaScriptValue {
    let natives = realm.makeRecord()
    // What makes jobs alone gives its caller the marker of them.
    let giveMarkers: Set = ["answered", "rejected"]
    func add(_ name: String, _ body: @escaping (CallArguments) throws -> JavaScriptValue?) {
      natives.setProperty(
        name,
        to: realm.makeFunction(givesMarker: giveMarkers.contains(name)) { arguments in
          do {
            return try body(arguments)
          } catch let failure as VMFailure {
            throw JavaScriptThrow(host.value(of: failure, in: realm))
          } catch let error as ScriptError {
            throw JavaScriptThrow(host.value(of: host.failure(of: error), in: realm))
          }
        })
    }
    addMembers(host, realm, add)
    addLinking(host, realm, add)
    addConstructors(host, realm, add)
    addScripts(host, realm, add)
    return natives
  }

  typealias Add = (String, @escaping (CallArguments) throws -> JavaScriptValue?) -> Void

  /// The module whose number the first argument is.
  private static func module(_ host: VMHost, _ arguments: CallArguments) throws -> VMModule {
    guard let module = host.module(number: arguments.int(0)) else {
      throw VMFailure.node("ERR_INTERNAL_ASSERTION", "The module is gone")
    }
    return module
  }

  private static func source(_ host: VMHost, _ arguments: CallArguments) throws -> SourceTextModule
  {
    guard let module = try module(host, arguments) as? SourceTextModule else {
      throw VMFailure.node(
        "ERR_INVALID_THIS", "Value of \"this\" must be of type SourceTextModule", name: "TypeError")
    }
    return module
  }

  // MARK: - Members of vm.Module

  private static func addMembers(_ host: VMHost, _ realm: Realm, _ add: Add) {
    add("nodeError") { arguments in
      realm.makeErrorObject(
        name: arguments[0].text, message: arguments[2].text, code: arguments[1].text)
    }
    add("received") { arguments in
      realm.makeString(host.engine.inspector.received(arguments[0]))
    }
    add("inspect") { arguments in
      realm.makeString(host.engine.inspector.inspect(arguments[0]))
    }
    add("identifier") { realm.makeString(try module(host, $0).identifier) }
    add("status") { realm.makeString(try module(host, $0).status.rawValue) }
    add("contextObject") { try module(host, $0).context.sandboxObject }
    add("namespace") { try module(host, $0).namespace() }
    add("error") { arguments in
      let failure = try module(host, arguments).error()
      if case .thrown(let thrown) = failure.kind, thrown.kind != .value { return realm.nullValue }
      return host.value(of: failure, in: realm)
    }
    add("hasTopLevelAwait") { realm.makeBoolean(try source(host, $0).hasTopLevelAwait) }
    add("hasAsyncGraph") { realm.makeBoolean(try source(host, $0).hasAsyncGraph()) }
    func addList(_ name: String, _ element: @escaping (ModuleRequest) -> JavaScriptValue) {
      add(name) { arguments in
        let module = try source(host, arguments)
        if let made = module.cachedObjects[name] { return made }
        let made = host.vmObject.frozen(realm.makeArray(module.moduleRequests.map(element)))
        module.cachedObjects[name] = made
        return made
      }
    }
    addList("specifiers") { realm.makeString($0.specifier) }
    addList("requests") { host.vmObject.request($0) }
    add("isNamespace") { arguments in
      realm.makeBoolean(host.engine.isNamespace(arguments[0]))
    }
    add("setExport") { arguments in
      guard let module = try module(host, arguments) as? SyntheticModule else { return nil }
      try module.setExport(arguments[1].text, to: arguments[2])
      return nil
    }
  }

  // MARK: - Linking and evaluating

  private static func addLinking(_ host: VMHost, _ realm: Realm, _ add: Add) {
    add("answered") { arguments in
      guard let link = host.asked.take(arguments.int(0)) else { return nil }
      let answer: LinkerAnswer
      if let module = host.module(number: arguments.int(2)) {
        answer = .module(module)
      } else {
        let value = arguments[3]
        answer = host.module(ofObject: value).map { .module($0) } ?? .value(value)
      }
      link.accept(.success(answer), for: Int32(arguments.int(1)))
      return nil
    }
    add("rejected") { arguments in
      guard let link = host.asked.take(arguments.int(0)) else { return nil }
      let failure = host.failure(of: .thrown(JavaScriptThrown(arguments[2])))
      link.accept(.failure(failure), for: Int32(arguments.int(1)))
      return nil
    }
    add("link") { arguments in
      let module = try source(host, arguments)
      host.shareEngineJobs()
      guard let deferred = realm.makeDeferred() else { return nil }
      let linker = arguments[1]
      module.link(host.linker(linker), askingAll: host.requestsLinker(linker)) { failure in
        if let failure {
          deferred.reject(host.value(of: failure, in: realm))
        } else {
          deferred.fulfil(realm.undefinedValue)
        }
      }
      return deferred.promise
    }
    add("linkRequests") { arguments in
      let count = Int(arguments[1].property("length")?.number ?? 0)
      let answers = (0..<count).map { index -> LinkerAnswer in
        let value = arguments[1].element(index)
        return host.module(ofObject: value).map { .module($0) } ?? .value(value)
      }
      try source(host, arguments).linkRequests(answers)
      return nil
    }
    add("instantiate") { arguments in
      try source(host, arguments).instantiate()
      return nil
    }
    add("evaluate") { arguments in
      let module = try module(host, arguments)
      let limit = limit(arguments[1], arguments[2])
      host.shareEngineJobs()
      let end = module.stoppedEvaluation
      let capability = try module.evaluate(limit: limit)
      return host.promise(of: capability, end)
    }
    add("createCachedData") { arguments in
      let module = try source(host, arguments)
      try module.checkCachedData()
      return realm.makeBytes(CachedData.make(for: module.source.parsed.source.bytes))
    }
    add("cachedDataFits") { arguments in
      let bytes = Array(arguments[0].text.utf8)
      return realm.makeBoolean(realm.bytes(of: arguments[1]) == CachedData.make(for: bytes))
    }
  }

  // MARK: - Constructors

  private static func addConstructors(_ host: VMHost, _ realm: Realm, _ add: Add) {
    add("makeSourceTextModule") { arguments in
      let context = host.contexts[arguments.int(2)]
      let identifier = arguments.isUndefined(1) ? context.nextIdentifier() : arguments.text(1)
      let text = SourceText(
        bytes: arguments.utf8(0), name: identifier, lineOffset: arguments.int(3),
        columnOffset: arguments.int(4))
      let module = try SourceTextModule(text, identifier: identifier, context: context)
      if arguments.isFunction(5) { module.importMeta = .function(arguments[5]) }
      if arguments.isFunction(6) { module.dynamicImport = .function(arguments[6]) }
      module.object = arguments[7]
      host.moduleMadeByScript(module)
      return realm.makeNumber(Double(module.record.id.number))
    }
    add("makeSyntheticModule") { arguments in
      let count = Int(arguments[0].property("length")?.number ?? 0)
      let names = (0..<count).map { arguments[0].element($0).text }
      let context = host.contexts[Int(arguments[3].number)]
      let callback = arguments[1]
      let module = SyntheticModule(
        exports: names, identifier: arguments[2].isUndefined ? nil : arguments[2].text,
        context: context
      ) { [unowned host] module in host.vmObject.runEvaluateCallback(callback, of: module) }
      module.object = arguments[4]
      host.moduleMadeByScript(module)
      return realm.makeNumber(Double(module.record.id.number))
    }
  }

  // MARK: - Scripts and contexts

  private static func addScripts(_ host: VMHost, _ realm: Realm, _ add: Add) {
    add("makeContext") { arguments in
      let name =
        arguments.count > 1 && arguments[1].isString
        ? arguments[1].text : "VM Context \(host.contexts.count)"
      let context = host.makeContext(name: name, sandbox: arguments[0])
      context.drainsAfterEvaluate = arguments[2].boolean
      return realm.makeNumber(Double(host.contexts.count - 1))
    }
    add("checkScript") { arguments in
      _ = try parseScript(arguments)
      return nil
    }
    add("addScript") { arguments in
      let hook: VMHost.ScriptImportHook =
        arguments[1].isFunction
        ? .function(arguments[1], script: arguments[0]) : arguments[2].boolean ? .host : .missing
      return realm.makeNumber(Double(host.addScript(hook)))
    }
    add("runScript") { arguments in
      let context = host.contexts[Int(arguments[0].number)]
      return try context.realm.runScript(
        SourceText(
          arguments[1].text, name: arguments[2].text, lineOffset: Int(arguments[3].number),
          columnOffset: Int(arguments[4].number)), number: Int(arguments[6].number),
        limit: limit(arguments[5], arguments[7]))
    }
  }

  /// The options `timeout`, -1 where it was not given, and `breakOnSigint`.
  private static func limit(
    _ timeout: JavaScriptValue, _ breakOnSigint: JavaScriptValue
  ) -> Limit {
    let milliseconds = timeout.number
    return Limit(
      milliseconds: milliseconds > 0 ? milliseconds : nil, breaksOnInterrupt: breakOnSigint.boolean)
  }

  private static func parseScript(_ arguments: CallArguments) throws -> ParsedScript {
    let source = SourceText(
      arguments[0].text, name: arguments[1].text, lineOffset: Int(arguments[2].number),
      columnOffset: Int(arguments[3].number))
    do throws(SyntaxError) {
      let script = try ParsedScript.parse(source)
      if let error = script.engineError { throw error }
      return script
    } catch {
      throw VMFailure(.syntax(error, source))
    }
  }
}

/// What `createCachedData` gives: nothing that saves work here, but bytes that fit one source only.
enum CachedData {
  static func make(for source: [UInt8]) -> [UInt8] {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in source { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Array("modlab01".utf8) + (0..<8).map { UInt8(truncatingIfNeeded: hash >> ($0 * 8)) }
  }
}
