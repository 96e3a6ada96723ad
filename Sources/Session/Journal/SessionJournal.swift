internal import Glibc

/// The file of a session that goes on: what it needs to come back after a crash. It is locked while the
/// session lives, and gone after a clean end.
package final class SessionJournal {
  /// How many journals of dead sessions are kept.
  package static let keptCount = 5
  /// Of what the lines mean. A journal of a newer one is left alone.
  static let version = 1

  package let directory: String
  /// Told when the journal cannot be written, and when it can be again.
  package var warn: (String) -> Void = { _ in }
  private var path: String?
  private var descriptor: Int32 = -1
  /// What a full disk did not take; it is written before anything else.
  private var unwritten: [UInt8] = []
  /// The file cannot be written, and the person knows.
  private var isFailing = false
  /// Nothing may be added to the file: why not.
  private var obstacle: FileProblem?
  private let began: Int
  private let seed: Int
  /// What is given now counts only when more comes: the rc file alone is no session to bring back.
  package var waitsForMore = false

  /// A journal whose file is made with the first command.
  package init(directory: String, session: Session) {
    self.directory = directory
    began = time(nil)
    seed = session.firstSeed
  }

  /// Takes a dead session's journal: no other session can take it now. Nil when another was faster.
  /// Nothing in it is changed before `goOn`, with what is in it now.
  package init?(continuing path: String) {
    // Where nothing can be written, it can still be brought back.
    var held = open(path, O_RDWR | O_APPEND | O_CLOEXEC)
    if held < 0 {
      obstacle = FileReading.problem(errno)
      held = open(path, O_RDONLY | O_CLOEXEC)
    }
    guard held >= 0 else { return nil }
    // Who only looks has the lock for a moment.
    var isTaken = false
    for attempt in 0..<20 where !isTaken {
      if attempt > 0 { usleep(10_000) }
      isTaken = flock(held, LOCK_EX | LOCK_NB) == 0
    }
    var status = stat()
    guard isTaken, fstat(held, &status) == 0, status.st_nlink > 0 else {
      close(held)
      return nil
    }
    descriptor = held
    self.path = path
    directory = FilePath.directory(of: path)
    // Its first line says it.
    (began, seed) = (0, 0)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  // MARK: - Writing

  /// Writes a line, and returns when it is on the disk. What cannot be written is kept, and tried again
  /// with the next line.
  func write(_ line: JournalLine) {
    if let obstacle { return complain(obstacle) }
    if descriptor < 0, path == nil, unwritten.isEmpty {
      add(.session(began: began, seed: seed, directory: FilePath.workingDirectory))
    }
    add(line)
    if waitsForMore { return }
    do throws(FileProblem) {
      if descriptor >= 0, !isInPlace { try takeBack() }
      if descriptor < 0 { try make() }
      try writeOut()
    } catch {
      return complain(error)
    }
    guard isFailing else { return }
    isFailing = false
    warn("the journal can be written again, and has everything")
  }

  private func add(_ line: JournalLine) { unwritten += Array((line.text + "\n").utf8) }

  /// Whether the file is still found by its path.
  private var isInPlace: Bool {
    var (own, found) = (stat(), stat())
    guard let path, fstat(descriptor, &own) == 0, stat(path, &found) == 0 else { return false }
    return own.st_dev == found.st_dev && own.st_ino == found.st_ino
  }

  /// Somebody removed the file, or put another in its place: what is in it is written to a new one.
  private func takeBack() throws(FileProblem) {
    lseek(descriptor, 0, SEEK_SET)
    let kept = try FileReading.bytes(from: descriptor)
    close(descriptor)
    descriptor = -1
    unwritten = kept + unwritten
  }

  private func writeOut() throws(FileProblem) {
    while !unwritten.isEmpty {
      let count = unwritten.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { throw FileReading.problem(errno) }
      unwritten.removeFirst(count)
    }
    while fdatasync(descriptor) != 0 {
      guard errno == EINTR else { throw FileReading.problem(errno) }
    }
  }

  private func make() throws(FileProblem) {
    try Self.makeDirectory(directory)
    // Another session may have this number, in another container.
    for attempt in 0..<100 {
      let suffix = attempt == 0 ? "" : "-\(attempt)"
      let path = "\(directory)/\(began)-\(getpid())\(suffix).journal"
      let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      if made < 0, errno == EEXIST { continue }
      guard made >= 0 else { throw FileReading.problem(errno) }
      // Who looks for dead sessions holds the lock for a moment, and may find this one spent.
      while flock(made, LOCK_EX) != 0, errno == EINTR {}
      var status = stat()
      guard fstat(made, &status) == 0, status.st_nlink > 0 else {
        close(made)
        continue
      }
      descriptor = made
      self.path = path
      syncDirectory()
      return removeOldest()
    }
    throw FileReading.problem(EEXIST)
  }

  /// The name of a new file must outlive a loss of power too.
  private func syncDirectory() {
    let opened = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { return }
    fsync(opened)
    close(opened)
  }

  private func complain(_ problem: FileProblem) {
    guard !isFailing else { return }
    isFailing = true
    let place = path ?? directory
    warn(
      "cannot write the journal \(place): \(problem.reason); after a crash, --resume would not bring "
        + "back what you do from here on")
  }

  private static func makeDirectory(_ path: String) throws(FileProblem) {
    var isMade = mkdir(path, 0o700) == 0
    if !isMade, errno == ENOENT, path != "/", path != "." {
      try makeDirectory(FilePath.directory(of: path))
      isMade = mkdir(path, 0o700) == 0
    }
    guard isMade || errno == EEXIST else { throw FileReading.problem(errno) }
  }

  /// The session ends as it should.
  package func remove() {
    if obstacle == nil, descriptor >= 0, isInPlace, let path { unlink(path) }
  }

  // MARK: - Going on with a dead session's

  /// The session is there again: its commands to come are added. A torn last line is cut off; more that
  /// cannot be read is moved to a file of its own, whose path is given back.
  func goOn(after content: JournalContent) -> String? {
    var moved: String?
    do throws(FileProblem) {
      if let obstacle { throw obstacle }
      if !content.unread.isEmpty, let path {
        try FileWriting.replace(path + ".unread", with: content.unread)
        moved = path + ".unread"
      }
      let isShorter = content.isTorn || moved != nil
      if isShorter, ftruncate(descriptor, content.wholeLength) != 0 {
        throw FileReading.problem(errno)
      }
    } catch {
      // Then all stays where it is, and nothing is added behind it.
      obstacle = error
      complain(error)
      return moved ?? (content.unread.isEmpty ? nil : path)
    }
    if content.interrupted != nil { write(.nothing) }
    return moved
  }
}
