import Foundation
import Session
import Testing

/// A document of the repository with fences that are sessions; `modlab test` checks them.
struct TranscriptFile: CustomTestStringConvertible, Sendable {
  let path: String

  var testDescription: String { path }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let all: [TranscriptFile] = {
    let directories = ["", "Documentation/", "Examples/", "Tests/Transcripts/"]
    return directories.flatMap { directory in
      let names = try? FileManager.default.contentsOfDirectory(
        atPath: root.appendingPathComponent(directory).path)
      return (names ?? []).sorted()
        .filter { $0.hasSuffix(".md") || $0.hasSuffix(".modlab-transcript") }
        .map { TranscriptFile(path: directory + $0) }
    }
  }()

  func transcript() throws -> Transcript {
    let text = try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
    return Transcript(text, form: Transcript.Form(path: path))
  }
}
