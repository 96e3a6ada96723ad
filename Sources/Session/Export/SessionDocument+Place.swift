internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension SessionDocument {
  /// A line of a module's source, and why it is shown.
  struct Place {
    enum Kind: String, CaseIterable {
      case ran, asks, fails
    }

    /// From a UTF-16 code unit of a line to another, which is not part of it; both count from 1.
    struct Span {
      var start: SourcePosition
      var end: SourcePosition
    }

    var node: Int
    var kind: Kind
    /// The last of the lines that ran, or the first that asks.
    var line: Int
    /// The statements that ran, or the requests.
    var spans: [Span] = []
  }
}

extension SessionDocument.Place {
  /// The statements that ran. Those that follow each other are one span.
  init?(ran statements: [Int], of module: DocumentGraph.Module) {
    guard let parsed = (module.module as? SourceTextModule)?.source.parsed else { return nil }
    let known = statements.filter(parsed.statements.indices.contains)
    guard let last = known.last else { return nil }
    var ranges: [(indices: ClosedRange<Int>, range: SourceRange)] = []
    for index in known {
      let range = parsed.statements[index].range
      if let end = ranges.last?.indices.upperBound, index == end + 1 {
        let first = ranges.removeLast()
        ranges.append(
          (first.indices.lowerBound...index, SourceRange(first.range.start, range.end)))
      } else {
        ranges.append((index...index, range))
      }
    }
    self.init(
      module, .ran, at: parsed.statements[last].range.start, ranges.map(\.range), parsed.source)
  }

  /// What a module asks for when it is linked.
  init?(requestsOf module: DocumentGraph.Module) {
    guard let parsed = (module.module as? SourceTextModule)?.source.parsed,
      let first = parsed.requests.first
    else { return nil }
    self.init(
      module, .asks, at: first.range.start, parsed.requests.map(\.range), parsed.source)
  }

  private init?(
    _ module: DocumentGraph.Module, _ kind: Kind, at offset: Int, _ ranges: [SourceRange],
    _ source: SourceText
  ) {
    guard let node = module.node else { return nil }
    // In the line as the page has it, without characters that act on it.
    func position(_ offset: Int) -> SourcePosition {
      let position = source.position(at: offset)
      let line = position.line - source.lineOffset
      let length = position.column - 1 - (line == 1 ? source.columnOffset : 0)
      let before = (source.line(position.line) ?? "").utf16.prefix(length)
      return SourcePosition(
        line: line, column: SessionDocument.clean(String(Substring(before))).utf16.count + 1)
    }
    self.init(
      node: node, kind: kind, line: position(offset).line,
      spans: ranges.map { Span(start: position($0.start), end: position($0.end)) })
  }
}
