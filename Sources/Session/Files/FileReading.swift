import Glibc

/// Reads files whole.
package enum FileReading {
  /// The bytes of a file.
  package static func bytes(of path: String) throws(FileProblem) -> [UInt8] {
    if path.utf8.contains(0) { throw .nameHasNUL }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(errno) }
    defer { close(descriptor) }
    return try bytes(from: descriptor)
  }

  /// What a descriptor still gives, to its end.
  package static func bytes(from descriptor: Int32) throws(FileProblem) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory }
    var bytes: [UInt8] = []
    // One byte more than its size shows the end without a second read.
    var chunk = min(max(Int(status.st_size) + 1, 16 << 10), 64 << 20)
    while true {
      let old = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress.map { $0 + old }, chunk)
      }
      if count < 0 {
        let code = errno
        bytes.removeLast(chunk)
        if code == EINTR { continue }
        throw problem(code)
      }
      bytes.removeLast(chunk - count)
      if count == 0 { return bytes }
      chunk = max(count, 16 << 10)
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
          i += 1
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

  package static func exists(_ path: String) -> Bool {
    !path.utf8.contains(0) && access(path, F_OK) == 0
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
