import ModuleSyntax
import Testing

@testable import Session

@Suite struct ResolverRuleTests {
  static let texts = [
    #""dep" => dep"#,
    #""lib/*" => *"#,
    #"/^a-(.+)$/i => $1"#,
    #""dep" => value ({ not: "a module" })"#,
    #""dep" => value undefined for main with type=json"#,
    #""dep" => throw new Error("no") for main"#,
    #""dep" => reject 1 with a=b "c d"="e f""#,
    #""dep" => delay 10 delay 5 dep"#,
    #""dep" => pending"#,
    #""dep" => ask"#,
    #""dep" => js ((s, r) => modules[s])"#,
    #""dep" => file /a/b"#,
    #""dep" => "value""#,
  ]

  @Test(arguments: texts) func `a rule's text is what was typed`(text: String) throws {
    let command = try #require(parse("resolve " + text)).get()
    guard case .resolve(let rule) = command else {
      Issue.record("no rule")
      return
    }
    #expect(rule.text == text)
  }

  @Test func `for and with come in any order`() throws {
    #expect(
      parse("resolve a => b for c with d=e f='g h'")
        == parse("resolve a => b with d=e f='g h' for c"))
  }

  @Test(
    arguments: [
      ("dep", "dep", ["hit"]), ("dep", "dep2", nil), ("lib/*", "lib/a/b", ["a/b"]),
      ("lib/*", "lib/", [""]), ("lib/*", "lib", nil), ("*.js", "a.js", ["a"]), ("*", "", [""]),
      ("ab*ba", "aba", nil), ("é", "e\u{301}", nil),
    ] as [(String, String, [String]?)])
  func `a pattern matches`(pattern: String, specifier: String, captures: [String]?) throws {
    let command = try #require(parse("resolve \(quoted(pattern)) => x")).get()
    guard case .resolve(let rule) = command else { return }
    let match = rule.pattern.match(specifier)
    #expect(match?.captures == (captures == ["hit"] ? [] : captures?.map { $0 }))
  }

  @Test(arguments: [
    ("*", "a"), ("x-*-*", "x-a-a"), ("$1$2", "ab"), ("$3", "$3"), ("$$1", "$1"), ("$10", "a0"),
    ("plain", "plain"),
  ])
  func `captures stand in the target`(text: String, expected: String) {
    #expect(RulePattern.Match(captures: ["a", "b"]).substituted(into: text) == expected)
  }

  @Test func `with needs the named keys and no others`() throws {
    guard case .resolve(let rule) = try #require(parse("resolve a => b with type=json")).get()
    else {
      return
    }
    let none: RulePattern.RegularExpressionMatcher = { _, _, _ in nil }
    func matches(_ attributes: [(key: String, value: String)]) -> Bool {
      rule.match(
        specifier: "a", referrer: nil, attributes: attributes, regularExpression: none) != nil
    }
    #expect(matches([("type", "json")]))
    #expect(matches([("x", "y"), ("type", "json")]))
    #expect(!matches([("type", "text")]))
    #expect(!matches([]))
  }

  @Test func `a person at an ask rule types a target`() {
    #expect(
      RuleTargetReader.read("value 42", scanner: ModuleSyntaxScanner())
        == .success(.value(CarriedText("42"))))
    #expect(
      RuleTargetReader.read("", scanner: ModuleSyntaxScanner())
        == .failure(CommandError(.missingTarget, .init(0, 0))))
  }
}
