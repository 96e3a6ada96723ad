/// What `why EXPORT in NAME` answers: ResolveExport, call by call.
package struct WhyExportAnswer: Sendable {
  /// One call of ResolveExport.
  package struct Step: Sendable {
    /// `x of main`
    package var asked: String
    package var module: String
    package var export: String
    package var depth: Int
    /// The rule that decided, in words.
    package var rule: String
    /// Whether a binding came out of it.
    package var answers: Bool
    /// The entry that the rule is about.
    package var place: Diagnostic.Label?
  }

  /// More of them are counted, not shown.
  static let shownSteps = 40

  package var export: String
  package var module: String
  /// `resolved`, `ambiguous`, `unresolved`.
  package var resolution: String
  /// The binding found: its module, and its name there (`*` for a namespace).
  package var binding: BindingRow.Origin?
  package var headline: String
  package var steps: [Step] = []
  /// The bindings found: one, or those that conflict.
  package var places: [Diagnostic.Label] = []
  package var sentences: [String] = []
  package var hints: [String] = []

  package func json() -> JSONValue {
    [
      "export": .string(export), "module": .string(module), "resolution": .string(resolution),
      "binding": binding.map { ["module": .string($0.module), "name": .string($0.export)] }
        ?? .null,
      "steps": .array(
        steps.map { step in
          [
            "module": .string(step.module), "export": .string(step.export),
            "depth": .int(step.depth), "rule": .string(step.rule), "answers": .bool(step.answers),
            "place": step.place?.json() ?? .null,
          ]
        }),
      "places": .array(places.map { $0.json() }),
      "sentences": .strings([headline] + sentences), "try": .strings(hints),
    ]
  }
}
