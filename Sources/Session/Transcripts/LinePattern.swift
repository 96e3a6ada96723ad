/// A line of expected output, made ready to be compared with many.
struct LinePattern {
  let text: String
  /// `...` alone: it stands for any lines.
  let isAnyLines: Bool
  /// It says what the person answered.
  let isAnswer: Bool
  /// What stands between the `[..]`, to the byte: Swift takes strings for equal that look the same.
  private let pieces: [[UInt8]]

  init(_ text: String, isAnswer: Bool = false) {
    self.text = text
    self.isAnswer = isAnswer
    isAnyLines = text == Transcript.anyLines
    pieces = Self.pieces(of: Array(text.utf8), between: Array(Transcript.anyText.utf8))
  }

  /// Whether a line is what it says.
  func matches(_ line: [UInt8]) -> Bool {
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
      return pieces.first == line
    }
    guard line.count >= first.count + last.count, line.starts(with: first),
      line.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = line[first.count..<(line.count - last.count)]
    for piece in pieces.dropFirst().dropLast() {
      guard let found = Self.position(of: piece, in: rest) else { return false }
      rest = rest[(found + piece.count)...]
    }
    return true
  }

  /// From 0 to 255, by how much of both is the same at the beginning and at the end.
  func similarity(to line: [UInt8]) -> Int {
    guard let first = pieces.first, let last = pieces.last else { return 0 }
    let begin = zip(first, line).prefix { $0 == $1 }.count
    let end = zip(last.reversed(), line.dropFirst(begin).reversed()).prefix { $0 == $1 }.count
    return 255 * (begin + end) / max(1, begin + end, text.utf8.count, line.count)
  }

  private static func pieces(of pattern: [UInt8], between mark: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = pattern[...]
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
