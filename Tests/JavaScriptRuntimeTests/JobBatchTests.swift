import Testing

@testable import JavaScriptRuntime

/// Jobs of Swift among those of promises; Tests/Fuzz/jobs.py compares their order with Node's.
@MainActor @Suite struct JobBatchTests {
  private final class Lines { var lines: [String] = [] }

  @Test func `jobs with no JavaScript in between share a marker`() {
    var batches = JobBatches()
    let ran = Lines()
    for name in ["a", "b"] { batches.append { ran.lines.append(name) } }
    let first = batches.close()
    #expect(first != nil && batches.close() == nil)
    batches.append { ran.lines.append("c") }
    let second = batches.close()
    for batch in [first, second].compactMap({ $0 }) {
      let hasBegun = batches.begin(batch)
      #expect(hasBegun)
      while let job = batches.next() { job() }
      ran.lines.append("end")
    }
    #expect(ran.lines == ["a", "b", "end", "c", "end"])
  }

  @Test func `a batch whose marker never came is forgotten by the next one`() {
    var batches = JobBatches()
    let ran = Lines()
    batches.append { ran.lines.append("lost") }
    _ = batches.close()
    batches.append { ran.lines.append("kept") }
    let kept = batches.close() ?? -1
    let hasBegun = batches.begin(kept)
    while let job = batches.next() { job() }
    #expect(hasBegun && ran.lines == ["kept"])
    let isThere = batches.begin(kept + 1)
    #expect(!isThere)
  }

  @Test func `what is left of a batch ends with a stop, and long queues are let go of`() {
    var batches = JobBatches()
    var count = 0
    for round in 0..<5000 {
      batches.append { count += 1 }
      batches.append { count += 1_000_000 }
      let hasBegun = batches.begin(batches.close() ?? -1)
      #expect(hasBegun, "round \(round)")
      batches.next()?()
      batches.endBatch()
    }
    #expect(count == 5000 && batches.next() == nil)
  }

  /// A job of Swift in a queue with others.
  @Test func `jobs of Swift keep their place among those of promises`() {
    let engine = JavaScriptEngine(timers: TimerQueue(), hooks: RuntimeHooks())
    let realm = engine.makeRealm(name: "main")
    let ran = Lines()
    realm.globalObject.setProperty(
      "log",
      to: realm.makeFunction { arguments in
        ran.lines.append(arguments.text(0))
        return nil
      })
    func job(_ name: String) { engine.enqueue { ran.lines.append(name) } }
    func promise(_ name: String) {
      _ = realm.evaluateInternal("void Promise.resolve().then(() => log('\(name)'))", name: "test")
    }
    engine.operation {
      job("1")
      job("2")
      promise("3")
      job("4")
      promise("5")
      // A job that leaves jobs on both sides.
      engine.enqueue {
        job("8")
        promise("9")
        job("10")
      }
      job("6")
      promise("7")
    }
    #expect(ran.lines == (1...10).map { String($0) })
    engine.end()
  }
}
