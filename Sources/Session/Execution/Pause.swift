internal import Glibc

/// Waiting for a real clock.
enum Pause {
  /// False when a signal ended the wait.
  static func sleep(milliseconds: Double) -> Bool {
    var time = timespec(
      tv_sec: Int(milliseconds / 1000),
      tv_nsec: Int(milliseconds.truncatingRemainder(dividingBy: 1000) * 1_000_000))
    return nanosleep(&time, nil) == 0
  }
}
