/// Where everything stands in a picture of a graph.
struct GraphLayout {
  /// A line from box to box.
  enum Way {
    /// Points joined by curves that begin and end horizontally.
    case through([Point])
    /// A curve with one control point.
    case bent(Point, Point, Point)
    /// A module that imports itself.
    case loop(Rectangle)
  }

  struct Arrow {
    /// The edges it stands for: several requests may lead to one module.
    var edges: [Int]
    var way: Way
    var isInCycle: Bool
  }

  let labels: [BoxLabel]
  private(set) var boxes: [Rectangle]
  /// Around each cycle.
  private(set) var frames: [Rectangle] = []
  /// Boxes for requests without an answer, by the number of the edge.
  private(set) var unanswered: [(edge: Int, label: BoxLabel, box: Rectangle)] = []
  private(set) var arrows: [Arrow] = []
  private(set) var size = Size(width: 0, height: 0)

  static let framePadding = 18.0
  static let frameTitle = 16.0

  private let graph: ModuleGraph

  /// A box of the layered layout: a module, a cycle, or a request without an answer.
  private enum Item {
    case module(Int)
    case cycle(Int)
    case unanswered(Int)
  }

  private var items: [Item] = []
  private var itemOfNode: [Int]
  private var rings: [Int: (ring: RingLayout, members: [Int])] = [:]

  init(_ graph: ModuleGraph, labels: [BoxLabel]? = nil) {
    self.graph = graph
    self.labels = labels ?? BoxLabel.all(of: graph)
    boxes = Array(
      repeating: Rectangle(x: 0, y: 0, width: 0, height: 0), count: graph.nodes.count)
    itemOfNode = Array(repeating: 0, count: graph.nodes.count)
    frames = Array(
      repeating: Rectangle(x: 0, y: 0, width: 0, height: 0), count: graph.cycles.count)
    let sizes = makeItems()
    place(sizes)
    addRingArrows()
  }

  /// Components in topological order, then what is not answered.
  private mutating func makeItems() -> [Size] {
    var sizes: [Size] = []
    for component in graph.components.reversed() {
      guard let node = component.first else { continue }
      for member in component { itemOfNode[member] = items.count }
      if let cycle = graph.cycleOf[node] {
        let members = ringOrder(cycle)
        let ring = RingLayout(sizes: members.map { labels[$0].size })
        rings[cycle] = (ring, members)
        items.append(.cycle(cycle))
        sizes.append(
          Size(
            width: ring.size.width + 2 * Self.framePadding,
            height: ring.size.height + 2 * Self.framePadding + Self.frameTitle))
      } else {
        items.append(.module(node))
        sizes.append(labels[node].size)
      }
    }
    for (number, edge) in graph.edges.enumerated() where edge.to == nil {
      let label = BoxLabel(unanswered: edge.specifier)
      unanswered.append((number, label, Rectangle(x: 0, y: 0, width: 0, height: 0)))
      items.append(.unanswered(unanswered.count - 1))
      sizes.append(label.size)
    }
    return sizes
  }

  /// The shortest way round first, then the rest of the cycle.
  private func ringOrder(_ cycle: Int) -> [Int] {
    // The way ends where it began.
    let path = Array(graph.path(around: cycle).dropLast())
    let onPath = Set(path)
    return path + graph.cycles[cycle].filter { !onPath.contains($0) }
  }

  private mutating func place(_ sizes: [Size]) {
    var links: [LayeredLayout.Link] = []
    var linkOf: [LayeredLayout.Link: Int] = [:]
    var ends: [(from: Int, target: Int, edges: [Int], link: Int)] = []
    var endOf: [[Int]: Int] = [:]
    var nextUnanswered = 0
    let firstUnanswered = sizes.count - unanswered.count
    for (number, edge) in graph.edges.enumerated() {
      let target: Int
      if let to = edge.to {
        target = itemOfNode[to]
      } else {
        target = firstUnanswered + nextUnanswered
        nextUnanswered += 1
      }
      let link = LayeredLayout.Link(from: itemOfNode[edge.from], to: target)
      guard link.from != link.to else { continue }
      let key = [edge.from, edge.to ?? -1 - target]
      if let known = endOf[key] {
        ends[known].edges.append(number)
        continue
      }
      endOf[key] = ends.count
      if linkOf[link] == nil {
        linkOf[link] = links.count
        links.append(link)
      }
      ends.append((edge.from, target, [number], linkOf[link] ?? 0))
    }
    let layout = LayeredLayout(sizes: sizes, links: links)
    for (index, item) in items.enumerated() { put(item, at: layout.boxes[index]) }
    for end in ends {
      addArrow(end.edges, from: end.from, target: end.target, layout.routes[end.link])
    }
    size = Size(
      width: layout.boxes.map(\.right).max() ?? 0, height: layout.boxes.map(\.bottom).max() ?? 0)
  }

