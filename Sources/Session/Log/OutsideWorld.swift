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
  private var nextReplayedAnswer = 0
  private var nextReading = (index: 0, count: 0)

  var isReplaying: Bool { replayed != nil }
  /// Whether somebody answers the next question.
  var answers: Bool {
    replayed.map { nextReplayedAnswer < $0.answers.count }
      ?? (scripted.contains { !$0.isEmpty } || ask != nil)
  }
  /// What scripts answer before anybody is asked: one list for each command that runs. Those of a
  /// `source` stand before the list of the command in its script, whose answers come first.
  private(set) var scripted: [ArraySlice<PersonAnswer>] = []
  /// Called with each answer that was given to the command that runs, and not by a script that it runs.
  var onAnswer: (PersonAnswer) -> Void = { _ in }

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
    realPaths.removeAll(keepingCapacity: true)
    self.expectsStop = expectsStop && input == nil
    replayed = input
    nextFile = 0
    nextReplayedAnswer = 0
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
    guard let (index, due) = nextStop([place]), place == .waiting || moment >= due else {
      return false
    }
    nextStop = index + 1
    return true
  }

  /// When code that runs now was stopped, when the command was carried out first, or is to be as it
  /// expects.
  func stopDue() -> (moment: Double, place: OutsideInput.Stop.Place)? {
    if expectsStop { return (lastMoment + Self.patience, .working) }
    guard let (index, due) = nextStop([.working, .memory]), let replayed else { return nil }
    return (due, replayed.stops[index].place)
  }

  /// The same of a call that asks for Ctrl-C.
  func caughtStopDue() -> Double? { nextStop([.caught])?.due }

  private func nextStop(_ places: Set<OutsideInput.Stop.Place>) -> (index: Int, due: Double)? {
    guard let replayed,
      let index = replayed.stops[nextStop...].firstIndex(where: { places.contains($0.place) }),
      replayed.stops[index].taskCount <= taken.tasks.count
    else { return nil }
    return (index, lastMoment + min(replayed.stops[index].milliseconds, Self.patience))
  }

  // MARK: - The date

  /// Code that waits for a date reads the clock again and again: so many different ones are kept.
  private static let readingLimit = 10_000

  /// Whether the command is carried out again, and gets dates that it read first.
  var hasReadings: Bool { replayed.map { nextReading.index < $0.readings.count } ?? false }

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

  /// Reads files before they are asked for, while a program is loaded.
  var ahead: FilesAhead?

  /// Where relative paths start, when it is a directory that the process cannot be in: the session's
  /// own is gone. Nil: where the process is.
  var directory: String?

  /// A path for the system.
  func located(_ path: String) -> String {
    directory.map { FilePath.resolve(path, relativeToDirectory: $0) } ?? path
  }

  func located(_ file: FileReference) -> FileReference {
    guard directory != nil else { return file }
    return FileReference(located(file.resolved))
  }

  /// Where paths lead that the running command has asked for: to one answer, as when it is carried out
  /// again. Asking costs a system call for each part of a path.
  private var realPaths: [String: String] = [:]

  /// Where links lead; nil for a path that is itself, or leads nowhere. `path` is from the root.
  func realPath(of path: String) -> String? {
    let target: String?
    if let links = replayed?.links {
      target = links[path]
    } else if let known = realPaths[path] {
      target = known
    } else {
      target = FileReading.realPath(path)
      realPaths[path] = target
    }
    guard let target, target != path else { return nil }
    taken.links?[path] = target
    return target
  }

  /// Whether there is something at a path.
  func exists(_ path: String) -> Bool {
    if let known = taken.present, known.contains(path) { return true }
    let exists = replayed?.present?.contains(path) ?? FileReading.exists(located(path))
    if exists { taken.present?.insert(path) }
    return exists
  }

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
        content = .success(try read(located(path)))
      } catch {
        content = .failure(error)
      }
    }
    taken.files.append(OutsideInput.File(path: path, content: content))
    return try content.get()
  }

  private func read(_ path: String) throws(FileProblem) -> [UInt8] {
    if let file = ahead?.file(path) { return file.bytes }
    return try FileReading.bytes(of: path)
  }

  /// Whether a file that was read would be read otherwise now.
  func isChanged(_ file: OutsideInput.File) -> Bool {
    guard case .success(let bytes) = file.content else { return false }
    do throws(FileProblem) {
      return try FileReading.bytes(of: located(file.path)) != bytes
    } catch {
      return true
    }
  }

  /// The bytes of a file, which must be UTF-8.
  func text(of path: String) throws(FileProblem) -> [UInt8] {
    let bytes = try bytes(of: path)
    try FileReading.checkUTF8(bytes)
    return bytes
  }

  /// The text of a file that may be a module.
  func source(of path: String) throws(CommandError) -> SourceFile {
    let bytes = try text(of: FileReference(path))
    let place = located(path)
    defer { ahead?.forget(place) }
    return SourceFile(bytes, path: path, parsed: ahead?.file(place)?.module)
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
      answer =
        nextReplayedAnswer < replayed.answers.count
        ? replayed.answers[nextReplayedAnswer] : .ended
      nextReplayedAnswer += 1
    } else {
      answer = nextAnswer(to: question)
    }
    taken.answers.append(answer)
    return answer
  }

  private func nextAnswer(to question: String) -> PersonAnswer {
    for index in scripted.indices.reversed() {
      guard let answer = scripted[index].popFirst() else { continue }
      if index == 0 { onAnswer(answer) }
      return answer
    }
    let answer = ask?(question) ?? .ended
    onAnswer(answer)
    return answer
  }

  /// A command runs that has these answers.
  func beginAnswers(_ answers: [PersonAnswer]) { scripted.append(answers[...]) }

  /// It has ended. `tell` gets each of its answers that nobody asked for.
  func endAnswers(_ tell: (PersonAnswer) -> Void) {
    for answer in scripted.popLast() ?? [] {
      if scripted.isEmpty { onAnswer(answer) }
      tell(answer)
    }
  }
}
