import ModuleSyntax
import Testing

@testable import Session

@Suite struct CommandReaderTests {
  @Test func `comments and empty lines are no commands`() {
    let commands = read(
      "#!/usr/bin/env modlab\n\n  # a\r\nclear # b\r\n\n\trules\n", file: "a.modlab")
    #expect(commands.map(\.text) == ["clear # b", "rules"])
    #expect(commands.map(\.line) == [4, 6])
    #expect(commands.allSatisfy { $0.file == "a.modlab" })
  }

  @Test func `an unfinished source goes on in the next lines`() {
    let commands = read("module a = f(\n  1,\n)\nmodule b = `\n${x\n}`\nclear")
    #expect(commands.map(\.line) == [1, 4, 7])
    #expect(commands.map(\.text) == ["module a = f(\n  1,\n)", "module b = `\n${x\n}`", "clear"])
  }

  @Test(arguments: [
    ("synthetic a x do f(\n1)\nclear", 2), ("synthetic a x do f(1)\nclear", 2),
    ("synthetic a x do return 1\nclear", 2), ("synthetic a x do 1 }\nclear", 2),
    ("synthetic a x do if (1) {\n}\nclear", 2), ("module a = export { b from\nclear", 2),
    ("js )(\nclear", 2), ("js let x = await f()\nclear", 2), ("set a.x = {\n}\nclear", 2),
    ("json a = {\n\"b\": [\n]}\nclear", 2), ("script = return\nclear", 2),
  ])
  func `a source ends where its language ends it`(script: String, count: Int) {
    #expect(read(script).count == count)
    #expect(read(script).last?.text == "clear")
  }

