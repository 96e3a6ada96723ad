import Foundation
import Session
import Testing

/// What a page shows at moments between two transitions, and what it marks in sources.
@Suite struct HTMLPageMomentTests {
  private struct Page: Decodable {
    var labels: [String]
    var moments: [Moment]
    var rows: [Row]

    struct Moment: Decodable {
      var text: String?
      var place: Place?
      /// Positions in `rows`, of modules that have other values.
      var bindings: [[Int]] = []

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        _ = try parts.decode(Int.self)
        text = try? parts.decode(String.self)
        if text == nil { _ = try parts.decode([Int].self) }
        _ = try parts.decode(Int.self)
        place = try parts.decode(Place?.self)
        var changes = try parts.nestedUnkeyedContainer()
        while !changes.isAtEnd {
          var change = try changes.nestedUnkeyedContainer()
          guard try change.decode(String.self) == "b" else { continue }
          _ = try change.decode(Int.self)
          bindings.append(try change.decode([Int].self))
        }
      }
    }

    struct Place: Decodable {
      var kind: String
      var line: Int
      var spans: [[Int]]

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        _ = try parts.decode(Int.self)
        kind = try parts.decode(String.self)
        line = try parts.decode(Int.self)
        spans = try parts.decode([[Int]].self)
      }
    }

    struct Row: Decodable {
      var name: String
      var value: String

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        name = try parts.decode(String.self)
        _ = try parts.decode(String.self)
        value = try parts.decode(String.self)
      }
    }
  }

  private static func page(_ script: String) throws -> Page {
    try page(in: ExportedSession(script).export("html"))
  }

  private static func page(in text: String) throws -> Page {
    let data = try #require(text.firstMatch(of: #/id="data">(.*?)</script>/#))
    return try JSONDecoder().decode(Page.self, from: Data(data.1.utf8))
  }

  @Test func `values change where a body sets them, between transitions too`() throws {
    let page = try Self.page(
      """
      module other = export const q = 1
      module slow = export let v = "before"; await null; v = "after"; await import("other"); v = "end"
      link slow
      evaluate slow
      """)
    var seen: [String] = []
    for (label, moment) in zip(page.labels, page.moments) {
      for row in moment.bindings.joined().map({ page.rows[$0] }) where row.name == "v" {
        seen.append("\(label): \(row.value). \(moment.text ?? "a transition")")
      }
    }
    #expect(
      seen == [
        "2: <uninitialized>. a transition",
        "4: 'before'. a transition",
        "4+1: 'after'. slow runs on to an await.",
        "8+1: 'end'. slow runs on to its end. Its record is evaluated now.",
      ])
  }

  /// A source in which `‹` and `›` stand around what a moment marks.
  @Test(arguments: [
    ("4", "ran", "‹let a = 1; await a;› a = 2; await a; throw a"),
    ("4+1", "ran", "let a = 1; ‹await a; a = 2; await a;› throw a"),
    ("5", "ran", "let a = 1; await a; a = 2; ‹await a; throw a›"),
  ])
  func `the statements that ran are marked`(_ label: String, _ kind: String, _ marked: String)
    throws
  {
    let source = marked.filter { !"‹›".contains($0) }
    let page = try Self.page("module m = \(source)\nlink m\nevaluate m")
    let place = try #require(
      page.labels.firstIndex(of: label).flatMap { page.moments[$0].place })
    #expect(place.kind == kind)
    let span = try #require(place.spans.first)
    let characters = Array(source)
    let shown =
      characters[..<(span[1] - 1)] + ["‹"] + characters[(span[1] - 1)..<(span[3] - 1)] + ["›"]
      + characters[(span[3] - 1)...]
    #expect(String(shown) == marked)
  }

  @Test func `where nothing runs, nothing is said to run`() throws {
    let page = try Self.page(
      """
      module dep = export const x = 1
      module main <<END
      // What it needs.
      import { x } from "dep";
      console.log(x);
      END
      link main
      evaluate main
      module bad = import { y } from "dep"
      link bad
      """)
    let places = zip(page.labels, page.moments).compactMap { label, moment in
      moment.place.map { "\(label) \($0.kind) \($0.line)" }
    }
    #expect(places == ["1 asks 2", "7 ran 1", "8 ran 3", "9 asks 1", "10+1 fails 1"])
  }

  @Test func `columns are those of the line as the page shows it`() throws {
    let page = try Self.page("module m = let a = \"\u{7}\"; a\nlink m\nevaluate m")
    let spans = page.moments.last?.place?.spans
    #expect(spans == [[1, 1, 1, 18]])
  }

  @Test func `a loop that awaits and shows nothing is one moment`() throws {
    let page = try Self.page(
      """
      module m = for (let i = 0; i < 500; i++) await null; console.log("done")
      link m
      evaluate m
      """)
    #expect(
      page.moments.suffix(1).map(\.text) == [
        "m runs on to its end. Its record is evaluated now. 1 line on the console."
      ])
    #expect(page.labels.last == "4+1")
  }

  // What did not happen

  @Test(arguments: [
    "link main --step\nstep", "link main --step\nstep 3",
    "link main\nevaluate main --step\nstep 2",
    "link main\nevaluate main --step\nstep --statement",
  ])
  func `a page of a session with an open step ends where the session is`(_ steps: String) throws {
    let definitions = """
      module dep = export let x = await 1; console.log("dep")
      module main = import { x } from "dep"; console.log(x)
      """
    let session = ExportedSession("\(definitions)\n\(steps)")
    let transitions = session.reports.flatMap(\.transitions).count
    let text = try session.export("html")
    let page = try Self.page(in: text)
    let labels = page.labels.last?.split(separator: "+").first
    #expect(labels.map(String.init) == "\(transitions)")
    #expect(!text.contains("SIGINT"))
    #expect(!text.contains("ERR_SCRIPT_EXECUTION_INTERRUPTED"))
    #expect(!text.contains("no answer yet"))
    session.run("abort")
  }
}
