import Glibc
import ModuleSyntax

/// Reads files whole.
package enum FileReading {
  /// The bytes of a file. A pipe that nobody writes to yet is waited for, until Ctrl-C.
  package static func bytes(of path: String) throws(FileProblem) -> [UInt8] {
    if path.utf8.contains(0) { throw .nameHasNUL }
    // Without O_NONBLOCK a pipe that nobody writes to would stop us here.
    let descriptor = try retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    defer { close(descriptor) }
    return try bytes(from: descriptor)
  }

  /// What a descriptor still gives, to its end.
  package static func bytes(from descriptor: Int32) throws(FileProblem) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    var bytes: [UInt8] = []
    // One byte more than its size shows the end without a second read.
    var chunk = min(max(Int(status.st_size) + 1, 16 << 10), mostAtATime)
    while true {
      if InterruptRequest.isPending() { throw .interrupted }
      if !isRegular { try waitForInput(descriptor) }
      let old = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + old }, chunk)
      }
      if count < 0 {
        let code = errno
        bytes.removeLast(chunk)
        if code == EINTR || code == EAGAIN { continue }
        throw problem(code)
      }
      bytes.removeLast(chunk - count)
      // Less than was asked for, and all that the file has.
      if count == 0 || isRegular && count < chunk && bytes.count == status.st_size { return bytes }
      // A device such as /dev/zero has no end.
      if bytes.count > mostBytes { throw .tooLarge }
      chunk = min(max(count, 16 << 10), mostAtATime)
    }
  }

  /// Ctrl-C is looked at between two reads.
  private static let mostAtATime = 16 << 20
  /// More than any source has.
  private static let mostBytes = 2 << 30

  /// Waits in short pieces: another thread may have taken the signal that should end the wait.
  private static func waitForInput(_ descriptor: Int32) throws(FileProblem) {
    while true {
      var source = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&source, 1, 100) > 0 { return }
      if InterruptRequest.isPending() { throw .interrupted }
    }
  }

  /// A descriptor from a call that a signal may end; only Ctrl-C gives it up.
  static func retrying(_ call: () -> Int32) throws(FileProblem) -> Int32 {
    while true {
      let descriptor = call()
      if descriptor >= 0 { return descriptor }
      let code = errno
      guard code == EINTR else { throw problem(code) }
      if InterruptRequest.isPending() { throw .interrupted }
    }
  }

  /// The bytes of a file, which must be UTF-8.
  package static func text(of path: String) throws(FileProblem) -> [UInt8] {
    let bytes = try bytes(of: path)
    try checkUTF8(bytes)
    return bytes
  }

  /// The bytes of a file that a command names, as a command's error.
  package static func text(of reference: FileReference) throws(CommandError) -> [UInt8] {
    do throws(FileProblem) {
      return try text(of: reference.resolved)
    } catch {
      throw CommandError(.unreadableFile(reference.resolved, error))
    }
  }

  package static func checkUTF8(_ bytes: [UInt8]) throws(FileProblem) {
    if let offset = firstInvalidUTF8(bytes) {
      let line = bytes[..<offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw .notUTF8(offset: offset, line: line)
    }
  }

  /// The offset of the first byte that is not part of well-formed UTF-8.
  package static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        let byte = bytes[i]
        if byte < 0x80 {
          i = endOfASCII(bytes, from: i + 1)
          continue
        }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch byte {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return i
        }
        guard i + length <= bytes.count, second.contains(bytes[i + 1]) else { return i }
        for k in 2..<max(length, 2) where bytes[i + k] & 0xC0 != 0x80 { return i }
        i += length
      }
      return nil
    }
  }

  /// The end of the words of eight bytes, from an offset, that have nothing but ASCII.
  private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var i = start
    let raw = UnsafeRawBufferPointer(bytes)
    while i + 8 <= raw.count,
      raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      i += 8
    }
    return i
  }

  package static func exists(_ path: String) -> Bool {
    !path.utf8.contains(0) && access(path, F_OK) == 0
  }

  /// Whether a path leads to a plain file: no pipe, device or directory.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Without links; nil for a path that leads nowhere.
  package static func realPath(_ path: String) -> String? {
    guard !path.utf8.contains(0), let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  package static func problem(_ code: Int32) -> FileProblem {
    switch code {
    case ENOENT: return .notThere
    case EACCES, EPERM: return .notPermitted
    case EISDIR: return .isDirectory
    case ENOTDIR: return .partIsNoDirectory
    case ELOOP: return .tooManyLinks
    case ENXIO: return .isNoRegularFile
    case ENOSPC: return .noSpace
    default:
      let words = strerror(code).map { String(cString: $0) } ?? "error \(code)"
      return .other(code, words)
    }
  }
}
