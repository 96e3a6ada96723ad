import Testing

@testable import Session

@Suite struct ReadingSpeedTests {
  /// A parser that must not be asked: plain lines are seen to be finished without it.
  @Test func `ten thousand module lines are read in one pass`() {
    var text = ""
    for i in 0..<10_000 {
      text += "module m\(i) = import { x as a } from \"m\(i + 1)\"; export const x = a + 1;\n"
    }
    let clock = ContinuousClock()
    var count = 0
    let time = clock.measure {
      var reader = CommandReader(text, scanner: ModuleSyntaxScanner())
      while reader.next() != nil { count += 1 }
    }
    #expect(count == 10_000)
    // A debug build needs about a tenth of this; a quadratic reader needs minutes.
    #expect(time < .seconds(20))
  }

  @Test func `a long source in one bracket is not parsed once a line`() {
    let body = String(repeating: "  a: 1,\n  \n", count: 5000)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(read("module a = export default {\n\(body)}\nclear").count == 2)
    }
    #expect(time < .seconds(20))
  }
}
