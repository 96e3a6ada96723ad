import ModuleLinking
import ModuleSyntax

/// What the edges of a small graph import and export, chosen by a number, and what that must be bound
/// to.
///
/// Node `k` exports a variable `x<k>`. An edge from `i` to `j` is bare, an import of something that `j`
/// has, a star, or the re-export of a variable as `y<i><j>`. No name is exported by two nodes, so each
/// resolves, through whatever stars there are.
struct SmallGraphExports {
  private enum Edge: Int {
    case bare, `import`, star, reExport
  }

  private struct Name {
    var text: String
    /// Whose variable it is.
    var owner: Int
  }

  private let edges: [[Int]]
  private let choice: Int
  /// Of each node, itself and whom its stars reach, as bits.
  private var starred: [Int]
  /// Of each node, its variable and what it re-exports.
  private var own: [[Name]]

  /// `edges` lists whom each node requests, for up to four nodes.
  init(edges: [[Int]], seed: Int) {
    self.edges = edges
    choice = seed &* 0x2545_F491_4F6C_DD1D
    starred = edges.indices.map { 1 << $0 }
    own = edges.indices.map { [Name(text: Self.variables[$0], owner: $0)] }
    for node in edges.indices {
      for target in edges[node] where edge(node, target) == .star { starred[node] |= 1 << target }
    }
    for through in edges.indices {
      for node in edges.indices where starred[node] >> through & 1 == 1 {
        starred[node] |= starred[through]
      }
    }
    for node in edges.indices {
      for target in edges[node] where edge(node, target) == .reExport {
        let owners = edges.indices.filter { starred[target] >> $0 & 1 == 1 }
        own[node].append(
          Name(text: Self.reExports[node][target], owner: owners[pick(node, target, owners.count)]))
      }
    }
  }

  private static let variables = (0..<4).map { "x\($0)" }
  private static let reExports = (0..<4).map { node in (0..<4).map { "y\(node)\($0)" } }
  private static let source = SourceText("", name: "")
  private static let requests = (0..<4).map { ModuleRequest(specifier: "\($0)") }

  private func edge(_ node: Int, _ target: Int) -> Edge {
    Edge(rawValue: choice >> (2 * (4 * node + target) + 20) & 3) ?? .bare
  }

  private func pick(_ node: Int, _ target: Int, _ count: Int) -> Int {
    (choice >> (4 * node + target) & 0xFF) % count
  }

  /// What an edge imports: some name that its target has.
  private func imported(_ node: Int, _ target: Int) -> Name {
    var count = 0
    for other in edges.indices where starred[target] >> other & 1 == 1 { count += own[other].count }
    var position = pick(node, target, count)
    for other in edges.indices where starred[target] >> other & 1 == 1 {
      if position < own[other].count { return own[other][position] }
      position -= own[other].count
    }
    return own[target][0]
  }

  func parsed(_ node: Int) -> ParsedModule {
    var parsed = ParsedModule(source: Self.source)
    let variable = Self.variables[node]
    parsed.localExportEntries = [LocalExportEntry(exportName: variable, localName: variable)]
    var nextReExport = 1
    for (request, target) in edges[node].enumerated() {
      parsed.requests.append(Self.requests[target])
      switch edge(node, target) {
      case .bare: break
      case .import:
        let name = imported(node, target)
        parsed.importEntries.append(
          ImportEntry(request: request, importName: .name(name.text), localName: "i"))
      case .star: parsed.starExportEntries.append(StarExportEntry(request: request))
      case .reExport:
        let name = own[node][nextReExport]
        nextReExport += 1
        parsed.indirectExportEntries.append(
          IndirectExportEntry(
            request: request, importName: .name(Self.variables[name.owner]), exportName: name.text))
      }
    }
    return parsed
  }

  /// What is wrong with what the imports of linked records are bound to, and with the names of the
  /// namespaces of `looked`.
  func problems(_ records: [SourceTextModuleRecord], namespaces looked: Range<Int>) -> [String] {
    var problems: [String] = []
    for node in edges.indices {
      var bindings = records[node].importBindings[...]
      for target in edges[node] where edge(node, target) == .import {
        let name = imported(node, target)
        if let binding = bindings.popFirst(), binding.module === records[name.owner],
          binding.exportIndex == 0
        {
          continue
        }
        problems.append("\(node) has no \(name.text) of \(name.owner) from \(target)")
      }
      if !bindings.isEmpty { problems.append("\(node) has too many imports") }
    }
    for node in looked {
      let names = edges.indices.filter { starred[node] >> $0 & 1 == 1 }
        .flatMap { own[$0].map(\.text) }.sorted()
      let exports = records[node].namespaceExports().map(\.name)
      if exports != names { problems.append("\(node) exports \(exports), not \(names)") }
    }
    return problems
  }
}
