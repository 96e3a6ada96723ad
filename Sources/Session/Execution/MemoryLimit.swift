internal import Glibc

/// JavaScriptCore has no limit for its heap: code that takes too much is stopped by the size of the
/// process.
enum MemoryLimit {
  /// Bytes of resident memory.
  private static let limit = 4 << 30

  static var isExceeded: Bool { residentBytes() > limit }

  private static func residentBytes() -> Int {
    guard let text = try? FileReading.bytes(of: "/proc/self/statm") else { return 0 }
    let fields = text.split(separator: 0x20)
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else {
      return 0
    }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
