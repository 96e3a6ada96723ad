extension GraphSnapshot {
  /// The graph as it was when `log` had `number` events. Bindings are those of the records now, for
  /// the modules whose environment was initialised then.
  ///
  /// Modules that were made later are left out.
  public init(of records: [ModuleRecord], at number: Int, log: EventLog) {
    var positions: [ModuleID: Int] = [:]
    var states: [Module] = records.map(Module.init)
    for (position, state) in states.enumerated() { positions[state.id] = position }
    var isMade = Array(repeating: false, count: states.count)
    for event in log.events(in: 0..<number) {
      guard let position = positions[event.module] else { continue }
      if case .created = event.change { isMade[position] = true }
      states[position].apply(event.change)
    }
    modules = zip(states, isMade).compactMap { state, isMade in
      guard isMade else { return nil }
      var state = state
      if !state.isEnvironmentInitialized { state.importBindings = [] }
      return state
    }
  }
}

extension GraphSnapshot.Module {
  fileprivate mutating func apply(_ change: ModuleEvent.Change) {
    switch change {
    case .created(_, let status):
      self.status = status
      hasEvaluationError = false
      dfsIndex = nil
      dfsAncestorIndex = nil
      isEnvironmentInitialized = kind == .synthetic
      cycleRoot = nil
      asyncEvaluationOrder = .unset
      capability = .empty
      asyncParentModules = []
      pendingAsyncDependencies = nil
      for request in requests.indices { requests[request].module = nil }
    case .loaded(let request, let module): requests[request].module = module
    case .status(_, let status): self.status = status
    case .entered(let index):
      dfsIndex = index
      dfsAncestorIndex = index
    case .ancestorIndex(let index): dfsAncestorIndex = index
    case .environmentInitialized: isEnvironmentInitialized = true
    case .environmentDiscarded: isEnvironmentInitialized = false
    case .cycleRoot(let root): cycleRoot = root
    case .asyncEvaluationOrder(let order): asyncEvaluationOrder = order
    case .pendingAsyncDependencies(let count): pendingAsyncDependencies = count
    case .asyncParent(let parent): asyncParentModules.append(parent)
    case .error: hasEvaluationError = true
    case .capability(.pending): capability = .pending
    case .capability(.fulfilled): capability = .fulfilled
    case .capability(.rejected): capability = .rejected
    case .componentFinished, .bodyStarted, .bodyFinished: break
    }
  }
}
