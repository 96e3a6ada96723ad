import Foundation
import Testing

@testable import Session

/// The documents `commands-….md` show each command without an argument, as it should be, with
/// something wrong, and with too much.
struct CommandTranscriptTests {
  /// The commands of a document below the heading of one command.
  private static let shown: [String: [String]] = {
    var shown: [String: [String]] = [:]
    for file in TranscriptFile.all where file.path.contains("/commands-") {
      let url = TranscriptFile.root.appendingPathComponent(file.path)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      var heading = ""
      for line in text.split(separator: "\n") {
        if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
        if line.hasPrefix(Transcript.prompt) {
          shown[heading, default: []].append(String(line.dropFirst(Transcript.prompt.count)))
        }
      }
    }
    return shown
  }()

  @Test(arguments: CommandTable.all.map(\.name.rawValue))
  func `every command is shown, wrong and with too much`(_ name: String) {
    let commands = Self.shown[name, default: []].filter { $0.hasPrefix(name) }
    #expect(commands.count >= 2, "\(name) is not in Tests/Transcripts/commands-….md")
    #expect(Set(commands).count > 1)
  }
}
