internal import Glibc

/// Entries that survive the session, in an append-only file of one JSON string a line.
///
/// Several sessions may write at once: an entry is one `write` to a descriptor opened with
/// `O_APPEND`, and only trimming takes the lock. Lines that are not ours are kept and not shown.
public final class HistoryStore {
  public enum Addition: Equatable, Sendable {
    case added
    /// The same text was known and is now the newest.
    case moved
    /// Blank, begins with a space, or repeats the newest.
    case ignored
  }

  /// Oldest first, no two the same, at most `limit`.
  public private(set) var entries: [String] = []
  /// Why entries are not kept on disk, if they are not. To be shown once.
  public private(set) var warning: String?

  public let path: String?
  public let limit: Int

  public init(path: String?, limit: Int = 2_000) {
    self.path = path
    self.limit = max(1, limit)
    guard let path else { return }
    load(path)
  }

  /// `$XDG_STATE_HOME/modlab/history`; nil when there is no home either. A relative
  /// `XDG_STATE_HOME` is invalid by the base directory specification.
  public static func defaultPath() -> String? {
    defaultPath(environment: TerminalCapabilities.environment)
  }

  static func defaultPath(environment: (String) -> String?) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/modlab/history"
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/modlab/history"
  }

  public func append(_ text: String) -> Addition {
    guard text.contains(where: { !$0.isWhitespace }), text.first != " " else { return .ignored }
    guard entries.last != text else { return .ignored }
    let known = entries.firstIndex(of: text)
    if let known { entries.remove(at: known) }
    entries.append(text)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    if let path, warning == nil { write(text, to: path) }
    return known == nil ? .added : .moved
  }

  private func load(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno != ENOENT { warn("read") }
      return
    }
    defer { close(descriptor) }
    guard let bytes = contents(of: descriptor) else { return warn("read") }
    let lines = bytes.split(separator: 0x0A)
    entries = Self.newestUnique(lines.compactMap(HistoryLine.decode), limit: limit)
    // Trimmed late, so that most sessions only append.
    if lines.count > limit * 2 + 100 { trim(path) }
  }

  private static func newestUnique(_ texts: [String], limit: Int) -> [String] {
    var seen: Set<String> = []
    var newest: [String] = []
    for text in texts.reversed() where newest.count < limit && seen.insert(text).inserted {
      newest.append(text)
    }
    return newest.reversed()
  }

  private func write(_ text: String, to path: String) {
    guard makeDirectory(of: path) else { return warn("write") }
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return warn("write") }
    defer { close(descriptor) }
    // A shared lock: many may append at once, but not while another session trims.
    flock(descriptor, LOCK_SH)
    var line = HistoryLine.encode(text)
    // A torn last line (a crash, a full disk) must not swallow this entry.
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0x0A
    if size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != 0x0A {
      line.insert(0x0A, at: 0)
    }
    let written = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written != line.count { warn("write") }
  }

  /// Rewrites the file in place (the other sessions hold its inode) with its newest entries.
  private func trim(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, let bytes = contents(of: descriptor) else {
      return
    }
    let lines = bytes.split(separator: 0x0A)
    let foreign = lines.filter { HistoryLine.decode($0) == nil }.flatMap { $0 + [0x0A] }
    let kept = Self.newestUnique(lines.compactMap(HistoryLine.decode), limit: limit)
    let fresh = foreign + kept.flatMap(HistoryLine.encode)
    guard fresh.count < bytes.count else { return }
    let count = fresh.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    if count == fresh.count { ftruncate(descriptor, count) }
  }

  private func contents(of descriptor: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// False when it is not there and cannot be made; `errno` says why.
  private func makeDirectory(of path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return true }
    let directory = String(path[..<slash])
    if mkdir(directory, 0o700) == 0 || errno == EEXIST { return true }
    guard errno == ENOENT, makeDirectory(of: directory) else { return false }
    return mkdir(directory, 0o700) == 0 || errno == EEXIST
  }

  private func warn(_ verb: String) {
    let reason = String(cString: strerror(errno))
    warning = "cannot \(verb) history file \(path ?? ""): \(reason)"
  }
}
