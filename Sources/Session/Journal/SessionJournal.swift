internal import Glibc

/// The file of a session that goes on: what it needs to come back after a crash. It is locked while the
/// session lives, and gone after a clean end.
package final class SessionJournal {
  /// How many journals of dead sessions are kept.
  package static let keptCount = 5

  package let directory: String
  /// Tells once why nothing is kept.
  package var warn: (String) -> Void = { _ in }
  private var path: String?
  private var descriptor: Int32 = -1
  /// What a full disk did not take; it is written before anything else.
  private var unwritten: [UInt8] = []
  private var hasWarned = false
  private let began: Int
  private let seed: Int

  /// A journal whose file is made with the first command.
  package init(directory: String, session: Session) {
    self.directory = directory
    began = time(nil)
    seed = session.usedSeed
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  // MARK: - Writing

  func write(_ line: JournalLine) {
    if path == nil { make() }
    guard descriptor >= 0 else { return }
    unwritten += Array((line.json.text + "\n").utf8)
    while !unwritten.isEmpty {
      let count = unwritten.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return complain(FileReading.problem(errno)) }
      unwritten.removeFirst(count)
    }
    if fdatasync(descriptor) != 0 { complain(FileReading.problem(errno)) }
  }

  private func make() {
    let name = String(began)
    let path = "\(directory)/\(name)-\(getpid()).journal"
    self.path = path
    makeDirectory(directory)
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return complain(FileReading.problem(errno)) }
    flock(descriptor, LOCK_EX | LOCK_NB)
    removeOldest()
    write(.session(began: began, seed: seed, directory: FilePath.workingDirectory))
  }

  private func complain(_ problem: FileProblem) {
    guard !hasWarned else { return }
    hasWarned = true
    warn("the journal for --resume cannot be written: \(problem.reason)")
  }

  private func makeDirectory(_ path: String) {
    if mkdir(path, 0o700) != 0, errno == ENOENT {
      makeDirectory(FilePath.directory(of: path))
      mkdir(path, 0o700)
    }
  }

  /// The session ends as it should.
  package func remove() {
    if descriptor >= 0, let path { unlink(path) }
  }

  // MARK: - Dead sessions

  /// The journals that no living session holds, the newest first.
  package static func dead(in directory: String) -> [String] {
    guard let handle = opendir(directory) else { return [] }
    defer { closedir(handle) }
    var paths: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = "\(directory)/\(name)"
      if name.hasSuffix(".journal"), let held = lock(path) {
        close(held)
        paths.append(path)
      }
    }
    return paths.sorted(by: >)
  }

  /// A descriptor that holds the lock; nil when a living session does.
  private static func lock(_ path: String) -> Int32? {
    let descriptor = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private func removeOldest() {
    for path in Self.dead(in: directory).dropFirst(Self.keptCount) { unlink(path) }
  }

  /// What a dead session's journal says.
  package static func content(of path: String) -> JournalContent? {
    guard let bytes = try? FileReading.bytes(of: path) else { return nil }
    return JournalContent(bytes)
  }

  /// Goes on with a dead session's journal: what was torn is cut off.
  package init?(continuing path: String, content: JournalContent) {
    guard let held = Self.lock(path) else { return nil }
    descriptor = held
    self.path = path
    directory = FilePath.directory(of: path)
    began = content.began
    seed = content.seed
    ftruncate(held, content.wholeLength)
    if content.interrupted != nil { write(.nothing) }
  }
}
