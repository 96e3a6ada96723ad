internal import Glibc
internal import Synchronization

/// A line of the terminal that says how far a long load or link has come. Nothing is shown in the
/// first second. More than one thread may show something; nothing else is printed meanwhile.
final class ProgressLine: Sendable {
  private struct State {
    var begin: Double?
    var last = 0.0
    var isShown = false
  }

  private let state = Mutex(State())

  func show(_ text: String) {
    state.withLock { state in
      let now = Self.seconds
      let begin = state.begin ?? now
      state.begin = begin
      guard now - begin >= 1, now - state.last >= 0.1 else { return }
      state.last = now
      state.isShown = true
      Streams.error("\r\u{1B}[K\(text)")
    }
  }

  func hide() {
    state.withLock { state in
      if state.isShown { Streams.error("\r\u{1B}[K") }
      state.begin = nil
      state.isShown = false
    }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