  @Test func `a heredoc is taken verbatim`() {
    let commands = read("module a <<END\n  # x\n END\n\nEND\nclear")
    #expect(
      commands.first?.parsed
        == .success(
          .module(
            ModuleDefinition(
              name: "a", source: .text(CarriedText("  # x\n END\n", line: 2, isHeredoc: true))))))
    #expect(commands.map(\.line) == [1, 6])
    #expect(commands.last?.parsed == .success(.clear))
  }

  @Test(arguments: [
    ("js <<E\nE", ""), ("js <<E\r\na\r\nE\r\nclear", "a"), ("js <<E\n\na\nE", "\na"),
  ])
  func `a heredoc ends before the line of its tag`(script: String, body: String) {
    guard case .success(.javaScript(let text, _))? = read(script).first?.parsed else {
      Issue.record("no js")
      return
    }
    #expect(text.text == body)
  }

  @Test func `the heredoc of a wrong command is skipped`() {
    let commands = read("modul a <<END\nclear\nEND\nrules")
    #expect(commands.map(\.text) == ["modul a <<END\nclear\nEND", "rules"])
  }

  @Test func `the source of a wrong command is skipped`() {
    let commands = read(
      "module a --bogus = f(\nclear\n)\nrules\nsynthetic s x x do {\nf()\n}\nclear")
    #expect(
      commands.map(\.text) == [
        "module a --bogus = f(\nclear\n)", "rules", "synthetic s x x do {\nf()\n}", "clear",
      ])
  }

  @Test func `expressions go on while they are unfinished`() {
    let commands = read("resolve \"a\" => js (s) => {\n  return 1\n} for main\nclear")
    guard case .success(.resolve(let rule))? = commands.first?.parsed else {
      Issue.record("no rule")
      return
    }
    #expect(rule.target.text == "js (s) => {\n  return 1\n}")
    #expect(rule.referrer == "main")
    #expect(commands.count == 2)
  }

  @Test(arguments: [
    ("module a = f(", Continuation.source(.module)), ("js {", .source(.interactive)),
    ("json c = {", .source(.json)), ("js <<END\nx", .heredoc(tag: "END")),
    ("resolve a => value (", .source(.expression)), ("set a.x = 1 +", .source(.expression)),
  ])
  func `the prompt asks for more lines`(text: String, continuation: Continuation) {
    #expect(CommandReader.needsMoreLines(text, scanner: ModuleSyntaxScanner()) == continuation)
    #expect(CommandReader.needsMoreLines("status", scanner: ModuleSyntaxScanner()) == nil)
  }

  @Test func `prefixes name commands at the prompt only`() {
    #expect(parse("namesp a", mode: .interactive) == .success(.namespace("a")))
    #expect(parse(":q", mode: .interactive) == .success(.quit(0)))
    #expect(mistake("stat", mode: .interactive) == "stat may be status, states")
    #expect(mistake("namesp a") == "there is no command namesp")
    #expect(parse("link?", mode: .interactive) == .success(.help("link")))
  }

  @Test func `expect-error and redirection belong to the command as a whole`() {
    let commands = read(
      "expect-error SyntaxError link main\nat 3 status > 'a b'\nexpect-error X lnik")
    #expect(commands.map(\.expectedError) == ["SyntaxError", nil, "X"])
    #expect(commands[0].parsed == .success(.link("main", isStepped: false)))
    #expect(commands[1].redirection == FileReference("a b"))
    #expect((try? commands[2].parsed.get()) == nil)
  }

  @Test(arguments: [
    "rules", "which x", "which x for a", "history 2", "help link", "help", "option", "option names",
    "status", "why a",
  ])
  func `what a command shows can go into a file`(command: String) {
    for place in ["> b", ">b"] {
      let read = read("\(command) \(place)").first
      #expect(read?.redirection == FileReference("b"))
      #expect((try? read?.parsed.get()) != nil)
    }
  }

  @Test(arguments: ["option names off", "link a", "source a", "undo"])
  func `what a command does cannot`(command: String) {
    #expect(
      mistake("\(command) > b")
        == "> FILE can follow looking commands only, not \(command.prefix { $0 != " " })")
  }

  @Test func `files are relative to the script that names them`() {
    let commands = read("source ../b.modlab", file: "/x/y/a.modlab")
    guard case .success(.source(let file))? = commands.first?.parsed else { return }
    #expect(file.resolved == "/x/b.modlab")
  }

  @Test func `answers to ask rules stand behind their command`() throws {
    let commands = read("link a\nanswer> b\r\nanswer> ^C\nanswer>\n\nanswer> ^D\nlink b\nanswer> x")
    #expect(commands.map(\.line) == [1, 6, 7])
    #expect(commands[0].text == "link a")
    #expect(commands.map(\.answers) == [[.text("b"), .interrupted, .text("")], [], [.text("x")]])
    #expect(read("link a\nanswer> b", mode: .interactive).map(\.answers) == [[], []])
  }

  @Test func `mistakes have a place in the script`() throws {
    let command = try #require(read("\n\nlink a --stop", file: "f").first)
    guard case .failure(let error) = command.parsed else { return }
    #expect(command.position(of: error) == SourcePosition(line: 3, column: 8))
  }

  @Test(arguments: [
    (#"context "a\tb\x41\u{1F600}é\\\"""#, "a\tbA😀é\\\""),
    (#"context "\ud83d\ude00""#, "😀"), (#"context 'a"b\'c'"#, "a\"b'c"), ("context é漢", "é漢"),
  ])
  func `quoted words have JavaScript's escapes`(text: String, name: String) {
    #expect(parse(text) == .success(.context(name)))
  }

  @Test(arguments: [
    ("import { x } from \"dep\"; console.log(x)", true), ("export const x = 1;", true),
    ("", true), ("f(x)", true), ("if (x)", false), ("export {a}", true), ("import {a}", false),
    ("do {}", false), ("try {}", false), ("x = /[(]/", false), ("let x = `a`", false),
    ("import x", false), ("export", false), ("const a = 1, b = 'x'", true), ("class A", false),
    ("console.log(1) // (", true), ("f(", false), ("a +", false), ("export * as 'x'", false),
  ])
  func `a text that is surely finished is seen without a parser`(text: String, isFinished: Bool) {
    var scan = LexicalScan()
    let bytes = Array(text.utf8)
    scan.scan(bytes, from: 0, to: bytes.count)
    #expect(scan.isPlainlyFinished == isFinished)
  }

  @Test(arguments: [
    "", "\u{0}", "'", "\"\\", "js <<", "<<", "= 1", "resolve /", "resolve /\\", ">",
  ])
  func `any text is read to its end`(text: String) {
    _ = read(text)
    _ = read(text, mode: .interactive)
    _ = read(text + "\n" + text)
  }

  @Test func `any bytes are read to their end`() {
    var seed: UInt64 = 1
    let pieces =
      [
        "module a ", "= ", "<<E", "\n", "E\n", "'", "\"", "\\", "resolve ", "=> ", "{", "}", "#",
        "`", "\u{0}", "é", "--id ", "js ", "x=", "set a.", "\r\n", "value ", "/", "> ",
      ].map { Array($0.utf8) } + [[0xFF]]
    for _ in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<12 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1
        bytes += pieces[Int(seed >> 33) % pieces.count]
      }
      for mode in [CommandReader.Mode.script, .interactive] {
        var reader = CommandReader(bytes, mode: mode, scanner: ModuleSyntaxScanner())
        var count = 0
        while reader.next() != nil, count < 100 { count += 1 }
        #expect(count < 100)
      }
    }
  }
}
