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
      let now = Clock.seconds
      let begin = state.begin ?? now
      state.begin = begin
      guard now - begin >= 1, now - state.last >= 0.1 else { return }
      state.last = now
      state.isShown = true
      Streams.replaceLine(by: text)
    }
  }

  func hide() {
    state.withLock { state in
      if state.isShown { Streams.replaceLine(by: "") }
      state.begin = nil
      state.isShown = false
    }
  }
}
