import Testing

@testable import GraphRendering

struct ModuleGraphTests {
  @Test func `components come dependencies first`() {
    #expect(
      StronglyConnectedComponents.of([[1], [2, 3], [1], [3], []]) == [[3], [1, 2], [0], [4]])
  }
}
