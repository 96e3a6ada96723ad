// What a command took from outside, as a journal has it. An element that cannot be read makes all of it
// unreadable: a session that is carried out without it would be another one.
extension OutsideInput {
  var json: JSONValue {
    [
      "begin": .double(begin), "end": .double(end), "waiting": .bool(hadTasks),
      "passes": .bool(passes),
      "date": date.map(JSONValue.double) ?? .null,
      "readings": .array(readings.map { [.double($0.date), .int($0.count)] }),
      "files": .array(files.map(\.json)),
      "links": links.map { links in
        .object(links.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
      } ?? .null,
      "present": present.map { .strings($0.sorted()) } ?? .null,
      "entry": .optional(entry),
      "answers": .array(answers.map(\.json)),
      "tasks": .array(tasks.map(JSONValue.int)),
      "stops": .array(stops.map(\.json)),
    ]
  }

  init?(_ json: JSONValue) {
    guard let begin = json["begin"]?.moment, let end = json["end"]?.moment, begin <= end,
      let files = json["files"]?.all(File.init),
      let answers = json["answers"]?.all(PersonAnswer.init),
      let tasks = json["tasks"]?.all(\.count), let stops = json["stops"]?.all(Stop.init)
    else { return nil }
    (self.begin, self.end) = (begin, end)
    (self.files, self.answers, self.tasks, self.stops) = (files, answers, tasks, stops)
    // Journals of earlier versions have no more.
    entry = json["entry"]?.words
    hadTasks = json["waiting"] == .bool(true)
    passes = json["passes"] == .bool(true)
    guard let date = json["date"].read(\.moment),
      let readings = json["readings"].read({ $0.all(Reading.init) }),
      let links = json["links"].read(\.texts),
      let present = json["present"].read({ $0.all(\.words) })
    else { return nil }
    self.date = date
    self.readings = readings ?? []
    self.links = links
    self.present = present.map(Set.init)
  }
}

extension OutsideInput.Reading {
  fileprivate init?(_ json: JSONValue) {
    guard let parts = json.elements, parts.count == 2, let date = parts[0].moment,
      let count = parts[1].count
    else { return nil }
    self.init(date: date, count: count)
  }
}

extension OutsideInput.Stop {
  fileprivate var json: JSONValue {
    [
      "place": .string(place.rawValue), "tasks": .int(taskCount),
      "milliseconds": .double(milliseconds),
    ]
  }

  fileprivate init?(_ json: JSONValue) {
    guard let place = json["place"]?.words.flatMap(Place.init), let count = json["tasks"]?.count,
      let milliseconds = json["milliseconds"]?.moment
    else { return nil }
    self.init(place: place, taskCount: count, milliseconds: milliseconds)
  }
}

extension PersonAnswer {
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .interrupted: true
    case .ended: nil
    }
  }

  init?(_ json: JSONValue) {
    switch json {
    case .string(let text): self = .text(text)
    case .bool(true): self = .interrupted
    case .null: self = .ended
    default: return nil
    }
  }
}

extension OutsideInput.File {
  fileprivate var json: JSONValue {
    switch content {
    case .success(let bytes):
      if FileReading.firstInvalidUTF8(bytes) == nil {
        return ["path": .string(path), "text": .string(String(decoding: bytes, as: UTF8.self))]
      }
      return ["path": .string(path), "bytes": .array(bytes.map { .int(Int($0)) })]
    case .failure(let problem):
      return ["path": .string(path), "problem": .string(problem.reason)]
    }
  }

  fileprivate init?(_ json: JSONValue) {
    guard let path = json["path"]?.words else { return nil }
    let content: Result<[UInt8], FileProblem>
    if let text = json["text"]?.words {
      content = .success(Array(text.utf8))
    } else if let elements = json["bytes"],
      let bytes = elements.all({ $0.count.flatMap { UInt8(exactly: $0) } })
    {
      content = .success(bytes)
    } else if let reason = json["problem"]?.words {
      let known: [FileProblem] = [
        .notThere, .notPermitted, .isDirectory, .partIsNoDirectory, .tooManyLinks, .nameHasNUL,
        .isNoRegularFile, .noSpace, .tooLarge,
        .interrupted,
      ]
      content = .failure(known.first { $0.reason == reason } ?? .other(0, reason))
    } else {
      return nil
    }
    self.init(path: path, content: content)
  }
}
