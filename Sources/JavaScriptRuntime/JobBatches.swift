/// A job of Swift among those of the engine.
public protocol EngineJob: AnyObject {
  /// `code` is what it was enqueued with.
  func perform(_ code: Int)
}

/// Jobs of Swift that stand in the engine's queue among those of promises.
///
/// Nothing can come between jobs that are put there while no JavaScript runs: they make a batch, for
/// which one job of the engine stands, its marker. The marker is put into the queue when JavaScript is
/// about to run, which then could put a job of its own there.
struct JobBatches {
  /// When jobs come: in their turn, or in the third from then, as what waits for a promise that an
  /// asynchronous function returns.
  enum Turn: Int {
    case next, third
  }

  /// The number of a batch, and its turn.
  struct Marker: Equatable {
    var code: Int

    init(_ batch: Int, _ turn: Turn) { code = batch << 1 | turn.rawValue }

    init(code: Int) { self.code = code }

    var batch: Int { code >> 1 }
    var turn: Turn { code & 1 == 0 ? .next : .third }
  }

  enum Job {
    case closure(() -> Void)
    case coded(any EngineJob, Int)

    func perform() {
      switch self {
      case .closure(let job): job()
      case .coded(let job, let code): job.perform(code)
      }
    }
  }

  private var next = Queue()
  private var third = Queue()
  /// The turn of the batch that a job may join.
  private var open: Turn?
  /// The batch whose marker is not in the queue yet.
  private var unmarked: Marker?
  /// The turn of the batch that runs.
  private var running = Turn.next

  /// The marker that must be in the queue before the one of the job's batch.
  mutating func append(_ job: Job, _ turn: Turn = .next) -> Marker? {
    let isNew = open != turn
    let marker = isNew ? close() : nil
    let batch = turn == .next ? next.append(job, isNew) : third.append(job, isNew)
    if isNew {
      open = turn
      unmarked = Marker(batch, turn)
    }
    return marker
  }

  /// JavaScript runs, or has run. The marker that must be in the queue before it does.
  @inline(__always)
  mutating func close() -> Marker? {
    open = nil
    guard let marker = unmarked else { return nil }
    unmarked = nil
    return marker
  }

  /// The marker of a batch has come. False for a batch that is not there.
  mutating func begin(_ marker: Marker) -> Bool {
    running = marker.turn
    return running == .next ? next.begin(marker.batch) : third.begin(marker.batch)
  }

  /// The next job of the batch that has begun.
  mutating func take() -> Job? { running == .next ? next.take() : third.take() }

  /// The rest of the batch that has begun ends with what was stopped.
  mutating func endBatch() {
    if running == .next { next.endBatch() } else { third.endBatch() }
  }

  /// The jobs of one turn.
  private struct Queue {
    private var jobs: [Job?] = []
    /// Numbers of the first job in `jobs`, and of the one that runs next.
    private var firstJob = 0
    private var nextJob = 0
    /// The number after the last job of each batch, from `firstBatch` on.
    private var ends: [Int] = []
    private var firstBatch = 0
    /// The number after the last job of the batch that runs.
    private var end = 0

    /// The number of the job's batch.
    mutating func append(_ job: Job, _ isNewBatch: Bool) -> Int {
      jobs.append(job)
      let number = firstJob + jobs.count
      if isNewBatch { ends.append(number) } else { ends[ends.count - 1] = number }
      return firstBatch + ends.count - 1
    }

    /// Batches before it have lost their markers to a stop, which ends all jobs that wait.
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

    mutating func take() -> Job? {
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

    mutating func endBatch() { skip(to: end) }

    private mutating func skip(to number: Int) {
      while nextJob < number {
        jobs[nextJob - firstJob] = nil
        nextJob += 1
      }
    }
  }
}
