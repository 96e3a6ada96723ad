public import ModuleSyntax

/// Every field of the records that can be reached from some roots, at one moment.
public struct GraphSnapshot: Sendable {
  public enum Kind: Hashable, Sendable {
    case sourceText
    case synthetic
  }

  /// The state of [[TopLevelCapability]].
  public enum Capability: Hashable, Sendable {
    case empty, pending, fulfilled, rejected
  }

  public struct Request: Hashable, Sendable {
    public var specifier: String
    public var attributes: [ImportAttribute]
    public var phase: ImportPhase
    public var range: SourceRange
    /// Nil while the request is not answered.
    public var module: ModuleID?
  }

  public struct Binding: Hashable, Sendable {
    public var localName: String
    public var module: ModuleID
    public var name: ResolvedBinding.Name
  }

  public struct Module: Hashable, Sendable {
    public var id: ModuleID
    public var identifier: String
    public var kind: Kind
    public var status: ModuleStatus
    public var hasEvaluationError: Bool
    public var dfsIndex: Int?
    public var dfsAncestorIndex: Int?
    public var requests: [Request]
    public var exportNames: [String]
    public var isEnvironmentInitialized: Bool
    /// Empty until the environment is initialised.
    public var importBindings: [Binding]
    public var cycleRoot: ModuleID?
    public var hasTLA: Bool
    public var asyncEvaluationOrder: AsyncEvaluationOrder
    public var capability: Capability
    public var asyncParentModules: [ModuleID]
    public var pendingAsyncDependencies: Int?
  }

  /// In the order in which a depth-first walk from the roots comes to them.
  public var modules: [Module] = []

  public init(roots: [ModuleRecord]) {
    modules = ModuleRecord.reachable(from: roots).map(Module.init)
  }

  public subscript(id: ModuleID) -> Module? {
    modules.first { $0.id == id }
  }
}

extension GraphSnapshot.Module {
  init(_ module: ModuleRecord) {
    id = module.id
    identifier = module.identifier
    kind = module.asSourceText == nil ? .synthetic : .sourceText
    status = module.status
    hasEvaluationError = module.evaluationError != nil
    capability =
      switch module.topLevelCapability?.state {
      case nil: .empty
      case .pending: .pending
      case .fulfilled: .fulfilled
      case .rejected: .rejected
      }
    let source = module.asSourceText
    dfsIndex = source?.dfsIndex
    dfsAncestorIndex = source?.dfsAncestorIndex
    isEnvironmentInitialized = source?.isEnvironmentInitialized ?? true
    cycleRoot = source?.cycleRoot?.id
    hasTLA = source?.hasTLA ?? false
    asyncEvaluationOrder = source?.asyncEvaluationOrder ?? .unset
    asyncParentModules = source?.asyncParentModules.map(\.id) ?? []
    pendingAsyncDependencies = source?.pendingAsyncDependencies
    requests = []
    importBindings = []
    exportNames = module.asSynthetic?.exportNames ?? []
    guard let source else { return }
    exportNames = source.ownExportNames
    requests = zip(source.parsed.requests, source.loadedModules).map { request, loaded in
      GraphSnapshot.Request(
        specifier: request.specifier, attributes: request.attributes, phase: request.phase,
        range: request.range, module: loaded?.id)
    }
    importBindings = zip(source.parsed.importEntries, source.importBindings).map {
      entry, binding in
      GraphSnapshot.Binding(
        localName: entry.localName, module: binding.module.id, name: binding.bindingName)
    }
  }
}

extension SourceTextModuleRecord {
  /// The names that the module itself exports, without those of its stars.
  public var ownExportNames: [String] {
    parsed.localExportEntries.map(\.exportName) + parsed.indirectExportEntries.map(\.exportName)
  }
}

extension ModuleRecord {
  /// The modules that can be reached over loaded requests, in depth-first preorder.
  public static func reachable(from roots: [ModuleRecord]) -> [ModuleRecord] {
    var found: [ModuleRecord] = []
    var visited: Set<ModuleRecord> = []
    var work = Array(roots.reversed())
    while let module = work.popLast() {
      guard visited.insert(module).inserted else { continue }
      found.append(module)
      guard let source = module.asSourceText else { continue }
      for loaded in source.loadedModules.reversed() {
        if let loaded, !visited.contains(loaded) { work.append(loaded) }
      }
    }
    return found
  }
}
