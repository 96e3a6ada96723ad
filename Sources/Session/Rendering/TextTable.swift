/// Rows in aligned columns, two spaces or more between them; no lines.
struct TextTable {
  struct Cell {
    let text: String
    let style: TextStyle
    /// In columns.
    let width: Int

    init(_ text: String, _ style: TextStyle = .plain) {
      self.text = text
      self.style = style
      width = TerminalText.width(text)
    }
  }

  private var rows: [[Cell]] = []
  /// By column, the widest cell.
  private var widths: [Int] = []
  /// Between two columns.
  var gap = 3
  /// Columns are not padded further than this, so one long entry does not push all others away.
  var limit = 40

  mutating func add(_ cells: [Cell]) {
    rows.append(cells)
    for (index, cell) in cells.enumerated() {
      if index == widths.count { widths.append(0) }
      if cell.width > widths[index] { widths[index] = cell.width }
    }
  }

  /// The columns of its widest line.
  func width(gaps: [Int: Int] = [:]) -> Int {
    let columns = columns(gaps)
    var widest = 0
    for row in rows {
      var end = 0
      forEachCell(of: row, in: columns) { cell, before in end += before + cell.width }
      widest = max(widest, end)
    }
    return widest
  }

  mutating func addHead(_ titles: [String]) { add(titles.map { Cell($0, .dim) }) }

  /// Breaks the lists in the columns named, the first one first, until the rows fit into `width`;
  /// none gets narrower than twelve. When that does not do, the columns come closer, and then
  /// `others` are narrowed too. What is broken goes on in the same column of the next line.
  mutating func fold(
    _ columns: [Int], cutting others: [Int] = [], to width: Int, gaps: [Int: Int] = [:]
  ) {
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
    limit = max(limit, widths.max() ?? 0)
    var rooms: [(column: Int, width: Int)] = []
    for column in columns + others where total > width && column < widths.count {
      let room = min(widths[column], max(12, widths[column] - (total - width)))
      total -= widths[column] - room
      rooms.append((column, room))
    }
    if rooms.isEmpty { return }
    let whole = rows
    rows = []
    rows.reserveCapacity(whole.count)
    widths = []
    for row in whole {
      if rooms.allSatisfy({ $0.column >= row.count || row[$0.column].width <= $0.width }) {
        add(row)
      } else {
        for line in Self.lines(of: row, in: rooms) { add(line) }
      }
    }
  }

  /// A row as the lines that it takes when some of its columns have only so much room.
  private static func lines(
    of row: [Cell], in rooms: [(column: Int, width: Int)]
  ) -> [[Cell]] {
    var lines = [row]
    for (column, room) in rooms where column < row.count && row[column].width > room {
      for (index, part) in TerminalText.folded(row[column].text, to: room).enumerated() {
        if index == lines.count { lines.append(row.map { Cell("", $0.style) }) }
        lines[index][column] = Cell(part, row[column].style)
      }
    }
    return lines
  }

  /// Each row with a line break; the last column is not padded.
  func text(_ painter: TextPainter, gaps: [Int: Int] = [:]) -> String {
    let columns = columns(gaps)
    var result: [UInt8] = []
    for row in rows {
      forEachCell(of: row, in: columns) { cell, before in
        result.append(contentsOf: repeatElement(0x20, count: before))
        var text = painter.paint(cell.text, cell.style)
        text.withUTF8 { result.append(contentsOf: $0) }
      }
      result.append(0x0A)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private typealias Column = (width: Int, gap: Int)

  private func columns(_ gaps: [Int: Int]) -> [Column] {
    widths.enumerated().map { (min($1, limit), gaps[$0] ?? gap) }
  }

  /// Calls `body` with each cell that is not empty, and the spaces before it.
  private func forEachCell(
    of row: [Cell], in columns: [Column], _ body: (_ cell: Cell, _ before: Int) -> Void
  ) {
    var before = 0
    for (cell, column) in zip(row, columns) {
      if cell.width > 0 {
        body(cell, before)
        before = 0
      }
      before += max(0, column.width - cell.width) + column.gap
    }
  }
}
