import ModuleSyntax

/// The order in which Evaluate ( ) runs the bodies of a graph from one entry, as if all of it were
/// linked and none evaluated yet. Nothing is run: it works on a snapshot.
/// https://tc39.es/ecma262/#sec-moduleevaluation
public struct EvaluationOrder: Sendable {
  public struct Entry: Hashable, Sendable {
    public var module: ModuleID
    /// Nil for a synthetic module, which is on no stack.
    public var dfsIndex: Int?
    /// As it is when the module's component leaves the stack.
    public var dfsAncestorIndex: Int?
    /// Components are numbered from 1 as they are finished.
    public var component: Int
    /// Whether it shares its component with other modules.
    public var isInCycle = false
    /// [[AsyncEvaluationOrder]], were this the first evaluation. Nil for a module that neither awaits
    /// at its top level nor depends on one that does.
    public var asyncOrder: Int?
    /// The modules that its body waits for, each as often as [[PendingAsyncDependencies]] counts it.
    public var waitsFor: [ModuleID] = []
    /// [[PendingAsyncDependencies]] when its body would run, were it not for them.
    public var pendingAsyncDependencies: Int { waitsFor.count }
  }

  /// In the order of the bodies; one that waits for others runs later than its place here.
  public private(set) var entries: [Entry] = []

  public init(from root: ModuleID, in graph: GraphSnapshot) {
    var walk = Walk(graph)
    walk.run(from: root)
    entries = walk.entries
  }
}

extension EvaluationOrder {
  /// InnerModuleEvaluation ( module, stack, index ) without bodies, as a loop.
  /// https://tc39.es/ecma262/#sec-innermoduleevaluation
  private struct Walk {
    struct Frame {
      var module: Int
      var nextRequest = 0
      /// What the request asks for, the next one last: several for `import defer`.
      var required: [Int] = []
      var waitsFor: [ModuleID] = []
    }

    let modules: [GraphSnapshot.Module]
    var entries: [Entry] = []
    private var positions: [ModuleID: Int] = [:]
    private var frames: [Frame] = []
    /// The specification's stack.
    private var stack: [Int] = []
    private var isOnStack: [Bool]
    private var dfsIndex: [Int?]
    private var ancestor: [Int]
    private var entryOf: [Int?]
    private var isSeen: [Bool]
    private var cycleRoot: [Int]
    private var index = 0
    private var asyncCount = 0
    private var componentCount = 0

    init(_ graph: GraphSnapshot) {
      modules = graph.modules
      let count = modules.count
      isOnStack = Array(repeating: false, count: count)
      dfsIndex = Array(repeating: nil, count: count)
      ancestor = Array(repeating: 0, count: count)
      entryOf = Array(repeating: nil, count: count)
      isSeen = Array(repeating: false, count: count)
      cycleRoot = Array(0..<count)
      for (position, module) in modules.enumerated() { positions[module.id] = position }
    }

    mutating func run(from root: ModuleID) {
      guard let root = positions[root] else { return }
      visit(root)
      while let top = frames.indices.last {
        if let required = frames[top].required.popLast() {
          step(to: required, from: top)
        } else if !nextRequest(top) {
          finish(frames.removeLast())
        }
      }
    }

    /// Goes on to the next request. False when there is none.
    private mutating func nextRequest(_ top: Int) -> Bool {
      let module = modules[frames[top].module]
      guard frames[top].nextRequest < module.requests.count else { return false }
      let request = module.requests[frames[top].nextRequest]
      frames[top].nextRequest += 1
      guard let loaded = request.module.flatMap({ positions[$0] }) else { return true }
      switch request.phase {
      case .evaluation: frames[top].required = [loaded]
      case .defer: frames[top].required = asynchronousDependencies(of: loaded).reversed()
      case .source: break
      }
      return true
    }

    private mutating func step(to required: Int, from top: Int) {
      if !isSeen[required] {
        visit(required)
        // A module is passed when it has been evaluated: then this is asked again.
        if modules[required].kind == .sourceText { frames[top].required.append(required) }
        return
      }
      guard modules[required].kind == .sourceText else { return }
      let module = frames[top].module
      if isOnStack[required] {
        ancestor[module] = min(ancestor[module], ancestor[required])
      }
      let waitedFor = isOnStack[required] ? required : cycleRoot[required]
      if let entry = entryOf[waitedFor], entries[entry].asyncOrder != nil {
        frames[top].waitsFor.append(modules[waitedFor].id)
      }
    }

    private mutating func visit(_ module: Int) {
      isSeen[module] = true
      guard modules[module].kind == .sourceText else {
        componentCount += 1
        entryOf[module] = entries.count
        entries.append(
          Entry(
            module: modules[module].id, dfsIndex: nil, dfsAncestorIndex: nil,
            component: componentCount, asyncOrder: nil))
        return
      }
      dfsIndex[module] = index
      ancestor[module] = index
      index += 1
      stack.append(module)
      isOnStack[module] = true
      frames.append(Frame(module: module))
    }

    private mutating func finish(_ frame: Frame) {
      let module = frame.module
      var order: Int?
      if modules[module].hasTLA || !frame.waitsFor.isEmpty {
        order = asyncCount
        asyncCount += 1
      }
      entryOf[module] = entries.count
      entries.append(
        Entry(
          module: modules[module].id, dfsIndex: dfsIndex[module], dfsAncestorIndex: nil,
          component: 0, asyncOrder: order, waitsFor: frame.waitsFor))
      if ancestor[module] == dfsIndex[module] { popComponent(module) }
    }

    private mutating func popComponent(_ root: Int) {
      componentCount += 1
      let isCycle = stack.last != root
      while let member = stack.popLast() {
        isOnStack[member] = false
        cycleRoot[member] = root
        if let entry = entryOf[member] {
          entries[entry].component = componentCount
          entries[entry].isInCycle = isCycle
          entries[entry].dfsAncestorIndex = ancestor[member]
        }
        if member == root { break }
      }
    }

    /// GatherAsynchronousTransitiveDependencies ( module [ , seen ] ).
    /// https://tc39.es/proposal-defer-import-eval/#sec-GatherAsynchronousTransitiveDependencies
    private func asynchronousDependencies(of module: Int) -> [Int] {
      var result: [Int] = []
      var passed: Set<Int> = []
      var waiting = [module]
      while let next = waiting.popLast() {
        guard passed.insert(next).inserted, modules[next].kind == .sourceText, !isSeen[next] else {
          continue
        }
        if modules[next].hasTLA {
          result.append(next)
        } else {
          waiting += modules[next].requests.reversed()
            .compactMap { $0.module.flatMap { positions[$0] } }
        }
      }
      return result
    }
  }
}
