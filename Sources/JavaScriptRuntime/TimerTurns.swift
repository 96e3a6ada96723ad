/// When a task comes: of two at one time, the one that was asked for first.
struct TimerTurn: Comparable {
  var due: Double
  var order: Int
  var id: Int

  static func < (one: TimerTurn, other: TimerTurn) -> Bool {
    (one.due, one.order) < (other.due, other.order)
  }
}

/// Turns with the next one first: a binary heap.
struct TimerTurns {
  private var heap: [TimerTurn] = []

  var count: Int { heap.count }
  var first: TimerTurn? { heap.first }

  mutating func insert(_ turn: TimerTurn) {
    heap.append(turn)
    var child = heap.count - 1
    while child > 0, case let parent = (child - 1) / 2, heap[child] < heap[parent] {
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() {
    guard let last = heap.popLast(), !heap.isEmpty else { return }
    heap[0] = last
    sink(from: 0)
  }

  mutating func removeAll(where isGone: (TimerTurn) -> Bool) {
    heap.removeAll(where: isGone)
    for parent in (0..<(heap.count / 2)).reversed() { sink(from: parent) }
  }

  private mutating func sink(from place: Int) {
    var parent = place
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { return }
      let right = left + 1
      let child = right < heap.count && heap[right] < heap[left] ? right : left
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
