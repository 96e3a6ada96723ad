import Foundation
import Session
import Testing

/// A document of the repository with fences that are sessions.
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

@Suite(.serialized)
struct TranscriptFileTests {
  @Test(arguments: TranscriptFile.all)
  func `what documents show is what modlab prints`(_ file: TranscriptFile) throws {
    let transcript = try file.transcript()
    #expect(transcript.strayLines.isEmpty, "\(file.path) has output before the first command")
    for mismatch in TranscriptRunner().mismatches(of: transcript) {
      Issue.record("\(mismatch.report(file: file.path))")
    }
  }

  @Test func `the README has a session`() throws {
    #expect(try TranscriptFile(path: "README.md").transcript().steps.count > 5)
  }
}
