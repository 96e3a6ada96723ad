internal import ModuleSyntax

/// A step of an operation, as it is told.
struct StepReport {
  enum Kind: String {
    case requestAnswered, moduleEntered, environmentInitialized, componentFinished, bodyExecuted
    case moduleSettled, statement, waiting, failed
  }

  /// A module on the depth-first search's stack.
  struct StackRow {
    var module: String
    var index: Int?
    var ancestorIndex: Int?
    /// Linking: its environment is there. Evaluating: its body was executed.
    var isDone: Bool
  }

  /// Counts the steps of the operation; a statement is no step.
  var number: Int
  var kind: Kind
  var module: String
  /// `entered, DFS index 0`
  var text: String
  var specifier: String?
  /// Of a component.
  var members: [String] = []
  var position: SourcePosition?
  /// The line of a statement.
  var line: String?
  var stack: [StackRow] = []

  /// The line of the event.
  var event: String {
    switch kind {
    case .statement, .waiting: text
    default: "step \(number)   \(text)"
    }
  }

  func json() -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("n", .int(number)), .init("kind", .string(kind.rawValue)),
      .init("module", .string(module)), .init("text", .string(text)),
    ]
    if let specifier { members.append(.init("specifier", .string(specifier))) }
    if !self.members.isEmpty { members.append(.init("members", .strings(self.members))) }
    if let position {
      members.append(
        .init("position", ["line": .int(position.line), "column": .int(position.column)]))
    }
    if let line { members.append(.init("source", .string(line))) }
    members.append(
      .init(
        "stack",
        .array(
          stack.map { row in
            [
              "module": .string(row.module), "index": row.index.map { .int($0) } ?? .null,
              "ancestorIndex": row.ancestorIndex.map { .int($0) } ?? .null,
              "done": .bool(row.isDone),
            ]
          })))
    return .object(members)
  }
}
