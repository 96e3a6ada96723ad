/// How far something long has come.
package final class Progress {
  /// Called now and then with words such as `linking 1200`, also by the thread that watches JavaScript.
  package var show: @Sendable (_ text: String) -> Void = { _ in }
  /// Called when a command ends.
  package var hide: () -> Void = {}
  private var what: StaticString = ""
  private var count = 0

  /// One more. `what` is being done.
  func advance(_ what: StaticString) {
    // One of two literals: where it lies is enough to tell which.
    if what.utf8Start != self.what.utf8Start { (self.what, count) = (what, 0) }
    count += 1
    // The one who shows it looks at a clock, which takes longer than most steps.
    if count % 64 == 0 { show("\(what) \(count)") }
  }

  func end() {
    guard count > 0 else { return }
    if count >= 64 { hide() }
    count = 0
  }
}
