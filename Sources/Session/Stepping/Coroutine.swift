internal import Glibc

/// Work that stops in its middle and goes on later, with everything that is on its stack: calls of
/// JavaScript among them, which no engine lets one save. So it has a thread of its own; never do two
/// of the threads run at once.
///
/// JavaScriptCore's lock belongs to a thread. While the body is suspended it holds that lock, and
/// whatever needs the engine is done by the body's thread: see `perform`.
final class Coroutine {
  private enum Turn {
    case caller, body
  }

  /// Until it runs: what it has keeps who has the coroutine.
  private var body: ((Coroutine) -> Void)?
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var turn = Turn.caller
  private var errand: (() -> Void)?
  private var isStarted = false
  private(set) var isFinished = false
  /// As large as that of the main thread: recursion in JavaScript ends where it does elsewhere.
  private static let stackSize = 8 << 20

  init(_ body: @escaping (Coroutine) -> Void) {
    self.body = body
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Runs the body until it suspends itself or ends. False when there is no thread for it.
  func resume() -> Bool {
    guard !isFinished else { return true }
    if !isStarted {
      isStarted = true
      guard start() else {
        isFinished = true
        return false
      }
    }
    hand(over: .body)
    return true
  }

  /// The body has begun, has not ended, and does not run now.
  var isSuspended: Bool { isStarted && !isFinished && turn == .caller }

  /// Has the suspended body's thread do something: it holds the engine's lock.
  func perform(_ errand: () -> Void) {
    withoutActuallyEscaping(errand) { errand in
      self.errand = errand
      hand(over: .body)
      self.errand = nil
    }
  }

  /// Called by the body: returns when it is resumed.
  func suspend() {
    repeat {
      hand(over: .caller)
      errand?()
    } while errand != nil
  }

  /// Gives the other thread its turn, and waits for one's own.
  private func hand(over next: Turn) {
    // Signals go to the thread that runs: there they end a wait.
    var all = sigset_t()
    var outer = sigset_t()
    sigemptyset(&all)
    for signal in [SIGINT, SIGWINCH, SIGTSTP, SIGCONT] { sigaddset(&all, signal) }
    pthread_sigmask(SIG_BLOCK, &all, &outer)
    pthread_mutex_lock(mutex)
    turn = next
    pthread_cond_broadcast(changed)
    while turn == next { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
    pthread_sigmask(SIG_SETMASK, &outer, nil)
  }

  private func start() -> Bool { startThread(stackSize: Self.stackSize) { self.run() } }

  private func runBody() {
    guard let body else { return }
    self.body = nil
    body(self)
  }

  private func run() {
    pthread_mutex_lock(mutex)
    while turn == .caller { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
    runBody()
    pthread_mutex_lock(mutex)
    isFinished = true
    turn = .caller
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}
