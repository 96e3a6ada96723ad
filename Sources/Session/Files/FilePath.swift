internal import Glibc

/// Paths as text; nothing here looks at the file system.
package enum FilePath {
  /// `path`, if it is relative, in the directory of `file`.
  package static func resolve(_ path: String, relativeToFile file: String?) -> String {
    guard let file, !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return normalized(String(file[...slash]) + path)
  }

  /// `path`, if it is relative, in `directory`.
  package static func resolve(_ path: String, relativeToDirectory directory: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty { return path }
    return normalized(directory + "/" + path)
  }

  /// Without `.`, doubled slashes, and `..` after a name.
  package static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part == "..", path.hasPrefix("/") {
        continue
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if path.hasPrefix("/") { return "/" + joined }
    return joined.isEmpty ? "." : joined
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
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
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
