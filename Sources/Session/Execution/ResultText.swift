/// Text of a result: lines that each end with a line break, laid out anew for every width and with
/// or without colours. The terminal, a recorded transcript and a file see the same result.
package struct ResultText {
  private let layOut: (TextRenderer) -> String

  package init(_ layOut: @escaping (TextRenderer) -> String) { self.layOut = layOut }

  /// Text that is as wide everywhere; its colours go where there are none.
  package init(_ text: String) {
    layOut = { $0.painter.hasColor ? text : TerminalText.withoutColors(text) }
  }

  package func text(by renderer: TextRenderer) -> String { layOut(renderer) }
}
