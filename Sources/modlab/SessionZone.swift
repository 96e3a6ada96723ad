internal import Glibc

/// The time zone that JavaScript sees. Sessions have UTC, at the prompt too, so that what is saved,
/// recorded or brought back is the same everywhere; programs have the local one, as in Node.
enum SessionZone {
  static func use() { setenv("TZ", "UTC", 1) }
}
