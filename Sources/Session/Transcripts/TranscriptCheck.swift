/// A transcript beside what its commands printed now.
package struct TranscriptCheck: Sendable {
  package struct Result: Sendable {
    package var step: Transcript.Step
    /// nil when the session had ended before the command.
    package var comparison: TranscriptComparison?

    package var isAsRecorded: Bool { comparison?.isEqual == true }

    /// The 1-based line of the file at which the difference begins.
    package var line: Int {
      comparison.map { step.outputLine + $0.firstDifference } ?? step.line
    }
  }

  /// As the person named it.
  package let file: String
  package let transcript: Transcript
  package let results: [Result]
  /// The command that Ctrl-C ended, and with it the check: it and what follows has no result.
  package let interrupted: Transcript.Step?

  package init(
    file: String, transcript: Transcript, results: [Result], interrupted: Transcript.Step? = nil
  ) {
    self.file = file
    self.transcript = transcript
    self.results = results
    self.interrupted = interrupted
  }

  package var differences: [Result] { results.filter { !$0.isAsRecorded } }

  package var flaws: [Transcript.Flaw] { transcript.flaws }

  package var isAsRecorded: Bool {
    flaws.isEmpty && interrupted == nil && results.allSatisfy(\.isAsRecorded)
  }

  /// The bytes of the file with its expected output as it came. Nothing else changes, and no pattern
  /// that still holds; a new line ends as its command does.
  package func updated(_ bytes: [UInt8]) -> [UInt8] {
    var raw = Self.linesWithBreaks(bytes)
    for result in results.reversed() {
      guard let comparison = result.comparison, !comparison.isEqual else { continue }
      let step = result.step
      let command = step.outputLine - 2
      if raw[command].last != 0x0A {
        raw[command] += command > 0 ? Self.lineBreak(of: raw[command - 1]) : [0x0A]
      }
      let lineBreak = Self.lineBreak(of: raw[command])
      let lines = comparison.update.map { line in
        let bytes = Array((step.prefix + line).utf8)
        return (line.isEmpty ? Self.withoutBlanksAtEnd(bytes) : bytes) + lineBreak
      }
      raw.replaceSubrange(
        step.outputLine - 1..<step.outputLine - 1 + step.expected.count, with: lines)
    }
    return Array(raw.joined())
  }

  private static func linesWithBreaks(_ bytes: [UInt8]) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
      lines.append(Array(rest[..<end]))
      rest = rest[end...]
    }
    return lines
  }

  private static func lineBreak(of line: [UInt8]) -> [UInt8] {
    line.suffix(2).elementsEqual([0x0D, 0x0A]) ? [0x0D, 0x0A] : [0x0A]
  }

  private static func withoutBlanksAtEnd(_ bytes: [UInt8]) -> [UInt8] {
    Array(bytes[...(bytes.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? -1)])
  }

  /// The same outputs beside the updated file.
  package func afterUpdate(_ updated: Transcript) -> TranscriptCheck {
    let results = zip(updated.steps, results).map { step, result in
      Result(
        step: step,
        comparison: result.comparison.map {
          $0.expecting(step.expected)
        })
    }
    return TranscriptCheck(file: file, transcript: updated, results: results)
  }
}
