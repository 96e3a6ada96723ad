internal import Glibc

/// JavaScriptCore has no limit for its heap, and ends the process when the system gives it no more: code
/// that takes too much is stopped before, by the size of the process. Asked on any thread.
enum MemoryLimit {
  /// Bytes of resident memory.
  private static let resident = 4 << 30
  /// Bytes of address space that must be left, where that is limited (`ulimit -v`): for what is made
  /// before code that runs is stopped.
  private static let spare = 256 << 20

  static var isExceeded: Bool {
    guard let size = size() else { return false }
    return size.resident > resident || size.total > addressSpace
  }

  /// Read once: nobody takes it back while the process lives.
  private static let addressSpace: Int = {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(UInt32(RLIMIT_AS.rawValue)), &limit) == 0,
      limit.rlim_cur < UInt(Int.max)
    else { return Int.max }
    return max(Int(limit.rlim_cur) - spare, Int(limit.rlim_cur) / 2)
  }()

  /// Bytes of the process.
  private static func size() -> (total: Int, resident: Int)? {
    guard let text = try? FileReading.bytes(of: "/proc/self/statm") else { return nil }
    let fields = text.split(separator: 0x20).prefix(2).compactMap {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard fields.count == 2 else { return nil }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    return (fields[0] * page, fields[1] * page)
  }
}
