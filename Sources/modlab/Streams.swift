internal import Glibc
internal import LineEditing
internal import Session

/// The only place that prints. Output is collected and written in large pieces; what is written is
/// printable, whatever it was made of.
enum Streams {
  /// Whether colours may be written.
  nonisolated(unsafe) static var hasColor = false
  /// In seconds.
  nonisolated(unsafe) private static var lastFlush = 0.0
  // The program has one thread that prints. Its place never changes: a second Ctrl-C writes what is
  // in it.
  nonisolated(unsafe) private static let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(
    capacity: 1 << 16)
  nonisolated(unsafe) private static var count = 0 {
    didSet { Interruption.setLastWords(UnsafeBufferPointer(rebasing: buffer[..<count])) }
  }
  /// Why standard output did not take what was written.
  nonisolated(unsafe) private(set) static var problem: FileProblem?

  /// A stream that is closed must not be taken by the next file that is opened.
  static func occupyClosed() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // Nothing can be written to 1, which is then said.
      _ = open("/dev/null", descriptor == 2 ? O_WRONLY : O_RDONLY)
    }
  }

  static func out(_ text: String) {
    var text = TerminalText.printable(text, hasColor: hasColor)
    text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = rest.prefix(buffer.count - count)
        _ = buffer[count...].update(fromContentsOf: part)
        count += part.count
        rest = rest.dropFirst(part.count)
        if count == buffer.count { flush() }
      }
    }
  }

  /// Writes what has waited for some time; a burst is written in large pieces.
  static func flushIfLate() {
    if Clock.seconds - lastFlush > 0.02 { flush() }
  }

  static func flush() {
    lastFlush = Clock.seconds
    guard count > 0 else { return }
    if problem == nil,
      !write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[..<count])), to: 1)
    {
      problem = errno == EBADF ? .other(EBADF, "it is closed") : FileReading.problem(errno)
    }
    count = 0
  }

  static func error(_ text: String) { error("", text) }

  /// Puts a text in the place of the terminal's present line.
  static func replaceLine(by text: String) { error("\r\u{1B}[K", text) }

  private static func error(_ control: StaticString, _ text: String) {
    flush()
    let text = "\(control)" + TerminalText.printable(text, hasColor: hasColor)
    _ = Array(text.utf8).withUnsafeBytes { write($0, to: 2) }
  }

  /// Whether all of it was taken; else `errno` tells why not.
  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count, let start = bytes.baseAddress {
      let count = Glibc.write(descriptor, start + written, bytes.count - written)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      written += count
    }
    return true
  }
}
