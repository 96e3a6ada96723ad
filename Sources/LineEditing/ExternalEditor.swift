internal import CEditline
internal import Glibc

/// A text edited in the person's own editor.
public enum ExternalEditor {
  /// The edited text; nil when the editor failed or the file cannot be read back.
  public static func edit(_ text: String, suffix: String = ".mjs") -> String? {
    let directory = TerminalCapabilities.environment("TMPDIR") ?? "/tmp"
    var template = Array("\(directory)/modlab-XXXXXX\(suffix)".utf8CString)
    // Made with mode 0600 by definition.
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    defer { unlink(path) }
    let written = Array(text.utf8).withUnsafeBytes {
      modlab_write_all(descriptor, $0.baseAddress, $0.count)
    }
    guard written == 0 else { return nil }
    let status = modlab_run_shell(editorCommand() + " \"$1\"", path, -1)
    modlab_restore_terminal()
    guard status == 0 else { return nil }
    return read(path)
  }

  static func editorCommand(
    environment: (String) -> String? = TerminalCapabilities.environment
  ) -> String {
    for name in ["VISUAL", "EDITOR"] {
      if let value = environment(name), value.contains(where: { !$0.isWhitespace }) {
        return value
      }
    }
    return "vi"
  }

  /// By path: many editors replace the file instead of writing into it.
  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let reader = PlainReader(input: descriptor, output: -1)
    var lines: [String] = []
    while case .line(let line) = reader.readLine() { lines.append(line) }
    return lines.joined(separator: "\n")
  }
}
