internal import Glibc

// The journals of sessions that did not end as they should.
extension SessionJournal {
  /// The journals in a directory, without those that cannot be a session's that ended.
  package struct Survey: Sendable {
    /// No living session holds them; the one written to last is the first.
    package var dead: [String] = []
    package var livingCount = 0
    /// Why the directory cannot be read, if it is there.
    package var problem: FileProblem?
  }

  package static func survey(_ directory: String) -> Survey {
    var survey = Survey()
    guard let handle = opendir(directory) else {
      survey.problem = errno == ENOENT ? nil : FileReading.problem(errno)
      return survey
    }
    defer { closedir(handle) }
    var found: [(path: String, written: Double)] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".journal") else { continue }
      let path = "\(directory)/\(name)"
      guard !isHeld(path) else {
        survey.livingCount += 1
        continue
      }
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let written = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
      found.append((path, written))
    }
    survey.dead = found.sorted { ($0.written, $0.path) > ($1.written, $1.path) }.map(\.path)
    return survey
  }

  /// Whether a living session has the lock. Nobody can tell of a file that cannot be opened: who reads
  /// it will say why.
  private static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // Shared, so that others can look at the same time.
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// What a dead session's journal says.
  package static func content(of path: String) throws(JournalProblem) -> JournalContent {
    let bytes: [UInt8]
    var status = stat()
    // A pipe would be read for ever.
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG,
      status.st_mode & S_IFMT != S_IFDIR
    {
      throw .unreadable(.isNoRegularFile)
    }
    do throws(FileProblem) {
      bytes = try FileReading.bytes(of: path)
    } catch {
      throw .unreadable(error)
    }
    return try JournalContent(bytes)
  }

  /// Removes journals that are older than the newest few, and those that have no command in them. What
  /// is no journal of this version is nobody's to remove.
  func removeOldest() {
    var keptCount = 0
    for path in Self.survey(directory).dead {
      switch Self.beginning(of: path) {
      case .spent: unlink(path)
      case .session:
        keptCount += 1
        if keptCount > Self.keptCount { unlink(path) }
      case .foreign: continue
      }
    }
  }

  private enum Beginning {
    /// Only the line of the session itself, or part of that.
    case spent
    case session
    case foreign
  }

  private static func beginning(of path: String) -> Beginning {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .foreign }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .foreign
    }
    // Paths are no longer.
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { return .foreign }
    bytes.removeLast(bytes.count - count)
    let end = bytes.firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    do throws(JournalProblem) {
      _ = try JournalContent(Array(bytes[..<end]))
      return Int(status.st_size) == end ? .spent : .session
    } catch {
      return error == .nothing && Int(status.st_size) == end ? .spent : .foreign
    }
  }
}
