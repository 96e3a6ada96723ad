/// Rows in aligned columns, two spaces or more between them; no lines.
struct TextTable {
  struct Cell {
    var text: String
    var style: TextStyle

    init(_ text: String, _ style: TextStyle = .plain) {
      self.text = text
      self.style = style
    }
  }

  private var rows: [[Cell]] = []
  /// Between two columns.
  var gap = 3
  /// Columns are not padded further than this, so one long entry does not push all others away.
  var limit = 40

  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The columns of its widest line.
  func width(gaps: [Int: Int] = [:]) -> Int {
    text(TextPainter(hasColor: false), gaps: gaps).split(separator: "\n")
      .map { TerminalText.width($0) }.max() ?? 0
  }

  mutating func addHead(_ titles: [String]) { rows.append(titles.map { Cell($0, .dim) }) }

  /// Breaks the lists in the columns named, the first one first, until the rows fit into `width`;
  /// none gets narrower than twelve. When that does not do, the columns come closer, and then
  /// `others` are narrowed too. What is broken goes on in the same column of the next line.
  mutating func fold(
    _ columns: [Int], cutting others: [Int] = [], to width: Int, gaps: [Int: Int] = [:]
  ) {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        let width = TerminalText.width(cell.text)
        if index < widths.count {
          widths[index] = max(widths[index], width)
        } else {
          widths.append(width)
        }
      }
    }
    var total = widths.indices.dropLast().reduce(widths.last ?? 0) {
      $0 + widths[$1] + (gaps[$1] ?? gap)
    }
    let least = columns.reduce(total) { total, column in
      column < widths.count ? total - max(0, widths[column] - 12) : total
    }
    if least > width {
      let closer = widths.indices.dropLast().filter { gaps[$0] == nil }.count
      total -= closer * (gap - 2)
      gap = 2
    }
    var rooms: [Int: Int] = [:]
    for column in columns + others where total > width && column < widths.count {
      let room = min(widths[column], max(12, widths[column] - (total - width)))
      total -= widths[column] - room
      rooms[column] = room
    }
    if !rooms.isEmpty { rows = rows.flatMap { Self.lines(of: $0, in: rooms) } }
    limit = max(limit, widths.max() ?? 0)
  }

  /// A row as the lines that it takes when some of its columns have only so much room.
  private static func lines(of row: [Cell], in rooms: [Int: Int]) -> [[Cell]] {
    var lines = [row]
    for (column, room) in rooms where column < row.count {
      for (index, part) in TerminalText.folded(row[column].text, to: room).enumerated() {
        if index == lines.count { lines.append(row.map { Cell("", $0.style) }) }
        lines[index][column].text = part
      }
    }
    return lines
  }

  /// Each row with a line break; the last column is not padded.
  func text(_ painter: TextPainter, gaps: [Int: Int] = [:]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        let width = min(TerminalText.width(cell.text), limit)
        if index < widths.count {
          widths[index] = max(widths[index], width)
        } else {
          widths.append(width)
        }
      }
    }
    var result = ""
    for row in rows {
      var line = ""
      var pending = 0
      for (index, cell) in row.enumerated() {
        let width = TerminalText.width(cell.text)
        if width > 0 {
          line += String(repeating: " ", count: pending)
          line += painter.paint(cell.text, cell.style)
          pending = 0
        }
        pending += max(0, widths[index] - width) + (gaps[index] ?? gap)
      }
      result += line + "\n"
    }
    return result
  }
}
