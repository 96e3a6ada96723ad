import ModuleSyntax
import Session
import Testing

/// Where errors are said to be: in the person's source, whatever was rewritten before them.
@MainActor @Suite struct ErrorPlaceTests {
  /// The error of evaluating `main`, beside a module `dep`.
  private func failure(of code: String) throws -> ErrorReport {
    let dependency = """
      export const f = () => ({}); export let n = 1;
      export function fail() {
        throw new Error('dep') }
      """
    let answers = answers(
      to: """
        module dep <<END
        \(dependency)
        END
        module main <<END
        \(code)
        END
        link main
        evaluate main
        """)
    return try #require(answers.last?.error)
  }

  /// Sources, and the lines of the stack as Node 24 has them.
  @Test(arguments: [
    ("throw new Error('x')", ["main:1"]),
    ("\n\n  throw new TypeError('x')", ["main:3"]),
    ("import { f } from 'dep';\nf(); throw new Error('x')", ["main:2"]),
    ("import { fail } from 'dep';\n  fail()", ["dep:3", "main:2"]),
    ("import { f as g } from 'dep'; g(); g();\nnull.x", ["main:2"]),
    (
      "function a() {\n  b();\n}\nfunction b() { throw new Error('x') }\na()",
      ["main:4", "main:2", "main:5"]
    ),
    ("await 0;\nthrow new Error('x')", ["main:2"]),
    ("import { f } from 'dep';\nawait f(); await f(); throw new Error('x')", ["main:2"]),
    ("export const f = () => { throw new Error('x') };\nf()", ["main:1", "main:2"]),
    ("let x = 1;\nx = undefinedName + 1", ["main:2"]),
    ("const o = {};\no.a.b", ["main:2"]),
    ("import { f } from 'dep';\nf = 1", ["main:2"]),
    ("export default (() => {\n throw new Error('x') })()", ["main:2", "main:2"]),
    ("for await (const x of [1])\n  throw new Error('x')", ["main:2"]),
    ("for (const x of [1]) {\n  await 0;\n  throw new Error('x');\n}", ["main:3"]),
    ("`a\nb${(() => { throw new Error('x') })()}`", ["main:2", "main:2"]),
    ("import { f } from 'dep';\nconst o = { f };\nthrow new Error('x')", ["main:3"]),
    (
      "f(); function f() { g() }\nfunction g() { throw new Error('x') }",
      ["main:2", "main:1", "main:1"]
    ),
  ])
  func `a stack has the lines of the source`(code: String, lines: [String]) throws {
    let stack = try #require(try failure(of: code).stack)
    let places = stack.matches(of: /\b(?:main|dep):\d+(?=:\d+)/).map { String($0.output) }
    #expect(places == lines)
  }

  /// The same code with an imported and with a local `f`: what is rewritten moves no column.
  @Test(arguments: [
    "throw new Error('x')", "f(); throw new Error('x')",
    "const v = [f, f, f()]; throw new Error('x')",
    "const o = { f, g: f }; o.f(); null.x", "f().a.b", "await f(); throw new Error('x')",
    "await f(); await f(); f().a.b", "for await (const f2 of [f, f]) f2().a.b",
    "export const g = () => f().a.b; g()", "const { a } = f(), s = '😀'; throw new RangeError('x')",
    "export default f().a.b", "class A { m() { f(); throw f } } new A().m(f, f, f.g.h)",
    "new f.g.h(f)", "f`${f}${f.g.h}`", "(f, f)().a.b", "typeof f, f?.().a.b",
  ])
  func `rewriting moves no column`(code: String) throws {
    // Both first statements have the same length.
    let imported = try failure(of: "import { f } from 'dep'; \(code)")
    let local = try failure(of: "const f = () => ({});    \(code)")
    let place = try #require(imported.position)
    #expect(place.line == 1)
    #expect(place == local.position)
    #expect(place.column >= 25)
  }

  @Test(arguments: [
    ("let x = ;", 1, 9), ("import { a } from 'dep';\nlet a;", 2, 5), ("export { nope };", 1, 10),
    ("\n\n  return 1", 3, 3), ("const s = '😀'; let let", 1, 21),
  ])
  func `a syntax error has a place`(code: String, line: Int, column: Int) throws {
    let error = try #require(answers(to: "module main <<END\n\(code)\nEND\n").last?.error)
    #expect(error.name == "SyntaxError")
    #expect(error.position?.line == line)
    #expect(error.position?.column == column)
  }

  @Test func `offsets of a module are in its places`() throws {
    let answers = answers(
      to: """
        module main --line-offset 10 --column-offset 5 <<END
        throw new Error('x')
        END
        link main
        evaluate main
        """)
    #expect(answers.last?.error?.position?.line == 11)
  }
}
