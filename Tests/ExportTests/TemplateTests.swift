import CEmbeddedText
import Testing
import TextTemplates

@Suite struct TemplateTests {
  private static func filled(_ text: StaticString, _ values: [String: String]) -> String {
    text.withUTF8Buffer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return "" }
        return EmbeddedText(start: start, count: bytes.count).filled(values)
      }
    }
  }

  @Test func `A value stands in place of each placeholder of its name`() {
    #expect(
      Self.filled("<a b=\"$x$\">$x$$long$</a>\n", ["x": "1", "long": "2"]) == "<a b=\"1\">12</a>")
  }

  @Test func `Values are not searched for placeholders`() {
    #expect(Self.filled("$a$ $b$", ["a": "$b$", "b": "$a$ $c$"]) == "$b$ $a$ $c$")
  }

  @Test func `Lines of a value are indented as the line is`() {
    #expect(Self.filled("{\n  a = $a$;\n}\n", ["a": "(\n\n  1)"]) == "{\n  a = (\n\n    1);\n}")
  }

  @Test func `Other dollar signs stay`() {
    let text: StaticString = "$(\"at\") `${a}$` $ $$ $1$ $é$ a$b"
    #expect(Self.filled(text, [:]) == "\(text)")
  }
}
