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
    var turn: TimerTurn
    var delay: Double
    var repeats: Bool
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
  private var timers: [Int: Timer] = [:]
  /// When each of them comes, and turns of some that have been taken away or moved since.
  private var turns = TimerTurns()
  private var keepingCount = 0
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
  public var keepsAlive: Bool { keepingCount > 0 }

  /// When the next task is due, in milliseconds of this clock; nil when there is none.
  public var nextDue: Double? { next?.due }

  private var next: TimerTurn? {
    while let turn = turns.first {
      if timers[turn.id]?.turn == turn { return turn }
      turns.removeFirst()
    }
    return nil
  }

  @discardableResult
  public func add(after delay: Double, repeats: Bool = false, _ action: @escaping () -> Void) -> Int
  {
    lastID += 1
    let turn = newTurn(of: lastID, at: now + delay)
    timers[lastID] = Timer(turn: turn, delay: delay, repeats: repeats, action: action)
    keepingCount += 1
    return lastID
  }

  private func newTurn(of id: Int, at due: Double) -> TimerTurn {
    lastOrder += 1
    let turn = TimerTurn(due: due, order: lastOrder, id: id)
    turns.insert(turn)
    return turn
  }

  public func remove(_ id: Int) {
    guard let timer = timers.removeValue(forKey: id) else { return }
    if timer.keepsAlive { keepingCount -= 1 }
    // Those that come late, and are always taken away before, would stay for long.
    if turns.count > 2 * timers.count + 64 {
      turns.removeAll { timers[$0.id]?.turn != $0 }
    }
  }

  /// Whether a program goes on for a task's sake (`timer.unref()`).
  public func keep(_ id: Int, alive: Bool) {
    guard let timer = timers[id], timer.keepsAlive != alive else { return }
    timers[id]?.keepsAlive = alive
    keepingCount += alive ? 1 : -1
  }

  public func removeAll() {
    timers.removeAll()
    turns = TimerTurns()
    keepingCount = 0
  }

  /// Takes the next task that is due at `limit` or before, moving a virtual clock to it. A real
  /// clock that has not got there yet gives nil.
  public func takeDue(until limit: Double) -> (() -> Void)? {
    guard let id = nextID(until: limit), let timer = timers[id] else { return nil }
    if clock == .virtual {
      virtualNow = max(virtualNow, timer.turn.due)
    } else if timer.turn.due > now {
      return nil
    }
    onTake(id)
    if timer.repeats {
      timers[id]?.turn = newTurn(of: id, at: now + max(1, timer.delay))
    } else {
      remove(id)
    }
    return timer.action
  }

  private func nextID(until limit: Double) -> Int? {
    if order != nil { return order?.popFirst() }
    return next.flatMap { $0.due <= limit ? $0.id : nil }
  }

  /// Moves a virtual clock forward to a time.
  public func advance(to time: Double) {
    if clock == .virtual { virtualNow = max(virtualNow, time) }
  }

  /// Moves any clock forward; what comes due meanwhile is taken later.
  public func advance(milliseconds: Double) {
    if clock == .virtual { virtualNow += milliseconds } else { offset += milliseconds }
  }

  private static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }
}
