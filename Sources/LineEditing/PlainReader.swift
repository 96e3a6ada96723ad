internal import CEditline
internal import Glibc

/// Lines of a pipe, a file or a dumb terminal.
public final class PlainReader {
  private let input: Int32
  private let output: Int32
  private let showsPrompts: Bool
  private let wasTerminal: Bool
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var ended = false

  /// Bytes that were not UTF-8, and NULs, since the beginning: each is U+FFFD in its line.
  public private(set) var hasReplacements = false

  public init(input: Int32 = 0, output: Int32 = 1) {
    self.input = input
    self.output = output
    wasTerminal = isatty(input) != 0
    showsPrompts = TerminalCapabilities.isInteractive(input: input, output: output)
  }

  /// The next line without its line break; a last one need not have any.
  public func readLine(prompt: String = "") -> Input {
    if showsPrompts { _ = Array(prompt.utf8).withUnsafeBytes(write) }
    while true {
      if let end = indexOfLineBreak() {
        let line = text(of: start..<end)
        start = end + 1
        searched = start
        return .line(line)
      }
      if ended {
        guard start < buffer.count else { return .endOfInput }
        let line = text(of: start..<buffer.count)
        start = buffer.count
        searched = start
        return .line(line)
      }
      switch fill() {
      case .goesOn: break
      case .hungUp:
        discard()
        return .hangUp
      case .interrupted:
        let hadText = start < buffer.count
        discard()
        Interruption.clear()
        return .interrupted(hadText: hadText)
      }
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    modlab_write_all(output, bytes.baseAddress, bytes.count)
  }

  private func discard() {
    buffer.removeAll(keepingCapacity: true)
    start = 0
    searched = 0
  }

  private func indexOfLineBreak() -> Int? {
    // Bytes seen once are not searched again, so a very long line stays linear.
    let found = buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress, searched < bytes.count else { return nil }
      guard let place = memchr(base + searched, 0x0A, bytes.count - searched) else { return nil }
      return UnsafeRawPointer(place) - base
    }
    searched = found ?? buffer.count
    return found
  }

  private func text(of range: Range<Int>) -> String {
    var bytes = buffer[range]
    if bytes.last == 0x0D { bytes.removeLast() }
    if let valid = String(validating: bytes, as: UTF8.self), !bytes.contains(0) { return valid }
    hasReplacements = true
    let replaced = String(decoding: bytes, as: UTF8.self)
    return String(replaced.map { $0 == "\0" ? "\u{FFFD}" : $0 })
  }

  private enum Filling {
    /// There is more, or `ended` is set.
    case goesOn
    case interrupted, hungUp
  }

  private func fill() -> Filling {
    if start > 0 {
      buffer.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    while true {
      switch modlab_wait_readable(input) {
      case 0: return .interrupted
      case -1:
        ended = true
        return wasTerminal ? .hungUp : .goesOn
      default: break
      }
      let old = buffer.count
      let size = 1 << 16
      buffer.append(contentsOf: repeatElement(0, count: size))
      let count = buffer.withUnsafeMutableBytes { bytes in
        read(input, bytes.baseAddress.map { $0 + old }, size)
      }
      buffer.removeLast(size - max(0, count))
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 {
        ended = true
        if wasTerminal, count < 0 || modlab_is_hung_up(input) != 0 { return .hungUp }
      }
      return .goesOn
    }
  }
}
