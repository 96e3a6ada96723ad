import Foundation
import Session

/// A session run from text, and what it exports.
final class ExportedSession {
  let session = Session(output: SilentOutput(), keepsReports: true)
  private(set) var reports: [CommandReport] = []

  init(_ script: String) {
    run(script)
  }

  @discardableResult
  func run(_ script: String) -> CommandReport? {
    var reader = CommandReader(Array(script.utf8), file: nil, scanner: ModuleSyntaxScanner())
    while let reading = reader.next() {
      if case .command(let command) = reading { reports.append(session.run(command)) }
    }
    return reports.last
  }

  /// The text that `export` writes.
  func export(_ format: String) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("modlab-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    run("export \(format) '\(file.path)'")
    return try String(contentsOf: file, encoding: .utf8)
  }
}
