import ModuleSyntax

/// What `why NAME` answers: one sentence, the evidence for it, and what to do next.
package struct WhyAnswer: Sendable {
  /// Names for programs; a person reads the headline.
  package enum Reason: String, Hashable, Sendable {
    // unlinked
    case notLinked = "not-linked"
    case notInstantiated = "not-instantiated"
    case linkFailed = "link-failed"
    case linkFailedElsewhere = "link-failed-elsewhere"
    // linking
    case waitsForLinker = "waits-for-linker"
    case linkerThrew = "linker-threw"
    case stepped
    // linked
    case synthetic
    case notEvaluated = "not-evaluated"
    case notReached = "not-reached"
    // evaluated
    case evaluated
    case waitsForAwait = "waits-for-await"
    case deadlock
    // errored
    case wrongAnswer = "wrong-answer"
    case threw
    case uninitializedInCycle = "uninitialized-in-cycle"
    case inheritedError = "inherited-error"
    case stopped
  }

  /// One hop of a chain: of importers, of a cycle, of who waits for whom.
  package struct Hop: Sendable {
    package var from: String
    package var to: String
    /// What stands below the underlined place, or alone where there is none.
    package var text: String
    package var place: Diagnostic.Label?
  }

  package enum Part: Sendable {
    case sentence(String)
    case error(Diagnostic)
    case chain([Hop])
    case place(Diagnostic.Label)
  }

  package var module: String
  package var status: ModuleStatusWord
  /// The specification's word.
  package var record: String
  package var reason: Reason
  /// A sentence about the module: `It …`.
  package var headline: String
  package var parts: [Part] = []
  /// Commands that can be typed as they stand.
  package var hints: [String] = []
  package var error: ErrorReport?

  package func json() -> JSONValue {
    var sentences = [headline]
    var hops: [JSONValue] = []
    var places: [JSONValue] = []
    for part in parts {
      switch part {
      case .sentence(let text): sentences.append(text)
      case .error(let diagnostic): places += diagnostic.labels.map { $0.json() }
      case .place(let label): places.append(label.json())
      case .chain(let chain):
        hops += chain.map { hop in
          [
            "from": .string(hop.from), "to": .string(hop.to), "text": .string(hop.text),
            "place": hop.place?.json() ?? .null,
          ]
        }
      }
    }
    return [
      "name": .string(module), "status": .string(status.rawValue), "record": .string(record),
      "reason": .string(reason.rawValue), "sentences": .strings(sentences),
      "error": error?.json() ?? .null, "chain": .array(hops), "places": .array(places),
      "try": .strings(hints),
    ]
  }
}

extension Diagnostic.Label {
  package func json() -> JSONValue {
    let position = source.position(at: range.start)
    return [
      "source": .string(source.name), "line": .int(position.line),
      "column": .int(position.column), "text": .string(text),
    ]
  }
}
