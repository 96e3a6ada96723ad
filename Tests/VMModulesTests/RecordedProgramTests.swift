import Foundation
import Session
import Testing

/// Programs for `node:vm` in `Programs/*.mjs`, and beside each what Node 24 printed.
///
/// On the main actor, where the program runs its engine too.
@MainActor @Suite struct RecordedProgramTests {
  nonisolated static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Programs").path

  /// Where a session still differs from Node.
  nonisolated static let differences: [String: Comment] = [
    "context-details": "the realm of a SyntaxError"
  ]

  nonisolated static let programs: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }
      .sorted()
  }()

  @Test(arguments: programs)
  func `a program prints what it prints in Node`(name: String) throws {
    let expected = try String(contentsOfFile: "\(Self.directory)/\(name).txt", encoding: .utf8)
    let session = Session(output: SilentOutput(), keepsReports: true)
    let report = session.runProgram("\(Self.directory)/\(name).mjs")
    let printed = report.console.map { $0.text + "\n" }.joined()
    let difference = Self.firstDifference(expected, printed)
    if let known = Self.differences[name] {
      withKnownIssue(known) { #expect(difference == nil) }
    } else {
      #expect(report.error == nil)
      #expect(difference == nil)
    }
  }

  @Test func `the programs are there`() {
    #expect(Self.programs.count > 15)
  }

  private static func firstDifference(_ expected: String, _ printed: String) -> String? {
    let wanted = expected.components(separatedBy: "\n")
    let got = printed.components(separatedBy: "\n")
    for (index, (line, other)) in zip(wanted, got).enumerated() where line != other {
      return "line \(index + 1): Node prints \(line), modlab prints \(other)"
    }
    return wanted.count == got.count ? nil : "\(got.count) lines for \(wanted.count)"
  }
}
