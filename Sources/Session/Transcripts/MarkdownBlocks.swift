/// Follows the quotations and list items of a Markdown text, as far as it takes to know what is a fence.
struct MarkdownBlocks {
  /// A line without what says in which blocks it stands.
  struct Line {
    /// What further lines have before them: blanks, `>`, and blanks in the place of list markers.
    var prefix: String
    var text: Substring
    /// Indented so far that it is code.
    var isCode: Bool
  }

  /// The columns at which the texts of the open list items begin, the innermost last.
  private var items: [Int] = []
  private var isAfterBlankLine = true

  mutating func read(_ line: Substring) -> Line {
    var prefix = ""
    var rest = line
    var column = 0
    /// Where the innermost block begins that the line itself opens.
    var opened: Int?
    while true {
      let blanks = rest.prefix { $0 == " " || $0 == "\t" }
      let begin = Self.column(after: blanks, at: column)
      let text = rest.dropFirst(blanks.count)
      prefix += blanks
      guard opened.map({ begin - $0 < 4 }) ?? true, let mark = Self.mark(of: text) else {
        // A paragraph goes on where it likes; after an empty line, items end that begin further right.
        if opened == nil, isAfterBlankLine, !text.isEmpty { items.removeAll { $0 > begin } }
        isAfterBlankLine = text.isEmpty && opened == nil
        let block = opened ?? items.last { $0 <= begin } ?? 0
        return Line(prefix: prefix, text: text, isCode: begin - block >= 4)
      }
      rest = text.dropFirst(mark.count)
      column = begin + mark.count
      if mark == ">" {
        // One blank belongs to it.
        let blank = rest.prefix(1) == " " ? 1 : 0
        prefix += rest.prefix(blank).isEmpty ? ">" : "> "
        rest = rest.dropFirst(blank)
        column += blank
        opened = column
      } else {
        prefix += String(repeating: " ", count: mark.count)
        items.removeAll { $0 > begin }
        let next = Self.column(after: rest.prefix { $0 == " " || $0 == "\t" }, at: column)
        let item = next - column > 4 ? column + 1 : next
        items.append(item)
        opened = item
      }
    }
  }

  /// `>`, or the marker of a list item.
  private static func mark(of text: Substring) -> Substring? {
    if text.first == ">" { return text.prefix(1) }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let sign = text.dropFirst(digits.count).first
    let isMarker =
      digits.isEmpty
      ? sign == "-" || sign == "*" || sign == "+"
      : digits.count < 10 && (sign == "." || sign == ")")
    let rest = text.dropFirst(digits.count + 1)
    guard isMarker, rest.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
    return text.prefix(digits.count + 1)
  }

  private static func column(after blanks: Substring, at column: Int) -> Int {
    blanks.reduce(column) { $1 == "\t" ? $0 / 4 * 4 + 4 : $0 + 1 }
  }
}
