import Testing

@testable import GraphRendering

@Suite struct ExcerptTests {
  /// A chain of modules with cycles of the sizes given along it.
  private static func graph(chain: Int, cycles: [Int]) -> ModuleGraph {
    var nodes: [ModuleGraph.Node] = []
    var edges: [ModuleGraph.Edge] = []
    func add(_ count: Int) -> Range<Int> {
      let first = nodes.count
      for number in first..<(first + count) {
        nodes.append(
          ModuleGraph.Node(
            name: "src/\(number).mjs", status: .linked, glyph: "◑", isRoot: number == 0))
      }
      return first..<nodes.count
    }
    func link(_ from: Int, _ to: Int) {
      edges.append(ModuleGraph.Edge(from: from, to: to, specifier: "./\(to).mjs"))
    }
    let line = add(chain)
    for node in line.dropLast() { link(node, node + 1) }
    for (number, size) in cycles.enumerated() {
      let ring = add(size)
      link(number * 7 % chain, ring.lowerBound)
      for node in ring { link(node, node + 1 < ring.upperBound ? node + 1 : ring.lowerBound) }
      // A short way round.
      link(ring.lowerBound + 1, ring.lowerBound)
    }
    return ModuleGraph(nodes: nodes, edges: edges)
  }

  @Test func `a graph that can be looked at is drawn whole`() {
    let graph = Self.graph(chain: 180, cycles: [20])
    let excerpt = GraphExcerpt(graph)
    #expect(excerpt.graph.nodes == graph.nodes)
    #expect(excerpt.graph.edges == graph.edges)
  }

  @Test(arguments: [
    (5000, [3, 30, 40]), (300, [500]), (10, [2, 2, 900, 4]), (50, Array(repeating: 3, count: 100)),
  ])
  func `of a larger one there is a part with its cycles`(chain: Int, cycles: [Int]) {
    let graph = Self.graph(chain: chain, cycles: cycles)
    let excerpt = GraphExcerpt(graph)
    #expect(excerpt.graph.nodes.count <= 200)
    #expect(excerpt.graph.cycles.count == min(cycles.count, excerpt.graph.cycles.count))
    #expect(excerpt.graph.cycles.count >= min(cycles.count, 40))
    let drawn = excerpt.graph.edges.count + excerpt.missing.reduce(0, +)
    let names = Set(excerpt.graph.nodes.map(\.name))
    #expect(drawn == graph.edges.count { names.contains(graph.nodes[$0.from].name) })
  }

  @Test func `a large cycle is shown by a short way round it`() {
    let graph = Self.graph(chain: 10, cycles: [2, 900])
    let excerpt = GraphExcerpt(graph)
    let titles = excerpt.graph.cycles.indices.map { excerpt.title(ofCycle: $0, in: graph) }
    #expect(titles.first == "cycle 1")
    #expect(titles.last == "cycle 2: 2 of 900")
  }

  @Test func `names do not repeat the directory of all`() {
    let text = SVGRenderer.render(Self.graph(chain: 3, cycles: []))
    #expect(text.contains(">0.mjs</text>"))
    #expect(text.contains("names are in src/"))
    // The specifier says no more than the name.
    #expect(!text.contains("\"./1.mjs\"</text>"))
  }

  @Test(arguments: [
    ("a.mjs", "a.mjs"), ("src/a-b.mjs", "src/a-b.mjs"), ("é名", "é名"), ("\"", "#34;"),
    ("direction TB", "direction#32;TB"), ("style:x#b", "style#58;x#35;b"), ("end", "end"),
    ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"), ("a]b)", "a#93;b#41;"),
    ("a\nb", "a#32;b"), ("*x* _y_", "#42;x#42;#32;#95;y#95;"), ("a--b", "a-#45;b"),
    ("`x`", "#96;x#96;"), ("a|b", "a#124;b"), ("<b>&", "#60;b#62;#38;"),
  ])
  func `Mermaid reads a name as text`(name: String, written: String) {
    let graph = ModuleGraph(
      nodes: [ModuleGraph.Node(name: name, status: .linked, glyph: "◑")],
      edges: [ModuleGraph.Edge(from: 0, to: 0, specifier: "")])
    let lines = MermaidRenderer.render(graph).split(separator: "\n")
    #expect(lines.dropFirst().first == "  m0[\"\(written)<br/>◑ linked\"]:::linked")
    #expect(lines.contains("  m0 -->|\"#34;#34;\"| m0"))
  }
}
