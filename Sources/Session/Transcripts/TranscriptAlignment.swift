/// Brings expected lines and those that came together.
struct TranscriptAlignment {
  typealias Line = TranscriptComparison.Line

  private let expected: [LinePattern]
  private let texts: [String]
  private let actual: [[UInt8]]
  /// The indices of those of its lines that the person answered: a line that only says the same is none.
  private let answerLines: Set<Int>
  private(set) var lines: [Line] = []
  /// Differences that no line ends yet which is as expected.
  private var missing: [Line] = []
  private var unexpected: [Line] = []

  init(expected: [LinePattern], actual texts: [String], answerLines: Set<Int>) {
    self.expected = expected
    self.texts = texts
    self.answerLines = answerLines
    actual = texts.map { Array($0.utf8) }
    guard !alignAll() else { return }
    let begin = zip(expected.indices, actual.indices).prefix { isLine($0, $1) }.count
    let end = zip(
      expected.indices.dropFirst(begin).reversed(), actual.indices.dropFirst(begin).reversed()
    ).prefix { isLine($0, $1) }.count
    for index in 0..<begin { addSame(index, index) }
    let rows = begin..<(expected.count - end)
    let columns = begin..<(actual.count - end)
    if (rows.count + 1) * (columns.count + 1) <= Self.cellLimit {
      alignByTable(rows, columns)
    } else {
      alignByNearness(rows, columns)
    }
    for index in 0..<end { addSame(rows.upperBound + index, columns.upperBound + index) }
    endDifference()
  }

  /// Whether the expected line stands for that line.
  private func isLine(_ i: Int, _ j: Int) -> Bool {
    !expected[i].isAnyLines && expected[i].isAnswer == answerLines.contains(j)
      && expected[i].matches(actual[j])
  }

  // MARK: - Lines

  private mutating func addSame(_ i: Int, _ j: Int) {
    endDifference()
    lines.append(.same(texts[j], pattern: expected[i].text))
  }

  private mutating func addAnyLines(_ i: Int) {
    endDifference()
    lines.append(.same(expected[i].text, pattern: expected[i].text))
  }

  private mutating func addMissing(_ i: Int) {
    missing.append(.missing(expected[i].text, index: i))
  }

  private mutating func addUnexpected(_ j: Int) {
    unexpected.append(.unexpected(texts[j], index: j))
  }

  /// What was expected stands before what came instead.
  private mutating func endDifference() {
    lines += missing + unexpected
    missing = []
    unexpected = []
  }

  // MARK: - Without a difference

  /// The lines when all is as expected, however many they are; else false.
  private mutating func alignAll() -> Bool {
    var places = Array(repeating: 0, count: expected.count)
    var (i, j) = (0, 0)
    var lastAny: (i: Int, j: Int)?
    while j < actual.count {
      if i < expected.count, expected[i].isAnyLines {
        lastAny = (i, j)
        i += 1
      } else if i < expected.count, isLine(i, j) {
        places[i] = j
        (i, j) = (i + 1, j + 1)
      } else if let any = lastAny {
        lastAny = (any.i, any.j + 1)
        (i, j) = (any.i + 1, any.j + 1)
      } else {
        return false
      }
    }
    guard expected[i...].allSatisfy(\.isAnyLines) else { return false }
    for index in expected.indices {
      if expected[index].isAnyLines { addAnyLines(index) } else { addSame(index, places[index]) }
    }
    return true
  }

  // MARK: - The least difference

  /// Beyond this a table would be larger than it is worth.
  private static let cellLimit = 1_000_000
  /// An expected line without its match costs more than any number of lines that came unexpectedly, and
  /// no more when one stands in its place: `...` takes no line that was checked.
  private static let missingCost = 1 << 40
  private static let unexpectedCost = 1 << 8

  private func costOfChange(_ i: Int, _ j: Int) -> Int {
    isLine(i, j)
      ? 0 : Self.missingCost - expected[i].similarity(to: actual[j])
  }

