/// The way to everything outside of the session: it notes what a command takes, and when a command is
/// carried out again gives it the same.
final class OutsideWorld {
  /// What the running command has taken.
  var taken = OutsideInput()
  /// Asks the person at the prompt; nil where nobody is there.
  var ask: ((_ question: String) -> PersonAnswer)?
  /// What the command takes, when it is carried out again; nil when it takes from the world.
  private(set) var replayed: OutsideInput?
  private var nextFile = 0
  private var nextAnswer = 0
  private var nextReading = (index: 0, count: 0)

  var isReplaying: Bool { replayed != nil }
  /// Whether somebody answers questions.
  var answers: Bool { isReplaying || !scripted.isEmpty || ask != nil }
  /// What a script answers before anybody is asked.
  var scripted: ArraySlice<PersonAnswer> = []

  private var nextStop = 0
  /// When the command began, or its last task, by a clock that only goes forward.
  private var lastMoment = 0.0
  /// Code that was interrupted ran without end, as far as anybody knows: done again, it gets so many
  /// milliseconds.
  static let patience = 100.0
  /// The command that runs is meant to be interrupted.
  private(set) var expectsStop = false

  /// A command begins.
  func begin(
    replaying input: OutsideInput? = nil, at moment: Double = 0, expectsStop: Bool = false
  ) {
    taken = OutsideInput()
    self.expectsStop = expectsStop && input == nil
    replayed = input
    nextFile = 0
    nextAnswer = 0
    nextReading = (0, 0)
    nextStop = 0
    lastMoment = moment
  }

  /// Commands take from the world again.
  func endReplay() {
    taken = OutsideInput()
    replayed = nil
  }

  /// The command has ended.
  func end() { expectsStop = false }

  // MARK: - Tasks and stops

  func note(task: Int, at moment: Double) {
    taken.tasks.append(task)
    lastMoment = moment
  }

  func noteStop(_ place: OutsideInput.Stop.Place, at moment: Double) {
    taken.stops.append(
      OutsideInput.Stop(
        place: place, taskCount: taken.tasks.count, milliseconds: moment - lastMoment))
  }

  func isOutOfPatience(at moment: Double) -> Bool { moment - lastMoment >= Self.patience }

  /// Whether the command was stopped here when it was carried out first.
  func wasStopped(_ place: OutsideInput.Stop.Place, at moment: Double) -> Bool {
    guard let replayed, nextStop < replayed.stops.count else { return false }
    let stop = replayed.stops[nextStop]
    guard stop.place == place, stop.taskCount <= taken.tasks.count,
      place == .waiting || moment - lastMoment >= min(stop.milliseconds, Self.patience)
    else { return false }
    nextStop += 1
    return true
  }

  // MARK: - The date

  /// Code that waits for a date reads the clock again and again: so many different ones are kept.
  private static let readingLimit = 10_000

  /// What a real clock says; when the command is carried out again, what it said then.
  func read(date: Double) -> Double {
    guard let replayed else {
      if taken.readings.last?.date == date {
        taken.readings[taken.readings.count - 1].count += 1
      } else if taken.readings.count < Self.readingLimit {
        taken.readings.append(OutsideInput.Reading(date: date, count: 1))
      }
      return date
    }
    guard nextReading.index < replayed.readings.count else {
      return max(date, replayed.readings.last?.date ?? date)
    }
    let reading = replayed.readings[nextReading.index]
    nextReading.count += 1
    if nextReading.count >= reading.count { nextReading = (nextReading.index + 1, 0) }
    return reading.date
  }

  // MARK: - Files

  /// The bytes of a file.
  func bytes(of path: String) throws(FileProblem) -> [UInt8] {
    let content: Result<[UInt8], FileProblem>
    if let replayed {
      guard let index = replayed.files[nextFile...].firstIndex(where: { $0.path == path }) else {
        throw .notThere
      }
      nextFile = index + 1
      content = replayed.files[index].content
    } else {
      do throws(FileProblem) {
        content = .success(try FileReading.bytes(of: path))
      } catch {
        content = .failure(error)
      }
    }
    taken.files.append(OutsideInput.File(path: path, content: content))
    return try content.get()
  }

  /// The bytes of a file, which must be UTF-8.
  func text(of path: String) throws(FileProblem) -> [UInt8] {
    let bytes = try bytes(of: path)
    try FileReading.checkUTF8(bytes)
    return bytes
  }

  /// The bytes of a file that a command names, as a command's error.
  func text(of reference: FileReference) throws(CommandError) -> [UInt8] {
    do throws(FileProblem) {
      return try text(of: reference.resolved)
    } catch {
      throw CommandError(.unreadableFile(reference.resolved, error))
    }
  }

  // MARK: - The person

  func answer(_ question: String) -> PersonAnswer {
    let answer: PersonAnswer
    if let replayed {
      answer = nextAnswer < replayed.answers.count ? replayed.answers[nextAnswer] : .ended
      nextAnswer += 1
    } else {
      answer = scripted.popFirst() ?? ask?(question) ?? .ended
    }
    taken.answers.append(answer)
    return answer
  }
}
