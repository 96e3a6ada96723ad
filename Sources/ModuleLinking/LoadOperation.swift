import ModuleSyntax

/// LoadRequestedModules ( ) with the host's part as a closure, as work that can stop after every
/// answer. Layers with rules of their own (a linker that answers in a later job) fill
/// `loadedModules` themselves.
/// https://tc39.es/ecma262/#sec-LoadRequestedModules
public final class LoadOperation<Failure: Error> {
  /// HostLoadImportedModule ( referrer, moduleRequest, … ): the module for a request.
  /// https://tc39.es/ecma262/#sec-HostLoadImportedModule
  public typealias Host = (SourceTextModuleRecord, Int) throws(Failure) -> ModuleRecord

  /// What `step()` did: a request was answered.
  public struct Step {
    public var module: SourceTextModuleRecord
    public var request: Int
  }

  public private(set) var failure: Failure?
  private let agent: ModuleAgent
  private let host: Host
  /// Modules whose requests are still to be answered, the next one last.
  private var work: [(module: SourceTextModuleRecord, nextRequest: Int)] = []
  /// [[Visited]] of the GraphLoadingState Record.
  private var visited: Set<SourceTextModuleRecord> = []

  public init(_ root: ModuleRecord, in agent: ModuleAgent, host: @escaping Host) {
    self.agent = agent
    self.host = host
    visit(root)
  }

  /// Answers requests to the end. Nil when everything is loaded.
  @discardableResult
  public func run() -> Failure? {
    while step() != nil {}
    return failure
  }

  /// Nil when there is nothing left to do, or the host failed.
  public func step() -> Step? {
    while failure == nil, let top = work.indices.last {
      let (module, request) = work[top]
      guard request < module.loadedModules.count else {
        work.removeLast()
        // Unlinked also when something further down is not loaded yet, as in the specification's
        // ContinueModuleLoading only all at once; nobody can see the difference.
        if module.status == .new { module.setStatus(.unlinked, agent) }
        continue
      }
      work[top].nextRequest += 1
      let isAnswered = module.loadedModules[request] != nil
      if !isAnswered {
        do {
          module.setLoadedModule(try host(module, request), request: request, in: agent)
        } catch {
          failure = error
          return nil
        }
      }
      if module.parsed.requests[request].phase != .source,
        let loaded = module.loadedModules[request]
      {
        visit(loaded)
      }
      if !isAnswered { return Step(module: module, request: request) }
    }
    return nil
  }

  /// InnerModuleLoading ( state, module ): a module that is linked has been loaded.
  /// https://tc39.es/ecma262/#sec-InnerModuleLoading
  private func visit(_ module: ModuleRecord) {
    guard let source = module.asSourceText,
      source.status == .new || source.status == .unlinked,
      visited.insert(source).inserted
    else { return }
    work.append((source, 0))
  }
}
