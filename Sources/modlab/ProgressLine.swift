internal import Glibc

/// A line of the terminal that says how far a long load or link has come. Nothing is shown in the
/// first second.
final class ProgressLine {
  private var begin: Double?
  private var last = 0.0
  private var isShown = false

  func show(_ text: String) {
    let now = Self.seconds
    let begin = begin ?? now
    self.begin = begin
    guard now - begin >= 1, now - last >= 0.1 else { return }
    last = now
    isShown = true
    Streams.error("\r\u{1B}[K\(text)")
  }

  func hide() {
    if isShown { Streams.error("\r\u{1B}[K") }
    begin = nil
    isShown = false
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
