/// A line of `timeline`, in Node's words.
package struct TransitionRow: Hashable, Sendable {
  package var number: Int
  package var module: String
  package var from: String
  package var to: String
  /// The command that made it.
  package var command: String
  /// It is the first one of its command.
  package var beginsCommand: Bool

  func json() -> JSONValue {
    [
      "n": .int(number), "module": .string(module), "from": .string(from), "to": .string(to),
      "command": .string(command),
    ]
  }
}
