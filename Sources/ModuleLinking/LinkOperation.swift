import ModuleSyntax

/// Link ( ) of a Cyclic Module Record, as work that can stop after every step.
/// https://tc39.es/ecma262/#sec-moduledeclarationlinking
public final class LinkOperation {
  /// What `step()` did.
  public enum Step {
    case entered(SourceTextModuleRecord)
    case environmentInitialized(SourceTextModuleRecord)
    case componentFinished(root: SourceTextModuleRecord, moduleCount: Int)
    case failed(ResolutionFailure)
  }

  /// An invocation of InnerModuleLinking.
  public struct Frame {
    public var module: SourceTextModuleRecord
    /// The request that is looked at next.
    public var nextRequest: Int
  }

  public let root: ModuleRecord
  /// The invocations of InnerModuleLinking that have not returned, outermost first.
  public private(set) var frames: [Frame] = []
  /// The specification's `stack`: modules whose component is not finished.
  public private(set) var stack: [SourceTextModuleRecord] = []
  public private(set) var failure: ResolutionFailure?
  public private(set) var isFinished = false
  private let agent: ModuleAgent
  private let resolver = ExportResolver(keepsResolutions: true)
  private var index: Int32 = 0

  public init(_ root: ModuleRecord, in agent: ModuleAgent) {
    self.root = root
    self.agent = agent
  }

  /// Steps to the end. Nil when the graph is linked.
  @discardableResult
  public func run() -> ResolutionFailure? {
    while step() != nil {}
    return failure
  }

  /// Nil when there is nothing left to do.
  public func step() -> Step? {
    guard !isFinished else { return nil }
    if index == 0 {
      guard let source = root.asSourceText, isUnlinked(source) else {
        isFinished = true
        return nil
      }
      return enter(source)
    }
    return innerModuleLinking()
  }

  /// Gives up: every module on the stack is unlinked again.
  public func abort() {
    guard !isFinished else { return }
    unwind()
  }

  private func isUnlinked(_ module: SourceTextModuleRecord) -> Bool {
    module.status == .unlinked || module.status == .new
  }

  private func enter(_ module: SourceTextModuleRecord) -> Step {
    module.setStatus(.linking, agent)
    module.enter(index, agent)
    index += 1
    stack.append(module)
    frames.append(Frame(module: module, nextRequest: 0))
    if let failure = module.missingSourceObject() { return fail(failure) }
    return .entered(module)
  }

  /// InnerModuleLinking ( module, stack, index ), from where it stopped to its next step.
  /// https://tc39.es/ecma262/#sec-InnerModuleLinking
  private func innerModuleLinking() -> Step? {
    while let top = frames.indices.last {
      let module = frames[top].module
      while frames[top].nextRequest < module.loadedModules.count {
        let request = frames[top].nextRequest
        frames[top].nextRequest += 1
        guard let loaded = module.loadedModules[request] else {
          return fail(notLoaded(request, of: module))
        }
        // A synthetic module's Link ( ) does nothing; a source phase request links nothing.
        guard let required = loaded.asSourceText,
          !module.isSourcePhase(request)
        else { continue }
        if isUnlinked(required) { return enter(required) }
        if required.status == .linking {
          module.lowerAncestorIndex(to: required.storedDFSAncestorIndex, agent)
        }
      }
      if !module.isEnvironmentInitialized {
        if let failure = module.initializeEnvironment(resolver, agent) { return fail(failure) }
        return .environmentInitialized(module)
      }
      frames.removeLast()
      if module.storedDFSAncestorIndex == module.storedDFSIndex {
        return finishComponent(of: module)
      }
      if let parent = frames.last {
        parent.module.lowerAncestorIndex(to: module.storedDFSAncestorIndex, agent)
      }
    }
    isFinished = true
    return nil
  }

  private func finishComponent(of root: SourceTextModuleRecord) -> Step {
    var count = 0
    while let member = stack.popLast() {
      count += 1
      member.setStatus(.linked, agent)
      if member === root { break }
    }
    agent.log.append(.componentFinished, root, Int32(count))
    if frames.isEmpty { isFinished = true }
    return .componentFinished(root: root, moduleCount: count)
  }

  private func notLoaded(_ request: Int, of module: SourceTextModuleRecord) -> ResolutionFailure {
    ResolutionFailure(
      reason: .notLoaded, importer: module, request: request, name: "",
      range: module.parsed.requests[request].range, linkedModule: module)
  }

  private func fail(_ failure: ResolutionFailure) -> Step {
    self.failure = failure
    unwind()
    return .failed(failure)
  }

  private func unwind() {
    for module in stack {
      module.discardEnvironment(agent)
      module.setStatus(.unlinked, agent)
    }
    resolver.discardUnlinked()
    stack = []
    frames = []
    isFinished = true
  }
}
