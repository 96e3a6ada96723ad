import ModuleSyntax
import Session
import Testing

/// Texts may share a name; the places of their errors must not mix.
@MainActor @Suite struct SameNameTests {
  private static let redefinition = """
    module dep = export const f = () => { null.x };
    link dep
    evaluate dep
    js globalThis.f = ns.dep.f
    module dep = "a text that is much longer than the other"; 1; say
    link dep
    evaluate dep

    """

  @Test(arguments: 0..<5)
  func `an error has the place in its own module`(_: Int) throws {
    let answers = answers(to: Self.redefinition + "js f()")
    let later = try #require(answers[6].error)
    #expect(later.module == "dep")
    #expect(later.position?.line == 1)
    #expect(later.position?.column ?? 0 > 48)
    let earlier = try #require(answers[7].error)
    #expect(earlier.module == "dep")
    #expect(earlier.position == SourcePosition(line: 1, column: 31))
    #expect(earlier.stack?.hasSuffix("at f (dep:1:31)\n    at js:1:1") == true)
  }

  @Test func `a function has the place in the line that made it`() throws {
    let answers = answers(
      to: """
        js globalThis.f = () => { null.y }
        js 1; f()
        js function g() {\n  return new Error('q').stack } [g(), console.log(g())]
        """)
    #expect(try #require(answers[1].error?.stack).hasSuffix("at js:1:29\n    at js:1:4"))
    let marks: Set<Unicode.Scalar> = ["\u{2060}", "\u{2061}", "\u{2062}", "\u{2063}", "\u{2064}"]
    #expect(!answers[2].json().text.unicodeScalars.contains(where: marks.contains))
  }

  @Test func `a module with the name of modlab's own texts keeps its places`() throws {
    let answers = answers(
      to: "module 'modlab:realm' = null.z\nlink modlab:realm\nevaluate modlab:realm")
    #expect(answers[2].error?.position == SourcePosition(line: 1, column: 6))
  }
}
