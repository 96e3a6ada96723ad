internal import ModuleSyntax

/// Shows what commands have to say as text, as it comes.
package final class TextOutput: CommandOutput {
  package var renderer: TextRenderer
  /// The module's name that sets the column of names.
  package var widestName: () -> String = { "" }
  /// Shows a result elsewhere than in the stream of output; false when it did not.
  package var page: (String) -> Bool = { _ in false }
  private var events: EventRenderer?
  private let write: (String) -> Void
  /// Where errors, and what a program prints with `console.error`, go instead, as Node has it. Nil
  /// for a session, where they are part of what is shown.
  package var writeError: ((String) -> Void)?
  private let flush: () -> Void

  /// `flush` is called when what was written should be seen.
  package init(
    renderer: TextRenderer, write: @escaping (String) -> Void, flush: @escaping () -> Void = {}
  ) {
    self.renderer = renderer
    self.write = write
    self.flush = flush
  }

  package func event(_ event: SessionEvent) {
    if let writeError, case .console(let level, _) = event,
      ["error", "warn", "trace"].contains(level)
    {
      endEvents()
      var single = renderer.events(names: EmptyCollection())
      return writeError(single.append(event))
    }
    if events == nil { events = renderer.events(names: CollectionOfOne(widestName())) }
    guard let text = events?.append(event), !text.isEmpty else { return }
    write(text)
    flush()
  }

  package func text(_ text: ResultText) {
    endEvents()
    let isAbandonable = text.isAbandonable
    let text = text.text(by: renderer)
    // What was given up is not whole.
    if isAbandonable, InterruptRequest.isPending() { return }
    if !text.isEmpty, !page(text) { write(text) }
  }

  package func diagnostic(_ diagnostic: Diagnostic) {
    endEvents()
    (writeError ?? write)(renderer.diagnostic(diagnostic))
  }

  /// The command has ended.
  package func endEvents() {
    if let text = events?.finish(), !text.isEmpty { write(text) }
    events = nil
    flush()
  }
}
