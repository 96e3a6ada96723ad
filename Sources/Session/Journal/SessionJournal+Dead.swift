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
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  /// What a dead session's journal says.
  package static func content(of path: String) throws(JournalProblem) -> JournalContent {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try FileReading.bytes(of: path)
    } catch {
      throw .unreadable(error)
    }
    return try JournalContent(bytes)
  }

  /// Removes what is older than the newest few, and what has no command in it.
  func removeOldest() {
    let dead = Self.survey(directory).dead
    let spent = dead.filter(Self.isSpent)
    for path in spent + dead.filter({ !spent.contains($0) }).dropFirst(Self.keptCount) {
      unlink(path)
    }
  }

  /// Only the line of the session itself is in it, or part of that.
  private static func isSpent(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size < 64 << 10,
      let bytes = try? FileReading.bytes(of: path)
    else { return false }
    do throws(JournalProblem) {
      return try JournalContent(bytes).isEmpty && !bytes.dropLast().contains(0x0A)
    } catch {
      return error == .nothing
    }
  }
}
