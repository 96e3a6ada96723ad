/// Evaluation of a synchronous graph as one would write it without the specification: recursive, and
/// with components found by asking who reaches whom.
struct EvaluationModel {
  enum Status: Equatable {
    case linked
    case evaluated
    case failed(Int)
  }

  let edges: [[Int]]
  let throwing: Set<Int>
  private(set) var order: [Int] = []
  private(set) var statuses: [Status]
  private var entered: [Int] = []
  private let reached: [Set<Int>]

  init(edges: [[Int]], throwing: Set<Int>) {
    self.edges = edges
    self.throwing = throwing
    statuses = Array(repeating: .linked, count: edges.count)
    reached = edges.indices.map { start in
      var found: Set<Int> = [start]
      var work = [start]
      while let node = work.popLast() {
        for next in edges[node] where found.insert(next).inserted { work.append(next) }
      }
      return found
    }
  }

  private struct Failure: Error {
    var thrower: Int
  }

  private func isSameComponent(_ one: Int, _ other: Int) -> Bool {
    reached[one].contains(other) && reached[other].contains(one)
  }

  /// Evaluates from `root`; who threw, or nil.
  mutating func evaluate(_ root: Int) -> Int? {
    do {
      try visit(root)
      return nil
    } catch {
      for node in entered where statuses[node] == .linked {
        statuses[node] = .failed(error.thrower)
      }
      return error.thrower
    }
  }

  private mutating func visit(_ node: Int) throws(Failure) {
    if case .failed(let thrower) = statuses[node] { throw Failure(thrower: thrower) }
    if statuses[node] == .evaluated || entered.contains(node) { return }
    let isFirst = !entered.contains { isSameComponent($0, node) }
    entered.append(node)
    for next in edges[node] { try visit(next) }
    order.append(node)
    if throwing.contains(node) { throw Failure(thrower: node) }
    guard isFirst else { return }
    for other in entered where isSameComponent(other, node) { statuses[other] = .evaluated }
  }
}
