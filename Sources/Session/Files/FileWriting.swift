import Glibc
import ModuleSyntax

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

  /// Puts new content in the place of a file in one step: it stands under another name first, so a
  /// full disk or a crash leaves what was there. Links are followed and permissions kept; a device
  /// or a pipe is written to.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileProblem) {
    if path.utf8.contains(0) { throw .nameHasNUL }
    var status = stat()
    let isThere = stat(path, &status) == 0
    let format = status.st_mode & S_IFMT
    if isThere, format == S_IFDIR { throw .isDirectory }
    if isThere, format != S_IFREG { return try overwrite(path, with: bytes) }
    var target = path
    if isThere, let real = realpath(path, nil) {
      target = String(cString: real)
      free(real)
      guard access(target, W_OK) == 0 else { throw FileReading.problem(errno) }
    }
    let unfinished = "\(target).\(getpid()).unfinished"
    do throws(FileProblem) {
      let descriptor = try create(unfinished)
      defer { close(descriptor) }
      try write(bytes, to: descriptor, at: 0)
      if isThere { fchmod(descriptor, status.st_mode & 0o7777) }
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileReading.problem(errno) }
    } catch {
      unlink(unfinished)
      throw error
    }
    guard rename(unfinished, target) == 0 else {
      let problem = FileReading.problem(errno)
      unlink(unfinished)
      throw problem
    }
  }

  /// As a command's error.
  package static func replace(
    _ text: String, at reference: FileReference
  ) throws(CommandError) {
    do throws(FileProblem) {
      try replace(reference.resolved, with: Array(text.utf8))
    } catch {
      throw CommandError(.unwritableFile(reference.resolved, error))
    }
  }

  private static func overwrite(_ path: String, with bytes: [UInt8]) throws(FileProblem) {
    let descriptor = try FileReading.retrying {
      open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR {
          if InterruptRequest.isPending() { throw .interrupted }
          continue
        }
        throw FileReading.problem(errno)
      }
      written += count
    }
  }

  /// `> FILE`: written where it is, as a shell does.
  package static func write(
    _ text: String, to reference: FileReference
  ) throws(CommandError) {
    do throws(FileProblem) {
      if reference.resolved.utf8.contains(0) { throw .nameHasNUL }
      try overwrite(reference.resolved, with: Array(text.utf8))
    } catch {
      throw CommandError(.unwritableFile(reference.resolved, error))
    }
  }
}
