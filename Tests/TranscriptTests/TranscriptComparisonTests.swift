import Testing

@testable import Session

/// Which lines are taken for changed, and what an update makes of them.
@Suite struct TranscriptComparisonTests {
  /// Lines are separated by blanks.
  @Test(arguments: [
    ("... b c", "a x c", "... x c"), ("a b ...", "a x c", "a x ..."), ("... c", "a x c", "... c"),
    ("a ... c", "a c", "a ... c"), ("... b ... d", "a b x y d", "... b ... d"),
    ("... b ... d", "a y x d", "... a ... d"), ("...", "a", "..."), ("... x", "a y", "... y"),
    ("a[..] b", "a1 c", "a[..] c"), ("a b c d", "a c d", "a c d"), ("... end", "", "..."),
    ("a", "b a", "b a"), ("lk1 lk2 lk3", "lk1 lk9 lk3 new", "lk1 lk9 lk3 new"),
  ])
  func `an update keeps what holds, and a checked line is checked again`(
    _ expected: String, _ actual: String, _ update: String
  ) {
    func lines(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
    let comparison = TranscriptComparison(expected: lines(expected), actual: lines(actual))
    #expect(comparison.update == lines(update))
    #expect(comparison.isEqual == (expected == update))
    #expect(TranscriptComparison(expected: lines(update), actual: lines(actual)).isEqual)
  }

  /// The table of the least difference would have nine and more million cells.
  @Test(arguments: [[], [1500], Array(stride(from: 3, to: 3000, by: 7)), Array(0..<3000)])
  func `patterns hold in outputs of thousands of lines`(_ changed: [Int]) {
    let actual = (0..<3000).map { "\($0 * 7919 % 1000) line \($0)" }
    var expected = (0..<3000).map { "[..] line \($0)" }
    for index in changed { expected[index] = "changed" }
    let comparison = TranscriptComparison(expected: expected, actual: actual)
    #expect(comparison.isEqual == changed.isEmpty)
    #expect(comparison.firstDifference == changed.first ?? 3000)
    let kept = comparison.update.count { $0.hasPrefix("[..]") }
    #expect(kept == 3000 - changed.count)
    #expect(TranscriptComparison(expected: comparison.update, actual: actual).isEqual)
  }

  @Test func `any lines stand for thousands, beside a change`() {
    let actual = ["begin"] + (0..<5000).map { "line \($0)" } + ["end", "1 ms"]
    let comparison = TranscriptComparison(
      expected: ["begin", "...", "End", "[..] ms"], actual: actual)
    #expect(comparison.update == ["begin", "...", "end", "[..] ms"])
  }

  @Test func `a line that says the same as an answer is none`() {
    let expected = ["answer> b"]
    #expect(!TranscriptComparison(expected: expected, actual: ["answer> b"]).isEqual)
    let answered = TranscriptComparison(expected: expected, actual: ["answer> b"], answerLines: [0])
    #expect(answered.isEqual)
    let both = TranscriptComparison(
      expected: ["[..]answer> b", "answer> c", "   ...> d"],
      actual: ["answer> b", "answer> b", "answer> c", "   ...> d"], answerLines: [1, 2, 3])
    #expect(both.update == ["[..]answer> b", "answer> b", "answer> c", "   ...> d"])
  }
}
