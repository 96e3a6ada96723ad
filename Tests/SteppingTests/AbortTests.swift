import Testing

@testable import Session

@Suite(.serialized) struct AbortTests {
  @Test func `a link given up at any step leaves nothing behind`() {
    for seed in 1...30 as ClosedRange<UInt64> {
      let graph = RandomGraph(seed: seed)
      let fresh = SteppedSession(graph.script)
      let linked = fresh.run("link m0")
      let evaluated = fresh.run("evaluate m0")
      var steps = 0
      var isOver = false
      while !isOver, steps < 200 {
        let session = SteppedSession(graph.script)
        session.run("link m0 --step")
        if steps > 0 { session.run("step \(steps)") }
        if session.session.stepped == nil {
          isOver = true
        } else {
          #expect(session.run("abort").isOK)
          let words = session.nodeStatuses.split(separator: " ")
          #expect(
            words.allSatisfy { $0.hasSuffix(":unlinked") || $0.hasSuffix(":linked") },
            "seed \(seed), after \(steps): \(session.nodeStatuses)")
          let again = session.run("link m0")
          #expect(again.error?.message == linked.error?.message, "seed \(seed), after \(steps)")
        }
        #expect(session.run("evaluate m0").error?.message == evaluated.error?.message)
        #expect(session.console == fresh.console, "seed \(seed), after \(steps)\n\(graph.script)")
        #expect(session.statuses == fresh.statuses)
        steps += 1
      }
    }
  }

  @Test func `an evaluation given up ends like one that Ctrl-C ended, and reset makes all fresh`() {
    for seed in 1...30 as ClosedRange<UInt64> {
      let graph = RandomGraph(seed: seed)
      let fresh = SteppedSession(graph.script)
      let linked = fresh.run("link m0")
      guard linked.isOK else { continue }
      let evaluated = fresh.run("evaluate m0")
      for way in ["step", "step --statement"] {
        var steps = 0
        var isOver = false
        while !isOver, steps < 200 {
          let session = SteppedSession(graph.script)
          session.run("link m0")
          session.run("evaluate m0 --step")
          for _ in 0..<steps where session.session.stepped != nil { session.run(way) }
          isOver = session.session.stepped == nil
          if !isOver {
            #expect(session.run("abort").isOK)
            #expect(session.session.stepped == nil)
            let words = session.statuses
            #expect(
              !words.contains("evaluating"), "seed \(seed), \(way) \(steps): \(words)")
          }
          session.run("tick 100")
          let before = session.console.count
          session.run("reset")
          #expect(session.run("link m0").isOK)
          let again = session.run("evaluate m0")
          #expect(again.error?.message == evaluated.error?.message, "seed \(seed), \(steps)")
          #expect(
            Array(session.console[before...]) == fresh.console,
            "seed \(seed), \(way) \(steps)\n\(graph.script)")
          steps += 1
        }
      }
    }
  }

  @Test func `what waits at an await goes on no more`() {
    let session = SteppedSession(
      """
      module a = console.log(1); await null; console.log(2)
      link a
      evaluate a --step
      step 3
      abort
      tick 100
      """)
    #expect(session.console == ["1"])
    #expect(session.nodeStatuses == "a:errored")
  }
}
