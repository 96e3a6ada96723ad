import ModuleSyntax
import Testing

@Suite struct NestingTests {
  @Test(
    arguments: [
      ("[", "", "]"), ("(", "1", ")"), ("{", "", "}"), ("!", "1", ""), ("a ? ", "1", ": 1"),
      ("a => ", "1", ""), ("(a = ", "1", ") => 1"), ("`${", "1", "}`"), ("if (1) ", ";", ""),
      ("class A { static { ", "", "} }"), ("(class extends ", "A", "{})"), ("({ a: ", "1", "})"),
      ("new ", "a", ""), ("a = ", "1", ""), ("function f() {", "", "}"), ("await ", "1", ""),
      ("import(", "1", ")"), ("async(", "1", ")"), ("typeof ", "1", ""), ("for (;;) ", ";", ""),
      ("do ", ";", "while (0);"), ("try {", "", "} finally {}"), ("[", "", ""), ("f(", "", ""),
    ])
  func `deep nesting is an error, not a crash`(opening: String, middle: String, closing: String) {
    let count = 100_000
    let text =
      String(repeating: opening, count: count) + middle + String(repeating: closing, count: count)
    #expect(MarkedSource(plain: text).error()?.message == "Source text is nested too deeply")
  }

  @Test(
    arguments: [
      " + a", ".b", ", a", "()", "?.b", " && a", " ?? a", " ** a", "`x`", "[0]", ";a",
      " ? b : a",
    ])
  func `long chains are no nesting`(link: String) {
    #expect(MarkedSource(plain: "a" + String(repeating: link, count: 100_000)).error() == nil)
  }

  @Test func `a long chain of else if is no nesting`() {
    let text = String(repeating: "if (1) ; else ", count: 100_000) + ";"
    #expect(MarkedSource(plain: text).error() == nil)
  }

  @Test func `what people write nests well below the limit`() {
    for (opening, closing) in [("(", ")"), ("[", "]"), ("f(a => ", ")"), ("{ if (1) ", "}")] {
      let text =
        String(repeating: opening, count: 25) + "1" + String(repeating: closing, count: 25)
      #expect(MarkedSource(plain: text).error() == nil)
    }
  }

  @Test func `bytes that are no UTF-8 are errors outside strings and comments`() {
    let letter = UInt8(ascii: "a")
    #expect(error([letter, 0xFF]) == "Invalid or unexpected token")
    #expect(error([0xE2, 0x80]) == "Invalid or unexpected token")
    #expect(error([UInt8(ascii: "'"), 0xFF, UInt8(ascii: "'")]) == nil)
    #expect(error([UInt8(ascii: "/"), UInt8(ascii: "/"), 0xC0]) == nil)
  }

  private func error(_ bytes: [UInt8]) -> String? {
    do throws(SyntaxError) {
      _ = try ParsedModule.parse(SourceText(bytes: bytes, name: "test"))
      return nil
    } catch {
      return error.message
    }
  }
}
