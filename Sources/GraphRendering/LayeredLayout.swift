internal import ModuleSyntax

/// Places boxes in columns, so that every link leads to the right, and finds ways for the links that
/// pass between the boxes. After Sugiyama, Tagawa and Toda.
struct LayeredLayout {
  struct Link: Hashable {
    var from: Int
    /// Always greater than `from`: the boxes come in a topological order.
    var to: Int
  }

  private(set) var boxes: [Rectangle] = []
  /// For each link, what lies between its boxes: from the right edge of the one's column to the left
  /// edge of the other's.
  private(set) var routes: [[Point]] = []

  private static let verticalGap = 14.0
  private static let laneHeight = 7.0

  private enum Content: Hashable {
    case box(Int)
    /// Room in a column for links that only pass: all to one box, or all from one.
    case laneTo(Int)
    case laneFrom(Int)
  }

  private struct Slot {
    var content: Content
    var layer: Int
    var height: Double
    var before: [Int] = []
    var after: [Int] = []
    var position = 0
    var center = 0.0
  }

  private struct LaneKey: Hashable {
    var content: Content
    var layer: Int
  }

  private let sizes: [Size]
  private let links: [Link]
  private var layerOf: [Int] = []
  private var slots: [Slot] = []
  private var layers: [[Int]] = []
  private var slotOfBox: [Int] = []
  /// The slots through which each link goes, its boxes' included.
  private var chains: [[Int]] = []

  init(sizes: [Size], links: [Link]) {
    self.sizes = sizes
    self.links = links
    assignLayers()
    makeSlots()
    reduceCrossings()
    placeVertically()
    placeHorizontally()
  }

  // MARK: - Layers

  /// As far left as the links allow, in columns that are not much higher than the picture is wide.
  private mutating func assignLayers() {
    let area = sizes.reduce(0) { $0 + ($1.width + 70) * ($1.height + Self.verticalGap) }
    let limit = max(440, (area / 1.7).squareRoot())
    var incoming: [[Int]] = Array(repeating: [], count: sizes.count)
    var hasOutgoing = Array(repeating: false, count: sizes.count)
    for link in links {
      incoming[link.to].append(link.from)
      hasOutgoing[link.from] = true
    }
    var natural = Array(repeating: 0, count: sizes.count)
    for box in sizes.indices {
      natural[box] = incoming[box].reduce(0) { max($0, natural[$1] + 1) }
    }
    // What leads on keeps its place; ends of ways give way.
    let order = sizes.indices.sorted { left, right in
      if natural[left] != natural[right] { return natural[left] < natural[right] }
      if hasOutgoing[left] != hasOutgoing[right] { return hasOutgoing[left] }
      return left < right
    }
    var used: [Double] = []
    layerOf = Array(repeating: 0, count: sizes.count)
    for box in order {
      var layer = incoming[box].reduce(0) { max($0, layerOf[$1] + 1) }
      let height = sizes[box].height + Self.verticalGap
      while layer < used.count, used[layer] > 0, used[layer] + height > limit { layer += 1 }
      while used.count <= layer { used.append(0) }
      used[layer] += height
      layerOf[box] = layer
    }
    layers = Array(repeating: [], count: used.count)
  }

  // MARK: - Slots

  private mutating func makeSlots() {
    for box in sizes.indices {
      slotOfBox.append(slots.count)
      addSlot(.box(box), layer: layerOf[box], height: sizes[box].height)
    }
    var outCount = Array(repeating: 0, count: sizes.count)
    var inCount = outCount
    for link in links {
      outCount[link.from] += 1
      inCount[link.to] += 1
    }
    var lanes: [LaneKey: Int] = [:]
    var joined: Set<[Int]> = []
    for link in links {
      let bundle: Content =
        inCount[link.to] >= outCount[link.from] ? .laneTo(link.to) : .laneFrom(link.from)
      var chain = [slotOfBox[link.from]]
      for layer in (layerOf[link.from] + 1)..<max(layerOf[link.to], layerOf[link.from] + 1) {
        let key = LaneKey(content: bundle, layer: layer)
        if lanes[key] == nil {
          lanes[key] = slots.count
          addSlot(bundle, layer: layer, height: Self.laneHeight)
        }
        chain.append(lanes[key] ?? 0)
      }
      chain.append(slotOfBox[link.to])
      chains.append(chain)
      for (left, right) in zip(chain, chain.dropFirst())
      where joined.insert([left, right]).inserted {
        slots[left].after.append(right)
        slots[right].before.append(left)
      }
    }
  }

  private mutating func addSlot(_ content: Content, layer: Int, height: Double) {
    var slot = Slot(content: content, layer: layer, height: height)
    slot.position = layers[layer].count
    layers[layer].append(slots.count)
    slots.append(slot)
  }

  // MARK: - Order

  /// Sweeps over the columns, each ordered by the mean place of its neighbours; the best is kept.
  private mutating func reduceCrossings() {
    var best = layers
    var fewest = crossingCount()
    for sweep in 0..<(slots.count > 4000 ? 4 : 16) where fewest > 0 && !InterruptRequest.isPending()
    {
      let goesRight = sweep % 2 == 0
      for layer in goesRight ? Array(layers.indices) : layers.indices.reversed() {
        if InterruptRequest.isPending() { break }
        sort(layer, byBefore: goesRight)
      }
      let count = crossingCount()
      if count < fewest { (best, fewest) = (layers, count) }
    }
    layers = best
    for layer in layers {
      for (position, slot) in layer.enumerated() { slots[slot].position = position }
    }
  }

