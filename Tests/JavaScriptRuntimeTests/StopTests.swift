import Session
import Testing
import VMModules

/// What a time limit stops below other calls; see Tests/Programs/stops.py for what JavaScript sees.
@MainActor @Suite struct StopTests {
  /// Each calls a function of the person through a native one, which loops: `loop` tells whether code
  /// of the stopped run went on.
  nonisolated static let ways = [
    "console.log({ get [Symbol.toStringTag]() { loop(); } })",
    "console.log('%s', { toString() { loop(); } })",
    "console.table([{ get x() { loop(); } }])",
    "print({ get [Symbol.toStringTag]() { loop(); } })",
    "structuredClone({ get x() { loop(); } })",
    "setTimeout({ get constructor() { loop(); } })",
    "vm.runInThisContext('loop()')",
    "new vm.Script('loop()').runInThisContext()",
    "vm.runInNewContext('x', { get x() { loop(); } })",
    "vm.runInNewContext('x = 1', { set x(_) { loop(); } })",
    "vm.runInNewContext('x', new Proxy({}, { has() { loop(); } }))",
    "vm.runInNewContext('delete globalThis.x', new Proxy({ x: 1 }, { deleteProperty() { loop(); } }))",
    "vm.runInNewContext('Object.keys(globalThis)', new Proxy({}, { ownKeys() { loop(); } }))",
    "vm.runInThisContext({ toString() { loop(); } })",
    "vm.runInThisContext('1', { get timeout() { loop(); } })",
    "new vm.SourceTextModule('', { get identifier() { loop(); } })",
    "new vm.SyntheticModule(new Proxy(['a'], { get(t, k) { if (k === '0') loop(); return t[k]; } }), () => {})",
    "linkable.link(() => { loop(); })",
    "linkable.linkRequests([{ get then() { loop(); } }, new Proxy({}, { get() { loop(); } })].map(m => (m.then, m)))",
    "evaluable('loop()').evaluate()",
    "synthetic(() => { loop(); }).evaluate()",
    "evaluable('import.meta.x', { initializeImportMeta() { loop(); } }).evaluate()",
    "evaluable('import(\"x\")', { importModuleDynamically() { loop(); } }).evaluate()",
    "evaluable('import({ toString() { loop(); } })').evaluate()",
    "evaluable('import(\"x\", { get with() { loop(); } })').evaluate()",
    "evaluable('import(\"x\", { with: { get type() { loop(); } } })').evaluate()",
    "evaluable('eval(\"loop()\")').evaluate()",
    "evaluable('export default class { static { loop(); } }').evaluate()",
    "Reflect.getPrototypeOf(new Proxy(linkable, { getPrototypeOf() { loop(); } }))",
    "linkable[Symbol.for('nodejs.util.inspect.custom')](2, {}, () => { loop(); })",
  ]

  @Test(arguments: ways)
  func `each native function passes a stop on`(way: String) {
    check(way, fallback: false)
  }

  /// Where the engine's own functions are not there, the outermost call ends.
  @Test(arguments: ["loop()"] + ways)
  func `without the engine's functions a stop ends the outermost call`(way: String) {
    check(way, fallback: true)
  }

  private func check(_ way: String, fallback: Bool) {
    let session = Session(output: SilentOutput(), keepsReports: true)
    session.host.usesFallbackStops = fallback
    let prelude = """
      var went = [], depth = 0;
      function loop() { try { for (;;); } catch { went.push('catch'); } finally { went.push('finally'); } }
      function evaluable(text, options) {
        const module = new vm.SourceTextModule(text, options);
        module.linkRequests([]); module.instantiate(); return module;
      }
      function synthetic(steps) { return new vm.SyntheticModule([], steps); }
      var linkable = new vm.SourceTextModule('import "a"; import "b"');
      """
    let code = """
      try { \(way) } catch (e) { went.push('outer catch') } finally { went.push('outer finally') }
      went.push('on')
      """
    let limited = """
      try { vm.runInThisContext(\(code.debugDescription), { timeout: 40 }); went.push('ended') }
      catch (e) { went.push(e.code) }
      """
    let answers = answers(
      in: session,
      to: "js <<END\n\(prelude)\nEND\njs <<END\n\(limited)\nEND\njs went.join()\njs 20 + 22")
    if fallback {
      // Nothing aborts, and the session goes on.
      #expect(answers[1].error?.code == "ERR_SCRIPT_EXECUTION_TIMEOUT")
    } else {
      #expect(answers[1].isOK)
      #expect(answers[2].result["text"] == "'ERR_SCRIPT_EXECUTION_TIMEOUT'")
    }
    #expect(answers[3].result["text"] == "42")
  }
}
