import ModuleSyntax
import Testing

@Suite struct ModuleEntriesTests {
  @Test func `requests are distinct by specifier, attributes and phase, in source order`() throws {
    let module = try parsedModule(
      """
      import "b"; import x from "a"; export * from "b";
      import data from "a" with { type: "json", "a": 'b' };
      import data2 from "a" with { a: "b", type: "json" };
      import defer * as later from "a"; import source wasm from "a"; export { y } from "c";
      """)
    #expect(
      module.requests.map { "\($0.phase) \($0.specifier) \($0.attributes.map(\.key))" } == [
        "evaluation b []", "evaluation a []", "evaluation a [\"a\", \"type\"]", "defer a []",
        "source a []", "evaluation c []",
      ])
    #expect(module.source.slice(module.requests[0].range) == "\"b\"")
    #expect(module.importEntries.map(\.request) == [1, 2, 2, 3, 4])
  }

  @Test(
    arguments: [
      ("import a from 'm'", "default as a"),
      ("import * as a from 'm'", "* as a"),
      ("import { a } from 'm'", "a as a"),
      ("import { a as b, } from 'm'", "a as b"),
      ("import { default as b } from 'm'", "default as b"),
      ("import { 'odd name' as b } from 'm'", "odd name as b"),
      ("import a, { b } from 'm'", "default as a, b as b"),
      ("import a, * as b from 'm'", "default as a, * as b"),
      ("import {} from 'm'", ""),
      ("import 'm'", ""),
      ("import defer from 'm'", "default as defer"),
      ("import defer * as a from 'm'", "* as a"),
      ("import source from 'm'", "default as source"),
      ("import source a from 'm'", "source as a"),
      ("import source from from 'm'", "source as from"),
      ("import source, { a } from 'm'", "default as source, a as a"),
      ("import { as as as, from as of } from 'm'", "as as as, from as of"),
      (#"import { \u0061b as c\u{64} } from 'm'"#, "ab as cd"),
    ])
  func `import clauses`(text: String, expected: String) throws {
    let entries = try parsedModule(text).importEntries.map { entry in
      switch entry.importName {
      case .name(let name): "\(name) as \(entry.localName)"
      case .namespace: "* as \(entry.localName)"
      case .source: "source as \(entry.localName)"
      }
    }
    #expect(entries.joined(separator: ", ") == expected)
  }

  @Test(
    arguments: [
      ("export { a as b, a }; let a", "b=a, a=a"),
      ("export let a, { b, c: [d = 1, ...e] } = {}", "a=a, b=b, d=d, e=e"),
      ("export var a; export const b = () => { let c }", "a=a, b=b"),
      ("export function f() {} export class C {}", "f=f, C=C"),
      ("export async function f() {} export function* g() {}", "f=f, g=g"),
      ("export default 1", "default=*default*"),
      ("export default function f() {}", "default=f"),
      ("export default async function () {}", "default=*default*"),
      ("export default class {}", "default=*default*"),
      ("export { a as 'odd name' }; var a", "odd name=a"),
      ("import * as ns from 'm'; export { ns as x }", "x=ns"),
      ("import { y } from 'm'; export { y as x }", "x<m.y"),
      ("export { y as x }; import y from 'm'", "x<m.default"),
      ("export { y as x, default } from 'm'", "x<m.y, default<m.default"),
      ("export { 'odd' as 'name' } from 'm'", "name<m.odd"),
      ("export * as ns from 'm'", "ns<m.*"),
      ("export * from 'm'", "*<m"),
      ("export {}", ""),
    ])
  func `export entries`(text: String, expected: String) throws {
    let module = try parsedModule(text)
    var entries = module.localExportEntries.map { "\($0.exportName)=\($0.localName)" }
    entries += module.indirectExportEntries.map { entry in
      let request = module.requests[entry.request].specifier
      return switch entry.importName {
      case .name(let name): "\(entry.exportName)<\(request).\(name)"
      case .all: "\(entry.exportName)<\(request).*"
      }
    }
    entries += module.starExportEntries.map { "*<\(module.requests[$0.request].specifier)" }
    #expect(entries.joined(separator: ", ") == expected)
  }

  @Test func `entries know their places`() throws {
    let marked = MarkedSource("import { 1️⃣a as 2️⃣b } from 'm'; export { 3️⃣c as d }; let c")
    let module = try marked.module()
    #expect(module.importEntries[0].importRange.start == marked[1])
    #expect(module.importEntries[0].localRange.start == marked[2])
    #expect(module.localExportEntries[0].range.start == marked[3])
  }

  @Test func `top-level declarations are listed with hoisted variables, in source order`() throws {
    let module = try parsedModule(
      """
      let a, { b: [c] } = {}; { var d; let hidden; function inner() {} } var d;
      function f(p) { var q } class C {} using u = null; await using w = null;
      for (var i of []) ; export default () => {};
      """)
    #expect(
      module.declarations.map { "\($0.kind.rawValue) \($0.name)" } == [
        "let a", "let c", "var d", "function f", "class C", "using u", "await using w", "var i",
        "let *default*",
      ])
    #expect(module.usesExplicitResourceManagement)
  }

  @Test func `statements at the top have ranges and kinds`() throws {
    let module = try parsedModule("import 'm'; let a\na ( 1 ) ;\nif (a) b(); import('m')")
    #expect(
      module.statements.map { module.source.slice($0.range) } == [
        "import 'm';", "let a", "a ( 1 ) ;", "if (a) b();", "import('m')",
      ])
    guard case .expression(let range) = module.statements[2].kind else {
      Issue.record("not an expression")
      return
    }
    #expect(module.source.slice(range) == "a ( 1 )")
  }

  @Test func `the first await at the top is found, those in functions are not`() throws {
    #expect(try parsedModule("async () => await 1; async function f() { await 1 }").hasTLA == false)
    let marked = MarkedSource("async () => await 1; class C { [1️⃣await 2] = 1 }; await 3")
    #expect(try marked.module().firstTopLevelAwait?.start == marked[1])
    #expect(try parsedModule("for await (const x of y) ;").hasTLA)
    #expect(try parsedModule("await using x = y").hasTLA)
  }
}
