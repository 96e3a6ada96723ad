import ModuleSyntax
import Testing

@Suite struct ScriptTests {
  @Test(
    arguments: [
      "await; let await1; var await = 1; await\n(1)", "yield = 1; var yield", "let = 1; let\nlet1",
      "with (a) b", "010; '\\01'; 08", "delete a", "arguments = 1; eval = 1", "a\n--> comment",
      "x = 1 <!-- comment", "--> comment", "if (1) function f() {}",
      "{ function f() {} function f() {} }", "function f(a, a) {}", "a: function f() {}",
      "for (var i = 0 in {}) ;", "try {} catch (e) { var e }", "v\\u0061r1; l\\u0065t\na",
      "interface = static", "async = await; async\n(a)", "let\n[a] = 1", "for (let in {}) ;",
      "async (x = await)", "function f() {} var f; function f() {}",
    ])
  func `sloppy code is right`(text: String) {
    #expect(MarkedSource(text).error(isModule: false) == nil)
  }

  @Test func `variables and functions that become global are listed with their parts`() throws {
    let marked = MarkedSource(
      """
      var a = 1, b, { c } = o; for (var i = 0; ;) ; for (var k of []) ; { var d }
      function f() { var g } let h; var [] = []; async function* e() {}
      """)
    let script = try marked.script()
    #expect(
      pointTexts(script.rewritePoints, in: script.source) == [
        "var a = 1, b, { c } = o -> declaration 0", "var i = 0 -> declaration 3",
        "var k -> declaration 4", "var d -> declaration 5",
        "function f() { var g } -> declaration 6", "async function* e() {} -> declaration 8",
      ])
    #expect(script.declarations.map(\.name) == ["a", "b", "c", "i", "k", "d", "f", "h", "e"])
    let list = try #require(script.variableLists.first)
    #expect(
      list.declarators.map { script.source.slice($0.target) } == ["a", "b", "{ c }"])
    #expect(list.declarators.map(\.isPattern) == [false, false, true])
    #expect(
      list.declarators.map { $0.initializer.map(script.source.slice) } == ["1", nil, "o"])
    #expect(list.declarations == [0, 1, 2])
    #expect(script.variableLists.map(\.place) == [.statement, .forHead, .forInOrOf, .statement])
  }

  @Test func `a line at a prompt may await`() throws {
    let options = ScriptParsingOptions(allowsTopLevelAwait: true)
    let script = try MarkedSource("let a = await b; for await (const c of d) ;").script(options)
    #expect(
      pointTexts(script.rewritePoints, in: script.source) == [
        "await -> await", "for await (const c of d) ; -> for await",
      ])
    #expect(script.firstTopLevelAwait?.start == 8)
  }

  @Test func `the text of a direct eval sees the imports around it`() throws {
    let options = ScriptParsingOptions(isStrict: true, evalImports: ["x": 3, "y": 4])
    let script = try MarkedSource("x + z; { let x; x } (y) => y; ({ y } = {})").script(options)
    #expect(
      pointTexts(script.rewritePoints, in: script.source) == [
        "x -> import 3 value", "y -> import 4 shorthandTarget",
      ])
  }

  @Test func `what the surroundings of an eval allow is allowed`() {
    func message(_ text: String, _ options: ScriptParsingOptions) -> String? {
      do throws(SyntaxError) {
        _ = try ParsedScript.parse(SourceText(text, name: "test"), options: options)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message("new.target", ScriptParsingOptions(allowsNewTarget: true)) == nil)
    #expect(message("super.x", ScriptParsingOptions(allowsSuperProperty: true)) == nil)
    #expect(
      message("arguments", ScriptParsingOptions(forbidsArguments: true))
        == "'arguments' is not allowed in class field initializer or static initialization block")
    #expect(
      message("with (a) b", ScriptParsingOptions(isStrict: true))
        == "Strict mode code may not include a with statement")
  }

  @Test(
    arguments: [
      "1️⃣1 + 22️⃣ for x", "a 1️⃣ (b)2️⃣ with c", "1️⃣{ a: 1 }2️⃣ d", "x = 1️⃣y => ({ y })2️⃣, 3",
      "1️⃣ [1, 2]2️⃣", "1️⃣await2️⃣ x", "1️⃣a ? b : c2️⃣; d", "1️⃣'a'2️⃣ b",
    ])
  func `an expression ends before what cannot belong to it`(text: String) throws {
    let marked = MarkedSource(text)
    let start = try #require(marked[1])
    #expect(try endOfExpression(in: marked.source, from: start) == marked[2])
  }
}
