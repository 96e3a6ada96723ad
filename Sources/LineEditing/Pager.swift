internal import CEditline
internal import Glibc

/// Shows what is longer than the screen through `$PAGER`.
public enum Pager {
  /// False when the text is to be printed as usual: no terminal, short enough, or no pager.
  public static func show(_ text: String, input: Int32 = 0, output: Int32 = 1) -> Bool {
    guard TerminalCapabilities.canEdit(input: input, output: output) else { return false }
    guard isLong(text, size: TerminalCapabilities.size(of: output)) else { return false }
    let command = TerminalCapabilities.environment("PAGER") ?? "less"
    guard !command.isEmpty, command != "cat" else { return false }
    // F: leave when it fits; R: colours; X: do not clear. The person's own settings win.
    setenv("LESS", "FRX", 0)
    var child: Int32 = 0
    let pipe = modlab_open_filter(command, &child)
    guard pipe >= 0 else { return false }
    _ = Array(text.utf8).withUnsafeBytes { modlab_write_all(pipe, $0.baseAddress, $0.count) }
    let status = modlab_close_filter(pipe, child)
    modlab_restore_terminal()
    // Without a pager, or with one that failed, the text is printed as usual; one that was ended by
    // a signal was ended by the person.
    return status >= 0 && (status >> 8) & 0xFF == 0
  }

  static func isLong(_ text: String, size: (columns: Int, rows: Int)) -> Bool {
    var rows = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      rows += max(1, (String(line).displayWidth + size.columns - 1) / max(1, size.columns))
      if rows >= size.rows { return true }
    }
    return false
  }
}
