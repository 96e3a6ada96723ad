internal import Glibc
internal import ModuleSyntax
internal import Synchronization

/// Reads and parses files on a second thread, before a load comes to them: what a module imports is known
/// when it is parsed, and wanted when those before it are done. Each file is read by one of the two, once;
/// what it becomes, and every error, is the load's to tell, in its own order.
final class FilesAhead: Sendable {
  struct File: Sendable {
    var bytes: [UInt8]
    var module: Result<ParsedModule, SyntaxError>
  }

  private enum Stage {
    case waiting
    case begun
    /// Nil: the load reads it.
    case done(File?)
  }

  private struct State {
    var stages: [String: Stage] = [:]
    var queue: [String] = []
    var next = 0
    var isRunning = false
  }

  private let state = Mutex(State())

  /// More than twice what the parser needs for a source that is nested as deep as it allows.
  private static let stackSize = 16 << 20

  /// Asks for a file that will be wanted.
  func begin(_ path: String) {
    let mustStart = state.withLock { state in
      guard state.stages[path] == nil else { return false }
      state.stages[path] = .waiting
      state.queue.append(path)
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if mustStart, !start() { state.withLock { $0.isRunning = false } }
  }

  /// A file as it was read ahead; nil for one that was not, which is never read ahead after this.
  func file(_ path: String) -> File? {
    while true {
      let stage = state.withLock { state in
        let stage = state.stages[path] ?? .waiting
        if case .waiting = stage { state.stages[path] = .done(nil) }
        return stage
      }
      switch stage {
      case .waiting: return nil
      case .begun: sched_yield()
      case .done(let file): return file
      }
    }
  }

  /// Whether nothing is being read, and nothing waits.
  var isIdle: Bool { state.withLock { !$0.isRunning } }

  /// Gives a file back that is done with.
  func forget(_ path: String) {
    state.withLock { $0.stages[path] = .done(nil) }
  }

  /// What is not begun is not wanted any more.
  func end() {
    state.withLock { state in
      state.next = state.queue.count
      state.stages = state.stages.filter { if case .begun = $0.value { true } else { false } }
    }
  }

  // MARK: - The thread

  /// It ends when nothing waits. Signals are the main thread's.
  private func start() -> Bool {
    var (all, outer) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &outer)
    defer { pthread_sigmask(SIG_SETMASK, &outer, nil) }
    return startThread(stackSize: Self.stackSize) { self.run() }
  }

  private func run() {
    while let path = nextPath() {
      let file = Self.read(path)
      state.withLock { $0.stages[path] = .done(file) }
    }
  }

  private func nextPath() -> String? {
    state.withLock { state in
      while state.next < state.queue.count {
        let path = state.queue[state.next]
        state.next += 1
        guard case .waiting = state.stages[path] else { continue }
        state.stages[path] = .begun
        return path
      }
      state.isRunning = false
      return nil
    }
  }

  /// Nil for what the load must see itself: errors of reading, Ctrl-C, and what is no plain file, where
  /// reading takes something away.
  private static func read(_ path: String) -> File? {
    guard FileReading.isRegular(path), let bytes = try? FileReading.bytes(of: path) else {
      return nil
    }
    do throws(SyntaxError) {
      let module = try ParsedModule.parse(SourceText(bytes: bytes, name: path))
      return File(bytes: bytes, module: .success(module))
    } catch {
      return error.isInterrupted ? nil : File(bytes: bytes, module: .failure(error))
    }
  }
}
