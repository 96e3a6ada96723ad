internal import Glibc
internal import Session

/// The only place that prints. Output is collected and written in large pieces.
enum Streams {
  // The program has one thread that prints.
  nonisolated(unsafe) private static var buffer: [UInt8] = []
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
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { flush() }
  }

  static func flush() {
    if problem == nil, !write(buffer, to: 1) {
      problem = errno == EBADF ? .other(EBADF, "it is closed") : FileReading.problem(errno)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  static func error(_ text: String) {
    flush()
    _ = write(Array(text.utf8), to: 2)
  }

  /// Whether all of it was taken; else `errno` tells why not.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
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
}
