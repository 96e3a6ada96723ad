import ModuleSyntax
import Testing

@testable import Session

/// Compares texts line by line.
func expectLines(
  _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for index in 0..<max(lines.count, wanted.count) {
    let line = index < lines.count ? String(lines[index]) : "(no line)"
    let want = index < wanted.count ? String(wanted[index]) : "(no line)"
    #expect(line == want, "line \(index + 1)", sourceLocation: sourceLocation)
  }
}

@Suite struct RenderingTests {
  let renderer = TextRenderer(hasColor: false)

  @Test func `events are lines and transitions of one module are joined`() {
    var events = renderer.events(names: ["main", "dep"])
    var text = ""
    text += events.append(.transition(module: "main", from: "unlinked", to: "linking"))
    text += events.append(
      .request(
        RequestRow(
          referrer: "main", specifier: "dep", answer: .rule(1, value: "{ not: 'a module' }"))))
    text += events.append(.transition(module: "main", from: "linking", to: "errored"))
    text += events.append(.transition(module: "dep", from: "linked", to: "evaluating"))
    text += events.append(.transition(module: "dep", from: "evaluating", to: "evaluated"))
    text += events.append(.console(level: "log", text: "4\u{1B}[2J2"))
    text += events.append(
      .request(RequestRow(referrer: "main", specifier: "dep", answer: .registered(module: "dep"))))
    text += events.append(.transition(module: "main", from: "evaluating", to: "evaluated"))
    text += events.finish()
    expectLines(
      text,
      """
      main   unlinked → linking
      main   asks for "dep"         rule 1 answers { not: 'a module' }
      main   linking → errored
      dep    linked → evaluating → evaluated
      4\\x1b[2J2
      main   asks for "dep"         the module dep
      main   evaluating → evaluated

      """)
  }

  @Test func `a module is a line after its definition`() {
    let main = ModuleRow(
      name: "main", kind: .source, status: .unlinked, record: "unlinked",
      requests: [.init(specifier: "dep")])
    let dep = ModuleRow(
      name: "dep", kind: .synthetic, status: .linked, record: "linked", exports: ["x", "a b"])
    let names = ["main", "dep"]
    expectLines(
      renderer.module(main, names: names) + renderer.module(dep, names: names),
      """
      main   source      unlinked   requests "dep"
      dep    synthetic   linked     exports x, "a b"

      """)
  }

  @Test func `status is a table`() {
    let rows = [
      ModuleRow(
        name: "main", kind: .source, status: .evaluated, record: "evaluated",
        requests: [.init(specifier: "dep", resolved: "dep")]),
      ModuleRow(
        name: "dép漢", kind: .synthetic, status: .errored, record: "evaluated", exports: ["x"],
        error: ErrorReport(name: "Error", message: "no", phase: .evaluate)),
    ]
    expectLines(
      renderer.status(rows),
      """
        NAME    KIND        STATUS      RECORD      REQUESTS      EXPORTS   ERROR
      ● main    source      evaluated   evaluated   "dep" → dep   –         –
      ✗ dép漢   synthetic   errored     evaluated   –             x         no

      """)
    #expect(renderer.status([]) == "no modules   try   module main = console.log(42)\n")
  }

  @Test func `bindings and namespaces are tables`() {
    expectLines(
      renderer.bindings([
        BindingRow(name: "x", kind: .let, isInitialized: true, text: "[1,\n2]"),
        BindingRow(
          name: "y", kind: .import, isInitialized: false, text: "",
          origin: .init(module: "dep", export: "a b")),
      ]),
      """
      NAME   KIND     FROM        VALUE
      x      let      –           [1,\\n2]
      y      import   dep."a b"   uninitialised (TDZ)

      """)
    expectLines(
      renderer.namespace([NamespaceRow(name: "default", text: "42", isInitialized: true)]),
      """
      EXPORT    VALUE
      default   42

      """)
  }

