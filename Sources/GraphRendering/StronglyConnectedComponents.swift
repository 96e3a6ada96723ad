/// Tarjan's algorithm, as a loop: graphs may be chains of any length.
enum StronglyConnectedComponents {
  /// The components of a graph, given by the successors of each node: a component comes after all to
  /// which its nodes lead. Each is sorted.
  static func of(_ successors: [[Int]]) -> [[Int]] {
    var walk = Walk(successors: successors)
    for node in successors.indices where walk.index[node] < 0 { walk.run(from: node) }
    return walk.components
  }

  private struct Walk {
    let successors: [[Int]]
    var index: [Int]
    var components: [[Int]] = []
    private var low: [Int]
    private var isOnStack: [Bool]
    private var stack: [Int] = []
    private var count = 0

    init(successors: [[Int]]) {
      self.successors = successors
      index = Array(repeating: -1, count: successors.count)
      low = Array(repeating: 0, count: successors.count)
      isOnStack = Array(repeating: false, count: successors.count)
    }

    mutating func run(from root: Int) {
      var frames: [(node: Int, next: Int)] = []
      enter(root, &frames)
      while let top = frames.indices.last {
        let node = frames[top].node
        if frames[top].next < successors[node].count {
          let next = successors[node][frames[top].next]
          frames[top].next += 1
          if index[next] < 0 {
            enter(next, &frames)
          } else if isOnStack[next] {
            low[node] = min(low[node], index[next])
          }
          continue
        }
        frames.removeLast()
        if let parent = frames.last?.node { low[parent] = min(low[parent], low[node]) }
        if low[node] == index[node] { pop(to: node) }
      }
    }

    private mutating func enter(_ node: Int, _ frames: inout [(node: Int, next: Int)]) {
      index[node] = count
      low[node] = count
      count += 1
      stack.append(node)
      isOnStack[node] = true
      frames.append((node, 0))
    }

    private mutating func pop(to node: Int) {
      var component: [Int] = []
      while let member = stack.popLast() {
        isOnStack[member] = false
        component.append(member)
        if member == node { break }
      }
      components.append(component.sorted())
    }
  }
}
