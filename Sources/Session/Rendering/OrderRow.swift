/// A module's place in the order of evaluation.
package struct OrderRow: Hashable, Sendable {
  package var name: String
  package var status: ModuleStatusWord
  /// What its glyph and its colour are those of.
  package var mark: ModuleStatusWord
  /// Nil for a synthetic module.
  package var dfsIndex: Int?
  package var dfsAncestorIndex: Int?
  package var component: Int
  package var isInCycle: Bool
  package var asyncOrder: Int?
  /// The asynchronous modules that it waits for.
  package var waitsFor: [String]
  /// How many, as [[PendingAsyncDependencies]] counts: two requests for one module are two.
  package var pending: Int

  func json() -> JSONValue {
    [
      "name": .string(name), "status": .string(status.rawValue),
      "dfsIndex": .optional(dfsIndex), "dfsAncestorIndex": .optional(dfsAncestorIndex),
      "component": .int(component), "cycle": .bool(isInCycle),
      "asyncOrder": .optional(asyncOrder), "waitsFor": .strings(waitsFor),
      "pendingAsyncDependencies": .int(pending),
    ]
  }
}
