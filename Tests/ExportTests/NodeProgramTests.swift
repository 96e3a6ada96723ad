import Session
import Testing

/// Whether Node prints the same is checked by `Tests/Programs/exports.py`, where Node 24 is present.
@Suite struct NodeProgramTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var script: String
    var code: String
    var testDescription: String { script }

    init(_ script: String, _ code: String) {
      self.script = script
      self.code = code
    }
  }

  @Test(arguments: [
    Row("module main = 1", "sourceModule(`1`, { identifier: \"main\" })"),
    Row(#"module main = "\n`""#, #"sourceModule("\"\\n`\"""#),
    Row(#"module main = "\n""#, #"sourceModule(String.raw`"\n"`"#),
    Row("module 'a b' = 1\nlink 'a b'", #"link(modules["a b"])"#),
    Row("synthetic dep x=1 y", "syntheticModule({ x: `1`, y: null }"),
    Row("synthetic dep b=1 1=2", "syntheticModule([[\"b\", `1`], [\"1\", `2`]]"),
    Row("js let u = await 5", "awaitingJS(\"let u;\",\n  `(async()=>{void( u = await 5);"),
    Row("json j = [1]", "jsonModule(`[1]`"),
    Row("resolve \"lib/*\" => *", #"rule(1, wildcard("lib/", ""), named("*"));"#),
    Row("resolve x => delay 5 value 42", "rule(1, \"x\", delayed(5, value(`42`)));"),
    Row("resolve x => pending for main", "rule(1, \"x\", waiting, { for: \"main\" });"),
    Row("resolve /^a(.)/g => $1", "rule(1, regex(`^a(.)`, \"g\"), named(\"$1\"));"),
    Row("resolve x => file lib", "rule(1, \"x\", found);"),
    Row("module m = 1\nlink m --step", "// Differs: modlab had not ended link m"),
    Row("module m = import defer * as n from 'm'", "// Differs: Node 24 does not know"),
    Row("resolve x => y with type=json", "{ with: { type: \"json\" } }"),
    Row("option names off", "useNames(false);"),
    Row("js await 1", "awaitingJS("),
    Row("js { a: 1 }", "js(`({ a: 1 }"),
    Row("context c\nmodule m --context c = 1", "context: contexts.c"),
    Row("module m = 1\nlink m\nevaluate m --timeout 50", "modules.m.evaluate({ timeout: 50 })"),
    Row("module m = 1\nlink m --step\ncontinue", "// Differs: Node has no steps"),
  ])
  func `a command becomes code`(_ row: Row) throws {
    let exported = ExportedSession(row.script)
    let program = try exported.export("node")
    #expect(program.contains(row.code))
  }

  @Test func `option trace node shows an operation, its outcome and all statuses`() throws {
    final class Lines: CommandOutput {
      var text = ""
      func event(_ event: SessionEvent) {
        if case .console(_, let line) = event { text += line + "\n" }
      }
      func text(_ text: ResultText) { self.text += text.text(by: .plain) }
      func diagnostic(_ diagnostic: Diagnostic) { text += "a diagnostic\n" }
    }
    let lines = Lines()
    let session = Session(output: lines, keepsReports: false)
    let script = """
      option trace node
      synthetic dep x=1
      module main = import { x } from "dep"; console.log(x)
      link main
      evaluate main
      evaluate missing
      link main
      status
      """
    var reader = CommandReader(Array(script.utf8), file: nil, scanner: ModuleSyntaxScanner())
    while let reading = reader.next() {
      if case .command(let command) = reading { _ = session.run(command) }
    }
    #expect(
      lines.text == """
        synthetic dep: ok | dep linked
        module main: ok | dep linked | main unlinked
        link main: ok | dep linked | main linked
        1
        evaluate main: ok | dep evaluated | main evaluated
        link main: fails: Error ERR_VM_MODULE_STATUS: Module status must be unlinked \
        | dep evaluated | main evaluated

        """)
  }
}
