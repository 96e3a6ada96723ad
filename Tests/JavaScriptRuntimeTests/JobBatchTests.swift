import Testing

@testable import JavaScriptRuntime

/// Jobs of Swift among those of promises; Tests/Fuzz/jobs.py compares their order with Node's.
@MainActor @Suite struct JobBatchTests {
  private final class Lines { var lines: [String] = [] }

  private func job(_ name: String, in ran: Lines) -> JobBatches.Job {
    .closure { ran.lines.append(name) }
  }

  @Test func `jobs with no JavaScript in between share a marker`() {
    var batches = JobBatches()
    let ran = Lines()
    for name in ["a", "b"] { #expect(batches.append(job(name, in: ran)) == nil) }
    let first = batches.close()
    #expect(first != nil && batches.close() == nil)
    #expect(batches.append(job("c", in: ran)) == nil)
    let second = batches.close()
    for marker in [first, second].compactMap({ $0 }) {
      let hasBegun = batches.begin(marker)
      #expect(hasBegun)
      while let job = batches.take() { job.perform() }
      ran.lines.append("end")
    }
    #expect(ran.lines == ["a", "b", "end", "c", "end"])
  }

  @Test func `jobs of another turn have a marker of their own, in its place`() {
    var batches = JobBatches()
    let ran = Lines()
    var markers: [JobBatches.Marker] = []
    for (name, turn) in [("a", JobBatches.Turn.next), ("b", .third), ("c", .third), ("d", .next)] {
      if let marker = batches.append(job(name, in: ran), turn) { markers.append(marker) }
    }
    if let marker = batches.close() { markers.append(marker) }
    #expect(markers.map(\.turn) == [.next, .third, .next])
    for marker in markers where batches.begin(marker) {
      while let job = batches.take() { job.perform() }
      ran.lines.append("end")
    }
    #expect(ran.lines == ["a", "end", "b", "c", "end", "d", "end"])
  }

  @Test func `a batch whose marker never came is forgotten by the next one`() {
    var batches = JobBatches()
    let ran = Lines()
    _ = batches.append(job("lost", in: ran))
    _ = batches.close()
    _ = batches.append(job("kept", in: ran))
    let kept = batches.close()?.batch ?? -1
    let hasBegun = batches.begin(JobBatches.Marker(kept, .next))
    while let job = batches.take() { job.perform() }
    #expect(hasBegun && ran.lines == ["kept"])
    let isThere = batches.begin(JobBatches.Marker(kept + 1, .next))
    #expect(!isThere)
  }

  @Test func `what is left of a batch ends with a stop, and long queues are let go of`() {
    var batches = JobBatches()
    let ran = Lines()
    for round in 0..<5000 {
      _ = batches.append(job("first", in: ran), .third)
      _ = batches.append(job("second", in: ran), .third)
      let marker = batches.close()
      let hasBegun = marker.map { batches.begin($0) } ?? false
      #expect(hasBegun, "round \(round)")
      batches.take()?.perform()
      batches.endBatch()
    }
    let isEmpty = batches.take() == nil
    #expect(ran.lines == Array(repeating: "first", count: 5000) && isEmpty)
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
