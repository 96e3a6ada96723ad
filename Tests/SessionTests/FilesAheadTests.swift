import Foundation
import Glibc
import ModuleSyntax
import Testing

@testable import Session

@Suite struct FilesAheadTests {
  private func withFiles(
    _ texts: [String: String], _ body: (_ directory: String) throws -> Void
  ) throws {
    let directory = NSTemporaryDirectory() + "ahead-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for (name, text) in texts {
      try text.write(toFile: "\(directory)/\(name)", atomically: false, encoding: .utf8)
    }
    try body(directory)
  }

  private func waitUntilIdle(_ ahead: FilesAhead) {
    for _ in 0..<30_000 where !ahead.isIdle { usleep(1000) }
    #expect(ahead.isIdle)
  }

  @Test func `a file is what reading and parsing it gives`() throws {
    var texts: [String: String] = [:]
    for i in 0..<200 { texts["m\(i).mjs"] = "import './m\(i + 1).mjs'; export let a\(i);" }
    texts["wrong.mjs"] = "let a, a;"
    try withFiles(texts) { directory in
      let ahead = FilesAhead()
      for name in texts.keys { ahead.begin("\(directory)/\(name)") }
      waitUntilIdle(ahead)
      for (name, text) in texts {
        let file = try #require(ahead.file("\(directory)/\(name)"))
        #expect(file.bytes == Array(text.utf8))
        switch (name, file.module) {
        case ("wrong.mjs", .failure(let error)):
          #expect(error.message == "Identifier 'a' has already been declared")
        case (_, .success(let module)):
          #expect(module.localExportEntries.count == 1 && module.requests.count == 1)
        default: Issue.record("\(name) is parsed otherwise")
        }
      }
    }
  }

  @Test func `one that the load comes to first is the load's own`() throws {
    try withFiles(["a.mjs": "1", "b.mjs": "2"]) { directory in
      let ahead = FilesAhead()
      #expect(ahead.file(directory + "/a.mjs")?.bytes == nil)
      ahead.begin(directory + "/a.mjs")
      ahead.begin(directory + "/b.mjs")
      waitUntilIdle(ahead)
      #expect(ahead.file(directory + "/a.mjs")?.bytes == nil)
      #expect(ahead.file(directory + "/b.mjs")?.bytes == [0x32])
    }
  }

  @Test func `what is no plain file is left to the load`() throws {
    try withFiles([:]) { directory in
      let ahead = FilesAhead()
      let pipe = directory + "/pipe.mjs"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [pipe, directory, directory + "/none.mjs"] {
        ahead.begin(path)
        waitUntilIdle(ahead)
        #expect(ahead.file(path)?.bytes == nil)
      }
    }
  }

  @Test func `a file given back is not held`() throws {
    try withFiles(["a.mjs": "1"]) { directory in
      let ahead = FilesAhead()
      ahead.begin(directory + "/a.mjs")
      waitUntilIdle(ahead)
      ahead.forget(directory + "/a.mjs")
      #expect(ahead.file(directory + "/a.mjs")?.bytes == nil)
    }
  }

  @Test func `a source that is nested deeply is parsed there too`() throws {
    let deep = String(repeating: "[", count: 100_000)
    try withFiles(["deep.mjs": deep]) { directory in
      let ahead = FilesAhead()
      ahead.begin(directory + "/deep.mjs")
      waitUntilIdle(ahead)
      let file = try #require(ahead.file(directory + "/deep.mjs"))
      guard case .failure(let error) = file.module else {
        Issue.record("it is no module")
        return
      }
      #expect(error.message == "Source text is nested too deeply")
    }
  }
}
