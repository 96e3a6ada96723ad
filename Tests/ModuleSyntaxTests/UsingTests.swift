import Testing

@testable import ModuleSyntax

/// What `using` is rewritten to. That it does what it should is tried with the engine.
@Suite struct UsingTests {
  private func body(_ text: String) throws -> String {
    let body = BodyRewriter.rewrite(try parsedModule(text), as: .function) { _, _ in false }
    return String(decoding: body.text.bytes, as: UTF8.self)
  }

  private func script(_ text: String) throws -> String {
    let script = try ParsedScript.parse(SourceText(text, name: "test"))
    let globals = ScriptGlobals(importName: "I", usingName: "U", script: 0, cell: 7)
    let rewritten = ScriptRewriter.rewrite(script, globals: globals, assignsGlobals: false)
    return String(decoding: rewritten.bytes, as: UTF8.self)
  }

  private let end = "}catch($_e){$_u.e($_e)}finally{$_u.d()}"
  private let asyncEnd =
    "}catch($_e){$_u.e($_e)}finally{while($_u.n())try{await $_u.p()}catch($_e){$_u.e($_e)}$_u.t()}"

  @Test func `a block holds its resources`() throws {
    #expect(
      try body("{ using a = b, c = () => 1; }")
        == #"(function($_){"use strict";{;const $_u=$_.u();try{ const a = $_u.a(b), "#
        + #"c = $_u.a({["c"]:() => 1}["c"]); "# + end + "}\n})")
  }

  @Test func `a function's directives stay where they are`() throws {
    #expect(
      try script("function f() { 'use strict'\nawait: async () => { await using a = b } }")
        == "function f() { 'use strict'\nawait: async () => {;const $_u=U.u();try{ "
        + "const a = $_u.b(b) " + asyncEnd + "} }")
    #expect(
      try script("function f() { 'use strict'\nusing a = b }")
        == "function f() { 'use strict';const $_u=U.u();try{\nconst a = $_u.a(b) " + end + "}")
  }

  @Test func `a loop's resources are those of the loop, or of each iteration`() throws {
    #expect(
      try script("function f() { L: for (using a = b; ;) c; for (using d of e) f() }")
        == "function f() { {const $_u=U.u();try{L: for (const a = $_u.a(b); ;) c;" + end + "} "
        + "for (const d of e) {const $_u=U.u();try{$_u.a(d);f()" + end + "} }")
  }

  @Test func `the top of a module awaits by yields, and its getters see its bindings`() throws {
    let body = BodyRewriter.rewrite(
      try parsedModule("await using a = b; export { a }"), as: .generator
    ) { _, _ in false }
    #expect(
      String(decoding: body.text.bytes, as: UTF8.self)
        == #"(function*($_){"use strict";;const $_u=$_.u();try{$_.g=[()=>a];yield;"#
        + "const a = $_u.b(b); ;\n"
        + asyncEnd.replacing("await $_u.p()", with: "yield $_.a($_u.p(),0)") + "})")
  }

  @Test func `functions of a body stay variables where that can be told`() throws {
    let strict = try body("function f() { using a = b; function g() {} function h() {} var h }")
    #expect(strict.contains(#"try{var h=$_u.f($_f0,"h"); const a"#))
    #expect(strict.contains("function g() {} function $_f0() {} var h"))
    let sloppy = try script("function f(g) { using a = b; function g() {} }")
    #expect(sloppy.contains(#"var g=$_u.f($_f0,"g");"#))
  }

  @Test func `names that stand in the source are not taken`() throws {
    let text = try body("let $_u; { using a = b }")
    #expect(text.contains("const $_1_u=$_1_.u()"))
  }

  @Test func `the value of a script is what it was`() throws {
    #expect(
      try script("'a'; 1\n{ using a = b; c }")
        == "'a';;U.k[7]='a'; U.k[7]=(1)\n{;const $_u=U.u();try{ const a = $_u.a(b); "
        + "U.k[7]=(c) " + end + "}\n;U.r(7)")
    let other = try script("if (a) { using b = c } try { 1 } catch { 2 } finally { 3 }")
    #expect(other.contains("{U.k[7]=undefined;if (a) {"))
    #expect(other.contains("catch {U.k[7]=undefined; U.k[7]=(2) }"))
    #expect(
      other.contains(
        "finally {const $_k=U.k[7];U.k[7]=undefined; U.k[7]=(3) ;U.k[7]=$_k;}"))
  }

  @Test(
    arguments: [
      "x; { y; using\nz }", "using; using[0] = 1", "for (using of of) ;", "let f = () => 1",
      "function f() { function f() {} } { let a = 1 }",
    ])
  func `a text without using is as it was`(text: String) throws {
    #expect(try script(text) == text)
  }

  @Test func `every line stays where it is, and every place is found`() throws {
    let source = """
      { using a = b
        a.first() } for (await using c
        of d) c.second(); for (using e = f;
        ;) { e.third(); break } async function g() { 'x'
        await using h = class {}; function i() {} h.fourth() }
      """
    let module = try parsedModule(source)
    for style in [BodyRewriter.Style.function, .generator] {
      let text = BodyRewriter.rewrite(module, as: style, keepsMap: true) { _, _ in false }.text
      let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
      for (number, line) in source.split(separator: "\n").enumerated() {
        for word in ["first", "second", "third", "fourth"] {
          guard let wanted = line.firstRange(of: word) else { continue }
          let found = try #require(lines[number].firstRange(of: word))
          let column = lines[number].distance(from: lines[number].startIndex, to: found.lowerBound)
          let offset = text.sourceOffset(line: number + 1, column: column + 1)
          #expect(
            offset.map {
              source.utf8.distance(from: source.startIndex, to: wanted.lowerBound) == $0
            }
              == true)
        }
      }
    }
  }

  @Test(
    arguments: [
      ("switch (1) { case 1: using 1️⃣x = null }", "Unexpected identifier 'x'"),
      ("switch (1) { default: await using 1️⃣x = null }", "Unexpected identifier 'x'"),
      ("if (1) using 1️⃣x = null", "Unexpected identifier 'x'"),
      ("L: using 1️⃣x = null", "Unexpected identifier 'x'"),
      ("class C { static { await 1️⃣using x = null } }", "Unexpected reserved word"),
      ("{ using 1️⃣x }", "Missing initializer in using declaration"),
      ("{ using x = 1; let 1️⃣x }", "Identifier 'x' has already been declared"),
    ])
  func `a using that may not stand there`(text: String, message: String) throws {
    let marked = MarkedSource(text)
    let error = try #require(marked.error())
    #expect(error.message == message)
  }

  @Test(
    arguments: [
      "switch (1) { case 1: { using x = null } }", "switch (1) { case 1: for (using x of y) ; }",
      "using x = null; await using y = null", "class C { static { using x = null } }",
      "for (using using of of) ; for (using of = null; ;) ;", "for (await using of of of) ;",
      "async function f() { for await (await using x of y) ; }",
      "let using, x; using(x); using\nx = 1",
    ])
  func `a using that may stand there`(text: String) {
    #expect(MarkedSource(text).error() == nil)
  }

  @Test func `a script has no resources at its top`() {
    #expect(MarkedSource("using x = null").error(isModule: false) != nil)
    #expect(MarkedSource("{ using x = null }").error(isModule: false) == nil)
  }
}
