/// Expected output beside the output that came.
///
/// In expected lines `[..]` matches anything within the line, and `...` alone any number of lines.
package struct TranscriptComparison: Sendable {
  package enum Line: Hashable, Sendable {
    /// As expected by the pattern; for `...` alone, which may stand for no line, that.
    case same(String, pattern: String)
    /// Expected, and did not come; with its 0-based index among the expected lines.
    case missing(String, index: Int)
    /// Came, and was not expected.
    case unexpected(String)
  }

  package let lines: [Line]
  /// What came.
  package let actual: [String]
  /// Those of its lines that the person answered.
  private let answerLines: Set<String>

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

  package init(expected: [String], actual: [String], answerLines: Set<String> = []) {
    self.actual = actual
    self.answerLines = answerLines
    // Most outputs are as expected, word for word.
    if expected.elementsEqual(actual, by: Self.isSame) {
      lines = actual.map { .same($0, pattern: $0) }
      return
    }
    lines = Alignment(expected: expected, actual: actual).lines()
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
      case .unexpected(let text):
        update += Transcript.expectation(
          of: [text], isFirst: update.isEmpty, answerLines: answerLines)
      }
    }
    return update
  }

  /// To the byte: Swift takes strings for equal that look the same.
  private static func isSame(_ line: String, _ pattern: String) -> Bool {
    line.utf8.elementsEqual(pattern.utf8)
  }

  /// Whether a line is what an expected line says.
  package static func matches(_ line: String, _ pattern: String) -> Bool {
    guard pattern.contains(Transcript.anyText) else { return isSame(line, pattern) }
    var pieces = Self.pieces(of: pattern)
    let line = Array(line.utf8)
    let first = pieces.removeFirst()
    guard let last = pieces.popLast(), line.count >= first.count + last.count,
      line.starts(with: first), line.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = line[first.count..<(line.count - last.count)]
    for piece in pieces {
      guard let found = Self.position(of: piece, in: rest) else { return false }
      rest = rest[(found + piece.count)...]
    }
    return true
  }

  private static func pieces(of pattern: String) -> [[UInt8]] {
    let mark = Array(Transcript.anyText.utf8)
    var pieces: [[UInt8]] = []
    var rest = Array(pattern.utf8)[...]
    while let found = position(of: mark, in: rest) {
      pieces.append(Array(rest[..<found]))
      rest = rest[(found + mark.count)...]
    }
    pieces.append(Array(rest))
    return pieces
  }

  private static func position(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= piece.count else { return nil }
    return (text.startIndex...(text.endIndex - piece.count)).first {
      text[$0..<($0 + piece.count)].elementsEqual(piece)
    }
  }
}

/// The cheapest way from the expected lines to those that came.
private struct Alignment {
  let expected: [String]
  let actual: [String]
  /// `costs[i][j]`: differences of the expected lines from `i` on and the actual ones from `j` on.
  private var costs: [[Int]]

  /// Beyond this a table of costs would be larger than it is worth.
  private static let cellLimit = 4_000_000

  init(expected: [String], actual: [String]) {
    self.expected = expected
    self.actual = actual
    guard (expected.count + 1) * (actual.count + 1) <= Self.cellLimit else {
      costs = []
      return
    }
    costs = Array(
      repeating: Array(repeating: 0, count: actual.count + 1), count: expected.count + 1)
    for i in stride(from: expected.count, through: 0, by: -1) {
      for j in stride(from: actual.count, through: 0, by: -1) { costs[i][j] = cost(i, j) }
    }
  }

  private func cost(_ i: Int, _ j: Int) -> Int {
    guard i < expected.count else { return actual.count - j }
    let isAny = expected[i] == Transcript.anyLines
    guard j < actual.count else { return costs[i + 1][j] + (isAny ? 0 : 1) }
    if isAny { return min(costs[i + 1][j], costs[i][j + 1]) }
    let change = min(costs[i + 1][j], costs[i][j + 1]) + 1
    return isSame(i, j) ? min(costs[i + 1][j + 1], change) : change
  }

  private func isSame(_ i: Int, _ j: Int) -> Bool {
    TranscriptComparison.matches(actual[j], expected[i])
  }

  func lines() -> [TranscriptComparison.Line] {
    guard !costs.isEmpty else {
      return expected.enumerated().map { .missing($1, index: $0) } + actual.map { .unexpected($0) }
    }
    var lines: [TranscriptComparison.Line] = []
    var (i, j) = (0, 0)
    while i < expected.count || j < actual.count {
      if i < expected.count, expected[i] == Transcript.anyLines {
        if costs[i][j] == costs[i + 1][j] {
          lines.append(.same(expected[i], pattern: expected[i]))
          i += 1
        } else {
          j += 1
        }
      } else if i < expected.count, j < actual.count, isSame(i, j),
        costs[i][j] == costs[i + 1][j + 1]
      {
        lines.append(.same(actual[j], pattern: expected[i]))
        (i, j) = (i + 1, j + 1)
      } else if i < expected.count, costs[i][j] == costs[i + 1][j] + 1 {
        lines.append(.missing(expected[i], index: i))
        i += 1
      } else {
        lines.append(.unexpected(actual[j]))
        j += 1
      }
    }
    return lines
  }
}
