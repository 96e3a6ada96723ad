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
      guard let source = root.asSourceText else {
        isFinished = true
        return nil
      }
      agent.assertStep(
        source, source.status != .linking && source.status != .evaluating,
        "Link ( ) begins with a module that is unlinked, linked, evaluating-async or evaluated")
      guard isUnlinked(source) else {
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
    agent.assertStep(module, isUnlinked(module), "a module that is entered is unlinked")
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
        passed(required, for: module)
      }
      if !module.isEnvironmentInitialized {
        if let failure = module.initializeEnvironment(resolver, agent) { return fail(failure) }
        return .environmentInitialized(module)
      }
      frames.removeLast()
      agent.assertStep(module, stack.isOnStack(module), "it is on the stack")
      agent.assertStep(
        module, module.storedDFSAncestorIndex <= module.storedDFSIndex,
        "its ancestor index is not above its index")
      if module.storedDFSAncestorIndex == module.storedDFSIndex {
        let step = finishComponent(of: module)
        if let parent = frames.last { passed(module, for: parent.module) } else { finish() }
        return step
      }
      if let parent = frames.last { passed(module, for: parent.module) }
    }
    finish()
    return nil
  }

  /// What InnerModuleLinking does once the invocation for a required module has returned.
  private func passed(_ required: SourceTextModuleRecord, for module: SourceTextModuleRecord) {
    // Or evaluating: its body is what links.
    agent.assertStep(
      required, required.status == .linking || required.isLinked,
      "a required module is linking, linked, evaluating-async or evaluated")
    agent.assertStep(
      required, (required.status == .linking) == stack.isOnStack(required),
      "a required module is linking if and only if it is on the stack")
    guard required.status == .linking else { return }
    module.lowerAncestorIndex(to: required.storedDFSAncestorIndex, agent)
  }

  private func finish() {
    isFinished = true
    agent.assertStep(root, root.isLinked, "Link ( ) ends with it linked")
    agent.assertStep(root, stack.isEmpty, "the stack is empty when Link ( ) ends")
  }

  private func finishComponent(of root: SourceTextModuleRecord) -> Step {
    var count = 0
    while let member = stack.popLast() {
      count += 1
      member.setStatus(.linked, agent)
      if member === root { break }
    }
    agent.log.append(.componentFinished, root, Int32(count))
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
      agent.assertStep(module, module.status == .linking, "what is on the stack is linking")
      module.discardEnvironment(agent)
      module.setStatus(.unlinked, agent)
    }
    agent.assertStep(root, root.status == .unlinked, "Link ( ) fails with it unlinked")
    resolver.discardUnlinked()
    stack = []
    frames = []
    isFinished = true
  }
}
