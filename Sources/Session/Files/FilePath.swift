internal import Glibc

/// Paths as text; nothing here looks at the file system.
package enum FilePath {
  /// `path`, if it is relative, in the directory of `file`.
  package static func resolve(_ path: String, relativeToFile file: String?) -> String {
    guard let file, path.utf8.first != slash, let end = file.utf8.lastIndex(of: slash) else {
      return path
    }
    return normalized(String(file[...end]) + path)
  }

  /// `path`, if it is relative, in `directory`.
  package static func resolve(_ path: String, relativeToDirectory directory: String) -> String {
    if path.utf8.first == slash || directory.isEmpty { return path }
    return normalized(directory + "/" + path)
  }

  /// Without `.`, doubled slashes, and `..` after a name.
  package static func normalized(_ path: String) -> String {
    var path = path
    return path.withUTF8 { bytes in
      if isNormalized(bytes) { return String(decoding: bytes, as: UTF8.self) }
      return String(unsafeUninitializedCapacity: bytes.count + 1) { writeNormalized(bytes, to: $0) }
    }
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// Whether there is nothing to leave out.
  private static func isNormalized(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    if path.isEmpty || path.count > 1 && path[path.count - 1] == slash { return false }
    var isStart = true
    for i in path.indices {
      if path[i] == slash {
        if isStart && i > 0 { return false }
        isStart = true
      } else {
        if isStart, path[i] == dot { return path.count == 1 }
        isStart = false
      }
    }
    return true
  }

  /// Writes a path, normalized, where there is room for a byte more than it has. Answers how many bytes
  /// it wrote.
  private static func writeNormalized(
    _ path: UnsafeBufferPointer<UInt8>, to result: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    let root = path.first == slash ? 1 : 0
    if root == 1 { result[0] = slash }
    var count = root
    // How many of the parts that are written are names, which a `..` takes away.
    var names = 0
    var next = 0
    while next < path.count {
      let part = path[next...].prefix { $0 != slash }
      next = part.endIndex + 1
      if part.isEmpty || part.count == 1 && part[part.startIndex] == dot { continue }
      let isUp = part.count == 2 && part.allSatisfy { $0 == dot }
      if isUp, names > 0 {
        names -= 1
        count = result[..<count].lastIndex(of: slash) ?? 0
        if count < root { count = root }
        continue
      }
      if isUp, root == 1 { continue }
      if !isUp { names += 1 }
      if count > root {
        result[count] = slash
        count += 1
      }
      for byte in part {
        result[count] = byte
        count += 1
      }
    }
    if count > 0 { return count }
    result[0] = dot
    return 1
  }

  /// The way from a directory to a path, both from the root and normalized.
  package static func relative(_ path: String, to directory: String) -> String {
    let (parts, start) = (path.split(separator: "/"), directory.split(separator: "/"))
    let common = zip(parts, start).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: start.count - common)
    return normalized((up + parts[common...]).joined(separator: "/"))
  }

  /// The part before the last slash; `.` without one.
  package static func directory(of path: String) -> String {
    guard let end = path.utf8.lastIndex(of: slash) else { return "." }
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// From the last dot of the last part; empty without one.
  package static func `extension`(of path: String) -> String {
    let file = path.utf8.reversed().prefix { $0 != slash }
    guard let end = file.firstIndex(of: dot) else { return "" }
    return String(path[path.utf8.index(before: end.base)...])
  }

  package static var workingDirectory: String {
    guard let buffer = getcwd(nil, 0) else { return "/" }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// As in a URL: what is no letter, digit or harmless mark is written in hexadecimal.
  package static func percentEncoded(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E, 0x21, 0x24,
        0x26...0x2C, 0x3A, 0x3B, 0x3D, 0x40:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        text += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return text
  }
}
