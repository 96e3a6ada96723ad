internal import CEditline

/// Ctrl-C while no prompt is shown.
public enum Interruption {
  /// From now on Ctrl-C sets a flag instead of ending the process; a second one before the first
  /// was answered ends it with status 130.
  public static func install() { modlab_install_interrupt_handler() }
  public static var isPending: Bool { modlab_interrupt_pending() != 0 }
  public static func clear() { modlab_interrupt_clear() }

  /// What goes to standard output before a second Ctrl-C ends the process. It stays where it is.
  public static func setLastWords(_ bytes: UnsafeBufferPointer<UInt8>) {
    modlab_set_last_words(bytes.baseAddress, bytes.count)
  }

  /// What goes to standard output when nothing answers a Ctrl-C for a second.
  public static func setUnansweredWords(_ words: StaticString) {
    modlab_set_unanswered_words(words.utf8Start, words.utf8CodeUnitCount)
  }
}