  @Test func `rules are shown in the order in which they are tried`() {
    var first = SpecifierRule(pattern: .exact("dep"), target: .module("dep"))
    first.hits = 2
    let second = SpecifierRule(
      pattern: .wildcard(prefix: "", suffix: ""), target: .pending, referrer: "main")
    expectLines(
      renderer.rules([
        RuleRow(number: 2, rule: second), RuleRow(number: 1, rule: first),
      ]),
      """
      rule 2     "*" => pending for main                               never answered
      rule 1     "dep" => dep                                          answered 2 times
      names      a specifier that is the name of a registered module
      built-in   vm and node:vm

      """)
  }

  @Test func `a listing has the source and the entries`() {
    let row = ModuleRow(
      name: "main", kind: .source, status: .unlinked, record: "unlinked",
      requests: [.init(specifier: "dep")])
    let listing = ModuleListing(
      row: row, source: SourceText("import { x } from \"dep\"\n\tx\u{7}\n", name: "main"),
      entries: [
        .init(kind: "request", text: "\"dep\"", position: SourcePosition(line: 1, column: 19)),
        .init(
          kind: "import", text: "x from \"dep\"", position: SourcePosition(line: 1, column: 10)),
      ])
    expectLines(
      renderer.listing(listing),
      """
      main   source      unlinked   requests "dep"
        1 │ import { x } from "dep"
        2 │ \tx\\x07
        request   "dep"          1:19
        import    x from "dep"   1:10

      """)
  }

  @Test func `colours are never all there is`() {
    let colored = TextRenderer(hasColor: true)
    let row = ModuleRow(name: "a", kind: .source, status: .errored, record: "unlinked")
    let text = colored.status([row])
    #expect(text.contains("\u{1B}[31merrored\u{1B}[0m"))
    let plain = text.replacing(/\x1B\[[0-9;]*m/, with: "")
    #expect(plain == renderer.status([row]))
  }

  @Test func `a mistake in a command is underlined`() throws {
    let command = try #require(read("link main --stop").first)
    guard case .failure(let error) = command.parsed else { return }
    expectLines(
      renderer.error(error, in: command),
      """
      error: there is no option --stop; did you mean --step?
        command:1:11
        1 │ link main --stop
          │           ^^^^^^
        usage   link NAME [--step]
        try     help link

      """)
  }

  @Test func `the sketch of the contract`() {
    let source = SourceText("import { x } from \"dep\"; console.log(x)", name: "main")
    let diagnostic = Diagnostic(
      code: "ERR_VM_MODULE_NOT_MODULE", message: "Provided module is not an instance of Module",
      labels: [
        .init(
          source: source, range: SourceRange(18, 23),
          text: "the linker answered { not: 'a module' }, an Object")
      ], notes: ["A linker answers with a SourceTextModule or a SyntheticModule."],
      hints: ["unresolve 1", "synthetic dep x=42", "reset main"])
    expectLines(
      renderer.diagnostic(diagnostic),
      """
      error ERR_VM_MODULE_NOT_MODULE: Provided module is not an instance of Module
        main:1:19
        1 │ import { x } from "dep"; console.log(x)
          │                   ^^^^^ the linker answered { not: 'a module' }, an Object
        A linker answers with a SourceTextModule or a SyntheticModule.
        try   unresolve 1
              synthetic dep x=42
              reset main

      """)
  }

  @Test func `tabs wide characters and offsets are underlined in the right place`() {
    let source = SourceText("a\n\t漢字 = \"é\u{1B}\" + x", name: "m", lineOffset: 9)
    let begin = source.bytes.count - 1
    let diagnostic = Diagnostic(
      message: "m",
      labels: [.init(source: source, range: SourceRange(begin, begin + 1), text: "here")])
    expectLines(
      renderer.diagnostic(diagnostic),
      """
      error: m
        m:11:14
        11 │     漢字 = "é\\x1b" + x
           │                      ^ here

      """)
  }

  @Test func `a long line is cut to a window around the span`() {
    let source = SourceText(
      String(repeating: "a", count: 300) + "BAD" + String(repeating: "b", count: 300), name: "m")
    let diagnostic = Diagnostic(
      message: "m", labels: [.init(source: source, range: SourceRange(300, 303))])
    let narrow = TextRenderer(hasColor: false, width: 60)
    let lines = narrow.diagnostic(diagnostic).split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { TerminalText.width($0) <= 60 })
    let shown = Array(lines[2])
    let marks = Array(lines[3])
    let from = marks.firstIndex(of: "^") ?? 0
    #expect(String(shown[from..<from + 3]) == "BAD")
    #expect(marks.filter { $0 == "^" }.count == 3)
  }

