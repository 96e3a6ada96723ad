import SchemaValidation
import Session

/// What a session answered to the commands of one step.
struct StepAnswers {
  /// The first command that failed.
  var failure: JSONValue?
  var console: [JSONValue] = []
  /// Calls of the linker: specifier, referrer, attributes when there are any.
  var calls: [JSONValue] = []
  var statuses: [String: JSONValue] = [:]
  /// The answers by what they are good for.
  var reports: [CaseScript.Role: JSONValue] = [:]

  /// What marks console lines that carry linker calls made by JavaScript.
  private static let mark = "@call "

  struct SetupFailed: Error {
    let command: String
    let error: String
  }

  struct SchemaFault: Error {
    let command: String
    let fault: String
  }

  /// Runs the script in a session of its own.
  static func collect(_ script: CaseScript, _ schema: SchemaValidator) throws -> [StepAnswers] {
    let session = Session(output: SilentOutput(), keepsReports: true)
    var reader = CommandReader(script.text, scanner: ModuleSyntaxScanner())
    var steps = Array(repeating: StepAnswers(), count: script.nodeCase.steps.count)
    var entries = script.entries.makeIterator()
    while case .command(let command)? = reader.next() {
      let answer = session.run(command).json()
      let faults = try schema.faults(of: answer.text)
      if let fault = faults.first { throw SchemaFault(command: command.text, fault: fault) }
      let report = try answer.canonical()
      guard let entry = entries.next() else {
        throw SetupFailed(command: command.text, error: "no such command was written")
      }
      if let step = entry.step {
        try steps[step].add(report, entry.role)
      } else if report["ok"] != true {
        throw SetupFailed(command: entry.text, error: (report["error"] ?? nil).text)
      }
    }
    if let missing = entries.next() {
      throw SetupFailed(command: missing.text, error: "was not read as a command")
    }
    return steps
  }

  private mutating func add(_ report: JSONValue, _ role: CaseScript.Role) throws {
    reports[role] = report
    for request in (report["requests"] ?? nil).array {
      var call = [request["specifier"] ?? nil, request["referrer"] ?? nil]
      if let attributes = request["attributes"], !attributes.members.isEmpty {
        call.append(attributes)
      }
      calls.append(.array(call))
    }
    for entry in (report["console"] ?? nil).array {
      let line = entry["text"]?.string ?? ""
      if line.hasPrefix(Self.mark) {
        calls.append(try JSONReader.value(of: String(line.dropFirst(Self.mark.count))).canonical())
      } else {
        console.append(.string(line))
      }
    }
    if role == .status {
      for module in (report["result"]?["modules"] ?? nil).array {
        statuses[module["name"]?.string ?? ""] = module["status"]
      }
    } else if report["ok"] != true, failure == nil {
      failure = report["error"]
    }
  }

  func result(_ role: CaseScript.Role) -> JSONValue { reports[role]?["result"] ?? nil }
}
