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
      throw CommandError(.unreadableFile(reference.path, error))
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

  static func problem(_ code: Int32) -> FileProblem {
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

/// Writes files whole.
package enum FileWriting {
  /// Opens a file to be written from its beginning. Only what can be read back later is taken: no
  /// directory, pipe or device.
  static func create(_ path: String) throws(FileProblem) -> Int32 {
    if path.utf8.contains(0) { throw .nameHasNUL }
    // Without O_NONBLOCK a pipe that nobody reads would stop us here.
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw FileReading.problem(errno) }
    var status = stat()
    if fstat(descriptor, &status) != 0 || status.st_mode & S_IFMT != S_IFREG {
      close(descriptor)
      throw .isNoRegularFile
    }
    guard ftruncate(descriptor, 0) == 0 else {
      let problem = FileReading.problem(errno)
      close(descriptor)
      throw problem
    }
    return descriptor
  }

  /// Writes at an offset, all of it.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, at offset: Int
  ) throws(FileProblem) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(
          descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written,
          offset + written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileReading.problem(errno)
      }
      written += count
    }
  }

  /// Puts new content in the place of a file in one step: a full disk leaves the old one.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileProblem) {
    guard let real = realpath(path, nil) else { throw FileReading.problem(errno) }
    defer { free(real) }
    let target = String(cString: real)
    var status = stat()
    guard stat(target, &status) == 0 else { throw FileReading.problem(errno) }
    guard access(target, W_OK) == 0 else { throw FileReading.problem(errno) }
    let new = "\(target).new-\(getpid())"
    do {
      let descriptor = try create(new)
      defer { close(descriptor) }
      try write(bytes, to: descriptor, at: 0)
      fchmod(descriptor, status.st_mode & 0o7777)
    } catch {
      unlink(new)
      throw error
    }
    guard rename(new, target) == 0 else {
      let problem = FileReading.problem(errno)
      unlink(new)
      throw problem
    }
  }

  package static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
    if path.utf8.contains(0) { throw .nameHasNUL }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileReading.problem(errno) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw FileReading.problem(errno)
      }
      written += count
    }
  }

  /// A file is there as a whole or not at all: what is written stands under another name first.
  package static func replace(
    _ text: String, at reference: FileReference
  ) throws(CommandError) {
    let path = reference.resolved
    let unfinished = "\(path).\(getpid()).unfinished"
    do throws(FileProblem) {
      if isSpecial(path) { return try write(Array(text.utf8), to: path) }
      do throws(FileProblem) {
        try write(Array(text.utf8), to: unfinished)
      } catch {
        unlink(unfinished)
        throw error
      }
      guard rename(unfinished, path) == 0 else {
        let problem = FileReading.problem(errno)
        unlink(unfinished)
        throw problem
      }
    } catch {
      throw CommandError(.unwritableFile(reference.path, error))
    }
  }

  /// A device or a pipe is written to, not replaced.
  private static func isSpecial(_ path: String) -> Bool {
    if path.utf8.contains(0) { return false }
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  package static func write(
    _ text: String, to reference: FileReference
  ) throws(CommandError) {
    do throws(FileProblem) {
      try write(Array(text.utf8), to: reference.resolved)
    } catch {
      throw CommandError(.unwritableFile(reference.path, error))
    }
  }
}
