import ModuleSyntax
import Testing

@Suite struct RewritePointTests {
  /// In these texts import 0 is `x` and import 1 is the namespace `ns`; the import declaration
  /// itself is left out of the expectation.
  @Test(
    arguments: [
      ("x", ["x -> import 0 value"]),
      ("x()", ["x -> import 0 value"]),
      ("x`t${x}`", ["x -> import 0 value", "x -> import 0 value"]),
      ("new x(x)", ["x -> import 0 newCallee", "x -> import 0 value"]),
      ("new x.y[x]()", ["x -> import 0 newCallee", "x -> import 0 value"]),
      ("new (x())()", ["x -> import 0 value"]),
      ("({ x, y: x })", ["x -> import 0 shorthand", "x -> import 0 value"]),
      ("({ x() {}, x: 1, get x() {}, a: b.x })", []),
      ("x = 1; x += 1; x++; --x", Array(repeating: "x -> import 0 assignmentTarget", count: 4)),
      ("[x, ...x] = []", Array(repeating: "x -> import 0 assignmentTarget", count: 2)),
      ("[[x] = [x]] = []", ["x -> import 0 assignmentTarget", "x -> import 0 value"]),
      ("({ x } = {})", ["x -> import 0 shorthandTarget"]),
      ("({ x = x } = {})", ["x -> import 0 shorthandTarget", "x -> import 0 value"]),
      ("({ y: x } = {})", ["x -> import 0 assignmentTarget"]),
      ("for (x of []) ;", ["x -> import 0 assignmentTarget"]),
      ("for ({ x } in {}) ;", ["x -> import 0 shorthandTarget"]),
      ("ns.a", ["ns.a -> import 1 member a"]),
      ("ns.a.b()", ["ns.a -> import 1 member a"]),
      ("new ns.A()", ["ns.A -> import 1 member A in new"]),
      (#"ns . \u0061"#, [#"ns . \u0061 -> import 1 member a"#]),
      ("ns.a()", ["ns -> import 1 value"]),
      ("(ns.a)()", ["ns -> import 1 value"]),
      ("ns.a?.()", ["ns -> import 1 value"]),
      ("ns.a`t`", ["ns -> import 1 value"]),
      ("ns?.a", ["ns -> import 1 value"]),
      ("ns.a = 1", ["ns -> import 1 value"]),
      ("ns.a++", ["ns -> import 1 value"]),
      ("[ns.a] = []", ["ns -> import 1 value"]),
      ("for (ns.a of []) ;", ["ns -> import 1 value"]),
      ("delete ns.a", ["ns -> import 1 value"]),
      ("ns['a']", ["ns -> import 1 value"]),
      ("x.a", ["x -> import 0 value"]),
      ("import.meta.url", ["import.meta -> meta"]),
      ("new import.meta.A()", ["import.meta -> meta in new"]),
      ("import('m')", ["import -> call evaluation"]),
      ("import.defer('m')", ["import.defer -> call defer"]),
      ("import . source (x)", ["import . source -> call source", "x -> import 0 value"]),
      ("arguments; () => arguments", ["arguments -> arguments", "arguments -> arguments"]),
      ("function f() { arguments; () => arguments }", []),
      ("class A { [arguments] = 1 }", ["arguments -> arguments"]),
      ("({ async = 1 } = {}); var { async = 2, get = 3 } = {}", [" -> async shorthand"]),
      ("class A { static }", ["static -> bare field"]),
      ("class A { x; static async\n}", ["async -> bare field"]),
      ("class A { async; static = 1; static; async() {} }", []),
      ("eval('x')", ["eval -> eval 'x' hides []"]),
      ("eval(...x)", ["eval -> eval - hides []", "x -> import 0 value"]),
      ("eval?.('x'); a.eval('x')", []),
      ("(p) => { let q; { eval(r) } let s }", [#"eval -> eval r hides ["p", "q", "s"]"#]),
      ("export let y = x", ["export -> keyword", "x -> import 0 value"]),
      ("export default x", ["export default -> default expression", "x -> import 0 value"]),
      ("export default class y {}", ["export default -> keyword"]),
      ("export default class {}", ["export default -> default expression"]),
      ("export default function y() {}", ["export default -> keyword"]),
      ("export default async function* () {}", ["export default -> default function"]),
      ("export { x as y };", ["export { x as y }; -> blank"]),
      ("await x", ["await -> await", "x -> import 0 value"]),
    ])
  func `places to rewrite`(text: String, expected: [String]) throws {
    let source = SourceText("import x, * as ns from 'm'; \(text)", name: "test")
    let points = try ParsedModule.parse(source).rewritePoints
    #expect(Array(pointTexts(points, in: source).dropFirst()) == expected)
  }

  @Test(
    arguments: [
      "let f = (x) => x", "x => x", "async x => x", "async (x) => x", "({ x }) => x",
      "([x = x]) => 1", "(a = x, x) => x", "({ a: { x = 1 } = {} }, ...[b]) => x",
      "function f(x) { return x }", "function f() { return x; var x }",
      "function f() { { x } { var x } }", "{ x; let x }", "{ x; class x {} }",
      "{ x; function x() {} }", "(function x() { x })", "(class x { m() { x } })",
      "try {} catch (x) { x }", "try {} catch ({ x }) { x }", "for (let x of []) x",
      "for (const x in {}) { x }", "switch (1) { case 1: x; let x }", "({ m(x) { x } })",
      "class C { static { var x; x } }", "x: for (;;) { continue x }", "a.x; a?.x; ({ x: 1 })",
    ])
  func `a name that is declared nearer is no import`(text: String) throws {
    let source = SourceText("import { x } from 'm'; \(text)", name: "test")
    #expect(try ParsedModule.parse(source).rewritePoints.count == 1)
  }

  @Test func `default values do not see the variables of the body`() throws {
    let marked = MarkedSource(
      "import { x } from 'm'; function f(a = () => 1️⃣x) { var x } ((b = 2️⃣x) => { var x })")
    let starts = try marked.module().rewritePoints.dropFirst().map(\.range.start)
    #expect(Array(starts) == [marked[1], marked[2]].compactMap { $0 })
  }

  @Test func `a heritage and a computed key see the surroundings of the class`() throws {
    let source = SourceText(
      "import { x, y } from 'm'; class C extends x { [y] = x; #x; m() { this.#x } }", name: "test")
    #expect(
      pointTexts(try ParsedModule.parse(source).rewritePoints, in: source).dropFirst() == [
        "x -> import 0 value", "y -> import 1 value", "x -> import 0 value",
      ])
  }

  @Test func `an await knows where its operand ends`() throws {
    let marked = MarkedSource("await a.b(1)1️⃣ + 1; -await -c2️⃣ ; `${await d3️⃣ }`")
    let ends = try marked.module().rewritePoints.compactMap { point -> Int? in
      if case .topLevelAwait(let end) = point.kind { return end }
      return nil
    }
    #expect(ends == [1, 2, 3].compactMap { marked[$0] })
  }

  @Test func `a for await knows its parts and lists what is inside after itself`() throws {
    let source = SourceText(
      "import x from 'm'; a: b: for await (const { y = x } of await x()) { await x; }", name: "t")
    let points = try ParsedModule.parse(source).rewritePoints
    #expect(
      pointTexts(points, in: source).dropFirst() == [
        "a: b: for await (const { y = x } of await x()) { await x; } -> for await",
        "x -> import 0 value", "await -> await", "x -> import 0 value", "await -> await",
        "x -> import 0 value",
      ])
    guard case .topLevelForAwait(let parts) = points[1].kind else {
      Issue.record("no for await")
      return
    }
    #expect(source.slice(parts.opening) == "for await (")
    #expect(source.slice(parts.head) == "const { y = x }")
    #expect(parts.declarationKeyword == "const")
    #expect(source.slice(parts.iterable) == "await x()")
    #expect(source.slice(parts.body) == "{ await x; }")
  }

  @Test func `a default export knows its end and where a name fits`() throws {
    let expression = MarkedSource("export default a + b1️⃣ ;")
    #expect(
      try expression.module().rewritePoints[0].kind
        == .exportDefaultExpression(end: expression[1] ?? -1))
    let function = MarkedSource("export default async function /**/ * 1️⃣() {}")
    #expect(
      try function.module().rewritePoints[0].kind
        == .exportDefaultFunction(nameOffset: function[1] ?? -1))
  }

  @Test func `a hashbang is a point of its own`() throws {
    let source = SourceText("#!/usr/bin/env node\nlet a", name: "t")
    #expect(
      pointTexts(try ParsedModule.parse(source).rewritePoints, in: source) == [
        "#!/usr/bin/env node -> hashbang"
      ])
  }
}
