internal import CEmbeddedText
internal import GraphRendering
internal import TextTemplates

/// One page with everything in it: it needs no network and no other file. It is written as the
/// session is at its end, for paper and for readers without scripts; its script moves it (`Page/`).
struct HTMLPage {
  let document: SessionDocument
  let end: SessionDocument.State

  init(document: SessionDocument) {
    self.document = document
    end = document.end
  }

  var text: String {
    let parts = [style, heading, graph, modules, console, listings, script]
    return EmbeddedText.page.filled(
      parts.reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }) + "\n"
  }

  private var style: [String: String] {
    [
      "style": HTMLPageStyle.text, "screen": HTMLPageStyle.screen,
      "paper": EmbeddedText.pagePaper.string,
    ]
  }

  private var heading: [String: String] {
    [
      "transitionCount": Self.count(document.transitionCount, "transition"),
      "moduleCount": Self.count(document.nodes.count, "module"),
      "commandCount": Self.count(document.commands.count - 1, "command"),
      "lastMoment": String(document.moments.count - 1),
    ]
  }

  /// It takes what never changes from the page (sources, lines of the console, commands) and what
  /// changes from the data.
  private var script: [String: String] {
    [
      "data": HTMLText.scriptData(document.json()),
      "state": EmbeddedText.pageState.string, "elements": EmbeddedText.pageElements.string,
      "graph": EmbeddedText.pageGraph.string, "panels": EmbeddedText.pagePanels.string,
      "controls": EmbeddedText.pageControls.string,
    ]
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `mark`: the status whose glyph and colour it has.
  static func word(
    _ status: SessionDocument.Status, mark: SessionDocument.Status? = nil
  ) -> String {
    "<span class=\"word \((mark ?? status).rawValue)\">\(status.rawValue)</span>"
  }

  func name(_ node: Int) -> String { HTMLText.content(document.nodes[node].name) }
}