  @Test func `ranges outside the text and at its end are shown`() {
    for range in [SourceRange(0, 0), SourceRange(3, 3), SourceRange(5, 9), SourceRange(-1, 2)] {
      let diagnostic = Diagnostic(
        message: "m", labels: [.init(source: SourceText("a\nb", name: "m"), range: range)])
      #expect(renderer.diagnostic(diagnostic).contains("^"))
    }
  }

  @Test func `a cause follows its error`() {
    let cause = Diagnostic(code: "Error", message: "inner")
    expectLines(
      renderer.diagnostic(Diagnostic(message: "outer", hints: ["status"], cause: cause)),
      """
      error: outer
        caused by error Error: inner
        try   status

      """)
  }

  @Test(arguments: [
    ("a\u{1B}[31mb", "a\\x1b[31mb"), ("\u{9B}2J", "\\x9b2J"), ("\u{202E}x", "\\u202ex"),
    ("é漢😀", "é漢😀"), ("a\tb\n", "a\\tb\\n"), ("\r", "\\r"),
  ])
  func `control characters are shown and not obeyed`(text: String, clean: String) {
    #expect(TerminalText.clean(text) == clean)
  }

  @Test(arguments: [
    ("\u{1B}[31mx\u{1B}[0m", "\u{1B}[31mx\u{1B}[0m", "\\x1b[31mx\\x1b[0m"),
    ("a\tb\n\u{1B}[7mc", "a\tb\n\\x1b[7mc", "a\tb\n\\x1b[7mc"),
    ("\u{1B}[2J\u{1B}", "\\x1b[2J\\x1b", "\\x1b[2J\\x1b"), ("\r\n", "\\r\n", "\\r\n"),
    ("\u{61C}\u{FEFF}é\u{FFF9}", "\\u061c\\ufeffé\\ufff9", "\\u061c\\ufeffé\\ufff9"),
  ])
  func `of escape sequences only the painter's are written, where there are colors`(
    text: String, colored: String, plain: String
  ) {
    #expect(TerminalText.printable(text, hasColor: true) == colored)
    #expect(TerminalText.printable(text, hasColor: false) == plain)
  }

  @Test func `the painter writes no sequence that is not known`() {
    let painter = TextPainter(hasColor: true)
    for style in [TextStyle.dim, .strong, .error, .warning, .hint, .plain]
      + ModuleStatusWord.allCases.map({ .status($0) })
    {
      let text = painter.paint("x", style)
      #expect(TerminalText.printable(text, hasColor: true) == text)
    }
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("😀", 2), ("👨‍👩‍👧", 2), ("→●○", 3),
    ("\u{200B}", 0), ("한국", 4), ("❤️", 2),
  ])
  func `widths are those of a terminal`(text: String, width: Int) {
    #expect(TerminalText.width(text) == width)
  }

  @Test func `text that is measured by its bytes is as wide as its characters`() {
    for value in UInt32(0x20)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // Alone, between others, and before scalars that join it.
      for text in ["\(scalar)", "a\(scalar)→", "\(scalar)\u{301}", "\(scalar)\u{FE0F}"] {
        let width = text.reduce(0) { $0 + TerminalText.width($1) }
        #expect(TerminalText.width(text) == width, "U+\(String(value, radix: 16)) in \(text)")
      }
    }
  }
}
