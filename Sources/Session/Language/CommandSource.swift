package import ModuleSyntax

/// Text in another language (JavaScript or JSON) that a command carries.
package struct CarriedText: Hashable, Sendable {
  package var bytes: [UInt8]
  /// The line of the script on which it begins, 1-based.
  package var line: Int
  /// Written as a heredoc, hence verbatim.
  package var isHeredoc: Bool

  package init(bytes: [UInt8], line: Int, isHeredoc: Bool = false) {
    self.bytes = bytes
    self.line = line
    self.isHeredoc = isHeredoc
  }

  package init(_ text: String, line: Int = 1, isHeredoc: Bool = false) {
    self.init(bytes: Array(text.utf8), line: line, isHeredoc: isHeredoc)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// As a source whose positions are its own, not the script's.
  package func source(named name: String) -> SourceText { SourceText(bytes: bytes, name: name) }
}

/// A file as a command names it.
package struct FileReference: Hashable, Sendable {
  /// As written.
  package var path: String
  /// The file of the script that names it; nil at the prompt, in `-c` and on standard input.
  package var script: String?

  package init(_ path: String, script: String? = nil) {
    self.path = path
    self.script = script
  }

  /// Relative paths start at the script's directory, else at the working directory.
  package var resolved: String { FilePath.resolve(path, relativeToFile: script) }
}

/// Where the source of a definition comes from.
package enum SourceOperand: Hashable, Sendable {
  case text(CarriedText)
  case file(FileReference)
}
