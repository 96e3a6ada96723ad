import Foundation
import Session
import Testing

@Suite struct HTMLPageTests {
  private static let script = """
    module counter = export let n = 1; export function up() { n++ }
    module main <<END
    import { n, up } from "counter";
    up();
    console.log("sees", n);
    END
    link main
    evaluate main
    module bad = throw new TypeError("no")
    link bad
    evaluate bad
    """

  /// The data of a page.
  private static func data(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: "id=\"data\">")).upperBound
    let end = try #require(page.range(of: "</script>", range: start..<page.endIndex)).lowerBound
    let object = try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8))
    return try #require(object as? [String: Any])
  }

  @Test func `every transition, module, line of the console and command is in the page`() throws {
    let exported = ExportedSession(Self.script)
    let transitions = exported.reports.flatMap(\.transitions)
    let page = try exported.export("html")
    let data = try Self.data(page)
    let nodes = try #require(data["nodes"] as? [String])
    #expect(nodes == ["counter", "main", "bad"])
    let statuses = try #require(data["statuses"] as? [[String]]).map { $0[0] }
    let moments = try #require(data["moments"] as? [[Any]])
    let shown = moments.compactMap { $0[1] as? [Int] }.map {
      "\(nodes[$0[0]]) \(statuses[$0[1]]) \(statuses[$0[2]])"
    }
    #expect(shown == transitions.map { "\($0.module) \($0.from) \($0.to)" })
    #expect(Self.contents(page, of: #/<div class="entry">(.*?)</div>/#) == ["sees 2"])
    let commands = Self.contents(page, of: #/<li><pre><code>(.*?)</code>/#.dotMatchesNewlines())
    #expect(commands.count == 7)
    #expect(commands.last == "evaluate bad")
    #expect(page.contains("<span class=\"failure\">TypeError: no</span>"))
    #expect(Self.contents(page, of: #/data-source="(\d+)"/#) == ["0", "1", "2"])
  }

  private static func contents(
    _ page: String, of pattern: Regex<(Substring, Substring)>
  ) -> [String] {
    page.matches(of: pattern).map { String($0.1) }
  }

  @Test func `without its script, the page shows the end of the session`() throws {
    let page = try ExportedSession(Self.script).export("html")
    let text = page.replacing(#/<[^>]*>/#, with: "|").replacing(#/\|+\n?\|*/#, with: "|")
    #expect(text.contains("|counter|source|evaluated|evaluated|–|"))
    #expect(text.contains("|main|source|evaluated|evaluated|counter|"))
    #expect(text.contains("|bad|source|errored|TypeError: no|evaluated|–|"))
    #expect(text.contains("|n|import|2|n of counter|"))
    #expect(text.contains("|● evaluated|"))
    #expect(
      page.contains("<g class=\"module errored\" data-node=\"2\"><title>bad: errored</title>"))
    #expect(!page.contains("<g class=\"module gone\""))
  }

  @Test func `without its script, nothing on the page can be pressed or stopped at`() throws {
    let page = try ExportedSession(Self.script).export("html")
    let controls = page.matches(of: #/<(button|input|select|a)\b|tabindex/#).map(\.range.lowerBound)
    let moving = page.ranges(of: #/<(\w+) class="[^"]*\bmoving\b.*?<\/\1>/#.dotMatchesNewlines())
    #expect(!controls.isEmpty)
    #expect(controls.allSatisfy { control in moving.contains { $0.contains(control) } })
  }

  @Test func `what is said of a moment is short, and the console has it all`() throws {
    let page = try ExportedSession(
      """
      js throw new Error("first line\\nsecond line")
      js throw new Error("x".repeat(10_000))
      """
    ).export("html")
    let texts = try #require(try Self.data(page)["moments"] as? [[Any]]).map { $0[1] as? String }
    #expect(texts[1] == "The command fails: Error: first line…")
    #expect(texts[2] == "The command fails: Error: " + String(repeating: "x", count: 192) + "…")
    #expect(
      page.contains("<span class=\"level\">failed</span> Error: first line\nsecond line</div>"))
    #expect(page.contains(String(repeating: "x", count: 10_000) + "</div>"))
  }

  @Test func `the console has what commands answered, after the command`() throws {
    let page = try ExportedSession(
      """
      module main = console.warn("careful"); export const x = 1
      link main
      evaluate main
      js 1 +
        1
      js Promise.reject(new TypeError("nobody")); [1]
      """
    ).export("html")
    let entries = page.matches(of: #/<div class="entry([^"]*)">(.*?)</div>/#)
      .map { "\($0.1)|\($0.2.replacing(#/<[^>]*>/#, with: ""))" }
    #expect(
      entries == [
        " command|evaluate main", " warn|warn careful", " command|js 1 + …", " result|2",
        " command|js Promise.reject(new TypeError(&quot;nobody&quot;)); [1]",
        " error|unhandled TypeError: nobody", " result|[ 1 ]",
      ])
  }

  @Test func `what happens after the last transition of a command is a moment of its own`() throws {
    let exported = ExportedSession(
      """
      module slow = export let x = 1; await null; x = 2; console.log(x)
      link slow
      evaluate slow
      module bad = import { y } from "slow"
      link bad
      """)
    let data = try Self.data(try exported.export("html"))
    let moments = try #require(data["moments"] as? [[Any]])
    let texts = moments.map { $0[1] as? String ?? "a transition" }
    #expect(
      texts == [
        "The session is empty.", "New: slow.", "a transition", "a transition", "a transition",
        "a transition",
        "slow runs on to its end. Its record is evaluated now. 1 line on the console.",
        "New: bad.", "a transition", "a transition",
        "The command fails: SyntaxError: "
          + "The requested module 'slow' does not provide an export named 'y'",
      ])
  }

  @Test func `a replaced module is said to be replaced as long as something refers to it`() throws {
    let exported = ExportedSession(
      """
      module dep = export const x = 1
      module main = import "dep"
      link main
      module dep = export const x = 2
      """)
    let page = try exported.export("html")
    #expect(page.contains("<th scope=\"row\">dep (replaced)</th>"))
    #expect(page.contains("<g class=\"module linked replaced\" data-node=\"0\">"))
    exported.run("remove main")
    let later = try exported.export("html")
    #expect(!later.contains("(replaced)</th>"))
    #expect(later.contains(">dep (earlier)</h3>"))
  }

  @Test func `letters from right to left cannot move the code beside them`() throws {
    let page = try ExportedSession("module m = export const ש = \"ערך\"").export("html")
    #expect(page.contains("export const <bdi>ש</bdi> = &quot;<bdi>ערך</bdi>&quot;"))
  }

  @Test func `the lines of a source are those that positions count`() throws {
    let page = try ExportedSession(
      "js new vm.SourceTextModule('a;\\r\\nb;\\u2028c;\\rd'); 0"
    ).export("html")
    let lines = Self.contents(page, of: #/<span class="line">(.*?)\n</span>/#)
    #expect(lines == ["a;", "b;", "c;", "d"])
  }

  @Test func `the same session makes the same bytes`() throws {
    let first = try ExportedSession(Self.script).export("html")
    let exported = ExportedSession(Self.script)
    #expect(try exported.export("html") == first)
    #expect(try exported.export("html") == first)
  }

  @Test func `a binding has the value that it had at each moment`() throws {
    let exported = ExportedSession(Self.script)
    let data = try Self.data(try exported.export("html"))
    let rows = try #require(data["rows"] as? [[Any]])
    let values = rows.filter { $0[0] as? String == "n" && $0[1] as? String == "import" }
      .map { $0[2] as? String }
    #expect(values == ["<uninitialized>", "1", "2"])
  }

  @Test func `what users wrote cannot end an element, and no control character is left`() throws {
    let hostile = "</script><script>alert(1)</script>&\u{2028}\u{1F600}\u{7}\u{1B}[31m"
    let exported = ExportedSession(
      """
      module '<img src=x onerror=a>' <<END
      export const text = `\(hostile)`;
      console.log(text);
      END
      link '<img src=x onerror=a>'
      evaluate '<img src=x onerror=a>'
      """)
    let page = try exported.export("html")
    #expect(!page.contains("alert(1)</script>"))
    #expect(!page.contains("<img"))
    #expect(page.components(separatedBy: "</script>").count == 3)
    #expect(
      page.unicodeScalars.allSatisfy {
        $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{2028}")
      })
    #expect(
      page.contains(
        "<div class=\"entry\">&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"
          + "\\u2028\u{1F600}\\x07\\x1b[31m</div>"))
  }

  /// Attributes and elements of the page are well-formed: each that is opened is closed, in order.
  @Test func `elements are nested as they should be`() throws {
    let exported = ExportedSession(Self.script)
    let page = try exported.export("html")
    let body = try #require(page.range(of: "<body>")).lowerBound
    let end = try #require(page.range(of: "<script type=")).lowerBound
    var open: [String] = []
    let void: Set<String> = ["input", "path", "rect"]
    for match in page[body..<end].matches(of: /<(\/?)([a-z0-9]+)(?:\s[^<>]*?)?(\/?)>/) {
      let name = String(match.2)
      if match.1 == "/" {
        #expect(open.popLast() == name)
      } else if match.3.isEmpty, name != "input" {
        open.append(name)
      } else {
        #expect(void.contains(name))
      }
    }
    #expect(open == ["body"])
  }

  @Test func `a session in the middle of stepping, and one that was stepped`() throws {
    let exported = ExportedSession(
      """
      module b = export const y = 1
      module a = import { y } from "b"; export let x = y + 1
      link a
      evaluate a --step
      step 2
      """)
    #expect(try exported.export("html").contains("evaluate a --step"))
    exported.run("at 3 bindings a\ncontinue")
    #expect(exported.reports.last?.isOK == true)
    let moments = try #require(Self.data(exported.export("html"))["moments"] as? [Any])
    #expect(moments.count >= 8)
  }

  @Test func `300 transitions of 200 modules make less than two megabytes`() throws {
    var script = ""
    for number in 0..<200 {
      let next = number < 199 ? "import { x as y } from \"m\(number + 1)\"; " : ""
      script += "module m\(number) = \(next)export const x = \(number); console.log(x)\n"
    }
    script += "link m0\nevaluate m0\n"
    let exported = ExportedSession(script)
    let page = try exported.export("html")
    #expect(page.utf8.count < 2_000_000)
    #expect(try #require(try Self.data(page)["moments"] as? [Any]).count > 800)
  }

  @Test func `a file that cannot be written is an error, and nothing is left behind`() throws {
    let exported = ExportedSession("module main = 1")
    let report = try #require(exported.run("export html /no/such/folder/page.html"))
    #expect(!report.isOK)
    #expect(report.error?.message.contains("/no/such/folder/page.html") == true)
  }
}