  private mutating func alignByTable(_ rows: Range<Int>, _ columns: Range<Int>) {
    let width = columns.count + 1
    // Of the lines from a row and a column on.
    var costs = Array(repeating: 0, count: (rows.count + 1) * width)
    func cell(_ i: Int, _ j: Int) -> Int {
      (i - rows.lowerBound) * width + j - columns.lowerBound
    }
    for j in columns.reversed() {
      costs[cell(rows.upperBound, j)] = costs[cell(rows.upperBound, j + 1)] + Self.unexpectedCost
    }
    for i in rows.reversed() {
      let isAny = expected[i].isAnyLines
      costs[cell(i, columns.upperBound)] =
        costs[cell(i + 1, columns.upperBound)] + (isAny ? 0 : Self.missingCost)
      for j in columns.reversed() {
        let (below, right) = (costs[cell(i + 1, j)], costs[cell(i, j + 1)])
        costs[cell(i, j)] =
          isAny
          ? min(below, right)
          : min(
            below + Self.missingCost, right + Self.unexpectedCost,
            costs[cell(i + 1, j + 1)] + costOfChange(i, j))
      }
    }
    var (i, j) = (rows.lowerBound, columns.lowerBound)
    while i < rows.upperBound || j < columns.upperBound {
      let cost = costs[cell(i, j)]
      if i < rows.upperBound, expected[i].isAnyLines {
        if cost == costs[cell(i + 1, j)] {
          addAnyLines(i)
          i += 1
        } else {
          j += 1
        }
      } else if i < rows.upperBound, j < columns.upperBound,
        cost == costs[cell(i + 1, j + 1)] + costOfChange(i, j)
      {
        addPair(i, j)
        (i, j) = (i + 1, j + 1)
      } else if i < rows.upperBound, cost == costs[cell(i + 1, j)] + Self.missingCost {
        addMissing(i)
        i += 1
      } else {
        addUnexpected(j)
        j += 1
      }
    }
  }

  private mutating func addPair(_ i: Int, _ j: Int) {
    if isLine(i, j) { return addSame(i, j) }
    addMissing(i)
    addUnexpected(j)
  }

  // MARK: - A difference of many lines

  /// How far lines that agree are looked for.
  private static let reach = 50

  /// Not the least difference, but one: after a line that differs it goes on at the nearest that agree.
  private mutating func alignByNearness(_ rows: Range<Int>, _ columns: Range<Int>) {
    var (i, j) = (rows.lowerBound, columns.lowerBound)
    while i < rows.upperBound || j < columns.upperBound {
      if i < rows.upperBound, expected[i].isAnyLines {
        addAnyLines(i)
        i += 1
        j = endOfAnyLines(i..<rows.upperBound, j..<columns.upperBound)
      } else if let (a, b) = nearest(i..<rows.upperBound, j..<columns.upperBound) {
        for index in i..<(i + a) { addMissing(index) }
        for index in j..<(j + b) { addUnexpected(index) }
        (i, j) = (i + a, j + b)
        if i < rows.upperBound, !expected[i].isAnyLines {
          addSame(i, j)
          (i, j) = (i + 1, j + 1)
        }
      } else {
        if i < rows.upperBound { addMissing(i) }
        if j < columns.upperBound { addUnexpected(j) }
        (i, j) = (min(i + 1, rows.upperBound), min(j + 1, columns.upperBound))
      }
    }
  }

  /// Where the lines end that `...` stands for: before those that the next expected lines are, or would
  /// be.
  private func endOfAnyLines(_ rows: Range<Int>, _ columns: Range<Int>) -> Int {
    for i in rows.prefix(Self.reach) {
      if expected[i].isAnyLines { break }
      if let j = columns.first(where: { isLine(i, $0) }) {
        return max(columns.lowerBound, j - (i - rows.lowerBound))
      }
    }
    let rest = rows.prefix { !expected[$0].isAnyLines }.count
    return rest == rows.count
      ? max(columns.lowerBound, columns.upperBound - rest) : columns.lowerBound
  }

  /// How many expected lines and how many others stand before the next that agree.
  private func nearest(_ rows: Range<Int>, _ columns: Range<Int>) -> (Int, Int)? {
    for distance in 0..<(2 * Self.reach) {
      for a in max(0, distance - Self.reach)...min(distance, Self.reach) {
        let (i, j) = (rows.lowerBound + a, columns.lowerBound + distance - a)
        guard i < rows.upperBound, j <= columns.upperBound else { continue }
        if expected[i].isAnyLines
          ? 2 * a == distance
          : j < columns.upperBound
            && isLine(i, j)
        {
          return (a, distance - a)
        }
      }
    }
    return nil
  }
}
