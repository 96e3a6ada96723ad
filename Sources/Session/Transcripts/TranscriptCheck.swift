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

  /// What is wrong with the file itself.
  package struct Flaw: Sendable {
    package var line: Int
    package var message: String
  }

  /// As the person named it.
  package let file: String
  package let transcript: Transcript
  package let results: [Result]

  package init(file: String, transcript: Transcript, results: [Result]) {
    self.file = file
    self.transcript = transcript
    self.results = results
  }

  package var differences: [Result] { results.filter { !$0.isAsRecorded } }

  package var flaws: [Flaw] {
    var flaws = transcript.strayLines.map {
      Flaw(line: $0, message: "no command stands before this line")
    }
    if let line = transcript.openFence {
      flaws.append(Flaw(line: line, message: "nothing closes this fence"))
    }
    return flaws
  }

  package var isAsRecorded: Bool { flaws.isEmpty && results.allSatisfy(\.isAsRecorded) }

  /// The bytes of the file with its expected output as it came. Nothing else changes: not the line
  /// terminators, and no pattern that still holds.
  package func updated(_ bytes: [UInt8]) -> [UInt8] {
    var raw = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let usesCRLF = raw.first?.last == 0x0D
    for result in results.reversed() {
      guard let comparison = result.comparison, !comparison.isEqual else { continue }
      let step = result.step
      let indentation = Array(repeating: UInt8(ascii: " "), count: step.indentation)
      let lines = comparison.update.map { line in
        (line.isEmpty ? [] : indentation) + Array(line.utf8) + (usesCRLF ? [0x0D] : [])
      }
      let begin = step.outputLine - 1
      if begin == raw.count { raw.append([]) }
      // A last line without a break gets one when more follows.
      let isAtEnd = begin + step.expected.count >= raw.count
      raw.replaceSubrange(begin..<min(begin + step.expected.count, raw.count), with: lines)
      if isAtEnd, raw.last?.isEmpty != true { raw.append([]) }
    }
    return Array(raw.joined(separator: [0x0A]))
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
