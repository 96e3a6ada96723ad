internal import GraphRendering

extension SessionDocument {
  /// A module as it is at a moment.
  struct Module {
    var source: Int?
    var isSynthetic: Bool
    var status: Status
    /// The specification's word.
    var record: String
    var isReplaced = false
    /// What its glyph and its colour are those of.
    var mark: Status {
      status == .evaluated && record == Status.evaluatingAsync.rawValue ? .evaluatingAsync : status
    }
    /// Positions in `rows`.
    var rows: [Int] = []
    var error: String?
  }

  struct State {
    /// By node; nil for what is not there.
    var modules: [Module?]
    /// Positions in `edges`.
    var edges: Set<Int> = []
  }

  /// After all moments. The page's script does the same for any moment.
  var end: State {
    var state = State(modules: nodes.map { _ in nil })
    for change in moments.lazy.flatMap(\.changes) {
      switch change {
      case .appears(let node, let source, let isSynthetic, let status, let record):
        state.modules[node] = Module(
          source: source, isSynthetic: isSynthetic, status: status, record: record)
      case .disappears(let node): state.modules[node] = nil
      case .replaced(let node): state.modules[node]?.isReplaced = true
      case .status(let node, let status): state.modules[node]?.status = status
      case .record(let node, let word): state.modules[node]?.record = word
      case .edge(let edge, let isThere):
        if isThere { state.edges.insert(edge) } else { state.edges.remove(edge) }
      case .bindings(let node, let rows): state.modules[node]?.rows = rows
      case .error(let node, let text): state.modules[node]?.error = text
      }
    }
    return state
  }

  /// What is seen of the whole graph in a state. A request without an answer points to what will
  /// answer it one day.
  func stage(of state: State) -> SVGRenderer.StageState {
    let unanswered = Set(state.edges.map { edges[$0] }.filter { $0.to == nil })
    let asking = edges.values.indices.filter { number in
      var edge = edges[number]
      guard let to = edge.to, state.modules[edge.from] != nil, state.modules[to] != nil
      else { return false }
      edge.to = nil
      return unanswered.contains(edge)
    }
    return SVGRenderer.StageState(
      statuses: state.modules.map { module in
        module.map { ($0.mark, ModuleStatusWord(rawValue: $0.mark.rawValue)?.glyph ?? "") }
      },
      edges: state.edges, asking: Set(asking),
      replaced: Set(nodes.indices.filter { state.modules[$0]?.isReplaced == true }))
  }

  /// The names of what each module asks for, as `status` writes them.
  func requests(of node: Int, in state: State) -> [String] {
    state.edges.sorted().filter { edges[$0].from == node }.map { number in
      let edge = edges[number]
      let specifier = Self.clean(edge.specifier)
      guard let to = edge.to else { return "\"\(specifier)\" → ?" }
      let name = Self.clean(nodes[to].name)
      return name == specifier ? name : "\"\(specifier)\" → \(name)"
    }
  }
}