  private mutating func sort(_ layer: Int, byBefore: Bool) {
    let keys = layers[layer].map { number -> (mean: Double, slot: Int) in
      let slot = slots[number]
      let neighbours = byBefore ? slot.before : slot.after
      guard !neighbours.isEmpty else {
        return (relative(slot.position, layer), number)
      }
      let sum = neighbours.reduce(0.0) { $0 + relative(slots[$1].position, slots[$1].layer) }
      return (sum / Double(neighbours.count), number)
    }
    let order = keys.enumerated().sorted { left, right in
      left.element.mean == right.element.mean
        ? left.offset < right.offset : left.element.mean < right.element.mean
    }
    layers[layer] = order.map(\.element.slot)
    for (position, slot) in layers[layer].enumerated() { slots[slot].position = position }
  }

  private func relative(_ position: Int, _ layer: Int) -> Double {
    (Double(position) + 0.5) / Double(max(1, layers[layer].count))
  }

  private func crossingCount() -> Int {
    var count = 0
    for layer in layers.dropLast() {
      guard let next = layer.first.map({ slots[$0].layer + 1 }), next < layers.count else {
        continue
      }
      // How many ends so far stand below each place: a binary indexed tree.
      var tree = Array(repeating: 0, count: layers[next].count + 1)
      var total = 0
      for slot in layer {
        let ends = slots[slot].after.map { slots[$0].position }.sorted()
        for end in ends {
          var index = end + 1
          var above = 0
          while index > 0 {
            above += tree[index]
            index -= index & -index
          }
          count += total - above
        }
        for end in ends {
          var index = end + 1
          while index < tree.count {
            tree[index] += 1
            index += index & -index
          }
          total += 1
        }
      }
    }
    return count
  }

  // MARK: - Places

  private mutating func placeVertically() {
    for layer in layers {
      var y = 0.0
      for slot in layer {
        slots[slot].center = y + slots[slot].height / 2
        y += slots[slot].height + Self.verticalGap
      }
    }
    for sweep in 0..<12 {
      for layer in sweep % 2 == 0 ? Array(layers.indices) : layers.indices.reversed() {
        if InterruptRequest.isPending() { return }
        settle(layer)
      }
    }
  }

  /// The places nearest to the means of the neighbours that keep the order and the distances: pools
  /// of slots that would overlap share the mean of their wishes.
  private mutating func settle(_ layer: Int) {
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    var offset = 0.0
    var offsets: [Double] = []
    for (position, number) in layers[layer].enumerated() {
      let slot = slots[number]
      if position > 0 { offset += distance(layers[layer][position - 1], number) }
      offsets.append(offset)
      let neighbours = slot.before + slot.after
      let wish =
        neighbours.isEmpty
        ? slot.center
        : neighbours.reduce(0.0) { $0 + slots[$1].center } / Double(neighbours.count)
      let weight = neighbours.isEmpty ? 0.1 : 1
      pools.append(((wish - offset) * weight, weight, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard before.sum / before.weight > last.sum / last.weight else { break }
        pools.removeLast()
        pools[pools.count - 1] = (
          before.sum + last.sum, before.weight + last.weight, before.count + last.count
        )
      }
    }
    var position = 0
    for pool in pools {
      for _ in 0..<pool.count {
        slots[layers[layer][position]].center = pool.sum / pool.weight + offsets[position]
        position += 1
      }
    }
  }

  private func distance(_ upper: Int, _ lower: Int) -> Double {
    let isLanes = isLane(upper) && isLane(lower)
    return (slots[upper].height + slots[lower].height) / 2 + (isLanes ? 2 : Self.verticalGap)
  }

  private func isLane(_ slot: Int) -> Bool {
    if case .box = slots[slot].content { return false }
    return true
  }

  private mutating func placeHorizontally() {
    var left: [Double] = []
    var right: [Double] = []
    var x = 0.0
    for layer in layers {
      let width = layer.reduce(0.0) { widest, slot in
        if case .box(let box) = slots[slot].content { return max(widest, sizes[box].width) }
        return widest
      }
      let leaving = layer.reduce(0) { $0 + slots[$1].after.count }
      left.append(x)
      right.append(x + width)
      x += width + min(170, 56 + 2.2 * Double(leaving))
    }
    let top = slots.map { $0.center - $0.height / 2 }.min() ?? 0
    boxes = sizes.indices.map { box in
      let slot = slots[slotOfBox[box]]
      return Rectangle(
        x: left[slot.layer], y: slot.center - slot.height / 2 - top, width: sizes[box].width,
        height: sizes[box].height)
    }
    routes = chains.map { chain in
      var points: [Point] = []
      for (index, number) in chain.enumerated() {
        let slot = slots[number]
        if index > 0 { points.append(Point(left[slot.layer], slot.center - top)) }
        if index < chain.count - 1 { points.append(Point(right[slot.layer], slot.center - top)) }
      }
      return points
    }
  }
}
