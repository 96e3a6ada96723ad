import Testing

@testable import GraphRendering

/// A linear congruential generator: the same graphs on every machine.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite struct LayoutGeometryTests {
  /// A graph with cycles, self imports, doubled edges and requests without an answer.
  private static func graph(seed: UInt64) -> ModuleGraph {
    var dice = Dice(state: seed &* 7919 &+ 17)
    let count = Int.random(in: 1...60, using: &dice)
    let nodes = (0..<count).map { number in
      let length = Int.random(in: 1...40, using: &dice)
      return ModuleGraph.Node(
        name: "\(number)-" + String(repeating: "名a", count: length / 2),
        status: ModuleGraph.Status.allCases[number % 6], glyph: "●")
    }
    let density = Double.random(in: 0.5...2.5, using: &dice)
    let edges = (0..<Int(Double(count) * density)).map { number in
      ModuleGraph.Edge(
        from: Int.random(in: 0..<count, using: &dice),
        to: number % 17 == 0 ? nil : Int.random(in: 0..<count, using: &dice),
        specifier: "./\(number % 5).mjs")
    }
    return ModuleGraph(nodes: nodes, edges: edges)
  }

  @Test(arguments: 1...200) func `no box lies on another`(seed: Int) {
    let graph = Self.graph(seed: UInt64(seed))
    let layout = GraphLayout(graph)
    let boxes = layout.boxes + layout.unanswered.map(\.box)
    for (first, box) in boxes.enumerated() {
      for other in boxes[(first + 1)...] { #expect(!box.overlaps(other, margin: 4)) }
    }
    for (cycle, frame) in layout.frames.enumerated() {
      for (node, box) in layout.boxes.enumerated() {
        if graph.cycleOf[node] == cycle {
          #expect(frame.contains(box))
        } else {
          #expect(!frame.overlaps(box))
        }
      }
      for other in layout.frames[(cycle + 1)...] { #expect(!frame.overlaps(other)) }
      let title = Rectangle(x: frame.x + 14, y: frame.y + 6, width: 80, height: 14)
      #expect(boxes.allSatisfy { !$0.overlaps(title) })
    }
  }

  @Test(arguments: 1...200) func `a label fits into its box, and every box into the picture`(
    seed: Int
  ) {
    let layout = GraphLayout(Self.graph(seed: UInt64(seed)))
    let size = Rectangle(x: 0, y: 0, width: layout.size.width, height: layout.size.height)
    for (label, box) in zip(layout.labels, layout.boxes) {
      #expect(size.contains(box))
      #expect(Double(label.lines.count) * BoxLabel.lineHeight <= box.height)
      for line in label.lines {
        #expect(
          Double(BoxLabel.columns(line)) * BoxLabel.characterWidth <= box.width - BoxLabel.padding)
      }
    }
  }

  @Test(arguments: 1...200) func `every arrow ends at the border of a box`(seed: Int) {
    let graph = Self.graph(seed: UInt64(seed))
    let layout = GraphLayout(graph)
    #expect(Set(layout.arrows.flatMap(\.edges)) == Set(graph.edges.indices))
    for arrow in layout.arrows {
      guard case .through(let points) = arrow.way, let end = points.last else { continue }
      let ends = layout.boxes + layout.unanswered.map(\.box)
      #expect(ends.contains { $0.x == end.x && $0.center.y == end.y })
    }
  }
}
