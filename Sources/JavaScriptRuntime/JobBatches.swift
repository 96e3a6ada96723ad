/// Jobs of Swift that stand in the engine's queue among those of promises.
///
/// Nothing can come between jobs that are put there while no JavaScript runs: they make a batch, for
/// which one job of the engine stands, its marker. The marker is put into the queue when JavaScript is
/// about to run, which then could put a job of its own there.
struct JobBatches {
  private var jobs: [(() -> Void)?] = []
  /// Numbers of the first job in `jobs`, and of the one that runs next.
  private var firstJob = 0
  private var nextJob = 0
  /// The number after the last job of each batch, from `firstBatch` on.
  private var ends: [Int] = []
  private var firstBatch = 0
  /// The number after the last job of the batch that runs.
  private var end = 0
  /// A job joins the last batch.
  private var isOpen = false
  private var needsMarker = false

  mutating func append(_ job: @escaping () -> Void) {
    jobs.append(job)
    let number = firstJob + jobs.count
    if isOpen {
      ends[ends.count - 1] = number
    } else {
      ends.append(number)
      isOpen = true
      needsMarker = true
    }
  }

  /// JavaScript runs, or has run. The number of the batch whose marker must be in the queue before it
  /// does; nil when there is none.
  @inline(__always)
  mutating func close() -> Int? {
    isOpen = false
    guard needsMarker else { return nil }
    needsMarker = false
    return firstBatch + ends.count - 1
  }

  /// The marker of a batch has come. Batches before it have lost theirs to a stop, which ends all jobs
  /// that wait. False for a batch that is not there.
  mutating func begin(_ batch: Int) -> Bool {
    guard batch >= firstBatch, batch < firstBatch + ends.count else { return false }
    let index = batch - firstBatch
    if index > 0 { skip(to: ends[index - 1]) }
    end = ends[index]
    // Those before it go now and then: the queue of a big graph is not empty before it is linked.
    if index > 1024, 2 * index > ends.count {
      ends.removeFirst(index)
      firstBatch = batch
    }
    return true
  }

  /// The next job of the batch that has begun.
  mutating func next() -> (() -> Void)? {
    guard nextJob < end else { return nil }
    let index = nextJob - firstJob
    let job = jobs[index]
    jobs[index] = nil
    nextJob += 1
    if index > 1024, 2 * index > jobs.count {
      jobs.removeFirst(index + 1)
      firstJob += index + 1
    }
    return job
  }

  /// The rest of the batch that has begun ends with what was stopped.
  mutating func endBatch() { skip(to: end) }

  private mutating func skip(to number: Int) {
    while nextJob < number {
      jobs[nextJob - firstJob] = nil
      nextJob += 1
    }
  }
}
