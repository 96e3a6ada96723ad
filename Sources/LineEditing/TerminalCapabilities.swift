internal import CEditline
internal import Glibc

/// What may be done with a terminal, as the environment and the descriptors tell.
public enum TerminalCapabilities {
  public static func isInteractive(input: Int32 = 0, output: Int32 = 1) -> Bool {
    isatty(input) != 0 && isatty(output) != 0
  }

  /// Whether the line editor may be used: two terminals, and not a dumb one.
  public static func canEdit(input: Int32 = 0, output: Int32 = 1) -> Bool {
    isInteractive(input: input, output: output) && !isDumb
  }

  public static var isDumb: Bool { isDumb(term: environment("TERM")) }

  static func isDumb(term: String?) -> Bool {
    guard let term else { return true }
    return term.isEmpty || term == "dumb"
  }

  /// Whether to use colour when the person left it to us.
  public static func usesColor(output: Int32 = 1) -> Bool {
    usesColor(isTerminal: isatty(output) != 0, environment: environment)
  }

  /// no-color.org counts only a value that is not empty; it wins over `CLICOLOR_FORCE`.
  static func usesColor(isTerminal: Bool, environment: (String) -> String?) -> Bool {
    if let value = environment("NO_COLOR"), !value.isEmpty { return false }
    if let value = environment("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
    return isTerminal && !isDumb(term: environment("TERM"))
  }

  /// 80 by 24 where nobody knows.
  public static func size(of descriptor: Int32 = 1) -> (columns: Int, rows: Int) {
    var columns: Int32 = 80
    var rows: Int32 = 24
    modlab_terminal_size(descriptor, &columns, &rows)
    return (Int(columns), Int(rows))
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
