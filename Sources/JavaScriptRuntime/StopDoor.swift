internal import CJavaScriptCore
internal import CJavaScriptStops

/// What ends a turn from outside. Asked now and then while JavaScript runs, by another thread.
public struct StopWatch: Sendable {
  public var interruptRequested: @Sendable () -> Bool
  public var memoryExceeded: @Sendable () -> Bool
  /// Called each time.
  public var onLook: @Sendable () -> Void = {}

  public init(
    interruptRequested: @escaping @Sendable () -> Bool = { false },
    memoryExceeded: @escaping @Sendable () -> Bool = { false }
  ) {
    self.interruptRequested = interruptRequested
    self.memoryExceeded = memoryExceeded
  }
}

/// The limits that JavaScript runs under, the outermost first; one door for all that ends code.
final class StopDoor {
  enum Frame {
    case call(
      milliseconds: Double? = nil, breaksOnInterrupt: Bool = false,
      stop: JavaScriptThrown.Kind = .timedOut(milliseconds: 0))
    case turn(milliseconds: Double?, stop: JavaScriptThrown.Kind)
    case pause
    case shield
  }

  private let limits: OpaquePointer
  private let usesFallback: Bool
  /// Any of the group; nil before the first one.
  private var context: JSContextRef?
  private var asked: Asked?
  /// Why code was stopped last.
  private(set) var last = JavaScriptThrown.Kind.interrupted

  /// What the watching thread has of a `StopWatch`.
  private final class Asked: Sendable {
    let watch: StopWatch
    init(_ watch: StopWatch) { self.watch = watch }

    func answer(after milliseconds: Double) -> ModlabStopKind {
      watch.onLook()
      if watch.interruptRequested() { return ModlabStopInterrupt }
      // What takes too much takes some time; what gives it back need not.
      let isExceeded = milliseconds >= 250 && watch.memoryExceeded()
      return isExceeded ? ModlabStopMemory : ModlabStopNone
    }
  }

  init(_ group: JSContextGroupRef, usesFallback: Bool) {
    limits = modlab_stops_create(group)
    self.usesFallback = usesFallback
  }

  deinit { modlab_stops_destroy(limits) }

  var watch = StopWatch() {
    didSet {
      let next = Asked(watch)
      modlab_stops_set_poll(
        limits,
        { data, milliseconds in
          guard let data else { return ModlabStopNone }
          return Unmanaged<Asked>.fromOpaque(data).takeUnretainedValue()
            .answer(after: milliseconds)
        }, Unmanaged.passUnretained(next).toOpaque())
      asked = next
    }
  }

  /// A context was made, in which no code of a person has run.
  func open(_ context: JSContextRef) {
    guard self.context == nil else { return }
    self.context = context
    modlab_stops_open(limits, context, usesFallback)
  }

  var isFallback: Bool { modlab_stops_is_fallback(limits) }

  // MARK: - Limits

  func push(_ frame: Frame) { modlab_stops_push(limits, context, Self.limit(of: frame)) }

  /// The turn that goes on after a pause has this limit instead of its own.
  func renew(_ turn: Frame) { modlab_stops_renew(limits, Self.limit(of: turn)) }

  private static func limit(of frame: Frame) -> ModlabLimit {
    var limit = ModlabLimit(
      kind: ModlabLimitCall, milliseconds: 0, stop: ModlabStopTimeout, breaksOnInterrupt: false)
    switch frame {
    case .call(let milliseconds, let breaksOnInterrupt, let stop):
      limit.milliseconds = milliseconds ?? 0
      limit.breaksOnInterrupt = breaksOnInterrupt
      limit.stop = kind(stop)
    case .turn(let milliseconds, let stop):
      limit.kind = ModlabLimitTurn
      limit.milliseconds = milliseconds ?? 0
      limit.stop = kind(stop)
    case .pause: limit.kind = ModlabLimitPause
    case .shield: limit.kind = ModlabLimitShield
    }
    return limit
  }

  func pop() { modlab_stops_pop(limits, context) }

  /// Why the innermost limit is the end of a stop; nil when it is none.
  var ended: JavaScriptThrown.Kind? { kind(modlab_stops_ended(limits)) }

  func hold() -> Bool { modlab_stops_hold(limits, context) }

  /// JavaScript that is begun now would run under no turn.
  var needsTurn: Bool { !modlab_stops_has_turn(limits) && !modlab_stops_is_shielded(limits) }

  // MARK: - Stops on their way

  var passing: JavaScriptThrown.Kind? { kind(modlab_stops_passing(limits)) }
  var isPassing: Bool { modlab_stops_passing(limits) != ModlabStopNone }

  /// What a native function throws that passes it on: nothing can catch it. In the fallback, what it
  /// has caught does as well.
  func exception(instead value: JSValueRef?) -> JSValueRef? {
    modlab_stops_exception(limits) ?? value ?? context.map { JSValueMakeUndefined($0) }
  }

  /// The code that runs next is to meet it again.
  func again() { modlab_stops_again(limits) }

  /// Runs the jobs that are pending, within the innermost limit.
  func drain() { modlab_stops_drain(limits, context) }

  func now(_ kind: JavaScriptThrown.Kind) { modlab_stops_now(limits, Self.kind(kind)) }

  private func kind(_ kind: ModlabStopKind) -> JavaScriptThrown.Kind? {
    let found: JavaScriptThrown.Kind
    switch kind {
    case ModlabStopTimeout:
      found = .timedOut(milliseconds: modlab_stops_milliseconds(limits))
    case ModlabStopInterrupt: found = .interrupted
    case ModlabStopMemory: found = .outOfMemory
    default: return nil
    }
    last = found
    return found
  }

  private static func kind(_ kind: JavaScriptThrown.Kind) -> ModlabStopKind {
    switch kind {
    case .value: ModlabStopNone
    case .timedOut: ModlabStopTimeout
    case .interrupted: ModlabStopInterrupt
    case .outOfMemory: ModlabStopMemory
    }
  }
}
