import ModuleLinking
import ModuleSyntax
import Testing

/// What Node 24.19 answers, measured with `node24 --experimental-vm-modules`.
struct LinkErrorCase: Sendable, CustomTestStringConvertible {
  var title: String
  var sources: KeyValuePairs<String, String>
  var message: String?
  /// Nodes' statuses, `unlinked` first, as far as they are not all linked.
  var unlinked: [String]
  /// What the error's range covers, and in whose source.
  var span: String?

  init(
    _ title: String, _ sources: KeyValuePairs<String, String>, _ message: String?,
    unlinked: [String] = [], span: String? = nil
  ) {
    self.title = title
    self.sources = sources
    self.message = message
    self.unlinked = unlinked
    self.span = span
  }

  var testDescription: String { title }

  static func missing(_ name: String, _ specifier: String) -> String {
    "The requested module '\(specifier)' does not provide an export named '\(name)'"
  }

  static func conflict(_ name: String, _ specifier: String) -> String {
    "The requested module '\(specifier)' contains conflicting star exports for name '\(name)'"
  }

  static func cycle(_ name: String, _ specifier: String) -> String {
    "Detected cycle while resolving name '\(name)' in '\(specifier)'"
  }

  static let all: [LinkErrorCase] = [
    .init(
      "imports are checked before re-exports",
      ["main": "export {q} from './b'; import {p} from './b'", "b": ""],
      missing("p", "./b"), unlinked: ["main"], span: "main p"),
    .init(
      "imports in source order",
      ["main": "import {p} from './b'; import {q} from './b'", "b": ""],
      missing("p", "./b"), unlinked: ["main"], span: "main p"),
    .init(
      "a renamed import is named as the exporter would",
      ["main": "import {nope as x} from './b'", "b": ""], missing("nope", "./b"),
      unlinked: ["main"], span: "main nope"),
    .init(
      "re-exports in source order",
      ["main": "export {a as z} from './b'; export {b as y} from './b'", "b": ""],
      missing("a", "./b"), unlinked: ["main"]),
    .init(
      "an exported import", ["main": "import {x} from './b'; export {x}", "b": ""],
      missing("x", "./b"), unlinked: ["main"], span: "main x"),
    .init(
      "through stars: the first hop",
      [
        "main": "import {x} from './a'", "a": "export * from './b'", "b": "export * from './c'",
        "c": "",
      ], missing("x", "./a"), unlinked: ["main"], span: "main x"),
    .init(
      "a re-export behind a star fails for itself",
      [
        "main": "import {x} from './a'", "a": "export * from './b'",
        "b": "export {x} from './c'", "c": "",
      ], missing("x", "./c"), unlinked: ["main", "a", "b"], span: "b x"),
    .init(
      "a re-export of a star without the name",
      [
        "main": "import {x} from './a'", "a": "export {x} from './b'",
        "b": "export * from './c'", "c": "",
      ], missing("x", "./b"), unlinked: ["main", "a"], span: "a x"),
    .init(
      "conflicting stars",
      [
        "main": "import {x} from './m'", "m": "export * from './a'; export * from './b'",
        "a": "export let x", "b": "export let x",
      ], conflict("x", "./m"), unlinked: ["main"], span: "main x"),
    .init(
      "conflicting stars behind a re-export",
      [
        "main": "import {x} from './n'", "n": "export {x} from './m'",
        "m": "export * from './a'; export * from './b'", "a": "export let x", "b": "export let x",
      ], conflict("x", "./m"), unlinked: ["main", "n"], span: "n x"),
    .init(
      "conflicting stars behind a star: the last star is named",
      [
        "main": "import {x} from './n'", "n": "export * from './m'",
        "m": "export * from './a'; export * from './b'", "a": "export let x", "b": "export let x",
      ], conflict("x", "./m"), unlinked: ["main"]),
    .init(
      "conflicting stars behind a star and a re-export",
      [
        "main": "import {x} from './n'", "n": "export * from './m'", "m": "export {x} from './o'",
        "o": "export * from './a'; export * from './b'", "a": "export let x", "b": "export let x",
      ], conflict("x", "./o"), unlinked: ["main", "n", "m"], span: "m x"),
    .init(
      "a re-export of itself", ["main": "export {x} from './main'"], cycle("x", "./main"),
      unlinked: ["main"], span: "main x"),
    .init(
      "a cycle of two", ["main": "export {x} from './b'", "b": "export {x} from './main'"],
      cycle("x", "./b"), unlinked: ["main", "b"], span: "main x"),
    .init(
      "a cycle of three",
      [
        "main": "export {x} from './b'", "b": "export {x} from './c'",
        "c": "export {x} from './main'",
      ], cycle("x", "./c"), unlinked: ["main", "b", "c"], span: "b x"),
    .init(
      "a cycle that the importer is not in",
      [
        "main": "import {x} from './b'", "b": "export {x} from './c'", "c": "export {x} from './b'",
      ], cycle("x", "./c"), unlinked: ["main", "b", "c"], span: "b x"),
    .init(
      "a cycle further down",
      [
        "main": "import {x} from './a'", "a": "export {x} from './b'",
        "b": "export {x} from './c'", "c": "export {x} from './b'",
      ], cycle("x", "./c"), unlinked: ["main", "a", "b", "c"]),
    .init(
      "a cycle under two names",
      [
        "main": "import {x} from './b'", "b": "export {y as x} from './c'",
        "c": "export {x as y} from './b'",
      ], cycle("y", "./c"), unlinked: ["main", "b", "c"], span: "b y"),
    .init(
      "a cycle of stars is no cycle of names",
      [
        "main": "import {x} from './b'", "b": "export * from './c'", "c": "export * from './b'",
      ], missing("x", "./b"), unlinked: ["main"]),
    .init(
      "a star that leads back to a re-export",
      [
        "main": "import {x} from './b'", "b": "export * from './c'", "c": "export {x} from './b'",
      ], missing("x", "./b"), unlinked: ["main", "b", "c"], span: "c x"),
    .init(
      "a star that leads back, and another that has the name",
      [
        "main": "import {x} from './b'", "b": "export * from './c'; export * from './d'",
        "c": "export {x} from './b'", "d": "export let x",
      ], nil),
    .init(
      "the other star first",
      [
        "main": "import {x} from './b'", "b": "export * from './d'; export * from './c'",
        "c": "export {x} from './b'", "d": "export let x",
      ], nil),
    .init(
      "a star with a re-export that fails, before a star that has the name",
      [
        "main": "import {x} from './b'", "b": "export * from './c'; export * from './d'",
        "c": "export {x} from './e'", "d": "export let x", "e": "",
      ], missing("x", "./e"), unlinked: ["main", "b", "c", "d"]),
    .init(
      "exported imports in a circle",
      [
        "main": "import {x} from './a'; export {x}", "a": "import {x} from './main'; export {x}",
      ], cycle("x", "./main"), unlinked: ["main", "a"], span: "a x"),
    .init(
      "no star has the default",
      ["main": "import d from './m'", "m": "export * from './a'", "a": "export default 1"],
      missing("default", "./m"), unlinked: ["main"]),
    .init(
      "one binding over two ways",
      [
        "main": "import {x} from './m'", "m": "export * from './a'; export * from './b'",
        "a": "export {x} from './c'", "b": "export * from './c'", "c": "export let x",
      ], nil),
    .init(
      "names that are strings", ["main": "import {'odd name' as x} from './m'", "m": ""],
      missing("odd name", "./m"), unlinked: ["main"]),
    .init(
      "children before parents, in a cycle too",
      [
        "main": "import {x} from './b'; import {nope} from './leaf'",
        "b": "import './main'; import {no2} from './leaf'", "leaf": "",
      ], missing("no2", "./leaf"), unlinked: ["main", "b"]),
    .init(
      "components that are finished stay linked",
      [
        "main": "import './a'; import {q} from './z'", "a": "import './b'",
        "b": "import './a'; import './leaf'", "leaf": "", "z": "",
      ], missing("q", "./z"), unlinked: ["main"]),
    .init(
      "a cycle is unlinked whole",
      [
        "main": "import './a'", "a": "import './leaf'; import './b'",
        "b": "import './a'; import {no} from './leaf'", "leaf": "",
      ], missing("no", "./leaf"), unlinked: ["main", "a", "b"]),
    .init(
      "an explicit export beats a star",
      [
        "main": "import {x} from './m'",
        "m": "export let x; export * from './a'; export * from './b'",
        "a": "export let x", "b": "export let x",
      ], nil),
    .init(
      "canonically equivalent names are not the same name",
      ["main": "import {caf\u{e9}} from './m'", "m": "export let cafe\u{301}"],
      missing("caf\u{e9}", "./m"), unlinked: ["main"]),
  ]
}

