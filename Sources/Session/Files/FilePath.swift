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

  /// The part before the last slash; `.` without one.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
