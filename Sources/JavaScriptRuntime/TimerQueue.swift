internal import Glibc

/// Host tasks that come due at a time: timers, `setImmediate`, delayed answers of resolver rules.
/// Each is a turn of its own.
public final class TimerQueue {
  public enum Clock: String, Sendable {
    /// Time passes as it does for people.
    case real
    /// Time jumps to the next task when nothing else is due: fast, and the same on every run.
    case virtual
  }

  private struct Timer {
    var id: Int
    var due: Double
    var delay: Double
    var repeats: Bool
    var order: Int
    /// A program does not end before it.
    var keepsAlive = true
    var action: () -> Void
  }

  public var clock: Clock = .virtual {
    didSet {
      guard clock != oldValue else { return }
      switch clock {
      case .real: offset = virtualNow - Self.monotonic()
      case .virtual:
        // Time goes on from where it is: what is pending is due as much later as before. Whole
        // milliseconds, so that sums of them are.
        virtualNow = (Self.monotonic() + offset).rounded(.up)
        virtualBegin = virtualNow
      }
    }
  }
  /// Called with the number of each task that is taken.
  public var onTake: (Int) -> Void = { _ in }
  /// The numbers of the tasks that are taken next, whatever the time is, when what happened once is
  /// done again; nil: they are taken as they come due.
  public var order: ArraySlice<Int>?
  private var virtualNow: Double = 0
  private var offset: Double = 0
  /// When the date of the virtual clock was the first one.
  public private(set) var virtualBegin: Double = 0
  private var timers: [Timer] = []
  private var lastID = 0
  private var lastOrder = 0

  public init() {}

  /// Milliseconds since the session began.
  public var now: Double {
    clock == .virtual ? virtualNow : Self.monotonic() + offset
  }

  /// Milliseconds since 1970. A virtual clock begins with the first of January 2000, so that it is the
  /// same on every run.
  public var date: Double {
    if clock == .virtual { return Self.virtualEpoch + virtualNow - virtualBegin }
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return (Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000).rounded(.down)
  }

  private static let virtualEpoch = 946_684_800_000.0
  private static let readsPerMillisecond = 100
  private var readCount = 0

  /// Code reads the date. In a loop it may wait for one, for ever on a clock that stands still: a
  /// virtual one goes on by a millisecond after some reads.
  public func countRead() {
    guard clock == .virtual else { return }
    readCount += 1
    if readCount.isMultiple(of: Self.readsPerMillisecond) { virtualNow += 1 }
  }

  /// A command begins: the same reads of it take the same time whatever was before.
  public func beginReads() { readCount = 0 }

  /// Whether so many reads move a clock.
  public static func isWaiting(reads: Int) -> Bool { reads >= readsPerMillisecond }

  /// The date of a virtual clock begins at this time, which it goes to, or now.
  public func beginDate(at time: Double? = nil) {
    if let time { advance(to: time) }
    virtualBegin = time ?? virtualNow
  }

  /// Milliseconds of a clock that only goes forward, for measuring.
  public var monotonicNow: Double { Self.monotonic() }

  public var isEmpty: Bool { timers.isEmpty }

  /// Whether there is a task for which a program goes on.
  public var keepsAlive: Bool { timers.contains { $0.keepsAlive } }

  /// When the next task is due, in milliseconds of this clock; nil when there is none.
  public var nextDue: Double? { timers.min { ($0.due, $0.order) < ($1.due, $1.order) }?.due }

  @discardableResult
  public func add(after delay: Double, repeats: Bool = false, _ action: @escaping () -> Void) -> Int
  {
    lastID += 1
    lastOrder += 1
    timers.append(
      Timer(
        id: lastID, due: now + delay, delay: delay, repeats: repeats, order: lastOrder,
        action: action))
    return lastID
  }

  public func remove(_ id: Int) {
    timers.removeAll { $0.id == id }
  }

  /// Whether a program goes on for a task's sake (`timer.unref()`).
  public func keep(_ id: Int, alive: Bool) {
    guard let index = timers.firstIndex(where: { $0.id == id }) else { return }
    timers[index].keepsAlive = alive
  }

  public func removeAll() {
    timers.removeAll()
  }

  /// Takes the next task that is due at `limit` or before, moving a virtual clock to it. A real
  /// clock that has not got there yet gives nil.
  public func takeDue(until limit: Double) -> (() -> Void)? {
    guard let index = nextIndex(until: limit) else { return nil }
    if clock == .virtual {
      virtualNow = max(virtualNow, timers[index].due)
    } else if timers[index].due > now {
      return nil
    }
    let timer = timers[index]
    onTake(timer.id)
    if timer.repeats {
      lastOrder += 1
      timers[index].due = now + max(1, timer.delay)
      timers[index].order = lastOrder
    } else {
      timers.remove(at: index)
    }
    return timer.action
  }

  private func nextIndex(until limit: Double) -> Int? {
    if order != nil {
      guard let id = order?.popFirst() else { return nil }
      return timers.firstIndex { $0.id == id }
    }
    let first = timers.indices.min { isBefore(timers[$0], timers[$1]) }
    return first.flatMap { timers[$0].due <= limit ? $0 : nil }
  }

  /// Moves a virtual clock forward to a time.
  public func advance(to time: Double) {
    if clock == .virtual { virtualNow = max(virtualNow, time) }
  }

  /// Moves any clock forward; what comes due meanwhile is taken later.
  public func advance(milliseconds: Double) {
    if clock == .virtual { virtualNow += milliseconds } else { offset += milliseconds }
  }

  private func isBefore(_ a: Timer, _ b: Timer) -> Bool {
    (a.due, a.order) < (b.due, b.order)
  }

  private static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
