import ModuleSyntax
import Testing

@testable import ModuleLinking

/// Graphs that only export, against the specification's recursive text.
@Suite struct ExportGraphTests {
  static let shardCount = 11

  /// Every graph of two modules and two names: as many as 234,256.
  @Test(arguments: 0..<shardCount)
  func `all graphs of two modules and two names`(_ shard: Int) {
    let names = ["x", "y"]
    let choices = names.map { ExportGraph.choices($0, names: names, count: 2) }
    let starSets = [[], [0], [1], [0, 1]]
    var modules: [ExportGraph.Module] = []
    for x in choices[0] {
      for y in choices[1] {
        for stars in starSets {
          var module = ExportGraph.Module(stars: stars)
          if let x { module.exports.append(("x", x)) }
          if let y { module.exports.append(("y", y)) }
          modules.append(module)
        }
      }
    }
    var number = shard
    while number < modules.count * modules.count {
      let graph = ExportGraph(
        modules: [modules[number / modules.count], modules[number % modules.count]])
      check(graph, names: names)
      number += Self.shardCount * Self.stride
    }
  }

  @Test(arguments: 0..<8)
  func `50,000 graphs of three modules`(_ shard: Int) {
    var random = Xorshift(seed: UInt64(shard) + 1)
    for _ in 0..<(50_000 / 8 / Self.stride) { check(graph(of: 3, &random), names: Self.names) }
  }

  /// Here stars hide stars, and lead back into each other.
  @Test(arguments: 0..<4)
  func `graphs of four to ten modules with many stars`(_ shard: Int) {
    var random = Xorshift(seed: UInt64(shard) + 100)
    for _ in 0..<(4_000 / Self.stride) {
      check(graph(of: 4 + random.next(7), oneIn: 4, &random), names: Self.names)
    }
  }

  #if DEBUG
    static let stride = 61
  #else
    static let stride = 1
  #endif

  static let names = ["x", "y", "default"]

  /// Each name is exported with a chance of one in `oneIn`.
  private func graph(of count: Int, oneIn: Int = 2, _ random: inout Xorshift) -> ExportGraph {
    ExportGraph(
      modules: (0..<count).map { _ in
        var module = ExportGraph.Module()
        for name in Self.names where random.next(oneIn) == 0 {
          let choices = ExportGraph.choices(name, names: Self.names, count: count).dropFirst()
          if let export = choices.randomElement(using: &random) ?? nil {
            module.exports.append((name, export))
          }
        }
        for _ in 0..<random.next(count + 1) { module.stars.append(random.next(count)) }
        return module
      })
  }

  private func check(_ graph: ExportGraph, names: [String]) {
    let problems = problems(of: graph, names: names)
    if !problems.isEmpty { Issue.record("\(graph)\n\(problems.joined(separator: "\n"))") }
  }

  private func problems(of graph: ExportGraph, names: [String]) -> [String] {
    let agent = ModuleAgent.checked()
    let records = graph.records(in: agent)
    defer { for record in records { record.dispose() } }
    let specification = SpecificationExports(graph: graph)
    let asked = names + ["nothing"]
    let together = NamespaceNames(of: records)
    var problems: [String] = []
    // One resolver answers everything: what it remembers of one question must not spoil the next.
    let resolvers: [(String, ExportResolver)] = [
      ("no index", ExportResolver(keepsResolutions: false, starIndexing: .never)),
      ("index", ExportResolver(keepsResolutions: false, starIndexing: .always)),
    ]
    for module in records.indices {
      for name in asked {
        let expected = specification.resolveExport(module, name)
        func compare(_ answer: ExportResolution, _ how: String) {
          let answer = describe(answer, records)
          if answer != expected {
            problems.append("\(name) of m\(module), \(how): \(answer), not \(expected)")
          }
        }
        for (how, resolver) in resolvers {
          compare(resolver.resolveExport(name, of: records[module]), how)
        }
        compare(records[module].resolveExport(name), "asked alone")
        compare(records[module].resolveExportTrace(name).answer, "trace")
      }
      let expected = specification.getExportedNames(module)
      let exported = records[module].getExportedNames()
      if exported != expected { problems.append("m\(module) exports \(exported), not \(expected)") }
      let bound = expected.filter { specification.resolveExport(module, $0).isBinding }.sorted()
      let namespace = records[module].namespaceExports().map(\.name)
      if namespace != bound {
        problems.append("the namespace of m\(module) has \(namespace), not \(bound)")
      }
      let (first, count) = together.names(of: records[module].id)
      if first != bound || count != bound.count {
        problems.append("with the others, the namespace of m\(module) has \(first), not \(bound)")
      }
    }
    return problems + linkProblems(records, specification, agent)
  }

  /// A graph links when every re-export of every module resolves.
  private func linkProblems(
    _ records: [SourceTextModuleRecord], _ specification: SpecificationExports,
    _ agent: ModuleAgent
  ) -> [String] {
    // Every module requests every other one.
    let isLinkable = records.indices.allSatisfy { module in
      specification.graph.modules[module].exports.allSatisfy { name, export in
        if case .indirect = export {
          specification.resolveExport(module, name).isBinding
        } else {
          true
        }
      }
    }
    let told = ModuleRecord.linkErrors(of: records)
    var problems: [String] = []
    if told.isEmpty != isLinkable { problems.append("\(told.count) link errors are told") }
    let failure = LinkOperation(records[0], in: agent).run()
    if (failure == nil) != isLinkable {
      problems.append(failure.map { "does not link: \($0.message)" } ?? "links")
    }
    problems += GraphInvariants.violations(of: records)
    guard isLinkable else { return problems }
    // What linking keeps in the records is the same.
    for module in records.indices {
      for (name, _) in specification.graph.modules[module].exports {
        let answer = describe(records[module].resolveExport(name), records)
        if answer != specification.resolveExport(module, name) {
          problems.append("\(name) of m\(module), linked: \(answer)")
        }
      }
    }
    return problems
  }

  private func describe(
    _ answer: ExportResolution, _ records: [SourceTextModuleRecord]
  ) -> SpecificationExports.Resolution {
    switch answer {
    case .unresolved: return .null
    case .ambiguous: return .ambiguous
    case .resolved(let binding):
      let module = records.firstIndex { $0 === binding.module } ?? -1
      switch binding.bindingName {
      case .name(let local): return .binding(.init(module: module, name: String(local.dropLast())))
      case .namespace: return .binding(.init(module: module))
      case .deferredNamespace, .source: return .null
      }
    }
  }
}

extension SpecificationExports.Resolution {
  var isBinding: Bool {
    if case .binding = self { true } else { false }
  }
}

/// Numbers that are the same in every run.
struct Xorshift: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<8 { _ = next() as UInt64 }
  }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  /// Less than `limit`.
  mutating func next(_ limit: Int) -> Int { Int(next() >> 33) % limit }
}
