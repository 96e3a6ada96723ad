import Testing

@testable import Session

@Suite(.serialized) struct SteppedOrderTests {
  @Test func `nothing observable changes its order when it is stepped`() {
    for seed in 1...300 as ClosedRange<UInt64> {
      let graph = RandomGraph(seed: seed)
      let whole = SteppedSession(graph.script)
      let plain = [whole.run("link m0"), whole.run("evaluate m0"), whole.run("tick 100")]
      for way in ["step", "step 3", "step --statement", "finish", "mixed"] {
        let stepped = SteppedSession(graph.script)
        let linking = Self.step(stepped, "link m0", way == "step --statement" ? "step" : way)
        let evaluating = Self.step(stepped, "evaluate m0", way)
        let rest = stepped.run("tick 100")
        #expect(whole.console == stepped.console, "seed \(seed), \(way)\n\(graph.script)")
        #expect(whole.transitions == stepped.transitions, "seed \(seed), \(way)\n\(graph.script)")
        #expect(linking.error?.message == plain[0].error?.message, "seed \(seed), \(way)")
        #expect(evaluating.error?.message == plain[1].error?.message, "seed \(seed), \(way)")
        #expect(rest.unhandled == plain[2].unhandled)
        #expect(stepped.statuses == whole.statuses)
        #expect(stepped.fields == whole.fields)
      }
    }
  }

  /// The answer of the command with which it ended.
  private static func step(
    _ session: SteppedSession, _ command: String, _ way: String
  ) -> CommandReport {
    var report = session.run(command + " --step")
    var count = 0
    while session.session.stepped != nil, count < 2000 {
      count += 1
      if way == "mixed" {
        session.run("status")
        session.run("bindings m\(count % 2)")
        session.run("js modules.m0.status")
        let isLink = command.hasPrefix("link")
        report = session.run(count % 3 == 0 && !isLink ? "step --statement" : "step")
      } else {
        report = session.run(way)
      }
    }
    return report
  }
}
