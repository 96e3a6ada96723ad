import Session
import Testing

/// Timers on the virtual clock, stops, unhandled rejections, realms.
@MainActor @Suite struct RunningTests {
  @Test func `an endless module is stopped by its timeout`() {
    let answers = answers(
      to: """
        module dep = for (;;);
        module main = import "dep"; export const x = 1
        link main
        evaluate main --timeout 30
        js [modules.main.status, modules.main.error, modules.dep.status, 1 + 1]
        """)
    #expect(answers[3].error?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT")
    #expect(answers[3].error?.message == "Script execution timed out after 30ms")
    #expect(answers[4].result["json"] == .raw(#"["errored",null,"errored",2]"#))
  }

  @Test(arguments: [
    "for (;;);", "while (true) { try { for (;;); } catch {} finally { } }",
    "const f = () => { for (;;); }; [1].map(f)", "for (;;) eval('1')",
    "/(a+)+b/.test('a'.repeat(40)); for (;;);",
  ])
  func `no code escapes a timeout`(code: String) {
    let answers = answers(
      to: "module main = \(code)\nlink main\nevaluate main --timeout 30\njs 1 + 1")
    #expect(answers[2].error?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT")
    #expect(answers[3].result["text"] == "2")
  }

  @Test func `a stack overflow is a RangeError`() {
    let answers = answers(
      to: """
        js function f() { return f() } f()
        module main = function f() { return 1 + f() } f()
        link main
        evaluate main
        js (() => { try { f() } catch (e) { return e instanceof RangeError } })()
        """)
    #expect(answers[0].error?.name == "RangeError")
    #expect(answers[3].error?.name == "RangeError")
    #expect(answers[4].result["text"] == "true")
  }

  @Test func `a rejection that nobody handles is reported once`() {
    let answers = answers(
      to: """
        js void Promise.reject(new RangeError('lost'))
        js void Promise.reject(new Error('kept')).catch(() => {})
        module main = Promise.reject(5)
        link main
        evaluate main
        """)
    #expect(answers[0].unhandled.map(\.name) == ["RangeError"])
    #expect(answers[0].unhandled.map(\.message) == ["lost"])
    #expect(answers[1].unhandled.isEmpty)
    #expect(answers[4].unhandled.map(\.message) == ["5"])
    #expect(answers[4].isOK)
  }

  @Test func `the virtual clock jumps`() {
    let answers = answers(
      to: """
        js void (setTimeout(() => console.log('hour'), 3600000), setTimeout(() => console.log('minute'), 60000))
        tick 1000
        tick 60000
        js await new Promise((resolve) => setTimeout(resolve, 3600000, 'waited'))
        module main = await new Promise((r) => setTimeout(r, 86400000)); console.log('day')
        link main
        evaluate main
        """)
    #expect(answers[1].console.isEmpty)
    #expect(answers[2].console.map(\.text) == ["minute"])
    #expect(answers[3].console.map(\.text) == ["hour"])
    #expect(answers[3].result["text"] == "'waited'")
    #expect(answers[6].console.map(\.text) == ["day"])
  }

  @Test(arguments: [
    ("Promise.resolve(1)", "Promise { 1 }"), ("new Promise(() => {})", "Promise { <pending> }"),
    ("[Promise.resolve('a')]", "[ Promise { 'a' } ]"),
    (
      "(() => { const p = Promise.reject(5); p.catch(() => {}); return [p] })()",
      "[ Promise { <rejected> 5 } ]"
    ),
    ("Promise.resolve({ then() {} })", "Promise { <pending> }"),
  ])
  func `a promise shows its state`(code: String, text: String) {
    #expect(shown(by: "js \(code)") == text)
  }

  @Test func `contexts have their own intrinsics and share modules' values`() {
    let answers = answers(
      to: """
        context other
        module dep --context other = export const list = []; export const thrown = (() => { try { null.x } catch (e) { return e } })(); globalThis.here = 1
        link dep
        evaluate dep
        js [ns.dep.list instanceof Array, Array.isArray(ns.dep.list), ns.dep.thrown instanceof TypeError, ns.dep.thrown.name, typeof here, ns.dep.list.constructor.name]
        """)
    #expect(
      answers[4].result["json"] == .raw(#"[false,true,false,"TypeError","undefined","Array"]"#))
  }
}
