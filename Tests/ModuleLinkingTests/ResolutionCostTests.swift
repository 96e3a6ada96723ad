import ModuleSyntax
import Testing

@testable import ModuleLinking

/// Edges that the resolver follows, counted: twice the modules and names may cost twice as much, and
/// not four times.
@Suite struct ResolutionCostTests {
  enum Shape: String, CaseIterable {
    /// One module with a star to each, all of whose names are asked.
    case wide
    /// The same, where each name is in two of them.
    case conflicting
    /// Names that nothing has.
    case missing
    /// Stars over stars; every name is asked of the first.
    case chain
    /// The same, where each name is hidden further down.
    case hidden
    /// Many modules in front of one wide one, each asked for another name.
    case manyBarrels
  }

  @Test(arguments: Shape.allCases)
  func `cost grows with the size`(_ shape: Shape) {
    let small = cost(shape, 1_000)
    let large = cost(shape, 2_000)
    #expect(Double(large) < 2.5 * Double(small), "\(small), then \(large)")
  }

  private func cost(_ shape: Shape, _ count: Int) -> Int {
    let agent = ModuleAgent.checked()
    func record(_ names: [String], stars: [SourceTextModuleRecord]) -> SourceTextModuleRecord {
      var parsed = ParsedModule(source: SourceText("", name: ""))
      parsed.localExportEntries = names.map { LocalExportEntry(exportName: $0, localName: $0) }
      parsed.requests = stars.indices.map { ModuleRequest(specifier: "\($0)") }
      parsed.starExportEntries = stars.indices.map { StarExportEntry(request: $0) }
      let record = SourceTextModuleRecord(identifier: "", parsed: parsed, in: agent)
      record.setLoadedModules(stars, in: agent)
      return record
    }
    let resolver = ExportResolver(keepsResolutions: false)
    var asked: [(SourceTextModuleRecord, String)] = []
    switch shape {
    case .wide, .missing:
      let leaves = (0..<count).map { record(["x\($0)"], stars: []) }
      let root = record([], stars: leaves)
      asked = (0..<count).map { (root, shape == .missing ? "z\($0)" : "x\($0)") }
    case .conflicting:
      let leaves = (0..<count).map { record(["x\($0 / 2)"], stars: []) }
      let root = record([], stars: leaves)
      asked = (0..<count).map { (root, "x\($0)") }
    case .chain, .hidden:
      var top = record([], stars: [])
      for number in 0..<count {
        top = record(["x\(shape == .hidden ? number / 2 : number)"], stars: [top])
      }
      let root = record([], stars: [top])
      asked = (0..<count).map { (root, "x\($0)") }
    case .manyBarrels:
      let core = record([], stars: (0..<count).map { record(["x\($0)"], stars: []) })
      asked = (0..<count).map { (record([], stars: [core]), "x\($0)") }
    }
    for (module, name) in asked { _ = resolver.resolveExport(name, of: module) }
    return resolver.stepCount
  }
}
