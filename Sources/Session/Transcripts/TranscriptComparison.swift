/// Expected output beside the output that came.
///
/// In expected lines `[..]` matches anything within the line, and `...` alone any number of lines.
package struct TranscriptComparison: Sendable {
  package enum Line: Hashable, Sendable {
    /// As expected by the pattern; for `...` alone, which may stand for no line, that.
    case same(String, pattern: String)
    /// Expected, and did not come; with its 0-based index among the expected lines.
    case missing(String, index: Int)
    /// Came, and was not expected; with its 0-based index among the lines that came.
    case unexpected(String, index: Int)
  }

  package let lines: [Line]
  /// What came.
  package let actual: [String]
  /// The indices of those of its lines that the person answered.
  private let answerLines: Set<Int>

  package var isEqual: Bool {
    lines.allSatisfy { if case .same = $0 { true } else { false } }
  }

  /// The 0-based index of the expected line at which the difference begins.
  package var firstDifference: Int {
    var index = 0
    for line in lines {
      switch line {
      case .same: index += 1
      case .missing(_, let index): return index
      case .unexpected: return index
      }
    }
    return index
  }

  package init(expected: [String], actual: [String], answerLines: Set<Int> = []) {
    self.actual = actual
    self.answerLines = answerLines
    var answers = AnswerReader()
    let patterns = expected.map { LinePattern($0, isAnswer: answers.read($0[...])) }
    lines =
      TranscriptAlignment(expected: patterns, actual: actual, answerLines: answerLines).lines
  }

  /// The same output beside other expected lines.
  func expecting(_ expected: [String]) -> TranscriptComparison {
    TranscriptComparison(expected: expected, actual: actual, answerLines: answerLines)
  }

  /// What should be expected: patterns that still hold stay.
  package var update: [String] {
    var update: [String] = []
    for line in lines {
      switch line {
      case .same(_, let pattern): update.append(pattern)
      case .missing: continue
      case .unexpected(let text, let index):
        update.append(
          answerLines.contains(index)
            ? text : Transcript.expectation(of: text, after: update.last))
      }
    }
    return update
  }
}
