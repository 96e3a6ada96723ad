import Session

extension Verdict {
  /// Judges a case step by step.
  static func judge(_ nodeCase: NodeCase, _ answers: [StepAnswers]) throws -> Verdict {
    var verdict = Verdict(nodeCase)
    let observed = try nodeCase.observed.map { try $0.canonical() }
    let waits = nodeCase.steps.indices.filter { nodeCase.steps[$0]["op"] == "wait" }
    for index in nodeCase.steps.indices {
      let step = nodeCase.steps[index]
      let label = [
        "step \(index)", step["op"]?.string ?? "", step["module"]?.string ?? "",
      ].joined(separator: " ")
      if let missing = answers[index].reports[.missing] {
        if missing["ok"] == true { verdict.fail("\(label): the module should not exist") }
        continue
      }
      verdict.judgeOutcome(label, observed[index], answers[index])
      verdict.judgeProgress(
        label, index, waits, observed, answers, isCreation: step["op"] == "create")
      if observed[index]["ok"] == true, answers[index].failure == nil {
        verdict.judgeResult(label, step, observed[index], answers[index])
      }
    }
    return verdict
  }

  private mutating func judgeOutcome(_ label: String, _ wanted: JSONValue, _ got: StepAnswers) {
    if wanted["settled"] == "pending" {
      if let failure = got.failure, failure["code"]?.string?.hasPrefix("ERR_") == true {
        fail("\(label): expected to stay pending, got \(failure.text)")
      }
    } else if wanted["ok"] == true {
      if let failure = got.failure { fail("\(label): expected success, got \(failure.text)") }
    } else if let failure = got.failure {
      error(label, wanted["error"] ?? nil, failure)
    } else {
      fail("\(label): expected \((wanted["error"] ?? nil).text), got success")
    }
  }

  /// Statuses, console lines and linker calls. A command waits for timers, so work that Node leaves
  /// running until a later `wait` may be done already: it is compared at that `wait`.
  private mutating func judgeProgress(
    _ label: String, _ index: Int, _ waits: [Int], _ observed: [JSONValue],
    _ answers: [StepAnswers], isCreation: Bool
  ) {
    let wanted = observed[index]
    let got = answers[index]
    let later = waits.first { $0 > index }
    let statuses = (wanted["statuses"] ?? nil).members
    let gotStatuses = JSONValue.object(
      statuses.map { .init($0.key, got.statuses[$0.key] ?? nil) })
    if later.map({ observed[$0]["statuses"] == gotStatuses }) != true {
      expect("\(label) statuses", .object(statuses), gotStatuses)
    }
    let console = (wanted["console"] ?? nil).array
    if waits.contains(index) {
      let first = waits.last { $0 < index }.map { $0 + 1 } ?? 1
      guard first <= index else { return }
      let lines = observed[first...index].flatMap { ($0["console"] ?? nil).array }
      let calls = observed[first...index].flatMap { ($0["calls"] ?? nil).array }
      expect(
        "\(label) console up to here", .array(lines),
        .array(answers[first...index].flatMap(\.console)))
      expect(
        "\(label) linker calls up to here", .array(calls),
        .array(answers[first...index].flatMap(\.calls)))
    } else if later == nil {
      if console.count != got.console.count {
        expect("\(label) console", .array(console), .array(got.console))
      }
      for (line, gotLine) in zip(console, got.console) { text("\(label) console", line, gotLine) }
      if !isCreation {
        expect("\(label) linker calls", wanted["calls"] ?? [], .array(got.calls))
      }
    }
  }

  /// What the step's own command answered.
  private mutating func judgeResult(
    _ label: String, _ step: JSONValue, _ wanted: JSONValue, _ got: StepAnswers
  ) {
    if let statuses = wanted["statusesSync"] {
      expect("\(label) statuses on return", statuses, got.result(.sync)["json"])
    }
    if got.reports[.value] != nil {
      let json = got.result(.value)["json"] ?? nil
      if step["op"] == "error" {
        error("\(label) value", wanted["value"] ?? nil, json)
      } else if let expected = wanted["value"] {
        value("\(label) value", expected, json)
      }
    }
    if step["op"] == "namespace" { judgeNamespace(label, wanted, got) }
  }

  private mutating func judgeNamespace(_ label: String, _ wanted: JSONValue, _ got: StepAnswers) {
    let keys = (wanted["keys"] ?? nil).array.compactMap(\.string)
    let names = keys.filter { !$0.hasPrefix("Symbol(") }
    let rows = (got.result(.namespace)["exports"] ?? nil).array
    expect(
      "\(label) exports", .strings(names), .array(rows.map { $0["name"] ?? nil }))
    let exports = wanted["exports"] ?? nil
    for (name, row) in zip(names, rows) {
      let isInTDZ = exports[name]?.string?.hasPrefix("<ReferenceError") == true
      expect("\(label) \(name) initialized", .bool(!isInTDZ), row["initialized"])
    }
    let full = got.result(.namespaceValue)["json"] ?? nil
    expect("\(label) keys", .strings(keys), full["keys"])
    for name in names {
      value("\(label) \(name)", exports[name] ?? nil, (full["exports"] ?? nil)[name] ?? nil)
    }
  }
}
