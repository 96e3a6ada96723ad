internal import GraphRendering

/// What moments are called, and what is said of them.
extension SessionDocument {
  /// The number of the last transition, and how many moments came after it: `36`, `36+1`, `36+2`.
  var labels: [String] {
    var number = 0
    var later = 0
    return moments.map { moment in
      (number, later) = moment.transition == nil ? (number, later + 1) : (number + 1, 0)
      // The empty session is 0.
      let between = number == 0 ? later - 1 : later
      return between == 0 ? "\(number)" : "\(number)+\(between)"
    }
  }

  /// What a moment is, where it is no transition.
  func text(at index: Int) -> String {
    let moment = moments[index]
    if index == 0 { return "The session is empty." }
    if let failure = moment.failure {
      return "The command fails: \(Self.clean(Self.shortened(failure)))"
    }
    var texts = words(of: moment) + changes(of: moment)
    let added = console[moments[index - 1].consoleCount..<moment.consoleCount]
    let printed = added.count(where: \.isPrinted)
    if printed > 0 { texts.append("\(printed) line\(printed == 1 ? "" : "s") on the console.") }
    if let result = added.last(where: { $0.kind == .result }) {
      texts.append("The result is \(Self.clean(Self.shortened(result.text, to: 60))).")
    }
    if let rejection = added.first(where: { $0.kind == .unhandled }) {
      texts.append("Nothing handles a rejection: \(Self.clean(Self.shortened(rejection.text)))")
    }
    return texts.isEmpty ? records(at: moment) : texts.joined(separator: " ")
  }

  /// What ran.
  private func words(of moment: Moment) -> [String] {
    var texts: [String] = []
    if let run = moment.run {
      let end =
        switch run.end {
        case .waits: " to an await"
        case .finished: " to its end"
        case .threw: " and throws"
        case nil: ""
        }
      texts.append("\(names([run.node])) runs\(run.isLater ? " on" : "")\(end).")
    }
    if let settled = moment.settled {
      let whose = settled == moment.run?.node ? "Its record" : "The record of \(names([settled]))"
      texts.append("\(whose) is evaluated now.")
    }
    return texts
  }

  /// What a command made and changed.
  private func changes(of moment: Moment) -> [String] {
    var made: [Int] = []
    var gone: [Int] = []
    var changed: [Int] = []
    for change in moment.changes {
      switch change {
      case .appears(let node, _, _, _, _): made.append(node)
      case .disappears(let node): gone.append(node)
      case .bindings(let node, _): changed.append(node)
      default: break
      }
    }
    var texts: [String] = []
    let again = made.filter(gone.contains)
    let new = made.filter { !gone.contains($0) }
    let lost = gone.filter { !made.contains($0) }
    if !new.isEmpty { texts.append("New: \(names(new)).") }
    if !again.isEmpty { texts.append("Made again: \(names(again)).") }
    if !lost.isEmpty { texts.append("Gone: \(names(lost)).") }
    let values = changed.filter { !made.contains($0) }
    if moment.run == nil, !values.isEmpty { texts.append("Other values in \(names(values)).") }
    return texts
  }

  /// The records that have another status, where nothing else has changed.
  private func records(at moment: Moment) -> String {
    var nodes: [(word: String, nodes: [Int])] = []
    for case .record(let node, let word) in moment.changes {
      if let index = nodes.firstIndex(where: { $0.word == word }) {
        nodes[index].nodes.append(node)
      } else {
        nodes.append((word, [node]))
      }
    }
    let texts = nodes.map { "Record \($0.word): \(names($0.nodes))." }
    return texts.isEmpty ? "No transition." : texts.joined(separator: " ")
  }

  /// So many that they can be said.
  private func names(_ nodes: [Int]) -> String {
    let most = nodes.count == 4 ? 4 : 3
    let names = nodes.prefix(most).map { Self.clean(self.nodes[$0].name) }
    guard nodes.count > most else { return names.joined(separator: ", ") }
    return "\(names.joined(separator: ", ")) and \(nodes.count - most) more"
  }

  /// The first line, as far as it can be taken in at once: the console and the tables have it all.
  static func shortened(_ text: String, to length: Int = 200) -> String {
    let line = HTMLText.lines(text)[0]
    guard line.count > length || line.utf8.count < text.utf8.count else { return text }
    return line.prefix(length - 1) + "…"
  }
}
