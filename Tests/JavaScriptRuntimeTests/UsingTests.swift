import Foundation
import ModuleSyntax
import Session
import Testing

/// `using` as the engine runs it, which does not know the word.
@MainActor @Suite struct UsingTests {
  struct Program: Decodable, CustomTestStringConvertible {
    var seed: Int
    var source: String
    var output: String

    var testDescription: String { "seed \(seed)" }
  }

  /// Programs of `Tests/Fuzz/using.py --record`, with what Node 24 printed.
  nonisolated static let programs: [Program] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("using-programs.json")
    let data = (try? Data(contentsOf: file)) ?? Data()
    return (try? JSONDecoder().decode([Program].self, from: data)) ?? []
  }()

  @Test(arguments: programs)
  func `a random program prints what it prints in Node`(program: Program) throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("using-\(UUID().uuidString).mjs").path
    try program.source.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let session = Session(output: SilentOutput(), keepsReports: true)
    let report = session.runProgram(path)
    #expect(report.error == nil)
    #expect(report.console.map { $0.text + "\n" }.joined() == program.output)
  }

  @Test func `the programs are there`() {
    #expect(Self.programs.count >= 40)
  }

  /// A resource that says when it is disposed.
  private static let resource =
    "js var log = [], r = (n) => ({ [Symbol.dispose]() { log.push(n) } }); 0\n"

  @Test(
    arguments: [
      ("4; { using x = null; }", "4"), ("4; { using x = null; 5 }", "5"),
      ("4; do { 5; { using x = null; continue } } while (false)", "5"),
      ("4; if (true) { using x = null }", "undefined"),
      ("4; { using x = null; try { 5 } finally { 6 } }", "5"),
      ("4; { using x = null; try { throw 5 } catch { } }", "undefined"),
      ("'a'; { using x = null }", "'a'"),
      ("4; { using x = r(1); x; var y = 1 } log", "[ 1 ]"),
      ("eval('7; { using x = r(2) }') + log[0]", "9"),
      ("(() => { 'use strict'; return eval('7; { using x = r(2) }') })() + log[0]", "9"),
      (
        "(function (a) { function a() {} using x = r(1); return typeof arguments[0] })(1)",
        "'function'"
      ),
      (
        "(function () { 'use strict'; using x = r(1); function f() {} var f; return f.name })()",
        "'f'"
      ),
      ("(() => { try { using x = null; x = 1 } catch (e) { return e.name } })()", "'TypeError'"),
      ("(() => { { using a = r(1), b = r(2) } return log })()", "[ 2, 1 ]"),
      ("{ using x = { [Symbol.dispose]: null, __proto__: r(1) } }", "TypeError"),
    ])
  func `a script with resources has its value`(code: String, expected: String) {
    let answer = answers(to: Self.resource + "js " + code).last
    if expected == "TypeError" {
      #expect(answer?.error?.name == expected)
    } else {
      #expect(answer?.result["text"] == .string(expected))
    }
  }

  @Test func `nothing that a person changes reaches it`() {
    let text = shown(
      by: Self.resource + """
        js for (const o of [Object.prototype, Array.prototype, Function.prototype]) for (const k of ['top', 'failed', 'error', 'pending', 'method', 'next', 'isAsync', 'a', 'n', 't', 'k', 'then', '0', '1']) Object.defineProperty(o, k, { set() { throw new Error(k) }, get() { return undefined }, configurable: true })
        js delete Array.prototype[Symbol.iterator]; Reflect.apply = Reflect.construct = Object.defineProperty = Object.create = null; SuppressedError = DisposableStack = Promise = TypeError = undefined; 0
        js (() => { try { { using x = { [Symbol.dispose]() { log = 'disposed' } }, y = { [Symbol.dispose]() { throw 2 } }; throw 1 } } catch (e) { return `${e.error} ${e.suppressed} ${log} ${e.name}` } })()
        """)
    #expect(text == "'2 1 disposed SuppressedError'")
  }

  @Test func `a context has resources of its own, and the same symbols`() {
    let text = shown(
      by: """
        context c = {}
        js vm.runInContext('var f = function () { using x = { [s]() { t = 1 } } }; f(); [t, s === Symbol.dispose, SuppressedError.name]', vm.createContext({ s: Symbol.dispose, t: 0 }))
        """)
    #expect(text == "[ 1, true, 'SuppressedError' ]")
  }

  @Test func `a module that awaits at its end is asynchronous`() {
    let answers = answers(
      to: """
        module a = await using x = { async [Symbol.asyncDispose]() { await 1; print("disposed") } }; export const y = 1
        module b = import { y } from "a"; print("b", y)
        link b
        evaluate b
        status a
        """)
    #expect(answers[3].console.map(\.text) == ["disposed", "b 1"])
    #expect(answers[3].isOK)
  }

  @Test(
    arguments: [
      ("const a = 1; /(/", "Invalid regular expression: /(/: Unterminated group", 14),
      (
        "const a = /[b-a]/u.test('')",
        "Invalid regular expression: /[b-a]/u: Range out of order in character class", 11
      ),
      (
        "using x = null; /\\p{Foo}/u",
        "Invalid regular expression: /\\p{Foo}/u: Invalid property name", 17
      ),
      (
        "import defer * as n from 'n'; a = /(?<b>.)(?<b>.)/",
        "Invalid regular expression: /(?<b>.)(?<b>.)/: Duplicate capture group name", 35
      ),
      (
        "let a\u{30FB}",
        "Invalid or unexpected token: this engine's Unicode has no such character in names", 5
      ),
    ])
  func `what the engine refuses is told when the module is defined`(
    code: String, message: String, column: Int
  ) {
    let answer = answers(to: "module m = \(code)")[0]
    #expect(answer.error?.name == "SyntaxError")
    #expect(answer.error?.message == message)
    #expect(answer.error?.position?.column == column)
  }

  @Test func `a pattern that is right is taken beside what the engine does not know`() {
    let answers = answers(
      to:
        "module n = 1\nmodule m = import defer * as n from 'n'; { using x = null } export const a = /(?<y>x)|(?<y>z)/v\nlink m\nevaluate m"
    )
    #expect(answers.allSatisfy { $0.isOK })
  }
}
