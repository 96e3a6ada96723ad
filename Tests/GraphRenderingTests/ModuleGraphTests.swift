import Testing

@testable import GraphRendering

struct ModuleGraphTests {
  @Test func `components come dependencies first`() {
    #expect(
      StronglyConnectedComponents.of([[1], [2, 3], [1], [3], []]) == [[3], [1, 2], [0], [4]])
  }

  /// Mermaid decodes its entities first and looks for these afterwards.
  @Test(arguments: [
    ("a\\nb", "a#92;#8203;nb"), ("$$x$$", "#36;#8203;#36;x#36;#8203;#36;"),
    ("fa:fa-x", "fa#58;#8203;fa-x"), ("node:fs", "node#58;#8203;fs"), ("a\"b", "a#34;b"),
  ])
  func `what Mermaid reads as markup is broken up`(name: String, label: String) {
    let graph = ModuleGraph(
      nodes: [ModuleGraph.Node(name: name, status: .linked, glyph: "◑")], edges: [])
    #expect(MermaidRenderer.render(graph).contains("m0[\"\(label)<br/>◑ linked\"]:::linked"))
  }
}
