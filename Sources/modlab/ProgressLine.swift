/// A line of the terminal that says how far a long load or link has come. Nothing is shown in the
/// first second.
final class ProgressLine {
  private var begin: Double?
  private var last = 0.0
  private var isShown = false

  func show(_ text: String) {
    let now = Clock.seconds
    let begin = begin ?? now
    self.begin = begin
    guard now - begin >= 1, now - last >= 0.1 else { return }
    last = now
    isShown = true
    Streams.replaceLine(by: text)
  }

  func hide() {
    if isShown { Streams.replaceLine(by: "") }
    begin = nil
    isShown = false
  }
}
