/// Names in columns, read downwards, as `ls` shows them.
struct ColumnLayout {
  let rows: [String]

  init(_ names: [String], width: Int) {
    let columnWidth = (names.map(\.displayWidth).max() ?? 0) + 2
    let columns = max(1, width / max(1, columnWidth))
    let height = (names.count + columns - 1) / columns
    rows = (0..<height).map { row in
      let inRow = stride(from: row, to: names.count, by: height).map { names[$0] }
      let padded = inRow.dropLast().map {
        $0 + String(repeating: " ", count: columnWidth - $0.displayWidth)
      }
      return padded.joined() + (inRow.last ?? "")
    }
  }
}