@Suite struct LinkErrorTests {
  @Test(arguments: LinkErrorCase.all)
  func `the words and the statuses are Node's`(_ given: LinkErrorCase) {
    let graph = Graph(sources: given.sources)
    let failure = graph.link("main")
    #expect(failure?.message == given.message)
    #expect(graph.all.filter { $0.status == .unlinked }.map(\.identifier) == given.unlinked)
    #expect(graph.all.allSatisfy { $0.status == .unlinked || $0.status == .linked })
    if let span = given.span {
      let covered = failure.map {
        "\($0.importer.identifier) \($0.importer.parsed.source.slice($0.range))"
      }
      #expect(covered == span)
    }
    #expect(graph.violations.isEmpty)
    let again = graph.link("main")
    #expect(again?.message == given.message)
    #expect(graph.violations.isEmpty)
  }

  @Test func `imports can be checked by local name, as V8 does`() {
    let graph = Graph(sources: [
      "main": "import {z as b, y as a} from './b'; import {x as c} from './b'", "b": "",
    ])
    #expect(graph.link("main")?.name == "z")
    graph.agent.checksImportsByLocalName = true
    #expect(graph.link("main")?.name == "y")
  }

  @Test func `a re-export that fails is met on the way of an import that resolves`() {
    let graph = Graph(sources: [
      "main": "import {y as seen} from './s'; import {nope as zz} from './l'; "
        + "export {missing as y} from './l'",
      "s": "export * from './main'; export * from './l'", "l": "export let y",
    ])
    graph.agent.checksImportsByLocalName = true
    #expect(graph.link("main")?.message == LinkErrorCase.missing("missing", "./l"))
  }

