import Testing

@testable import Session

@Suite(.serialized) struct StatementTests {
  private static func lines(_ session: SteppedSession) -> [String] {
    var lines: [String] = []
    while session.session.stepped != nil, lines.count < 100 {
      let report = session.run("step --statement")
      guard let step = SteppedSession.member("step", of: report.result),
        case .string("statement")? = SteppedSession.member("kind", of: step),
        case .string(let text)? = SteppedSession.member("text", of: step)
      else { continue }
      lines.append(text)
    }
    return lines
  }

  @Test(arguments: ["", "bindings a\n", "js void ns.a\n"])
  func `it stops before each statement that does something`(_ before: String) {
    let session = SteppedSession(
      """
      module a <<X
      // comment
      import { b } from "b"
      export function hoisted() { return later }
      console.log('a1', b)
      export const later = 5; export { later as l }
      async function f() {}
      await null
      console.log('a2')
      for await (const x of [1, 2]) {
        console.log(x)
      }
      export default class {}
      label: for (;;) break label
      functional: 1
      function g() {} console.log(hoisted(), g.name)
      X
      module b = export let b = 1
      link a
      \(before)evaluate a --step
      """)
    #expect(
      Self.lines(session) == [
        "b:1:1 │ export let b = 1",
        "a:4:1 │ console.log('a1', b)",
        "a:5:1 │ export const later = 5;",
        "a:7:1 │ await null",
        "a:8:1 │ console.log('a2')",
        "a:9:1 │ for await (const x of [1, 2]) {",
        "a:12:1 │ export default class {}",
        "a:13:1 │ label: for (;;) break label",
        "a:14:1 │ functional: 1",
        "a:15:17 │ console.log(hoisted(), g.name)",
      ])
    #expect(session.console == ["a1 1", "a2", "1", "2", "5 g"])
    #expect(session.nodeStatuses == "a:evaluated b:evaluated")
  }

  @Test func `between statements the bindings are those of the moment`() {
    let session = SteppedSession(
      """
      module a = let x = 1; x = 2; const y = x
      link a
      evaluate a --step
      step --statement
      """)
    func values() -> String {
      guard
        case .array(let rows)? = SteppedSession.member(
          "bindings", of: session.run("bindings a").result)
      else { return "" }
      return rows.map { row in
        guard SteppedSession.member("initialized", of: row) == .bool(true),
          case .string(let text)? = SteppedSession.member("text", of: row)
        else { return "TDZ" }
        return text
      }.joined(separator: " ")
    }
    #expect(values() == "TDZ TDZ")
    session.run("step --statement")
    #expect(values() == "1 TDZ")
    session.run("step --statement")
    #expect(values() == "2 TDZ")
    session.run("continue")
    #expect(values() == "2 2")
  }

  @Test(arguments: [
    ("throw", "let a = 1\nthrow new Error('x')", "m:2:7"),
    ("a tdz", "z; let z", "m:1:1"),
    ("no semicolons", "let a = 1\nlet b = a\n++b\nb.c.d", "m:4:3"),
    ("a directive", "'use strict'\nnull.x", "m:2:6"),
  ])
  func `errors stand where they stand without stepping`(_ name: String, _ text: String, _: String) {
    let script = "module m <<X\n\(text)\nX\nlink m\n"
    let plain = SteppedSession(script).run("evaluate m")
    let session = SteppedSession(script)
    var stepped = session.run("evaluate m --step")
    while session.session.stepped != nil { stepped = session.run("step --statement") }
    #expect(plain.error?.position != nil)
    #expect(stepped.error?.position == plain.error?.position)
    #expect(stepped.error?.message == plain.error?.message)
  }

  @Test func `linking has no statements`() {
    let session = SteppedSession("module a = 1\nlink a --step")
    #expect(session.run("step --statement").error?.message == "Linking runs no statements.")
    #expect(session.run("continue").isOK)
  }
}
