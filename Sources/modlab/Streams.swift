internal import Glibc

/// The only place that prints. Output is collected and written in large pieces.
enum Streams {
  // The program has one thread that prints.
  nonisolated(unsafe) private static var buffer: [UInt8] = []

  static func out(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1 << 16 { flush() }
  }

  static func flush() {
    write(buffer, to: 1)
    buffer.removeAll(keepingCapacity: true)
  }

  static func error(_ text: String) {
    flush()
    write(Array(text.utf8), to: 2)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count, let start = bytes.baseAddress {
        let count = Glibc.write(descriptor, start + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return }
        written += count
      }
    }
  }
}
