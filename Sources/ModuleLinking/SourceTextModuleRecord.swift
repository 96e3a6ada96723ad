public import ModuleSyntax

/// A Source Text Module Record, the one kind of Cyclic Module Record there is.
/// https://tc39.es/ecma262/#sec-source-text-module-records
///
/// Ten thousand are made at once: small numbers are kept small, and nothing is a dictionary that
/// need not be one.
public final class SourceTextModuleRecord: ModuleRecord {
  public let parsed: ParsedModule
  let hasNamespaceImport: Bool
  let hasSourcePhaseRequest: Bool
  let hasDeferPhaseRequest: Bool
  /// [[LoadedModules]], parallel to `parsed.requests`.
  public internal(set) var loadedModules: [ModuleRecord?]
  /// [[Environment]] as far as linking makes it: what each of `parsed.importEntries` is bound to.
  /// Empty until the environment is initialised.
  public internal(set) var importBindings: [ResolvedBinding] = []
  public internal(set) var isEnvironmentInitialized = false
  /// [[CycleRoot]].
  public var cycleRoot: SourceTextModuleRecord? { isCycleRoot ? self : otherCycleRoot }
  private var isCycleRoot = false
  private var otherCycleRoot: SourceTextModuleRecord?
  /// [[AsyncParentModules]].
  public internal(set) var asyncParentModules: [SourceTextModuleRecord] = []
  var storedDFSIndex: Int32 = -1
  var storedDFSAncestorIndex: Int32 = -1
  var storedPendingAsyncDependencies: Int32 = -1
  var storedAsyncEvaluationOrder: Int32 = -1
  /// The module's own exports by name; made for more than `smallExportCount`.
  var explicitExports: [ExportName: ExplicitExport]?
  /// The requests of `import * as`, by local name; made when an export may be one of them.
  var namespaceRequests: [ExportName: Int]?
  var resolutionTable: ResolutionTable?

  /// `status` is `new` until the modules it requests are loaded, but nothing here insists on it.
  public init(
    identifier: String, parsed: ParsedModule, status: ModuleStatus = .unlinked,
    in agent: ModuleAgent
  ) {
    self.parsed = parsed
    hasNamespaceImport = parsed.importEntries.contains { entry in
      if case .namespace = entry.importName { true } else { false }
    }
    hasSourcePhaseRequest = parsed.requests.contains { $0.phase == .source }
    hasDeferPhaseRequest = parsed.requests.contains { $0.phase == .defer }
    loadedModules = Array(repeating: nil, count: parsed.requests.count)
    super.init(identifier: identifier, status: status, in: agent)
    agent.log.append(.created, self, 0, Int32(status.rawValue))
  }

  public override var asSourceText: SourceTextModuleRecord? { self }

  /// [[HasTLA]].
  public var hasTLA: Bool { parsed.firstTopLevelAwait != nil }

  /// [[RequestedModules]].
  public var requestedModules: [ModuleRequest] { parsed.requests }

  /// [[DFSIndex]]. Nil for empty.
  public var dfsIndex: Int? { storedDFSIndex < 0 ? nil : Int(storedDFSIndex) }

  /// [[DFSAncestorIndex]]. Nil for empty.
  public var dfsAncestorIndex: Int? {
    storedDFSAncestorIndex < 0 ? nil : Int(storedDFSAncestorIndex)
  }

  /// [[PendingAsyncDependencies]]. Nil for empty.
  public var pendingAsyncDependencies: Int? {
    storedPendingAsyncDependencies < 0 ? nil : Int(storedPendingAsyncDependencies)
  }

  /// [[AsyncEvaluationOrder]].
  public var asyncEvaluationOrder: AsyncEvaluationOrder {
    AsyncEvaluationOrder(code: Int(storedAsyncEvaluationOrder))
  }

  /// Whether the request asks for a module that is evaluated only when its namespace is looked into.
  @inline(__always)
  func isDeferPhase(_ request: Int) -> Bool {
    hasDeferPhaseRequest && parsed.requests[request].phase == .defer
  }

  /// Whether the request asks for a source object, and neither links nor evaluates the module.
  @inline(__always)
  func isSourcePhase(_ request: Int) -> Bool {
    hasSourcePhaseRequest && parsed.requests[request].phase == .source
  }

  var isAsyncEvaluationOrdered: Bool { storedAsyncEvaluationOrder >= 0 }

  /// Answers a request. Allowed until the module is linked; a later answer replaces an earlier one.
  public func setLoadedModule(_ module: ModuleRecord, request: Int, in agent: ModuleAgent) {
    loadedModules[request] = module
    agent.log.append(.loaded, self, Int32(request), Int32(bitPattern: module.id.number))
  }

  public func setLoadedModules(_ modules: [ModuleRecord], in agent: ModuleAgent) {
    assert(modules.count == loadedModules.count)
    for (request, module) in modules.enumerated() where request < loadedModules.count {
      setLoadedModule(module, request: request, in: agent)
    }
  }

  /// Lets go of every other record, so that cycles of records can be freed. The record is useless
  /// afterwards.
  public func dispose() {
    loadedModules = []
    importBindings = []
    otherCycleRoot = nil
    asyncParentModules = []
    resolutionTable = nil
  }

  func setCycleRoot(_ root: SourceTextModuleRecord, _ agent: ModuleAgent) {
    isCycleRoot = root === self
    otherCycleRoot = isCycleRoot ? nil : root
    agent.log.append(.cycleRoot, self, Int32(bitPattern: root.id.number))
  }

  /// Frees a long chain of modules one after another: left to itself, each would free the next in a
  /// deeper call.
  deinit {
    var work = loadedModules.compactMap { $0 }
    loadedModules = []
    importBindings = []
    resolutionTable = nil
    while var module = work.popLast() {
      guard isKnownUniquelyReferenced(&module), let source = module.asSourceText else { continue }
      work += source.loadedModules.compactMap { $0 }
      source.loadedModules = []
      source.importBindings = []
      source.resolutionTable = nil
    }
  }
}

extension SourceTextModuleRecord {
  func enter(_ index: Int32, _ agent: ModuleAgent) {
    storedDFSIndex = index
    storedDFSAncestorIndex = index
    agent.log.append(.entered, self, index)
  }

  @inline(__always)
  func lowerAncestorIndex(to index: Int32, _ agent: ModuleAgent) {
    guard index < storedDFSAncestorIndex else { return }
    storedDFSAncestorIndex = index
    agent.log.append(.ancestorIndex, self, index)
  }

  func setPendingAsyncDependencies(_ count: Int32, _ agent: ModuleAgent) {
    storedPendingAsyncDependencies = count
    agent.log.append(.pendingAsyncDependencies, self, count)
  }

  func setAsyncEvaluationOrder(_ order: AsyncEvaluationOrder, _ agent: ModuleAgent) {
    storedAsyncEvaluationOrder = order.code
    agent.log.append(.asyncEvaluationOrder, self, order.code)
  }

  func appendAsyncParent(_ parent: SourceTextModuleRecord, _ agent: ModuleAgent) {
    asyncParentModules.append(parent)
    agent.log.append(.asyncParent, self, Int32(bitPattern: parent.id.number))
  }
}
