internal import CEmbeddedText
internal import GraphRendering
internal import TextTemplates

/// How the page looks. Without a script and on paper it is a document from top to bottom; with its
/// script (`.live`) it fits the window: what the slider moves is seen at once, and stays in its place.
enum HTMLPageStyle {
  static let text = EmbeddedText.pageStyle.filled([
    "lightStatuses": SVGRenderer.statusProperties(isDark: false),
    "darkStatuses": SVGRenderer.statusProperties(isDark: true),
    "stage": SVGRenderer.stageStyle, "overview": overviewColors, "words": statusWords,
  ])

  /// Windows of all sizes. In a large one the panels share its height.
  static let screen = EmbeddedText.pageScreen.filled([
    "forcedStatuses": ModuleGraph.Status.allCases.map { "--\($0.rawValue): CanvasText;" }
      .joined(separator: " ")
  ])

  /// Spots, not frames.
  private static let overviewColors = ModuleGraph.Status.allCases.map {
    ".stage.overview .\($0.rawValue) .box { fill: var(--\($0.rawValue)) }"
  }.joined(separator: "\n")

  private static let statusWords = ModuleGraph.Status.allCases.map { status in
    let glyph = ModuleStatusWord(rawValue: status.rawValue)?.glyph ?? ""
    return """
      .word.\(status.rawValue) { color: var(--\(status.rawValue)) }
      .word.\(status.rawValue)::before { content: "\(glyph) "; content: "\(glyph) " / "" }
      """
  }.joined(separator: "\n")
}