  private mutating func put(_ item: Item, at box: Rectangle) {
    switch item {
    case .module(let node): boxes[node] = box
    case .unanswered(let index): unanswered[index].box = box
    case .cycle(let cycle):
      frames[cycle] = box
      guard let (ring, members) = rings[cycle] else { return }
      for (index, node) in members.enumerated() {
        boxes[node] = ring.boxes[index].moved(
          x: box.x + Self.framePadding, y: box.y + Self.framePadding + Self.frameTitle)
      }
    }
  }

  /// An arrow between items: out of the module's own box, on the route, into the other's.
  private mutating func addArrow(
    _ edges: [Int], from: Int, target: Int, _ route: [Point]
  ) {
    var points = leaving(from, along: route)
    let end: Rectangle
    if let edge = edges.first, let to = graph.edges[edge].to {
      end = boxes[to]
      enter(to, along: &points)
    } else if case .unanswered(let index) = items[target] {
      end = unanswered[index].box
    } else {
      return
    }
    points.append(Point(end.x, end.center.y))
    arrows.append(Arrow(edges: edges, way: .through(points), isInCycle: false))
  }

  /// Out of a box; out of its frame below or above the boxes that stand in the way.
  private func leaving(_ node: Int, along route: [Point]) -> [Point] {
    let box = boxes[node]
    var points = route
    points.insert(Point(box.right, box.center.y), at: 0)
    guard let cycle = graph.cycleOf[node], route.count > 1 else { return points }
    let frame = frames[cycle]
    let y = freeHeight(right: box, in: cycle)
    points[1] = Point(frame.right, y)
    if y != box.center.y { points.insert(Point(box.right + Self.turn, y), at: 1) }
    return points
  }

  private func enter(_ node: Int, along points: inout [Point]) {
    guard let cycle = graph.cycleOf[node], let last = points.indices.last else { return }
    let box = boxes[node]
    let y = freeHeight(left: box, in: cycle)
    points[last] = Point(frames[cycle].x, y)
    if y != box.center.y { points.append(Point(box.x - Self.turn, y)) }
  }

  private static let turn = 20.0

  /// Where an arrow can pass from a box to the right, or the left, edge of its frame: straight on, or
  /// beside the nearer edge.
  private func freeHeight(right: Rectangle? = nil, left: Rectangle? = nil, in cycle: Int) -> Double
  {
    guard let box = right ?? left else { return 0 }
    let frame = frames[cycle]
    let start = right == nil ? frame.x : box.right + 1
    let end = right == nil ? box.x - 1 : frame.right
    let way = Rectangle(x: start, y: box.center.y - 3, width: max(0, end - start), height: 6)
    let isFree = graph.cycles[cycle].allSatisfy { boxes[$0] == box || !boxes[$0].overlaps(way) }
    if isFree { return box.center.y }
    let below = frame.bottom - Self.framePadding / 2
    let above = frame.y + Self.frameTitle + Self.framePadding / 2
    return below - box.center.y <= box.center.y - above + 8 ? below : above
  }

  /// The arrows of cycles, bent to one side so that two opposite ones are two.
  private mutating func addRingArrows() {
    var known: [[Int]: Int] = [:]
    for (number, edge) in graph.edges.enumerated() {
      guard let to = edge.to, itemOfNode[edge.from] == itemOfNode[to] else { continue }
      if let arrow = known[[edge.from, to]] {
        arrows[arrow].edges.append(number)
        continue
      }
      known[[edge.from, to]] = arrows.count
      let (start, end) = (boxes[edge.from], boxes[to])
      if edge.from == to {
        arrows.append(Arrow(edges: [number], way: .loop(start), isInCycle: true))
        continue
      }
      let middle = bend(from: edge.from, to: to)
      arrows.append(
        Arrow(
          edges: [number],
          way: .bent(start.border(towards: middle), middle, end.border(towards: middle)),
          isInCycle: true))
    }
  }

  /// The control point of an arrow inside a ring. It lies to one side, so that two opposite arrows are
  /// two; between boxes that are no neighbours it is drawn to the middle of the ring, away from the
  /// boxes between them.
  private func bend(from: Int, to: Int) -> Point {
    let (start, end) = (boxes[from].center, boxes[to].center)
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    var middle = Point((start.x + end.x) / 2 - dy * 0.12, (start.y + end.y) / 2 + dx * 0.12)
    guard let cycle = graph.cycleOf[from], let members = rings[cycle]?.members, members.count > 3,
      let first = members.firstIndex(of: from), let second = members.firstIndex(of: to)
    else { return middle }
    let steps = abs(first - second)
    guard min(steps, members.count - steps) > 1 else { return middle }
    let frame = frames[cycle]
    let center = Point(frame.center.x, frame.center.y + Self.frameTitle / 2)
    middle.x += (center.x - middle.x) * 0.55
    middle.y += (center.y - middle.y) * 0.55
    return middle
  }
}