  @Test func `a conflict names both candidates`() {
    let graph = Graph(sources: [
      "main": "import {x} from './m'", "m": "export * from './a'; export * from './b'",
      "a": "export let x", "b": "export {y as x} from './c'", "c": "export let y",
    ])
    guard case .ambiguousStar(let module, let candidates)? = graph.link("main")?.reason else {
      Issue.record("no conflict")
      return
    }
    #expect(module.identifier == "m")
    #expect(candidates.map(\.module.identifier) == ["a", "c"])
    #expect(candidates.map(\.bindingName) == [.name("x"), .name("y")])
  }

  @Test func `a cycle has a path`() {
    let graph = Graph(sources: [
      "main": "import {x} from './a'", "a": "export {x} from './b'",
      "b": "export {y as x} from './c'", "c": "export {x as y} from './b'",
    ])
    guard case .circular(let path)? = graph.link("main")?.reason else {
      Issue.record("no cycle")
      return
    }
    #expect(path.map { "\($0.module.identifier).\($0.exportName)" } == ["c.y", "b.x", "c.y"])
  }

  @Test func `a request without an answer`() {
    let graph = Graph(sources: ["dep": "import './leaf'"])
    let failure = graph.link("dep")
    #expect(
      failure?.message
        == "request for './leaf' can not be resolved on module 'dep' that is not linked")
    #expect(graph.statuses == "dep:unlinked")
  }

  @Test func `another answer repairs a failed link`() {
    let graph = Graph(sources: [
      "main": "import {x} from './m'", "m": "export * from './a'", "a": "", "c": "export let x",
    ])
    #expect(graph.link("main") != nil)
    #expect(graph.source("m").status == .linked)
    graph.source("main").setLoadedModule(graph["c"], request: 0, in: graph.agent)
    #expect(graph.link("main") == nil)
    #expect(graph.source("main").importBindings.first?.module === graph["c"])
    #expect(graph.violations.isEmpty)
  }

  @Test func `what was remembered of an unlinked module is forgotten`() {
    let graph = Graph(sources: [
      "main": "import {x} from './m'; import {y} from './m'",
      "m": "import './main'; export * from './a'", "a": "export let x",
      "b": "export let x, y",
    ])
    #expect(graph.link("main")?.name == "y")
    #expect(graph.statuses == "main:unlinked m:unlinked a:linked b:unlinked")
    graph.source("m").setLoadedModule(graph["b"], request: 1, in: graph.agent)
    #expect(graph.link("main") == nil)
    #expect(graph.source("main").importBindings.map(\.module.identifier) == ["b", "b"])
  }
}
