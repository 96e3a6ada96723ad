import Testing

@testable import Session

@Suite(.serialized) struct SteppedOrderTests {
  @Test func `nothing observable changes its order when it is stepped`() {
    var outcomes: [String: Int] = [:]
    for seed in 1...120 as ClosedRange<UInt64> {
      let graph = RandomGraph(seed: seed, mayHang: true)
      let whole = SteppedSession(graph.script)
      let plain = [whole.run("link m0"), whole.run("evaluate m0"), whole.run("tick 100")]
      for kind in Self.kinds(of: whole, plain) { outcomes[kind, default: 0] += 1 }
      for way in ["step", "step 3", "step --statement", "finish", "mixed"] {
        let stepped = SteppedSession(graph.script)
        let linking = Self.step(stepped, "link m0", way == "step --statement" ? "step" : way)
        let evaluating = Self.step(stepped, "evaluate m0", way)
        stepped.run("tick 100")
        #expect(whole.console == stepped.console, "seed \(seed), \(way)\n\(graph.script)")
        #expect(whole.transitions == stepped.transitions, "seed \(seed), \(way)\n\(graph.script)")
        #expect(linking.error?.message == plain[0].error?.message, "seed \(seed), \(way)")
        #expect(evaluating.error?.message == plain[1].error?.message, "seed \(seed), \(way)")
        #expect(whole.unhandled == stepped.unhandled, "seed \(seed), \(way)\n\(graph.script)")
        #expect(stepped.statuses == whole.statuses)
        #expect(stepped.fields == whole.fields)
      }
    }
    // What the graphs are made for does come.
    for kind in [
      "cycle", "link fails", "throws", "asynchronous error", "pending", "TDZ", "console",
    ] {
      #expect(outcomes[kind, default: 0] >= 5, "\(kind)\n\(outcomes)")
    }
  }

  private static func kinds(of session: SteppedSession, _ reports: [CommandReport]) -> [String] {
    var kinds: [String] = []
    if case .array(let cycles)? = SteppedSession.member(
      "components", of: session.run("graph m0").result), cycles.contains(where: isLarge)
    {
      kinds.append("cycle")
    }
    if reports[0].error != nil { kinds.append("link fails") }
    if let error = reports[1].error, reports[0].error == nil {
      kinds.append(error.name == "ReferenceError" ? "TDZ" : "throws")
      if session.transitions.contains(where: { $0.hasSuffix("evaluated → errored") }) {
        kinds.append("asynchronous error")
      }
    }
    if SteppedSession.member("pending", of: reports[1].result) == .bool(true) {
      kinds.append("pending")
    }
    if !session.console.isEmpty { kinds.append("console") }
    return kinds
  }

  private static func isLarge(_ component: JSONValue) -> Bool {
    guard case .array(let members) = component else { return false }
    return members.count > 1
  }

  /// They change nothing, whenever they are given.
  private static let looking = [
    "status", "states", "states m1", "show m0", "bindings m0", "bindings m1", "namespace m1",
    "graph", "graph m0 --format json", "order m0", "cycles", "why m0", "why m1", "why x in m1",
    "timeline", "which \"m1\" from m0", "rules", "js modules.m0.status", "at 1 status",
  ]

  /// The answer of the command with which it ended.
  private static func step(
    _ session: SteppedSession, _ command: String, _ way: String
  ) -> CommandReport {
    var report = session.run(command + " --step")
    var count = 0
    while session.session.stepped != nil, count < 2000 {
      count += 1
      if way == "mixed" {
        for offset in 0..<4 { session.run(looking[(count * 4 + offset) % looking.count]) }
        let isLink = command.hasPrefix("link")
        report = session.run(count % 3 == 0 && !isLink ? "step --statement" : "step")
      } else {
        report = session.run(way)
      }
      // Nothing is due: a step would wait for ever.
      if SteppedSession.isWaiting(report) { report = session.run("continue") }
    }
    return report
  }
}
