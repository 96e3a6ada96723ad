/// Text of a result: lines that each end with a line break, laid out anew for every width and with
/// or without colours. The terminal, a recorded transcript and a file see the same result.
package struct ResultText {
  private let layOut: (TextRenderer) -> String
  private let layOutRecorded: (TextRenderer) -> String
  /// Ctrl-C while it is laid out makes nothing of it.
  package var isAbandonable = false

  package init(_ layOut: @escaping (TextRenderer) -> String) {
    self.layOut = layOut
    layOutRecorded = layOut
  }

  /// Text that is as wide everywhere; its colours go where there are none. `recorded` is what a
  /// transcript has in its place, when a replay shows something else.
  package init(_ text: String, recorded: String? = nil) {
    layOut = { $0.painter.hasColor ? text : TerminalText.withoutColors(text) }
    layOutRecorded = recorded.map { text in { _ in text } } ?? layOut
  }

  package func text(by renderer: TextRenderer) -> String { layOut(renderer) }

  /// What a transcript has.
  var recorded: ResultText { ResultText(layOutRecorded) }
}
