internal import Glibc

/// The files that a path being typed could mean.
struct FileCompletion {
  let candidates: [CompletionCandidate]

  init(_ typed: String) {
    let path = CompletionQuoting.content(of: typed)
    let slash = path.lastIndex(of: "/")
    let head = slash.map { String(path[...$0]) } ?? ""
    let start = slash.map { String(path[path.index(after: $0)...]) } ?? path
    candidates = Self.names(in: head.isEmpty ? "." : head)
      .filter { $0.hasPrefix(start) && ($0.first != "." || start.first == ".") }
      .map { Self.candidate(head + $0, like: typed) }
  }

  private static func candidate(_ path: String, like typed: String) -> CompletionCandidate {
    let isDirectory = isDirectory(path)
    let isQuoted = CompletionQuoting.isQuoted(typed) || quotedName(path) != path
    guard isQuoted else {
      return CompletionCandidate(text: path + (isDirectory ? "/" : ""), goesOn: isDirectory)
    }
    var text = CompletionQuoting.quote(path + (isDirectory ? "/" : ""), like: typed)
    // The quotation stays open: what is in the directory belongs into it.
    if isDirectory { text.removeLast() }
    return CompletionCandidate(text: text, goesOn: isDirectory)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
