import Testing

@testable import Session

@Suite struct CommandParsingTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var command: Command
    var testDescription: String { text }

    init(_ text: String, _ command: Command) {
      self.text = text
      self.command = command
    }
  }

  static func source(_ text: String, line: Int = 1) -> SourceOperand {
    .text(CarriedText(text, line: line))
  }

  static let rows: [Row] = [
    Row("module main = 1", .module(ModuleDefinition(name: "main", source: source("1")))),
    Row("module main =1", .module(ModuleDefinition(name: "main", source: source("1")))),
    Row("module main =", .module(ModuleDefinition(name: "main", source: source("")))),
    Row(
      "module main = import { x } from \"dep\"; # x",
      .module(ModuleDefinition(name: "main", source: source("import { x } from \"dep\"; # x")))),
    Row(
      "module 'a b' --id \"/x y\" from \"./a b.mjs\" # why",
      .module(
        ModuleDefinition(
          name: "a b", source: .file(FileReference("./a b.mjs")), identifier: "/x y"))),
    Row(
      "module m from m.mjs --context other",
      .module(
        ModuleDefinition(name: "m", source: .file(FileReference("m.mjs")), context: "other"))),
    Row("module from = 1", .module(ModuleDefinition(name: "from", source: source("1")))),
    Row(
      "module m --meta ({ a: 1 }) --line-offset 3 --column-offset=4 = x",
      .module(
        ModuleDefinition(
          name: "m", source: source("x"), meta: CarriedText("({ a: 1 })"), lineOffset: 3,
          columnOffset: 4))),
    Row(
      "synthetic dep x=42 y='a b' 'a b'=[1, 2] z --context c",
      .synthetic(
        SyntheticDefinition(
          name: "dep",
          exports: [
            .init(name: "x", value: CarriedText("42")),
            .init(name: "y", value: CarriedText("'a b'")),
            .init(name: "a b", value: CarriedText("[1, 2]")),
            .init(name: "z"),
          ], context: "c"))),
    Row("synthetic dep", .synthetic(SyntheticDefinition(name: "dep", exports: []))),
    Row(
      "synthetic dep x=1 # one",
      .synthetic(
        SyntheticDefinition(
          name: "dep", exports: [.init(name: "x", value: CarriedText("1"))]))),
    Row(
      "synthetic dep x --id d do this.setExport('x', 1)",
      .synthetic(
        SyntheticDefinition(
          name: "dep", exports: [.init(name: "x")], body: CarriedText("this.setExport('x', 1)"),
          identifier: "d"))),
    Row("json c = {\"a\": 1}", .json(name: "c", source: source("{\"a\": 1}"))),
    Row("set dep.x = 2", .set(module: "dep", export: "x", value: CarriedText("2"))),
    Row("set a.b.x = 2", .set(module: "a.b", export: "x", value: CarriedText("2"))),
    Row("set odd.'a b' = 2", .set(module: "odd", export: "a b", value: CarriedText("2"))),
    Row("set 'a b'.x=2", .set(module: "a b", export: "x", value: CarriedText("2"))),
    Row("set \"a.b\".'c.d' = 2", .set(module: "a.b", export: "c.d", value: CarriedText("2"))),
    Row("context other", .context("other")),
    Row("reset", .reset([])),
    Row("reset a 'b c'", .reset(["a", "b c"])),
    Row("remove a b", .remove(["a", "b"])),
    Row("clear", .clear),
    Row("load ./a.mjs --as main", .load(entry: FileReference("./a.mjs"), name: "main")),
    Row("rules", .rules),
    Row("unresolve 1 3", .unresolve(.numbers([1, 3]))),
    Row("unresolve all", .unresolve(.all)),
    Row("import-map = {}", .importMap(source("{}"))),
    Row("import-map from m.json", .importMap(.file(FileReference("m.json")))),
    Row("which \"dep\" for main", .which(specifier: "dep", referrer: "main")),
    Row("which dep", .which(specifier: "dep", referrer: nil)),
    Row(
      "answer \"dep\" for main => value 42",
      .answer(specifier: "dep", referrer: "main", target: .value(CarriedText("42")))),
    Row("answer \"dep\"=>dep", .answer(specifier: "dep", referrer: nil, target: .module("dep"))),
    Row("link main", .link("main", isStepped: false)),
    Row("link main --step", .link("main", isStepped: true)),
    Row("link-requests main a b", .linkRequests("main", modules: ["a", "b"])),
    Row("link-requests main", .linkRequests("main", modules: [])),
    Row("instantiate main", .instantiate("main")),
    Row("evaluate main", .evaluate("main", timeout: nil, isStepped: false)),
    Row("evaluate --timeout 20 main --step", .evaluate("main", timeout: 20, isStepped: true)),
    Row("step", .step(.steps(1))),
    Row("step 3", .step(.steps(3))),
    Row("step --statement", .step(.statement)),
    Row("continue", .continue),
    Row("finish", .finish),
    Row("abort", .abort),
    Row("js 1 + 1 # no comment", .javaScript(CarriedText("1 + 1 # no comment"), context: nil)),
    Row("js --context 'a b' --x", .javaScript(CarriedText("--x"), context: "a b")),
    Row("js --contexts", .javaScript(CarriedText("--contexts"), context: nil)),
    Row("script = var x", .script(source("var x"), context: nil)),
    Row("script --context c = var x", .script(source("var x"), context: "c")),
    Row("script from 'a b.js'", .script(.file(FileReference("a b.js")), context: nil)),
    Row("tick", .tick(milliseconds: nil)),
    Row("tick 0", .tick(milliseconds: 0)),
    Row("status", .status([])),
    Row("modules a", .status(["a"])),
    Row("states", .states(nil)),
    Row("states a", .states("a")),
    Row("show a", .show("a")),
    Row("bindings a", .bindings("a")),
    Row("namespace a", .namespace("a")),
    Row("graph", .graph(nil, format: .text)),
    Row("graph a --format svg", .graph("a", format: .svg)),
    Row("order a", .order("a")),
    Row("cycles", .cycles),
    Row("why a", .why(.module("a"))),
    Row("why 'a b' in odd", .why(.export("a b", module: "odd"))),
    Row("explain TDZ", .explain("TDZ")),
    Row("timeline", .timeline),
    Row("at 3 status main", .at(3, .status(["main"]))),
    Row("save a.modlab", .save(FileReference("a.modlab"))),
    Row("source a.modlab", .source(FileReference("a.modlab"))),
    Row("transcript off", .transcript(nil)),
    Row("transcript 'off'", .transcript(FileReference("off"))),
    Row("undo", .undo(1)),
    Row("redo 2", .redo(2)),
    Row("export node a.mjs", .export(.node, FileReference("a.mjs"))),
    Row("export html a.html", .export(.html, FileReference("a.html"))),
    Row("history 5", .history(5)),
    Row("option", .option(name: nil, value: nil)),
    Row("option names off", .option(name: "names", value: "off")),
    Row("edit a", .edit("a")),
    Row("help", .help(nil)),
    Row(".help link", .help("link")),
    Row("quit", .quit(0)),
    Row(":quit 3", .quit(3)),
    Row("exit", .quit(0)),
  ]

  @Test(arguments: rows) func `a right command means`(row: Row) {
    #expect(parse(row.text) == .success(row.command))
  }

  @Test func `every command has a row above`() {
    var missing = Set(CommandName.allCases)
    for row in Self.rows {
      let first = row.text.drop { $0 == "." || $0 == ":" }.prefix { $0 != " " }
      if let name = CommandTable.command(of: String(first)) { missing.remove(name) }
    }
    #expect(missing == [.resolve, .expectError])
  }

  static let mistakes: [(String, String)] = [
    ("module", "NAME is missing"),
    ("module = 1", "NAME is missing"),
    ("module main", "the source is missing"),
    ("module main=1", "the source is missing; put a space on each side of the = in main=1"),
    ("module main extra = 1", "extra is one word too many"),
    ("module main from", "PATH is missing"),
    ("module main from a b", "b is one word too many"),
    ("module main --idd x = 1", "there is no option --idd; did you mean --id?"),
    ("module main --id = 1", "--id needs ID after it"),
    ("module main --id a --id b = 1", "--id is given twice"),
    ("module main --line-offset x = 1", "--line-offset must be a whole number, 0 or more, not x"),
    ("module main --meta = 1", "a JavaScript expression must follow --meta"),
    ("module main <<", "<< needs a TAG right after it, as in <<END"),
    ("module main <<END more", "nothing may follow the TAG, but here is more"),
    ("module main <<END", "the text begun by <<END never ends"),
    ("module 'main = 1", "the quotation mark ' is not closed"),
    ("synthetic", "NAME is missing"),
    ("synthetic dep x = 1", "the = after x must not stand apart"),
    ("synthetic dep x=", "a JavaScript expression must follow x="),
    ("synthetic dep x=)", "this is no JavaScript expression: Unexpected token ')'"),
    ("synthetic dep x do", "BODY is missing"),
    ("synthetic dep x <<END", "do is missing, as in do <<END"),
    ("synthetic dep x --od y", "there is no option --od; did you mean --id?"),
    ("json", "NAME is missing"),
    ("json c", "the source is missing"),
    ("json c d = 1", "d is one word too many"),
    ("set", "NAME.EXPORT is missing"),
    ("set dep = 1", "dep names no export"),
    ("set dep. = 1", "dep. names no export"),
    ("set dep.x", "= is missing, as in set dep.x = 42"),
    ("set dep.x =", "a JavaScript expression must follow ="),
    ("context", "NAME is missing"),
    ("context a b", "b is one word too many"),
    ("reset --all", "there is no option --all"),
    ("remove", "NAME is missing"),
    ("clear all", "all is one word too many"),
    ("load", "ENTRY is missing"),
    ("load a b", "b is one word too many"),
    ("load a --as", "--as needs NAME after it"),
    ("resolve", "PATTERN is missing"),
    ("resolve \"dep\"", "=> and a target are missing"),
    ("resolve => dep", "PATTERN is missing"),
    ("resolve \"dep\" =>", "a target must follow =>"),
    ("resolve \"dep\" => a b", "b is one word too many"),
    ("resolve \"*/*\" => a", "a pattern has at most one *, \"*/*\" has more"),
    ("resolve /a => a", "the regular expression is not closed by /"),
    ("resolve /a/q => a", "q is no flag of a regular expression (d, g, i, m, s, u, v, y)"),
    ("resolve \"dep\" => delay soon a", "MS must be a whole number, 0 or more, not soon"),
    ("resolve \"dep\" => delay", "MS is missing"),
    ("resolve \"dep\" => delay 5", "a target must follow =>"),
    ("resolve \"dep\" => value", "a JavaScript expression must follow value"),
    ("resolve \"dep\" => file", "DIR is missing"),
    ("resolve \"dep\" => a for", "REFERRER is missing"),
    ("resolve \"dep\" => a with", "KEY=VALUE is missing"),
    ("resolve \"dep\" => a with type", "with takes KEY=VALUE, not type"),
    ("resolve \"dep\" => a for b for c", "for is given twice"),
    ("rules 1", "1 is one word too many"),
    ("unresolve", "N is missing"),
    ("unresolve one", "N must be a whole number, 1 or more, not one"),
    ("unresolve all 1", "1 is one word too many"),
    ("import-map", "the source is missing"),
    ("import-map x = 1", "x is one word too many"),
    ("which", "SPECIFIER is missing"),
    ("which a b", "b is one word too many"),
    ("which a for", "REFERRER is missing"),
    ("answer", "SPECIFIER is missing"),
    ("answer a", "=> and a target are missing"),
    ("answer a => b c", "c is one word too many"),
    ("link", "NAME is missing"),
    ("link a b", "b is one word too many"),
    ("link a --stop", "there is no option --stop; did you mean --step?"),
    ("link a --step=1", "--step takes no value"),
    ("link a > f", "> FILE can follow looking commands only, not link"),
    ("link a = 1", "= cannot stand here: this command takes no source"),
    ("link-requests", "NAME is missing"),
    ("instantiate", "NAME is missing"),
    ("instantiate a b", "b is one word too many"),
    ("evaluate", "NAME is missing"),
    ("evaluate a --timeout", "--timeout needs MS after it"),
    ("evaluate a --timeout soon", "--timeout must be a whole number, 1 or more, not soon"),
    ("evaluate a b", "b is one word too many"),
    ("step 0", "N must be a whole number, 1 or more, not 0"),
    ("step 1 2", "2 is one word too many"),
    ("step --statement 2", "2 is one word too many"),
    ("continue now", "now is one word too many"),
    ("finish now", "now is one word too many"),
    ("abort now", "now is one word too many"),
    ("js", "CODE is missing"),
    ("js <<END", "the text begun by <<END never ends"),
    ("script", "the source is missing"),
    ("script x", "x is one word too many"),
    ("tick soon", "MS must be a whole number, 0 or more, not soon"),
    ("tick 1 2", "2 is one word too many"),
    ("status --all", "there is no option --all"),
    ("states a b", "b is one word too many"),
    ("show", "NAME is missing"),
    ("show a b", "b is one word too many"),
    ("bindings", "NAME is missing"),
    ("bindings a b", "b is one word too many"),
    ("namespace", "NAME is missing"),
    ("namespace a b", "b is one word too many"),
    ("graph a b", "b is one word too many"),
    (
      "graph --format svgg",
      "--format must be text, dot, mermaid, json or svg, not svgg; did you mean svg?"
    ),
    ("order", "NAME is missing"),
    ("order a b", "b is one word too many"),
    ("cycles a", "a is one word too many"),
    ("why", "NAME is missing"),
    ("why a b", "b is one word too many"),
    ("why a in", "NAME is missing"),
    ("why a in b c", "c is one word too many"),
    ("explain", "CODE is missing"),
    ("explain a b", "b is one word too many"),
    ("timeline 1", "1 is one word too many"),
    ("at", "N is missing"),
    ("at x status", "N must be a whole number, 0 or more, not x"),
    ("at 3", "a command must follow at 3"),
    ("at 3 link main", "link cannot follow at: it is no looking command"),
    ("save", "FILE is missing"),
    ("save a b", "b is one word too many"),
    ("source", "FILE is missing"),
    ("source a b", "b is one word too many"),
    ("transcript", "FILE is missing"),
    ("transcript a b", "b is one word too many"),
    ("undo x", "N must be a whole number, 1 or more, not x"),
    ("redo 1 2", "2 is one word too many"),
    ("export", "html or node is missing"),
    ("export deno a", "it must be html or node, not deno"),
    ("export node", "FILE is missing"),
    ("export node a b", "b is one word too many"),
    ("history x", "N must be a whole number, 1 or more, not x"),
    ("history 1 2", "2 is one word too many"),
    ("option a b c", "c is one word too many"),
    ("edit", "NAME is missing"),
    ("edit a b", "b is one word too many"),
    ("help a b", "b is one word too many"),
    ("quit x", "STATUS must be a whole number, from 0 to 255, not x"),
    ("quit 1 2", "2 is one word too many"),
    ("expect-error", "CODE_OR_NAME is missing"),
    ("expect-error X", "a command must follow expect-error X"),
    ("expect-error X lnik a", "there is no command lnik; did you mean link?"),
    ("lnik main", "there is no command lnik; did you mean link?"),
    ("frobnicate", "there is no command frobnicate"),
    ("lin main", "there is no command lin; did you mean link?"),
    (".", "a command must follow the dot"),
    ("status > ", "FILE is missing"),
    ("status > a b", "b is one word too many"),
    ("link \"\\u{110000}\"", "\\u{110000} is no escape sequence"),
    ("link \"\\xZZ\"", "\\xZZ is no escape sequence"),
  ]

  @Test(arguments: mistakes) func `a wrong command is answered`(text: String, message: String) {
    #expect(mistake(text) == message)
  }
}
