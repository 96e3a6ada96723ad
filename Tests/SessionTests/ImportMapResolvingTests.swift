import Testing

@testable import Session

/// What a map makes of specifiers. The map lies at `https://site.test/app/index.html`.
struct ImportMapCase: CustomTestStringConvertible, Sendable {
  var map: String
  var referrer = "https://site.test/js/main.mjs"
  /// Specifiers and what they resolve to; `bare` and `blocked` are no URLs.
  var expected: [(String, String)]

  var testDescription: String { "\(map) for \(referrer)" }

  static func resolve(_ specifier: String, _ map: ImportMap, _ referrer: String) -> String {
    guard let base = URLRecord(referrer) else { return "no base" }
    switch map.resolve(specifier, base: base) {
    case .mapped(let url, _, _), .unmapped(let url): return url.text
    case .bare: return "bare"
    case .blocked: return "blocked"
    }
  }
}

@Suite struct ImportMapResolvingTests {
  static let cases: [ImportMapCase] = [
    // Without a map: what is a URL stands for itself.
    ImportMapCase(
      map: "{}",
      expected: [
        ("./a", "https://site.test/js/a"), ("./a/../b", "https://site.test/js/b"),
        ("./a/../../b", "https://site.test/b"), ("../a", "https://site.test/a"),
        ("../../../a/b", "https://site.test/a/b"), ("/a", "https://site.test/a"),
        ("/../../a", "https://site.test/a"), ("https://other.test", "https://other.test/"),
        ("https:other.test", "https://other.test/"),
        ("https://///other.test///", "https://other.test///"),
        ("https://oth%65r.test/", "https://other.test/"),
        ("data:text/plain,x", "data:text/plain,x"),
        ("about:blank", "about:blank"), ("mailto:a", "mailto:a"), ("wss:a", "wss://a/"),
        ("node:vm", "node:vm"), ("file:///a/b.mjs", "file:///a/b.mjs"),
        ("HTTPS://OTHER.test/A", "https://other.test/A"),
        ("https://other.test:443/a", "https://other.test/a"),
        ("https://other.test:444/a", "https://other.test:444/a"),
      ]),
    // Bare, however much they look like paths.
    ImportMapCase(
      map: "{}",
      expected: [
        ("a", "bare"), ("a/b.mjs", "bare"), ("\\a", "bare"), (":a", "bare"), ("@a/b", "bare"),
        ("%2E/a", "bare"), ("%2E%2E/a", "bare"), (".%2Fa", "bare"), (".a", "bare"), ("..a", "bare"),
        ("~/a", "bare"), ("#a", "bare"), ("?a", "bare"), ("", "bare"),
        ("https://bad.test:port", "bare"), ("http://[bad.test]/", "bare"), ("https://", "bare"),
      ]),
    // Keys that are relative are the URLs that they stand for.
    ImportMapCase(
      map: #"{"imports": {"./a.mjs": "./b.mjs", "/lib/": "/vendor/", "https://cdn.test/x": "/x"}}"#,
      expected: [
        ("../app/a.mjs", "https://site.test/app/b.mjs"),
        ("https://site.test/app/a.mjs", "https://site.test/app/b.mjs"),
        ("./a.mjs", "https://site.test/js/a.mjs"), ("/lib/c.mjs", "https://site.test/vendor/c.mjs"),
        ("../lib/c.mjs", "https://site.test/vendor/c.mjs"),
        ("https://cdn.test/x", "https://site.test/x"),
        ("https://cdn.test/%78", "https://cdn.test/%78"),
        ("https://cdn.test/x?q", "https://cdn.test/x?q"),
      ]),
    // Packages: the name itself, and what is in it.
    ImportMapCase(
      map:
        #"{"imports": {"moon": "/m/moon.mjs", "moon/": "/m/src/", "sun/": "../s/", "far/": "https://cdn.test/"}}"#,
      expected: [
        ("moon", "https://site.test/m/moon.mjs"), ("moon/a", "https://site.test/m/src/a"),
        ("moon/", "https://site.test/m/src/"), ("moonlight", "bare"), ("sun", "bare"),
        ("sun/x/y.mjs", "https://site.test/s/x/y.mjs"), ("far/z", "https://cdn.test/z"),
        ("Moon", "bare"), ("moon/a?b#c", "https://site.test/m/src/a?b#c"),
      ]),
    // Nothing leads out of a prefix.
    ImportMapCase(
      map: #"{"imports": {"p/": "/deep/p/", "p/q/": "https://cdn.test/one/two/"}}"#,
      expected: [
        ("p/..", "blocked"), ("p/../x", "blocked"), ("p/%2E%2E/x", "blocked"), ("p//x", "blocked"),
        ("p/a/../b", "https://site.test/deep/p/b"), ("p/q/..", "blocked"),
        ("p/q/../../x", "blocked"), ("p/q/https://site.test/", "blocked"),
        ("p/./x", "https://site.test/deep/p/x"), ("p/\\x", "blocked"),
      ]),
    // The longest key wins, in whatever order they are written.
    ImportMapCase(
      map: #"{"imports": {"a/b/": "/4/", "a": "/1", "a/b": "/3", "a/": "/2/"}}"#,
      expected: [
        ("a", "https://site.test/1"), ("a/", "https://site.test/2/"),
        ("a/x", "https://site.test/2/x"),
        ("a/b", "https://site.test/3"), ("a/b/", "https://site.test/4/"),
        ("a/b/c", "https://site.test/4/c"), ("a/bc", "https://site.test/2/bc"),
      ]),
    // An entry that leads nowhere blocks what is less specific, and the URL itself.
    ImportMapCase(
      map:
        #"{"imports": {"n/": "/1/", "n/b/": null, "n/b/c/": "/2/", "u/": "/1/", "u/b/": "https://:u:/", "s/": "/1/", "s/b/": "/x", "r/": "data:text/javascript,/", "/z.mjs": null, "e": 5}}"#,
      expected: [
        ("n/x", "https://site.test/1/x"), ("n/b/x", "blocked"),
        ("n/b/c/x", "https://site.test/2/x"),
        ("u/x", "https://site.test/1/x"), ("u/b/x", "blocked"), ("s/b/x", "blocked"),
        ("r/x", "blocked"), ("/z.mjs", "blocked"), ("../z.mjs", "blocked"), ("e", "blocked"),
      ]),
    // Scopes: by prefix when they end with a slash, else exactly; the longest first.
    ImportMapCase(
      map: scoped, referrer: "https://site.test/other/x.mjs",
      expected: [
        ("a", "https://site.test/a1"), ("b", "https://site.test/b1"), ("c", "https://site.test/c1"),
      ]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/s2/x.mjs",
      expected: [
        ("a", "https://site.test/a2"), ("b", "https://site.test/b1"), ("c", "https://site.test/c1"),
      ]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/s2/s3/x.mjs",
      expected: [
        ("a", "https://site.test/a2"), ("b", "https://site.test/b3"), ("c", "blocked"),
      ]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/s2", expected: [("a", "https://site.test/a1")]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/exact", expected: [("a", "https://site.test/a4")]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/exact/x", expected: [("a", "https://site.test/a1")]),
    ImportMapCase(
      map: scoped, referrer: "https://site.test/exactly", expected: [("a", "https://site.test/a1")]),
    ImportMapCase(
      map: #"{"scopes": {"": {"a": "/empty"}, "./": {"b": "/dot"}, "../": {"c": "/dots"}}}"#,
      referrer: "https://site.test/app/index.html",
      expected: [
        ("a", "https://site.test/empty"), ("b", "https://site.test/dot"),
        ("c", "https://site.test/dots"), ("d", "bare"),
      ]),
    ImportMapCase(
      map: #"{"scopes": {"/js/": {"./x.mjs": "/y.mjs", "https://cdn.test/": "/cdn/"}}}"#,
      expected: [
        ("/app/x.mjs", "https://site.test/y.mjs"),
        ("https://cdn.test/q", "https://site.test/cdn/q"),
        ("./x.mjs", "https://site.test/js/x.mjs"),
      ]),
    // Only special URLs, and bare specifiers, are matched by prefix.
    ImportMapCase(
      map:
        #"{"imports": {"data:text/": "/d/", "data:text/x": "/exact", "http://h.test/": "/h/", "blob:a/": "/b/"}}"#,
      expected: [
        ("data:text/y", "data:text/y"), ("data:text/x", "https://site.test/exact"),
        ("http://h.test/a", "https://site.test/h/a"), ("blob:a/b", "blob:a/b"),
        ("data:text/", "https://site.test/d/"),
      ]),
    // Names that JavaScript objects and paths make tricky.
    ImportMapCase(
      map:
        #"{"imports": {"__proto__": "/proto", "constructor": "/con", "%2E/": "/enc/", "a b": "/space", "é": "/e", "\u0061\ud83d\ude00": "/face"}}"#,
      expected: [
        ("__proto__", "https://site.test/proto"), ("constructor", "https://site.test/con"),
        ("toString", "bare"), ("%2E/x", "https://site.test/enc/x"),
        ("./x", "https://site.test/js/x"),
        ("a b", "https://site.test/space"), ("é", "https://site.test/e"), ("e\u{301}", "bare"),
        ("a😀", "https://site.test/face"),
      ]),
  ]

  static let scoped =
    #"{"imports": {"a": "/a1", "b": "/b1", "c": "/c1"}, "scopes": {"/s2/": {"a": "/a2"}, "/s2/s3/": {"b": "/b3", "c": null}, "/exact": {"a": "/a4"}}}"#

  @Test(arguments: cases) func `a specifier resolves`(test: ImportMapCase) throws {
    var warnings: [String] = []
    let base = try #require(URLRecord("https://site.test/app/index.html"))
    let map = try ImportMap(test.map, base: base, warnings: &warnings)
    for (specifier, expected) in test.expected {
      #expect(
        ImportMapCase.resolve(specifier, map, test.referrer) == expected, "\(quoted(specifier))")
    }
  }

  @Test func `the table has more than 80 specifiers`() {
    #expect(Self.cases.reduce(0) { $0 + $1.expected.count } > 80)
  }
}
