internal import CEditline

/// Ctrl-C while no prompt is shown.
public enum Interruption {
  /// From now on Ctrl-C sets a flag instead of ending the process; a second one before the first
  /// was answered ends it with status 130.
  public static func install() { modlab_install_interrupt_handler() }
  /// From now on Ctrl-C ends the process at once, with status 130.
  public static func endAtOnce() { modlab_end_at_interrupt() }
  public static var isPending: Bool { modlab_interrupt_pending() != 0 }
  public static func clear() { modlab_interrupt_clear() }

  /// From now on a signal that ends the process, a crash too, lets the last words out first.
  public static func guardOutput() { modlab_guard_output() }

  /// The terminal is gone: ends the process as SIGHUP does.
  public static func endByHangUp() -> Never { modlab_end_by_hang_up() }

  /// What goes to standard output before a second Ctrl-C, or a signal that ends the process, does so.
  /// It stays where it is.
  public static func setLastWords(_ bytes: UnsafeBufferPointer<UInt8>) {
    modlab_set_last_words(bytes.baseAddress, bytes.count)
  }

  /// What goes to standard output when nothing answers a Ctrl-C for a second.
  public static func setUnansweredWords(_ words: StaticString) {
    modlab_set_unanswered_words(words.utf8Start, words.utf8CodeUnitCount)
  }
}
