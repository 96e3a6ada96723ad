/// What Swift takes from the prelude, by the names that `globals.js` and `internal.js` give.
enum PreludeFunction: Int, CaseIterable {
  case run, start, resume, drive, waiting, drop, release
  case namespace, deferredNamespace, namespaceExports, synthesize, setCell, peek, peekLocal
  case mark, watch, watchOwn, deferred
  case attempt, invoke, makeError, nodeError, hasOwn, isOfKind, define, assign
  case immutable, parseJSON, compile, match, seedRandom
  /// Objects that other scripts of modlab's own take.
  case primordials, promises

  var name: String { "\(self)" }
}
