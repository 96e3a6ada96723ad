extension TextRenderer {
  /// The depth-first search's stack, the module entered last at the bottom; nothing when it is
  /// empty.
  func stack(_ rows: [StepReport.StackRow], done: String) -> String {
    if rows.isEmpty { return "" }
    let shown = rows.suffix(12)
    var table = TextTable()
    table.addHead(["", "STACK", "INDEX", "ANCESTOR", done])
    if shown.count < rows.count {
      table.add([
        TextTable.Cell(""), TextTable.Cell("… \(rows.count - shown.count) more", .dim),
      ])
    }
    for row in shown {
      table.add([
        TextTable.Cell(""), TextTable.Cell(TerminalText.clean(row.module)),
        TextTable.Cell(row.index.map { String($0) } ?? "–"),
        TextTable.Cell(row.ancestorIndex.map { String($0) } ?? "–"),
        TextTable.Cell(row.isDone ? "yes" : "no"),
      ])
    }
    return table.text(painter, gaps: [0: 1])
  }
}
