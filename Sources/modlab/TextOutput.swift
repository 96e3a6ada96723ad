internal import Session

/// Shows what commands have to say as text, as it comes.
final class TextOutput: CommandOutput {
  var renderer: TextRenderer
  /// The module's name that sets the column of names.
  var widestName: () -> String = { "" }
  private var events: EventRenderer?
  private let flushesAtOnce: Bool

  init(renderer: TextRenderer, flushesAtOnce: Bool) {
    self.renderer = renderer
    self.flushesAtOnce = flushesAtOnce
  }

  func event(_ event: SessionEvent) {
    if events == nil { events = renderer.events(names: CollectionOfOne(widestName())) }
    guard let text = events?.append(event), !text.isEmpty else { return }
    Streams.out(text)
    if flushesAtOnce { Streams.flush() }
  }

  func text(_ text: String) {
    endEvents()
    Streams.out(text)
  }

  func diagnostic(_ diagnostic: Diagnostic) {
    endEvents()
    Streams.out(renderer.diagnostic(diagnostic))
  }

  /// The command has ended.
  func endEvents() {
    if let text = events?.finish(), !text.isEmpty { Streams.out(text) }
    events = nil
    if flushesAtOnce { Streams.flush() }
  }
}
