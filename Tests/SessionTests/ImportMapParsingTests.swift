import Testing

@testable import Session

@Suite struct ImportMapParsingTests {
  private static func parse(_ text: String, at base: String) throws -> (ImportMap, [String]) {
    var warnings: [String] = []
    let url = try #require(URLRecord(base))
    return (try ImportMap(text, base: url, warnings: &warnings), warnings)
  }

  private static func dump(_ entries: [ImportMap.Entry]) -> String {
    entries.map { "\($0.key) → \($0.address?.text ?? "nothing")" }.joined(separator: ", ")
  }

  /// A map's `imports`, and what they are at `https://site.test/one/two`.
  static let imports: [(String, String)] = [
    (#"{}"#, ""),
    (#"{"imports": {}}"#, ""),
    (#"{"scopes": {}}"#, ""),
    (
      #"{"imports": {"b": "./b", "a": "./a"}}"#,
      "b → https://site.test/one/b, a → https://site.test/one/a"
    ),
    (#"{"imports": {"a": "../x"}}"#, "a → https://site.test/x"),
    (#"{"imports": {"a": "/x"}}"#, "a → https://site.test/x"),
    (#"{"imports": {"a": "./"}}"#, "a → https://site.test/one/"),
    (#"{"imports": {"a": "x"}}"#, "a → nothing"),
    (#"{"imports": {"a": "%2E/x"}}"#, "a → nothing"),
    (#"{"imports": {"a": "?x"}}"#, "a → nothing"),
    (##"{"imports": {"a": "#x"}}"##, "a → nothing"),
    (#"{"imports": {"a": ""}}"#, "a → nothing"),
    (#"{"imports": {"a": "https://b.test"}}"#, "a → https://b.test/"),
    (#"{"imports": {"a": "https://b.test:q"}}"#, "a → nothing"),
    (#"{"imports": {"a": "data:text/javascript,1"}}"#, "a → data:text/javascript,1"),
    (#"{"imports": {"a": null}}"#, "a → nothing"),
    (#"{"imports": {"a": true}}"#, "a → nothing"),
    (#"{"imports": {"a": ["./x"]}}"#, "a → nothing"),
    (#"{"imports": {"a": {}}}"#, "a → nothing"),
    (#"{"imports": {"": "./x"}}"#, ""),
    (#"{"imports": {"a/": "./x"}}"#, "a/ → nothing"),
    (#"{"imports": {"a/": "./x/"}}"#, "a/ → https://site.test/one/x/"),
    (#"{"imports": {"a": "./x/"}}"#, "a → https://site.test/one/x/"),
    (#"{"imports": {"a": "./1", "a": "./2"}}"#, "a → https://site.test/one/2"),
    (
      #"{"imports": {"./a": "/1", "./b/../a": "/2"}}"#,
      "https://site.test/one/a → https://site.test/2"
    ),
    (#"{"imports": {"./a?b#c": "/1"}}"#, "https://site.test/one/a?b#c → https://site.test/1"),
    (
      #"{"imports": {"a": "/1", "a/": "/2/", "ab": "/3", "a/b": "/4"}}"#,
      "ab → https://site.test/3, a/b → https://site.test/4, a/ → https://site.test/2/, a → https://site.test/1"
    ),
  ]

  @Test(arguments: imports) func `imports are normalised and sorted`(
    text: String, expected: String
  ) throws {
    let (map, _) = try Self.parse(text, at: "https://site.test/one/two")
    #expect(Self.dump(map.imports) == expected)
  }

  /// The keys of a map's scopes, longest first.
  static let scopes: [(String, String)] = [
    (#"{"scopes": {"foo": {}}}"#, "https://site.test/one/foo"),
    (
      #"{"scopes": {"./foo": {}, "../foo": {}, "/foo/": {}}}"#,
      "https://site.test/one/foo https://site.test/foo/ https://site.test/foo"
    ),
    (#"{"scopes": {"": {}}}"#, "https://site.test/one/two"),
    (#"{"scopes": {"a?b#c": {}}}"#, "https://site.test/one/a?b#c"),
    (#"{"scopes": {"http://[bad]/": {}}}"#, ""),
    (#"{"scopes": {"data:x": {}}}"#, "data:x"),
    (#"{"scopes": {"a//": {"1": "./1"}, "a\\\\": {"2": "./2"}}}"#, "https://site.test/one/a//"),
  ]

  @Test(arguments: scopes) func `scopes are URLs`(text: String, expected: String) throws {
    let (map, _) = try Self.parse(text, at: "https://site.test/one/two")
    #expect(map.scopes.map(\.prefix).joined(separator: " ") == expected)
  }

  @Test func `of scopes with one URL the last counts`() throws {
    let text = #"{"scopes": {"a//": {"1": "./1"}, "a\\\\": {"2": "./2"}}}"#
    let (map, _) = try Self.parse(text, at: "https://site.test/one/two")
    #expect(map.scopes.map { Self.dump($0.imports) } == ["2 → https://site.test/one/2"])
  }

  @Test func `nothing is relative to a data URL`() throws {
    let text = #"{"imports": {"a": "./x", "./b": "/y"}, "scopes": {"./c": {}}}"#
    let (map, warnings) = try Self.parse(text, at: "data:text/html,x")
    #expect(Self.dump(map.imports) == "a → nothing, ./b → nothing")
    #expect(map.scopes.isEmpty)
    #expect(warnings.count == 3)
  }

  static let warnings: [(String, String)] = [
    (#"{"import": {}}"#, #"an import map has no key "import""#),
    (#"{"imports": {"": "./x"}}"#, "the empty specifier stands for nothing"),
    (#"{"imports": {"a": 1}}"#, #"the address of "a" is no string"#),
    (#"{"imports": {"a": null}}"#, #"the address of "a" is no string"#),
    (
      #"{"imports": {"a": "x"}}"#,
      #"the address "x" of "a" is no URL, and does not begin with ./"#
    ),
    (#"{"imports": {"a/": "./x"}}"#, #"the address "./x" of "a/" does not end with a slash"#),
    (#"{"scopes": {"http://[bad]/": {}}}"#, #"the scope "http://[bad]/" is no URL"#),
    (#"{"scopes": {"x": {"a": 1}}}"#, #"the address of "a" is no string"#),
    (#"{"imports": {"a": "./x"}, "scopes": {}, "integrity": {}}"#, ""),
  ]

  @Test(arguments: warnings) func `what is left out is told`(
    text: String, expected: String
  ) throws {
    let (_, warnings) = try Self.parse(text, at: "https://site.test/one/two")
    #expect(warnings.joined(separator: "; ") == expected)
  }

  static let problems: [(String, ImportMap.Problem)] = [
    ("{imports: {}}", .malformed(offset: 1)),
    ("", .malformed(offset: 0)),
    ("null", .notAnObject("", isScope: false)),
    ("true", .notAnObject("", isScope: false)),
    ("1", .notAnObject("", isScope: false)),
    (#""x""#, .notAnObject("", isScope: false)),
    ("[]", .notAnObject("", isScope: false)),
    (#"{"imports": null}"#, .notAnObject("imports", isScope: false)),
    (#"{"imports": []}"#, .notAnObject("imports", isScope: false)),
    (#"{"scopes": "x"}"#, .notAnObject("scopes", isScope: false)),
    (#"{"scopes": 1}"#, .notAnObject("scopes", isScope: false)),
    (#"{"integrity": []}"#, .notAnObject("integrity", isScope: false)),
    (#"{"scopes": {"x": null}}"#, .notAnObject("x", isScope: true)),
    (#"{"scopes": {"x": []}}"#, .notAnObject("x", isScope: true)),
    (#"{"scopes": {"http://[bad]/": 1}}"#, .notAnObject("http://[bad]/", isScope: true)),
  ]

  @Test(arguments: problems) func `what is no import map`(
    text: String, expected: ImportMap.Problem
  ) {
    #expect(throws: expected) { try Self.parse(text, at: "https://site.test/") }
  }
}
