internal import Glibc
internal import Session

/// The rc file: commands that every interactive session begins with.
enum StartupFile {
  /// `$XDG_CONFIG_HOME/modlab/rc`, else `~/.config/modlab/rc`. A relative XDG_CONFIG_HOME counts as
  /// unset, as its specification demands.
  static var path: String? {
    if let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") {
      return base + "/modlab/rc"
    }
    return environment("HOME").map { $0 + "/.config/modlab/rc" }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Runs its commands. One that fails is named with its place, and the next one runs.
  static func run(in session: Session, _ text: TextOutput?) {
    guard let path, access(path, F_OK) == 0 else { return }
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try FileReading.text(of: path)
    } catch {
      Streams.error("modlab: \(CommandError(.unreadableFile(path, error)).message)\n")
      return
    }
    var reader = CommandReader(bytes, file: path, scanner: ModuleSyntaxScanner())
    while session.quitStatus == nil, let reading = reader.next() {
      guard case .command(let command) = reading else { continue }
      let report = session.run(command)
      text?.endEvents()
      if !report.isOK { Streams.error("modlab: \(path):\(command.line) failed\n") }
    }
  }
}
