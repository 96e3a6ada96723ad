internal import GraphRendering
internal import ModuleSyntax

/// The data of the page: what does not change is there once, moments hold what changes. The script
/// of the page (`Page/state.js`) reads it; sources, the console and commands it takes from the page.
extension SessionDocument {
  func json() -> JSONValue {
    [
      "statuses": .array(
        ModuleStatusWord.allCases.map { [.string($0.rawValue), .string($0.glyph)] }),
      "nodes": .strings(nodes.map { Self.clean($0.name) }),
      "edges": .array(
        edges.values.map { edge in
          [
            .int(edge.from), .optional(edge.to), .string(Self.clean(edge.specifier)),
            .optional(edge.phase),
          ]
        }),
      "rows": .array(
        rows.values.map { row in
          [
            .string(Self.clean(row.name)), .string(row.kind.rawValue),
            .string(Self.clean(row.text)), .int(row.isInitialized ? 1 : 0),
            row.origin.map { .string(Self.clean($0.export)) } ?? .null,
            row.origin.map { .string(Self.clean($0.module)) } ?? .null,
          ]
        }),
      "labels": .strings(labels),
      "moments": .array(moments.indices.map(json)),
    ]
  }

  private func json(at index: Int) -> JSONValue {
    let moment = moments[index]
    return [
      .int(moment.command),
      moment.transition.map { [.int($0.node), number($0.from), number($0.to)] }
        ?? .string(text(at: index)),
      .int(moment.consoleCount),
      moment.place.map(json) ?? .null,
      .array(moment.changes.map(json)),
      .optional(moment.subject),
    ]
  }

  private func json(_ place: Place) -> JSONValue {
    [
      .int(place.node), .string(place.kind.rawValue), .int(place.line),
      .array(
        place.spans.map {
          [.int($0.start.line), .int($0.start.column), .int($0.end.line), .int($0.end.column)]
        }),
    ]
  }

  private func json(_ change: Change) -> JSONValue {
    switch change {
    case .appears(let node, let source, let isSynthetic, let status, let record):
      [
        "+", .int(node), .optional(source), .int(isSynthetic ? 1 : 0), number(status),
        .string(record),
      ]
    case .disappears(let node): ["-", .int(node)]
    case .replaced(let node): ["o", .int(node)]
    case .record(let node, let word): ["r", .int(node), .string(word)]
    case .status(let node, let status): ["s", .int(node), number(status)]
    case .edge(let edge, let isThere): ["e", .int(edge), .int(isThere ? 1 : 0)]
    case .bindings(let node, let rows): ["b", .int(node), .array(rows.map { .int($0) })]
    case .error(let node, let text): ["x", .int(node), .string(Self.clean(text))]
    }
  }

  private func number(_ status: Status) -> JSONValue {
    .int(Status.allCases.firstIndex(of: status) ?? 0)
  }

  /// Characters that act on a page or a terminal are shown as what they are.
  static func clean(_ text: String) -> String { TerminalText.clean(text, keepingLines: true) }
}
