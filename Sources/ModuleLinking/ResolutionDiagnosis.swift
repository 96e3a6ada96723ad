import ModuleSyntax

/// Finds the words for an import that cannot be resolved: the way that V8's ResolveExport goes,
/// which reports the last link of a chain of re-exports but the first hop into `export *`.
///
/// Runs once for a failed link, so it remembers nothing but what the resolver has an index of; like
/// the resolver it has no recursion.
struct ResolutionDiagnosis {
  /// Who asks for the name: where the error is reported.
  struct Link {
    var importer: SourceTextModuleRecord
    var request: Int
    var name: String
    var range: SourceRange
  }

  /// A module that is looked through by its stars.
  private struct Frame {
    var link: Link
    var module: SourceTextModuleRecord
    var nextStar = 0
    var found: ResolvedBinding?
    /// Whether nothing found is an error here, or for the star above just no candidate.
    var mustResolve: Bool
    /// How much of the path leads here.
    var pathCount: Int
  }

  private enum Answer {
    case binding(ResolvedBinding)
    case nothing
  }

  /// After `failure(of:)`: the pairs on the way whose importers all meet this failure, at this place.
  private(set) var consequences: [ExportResolver.Pair] = []
  private let linkedModule: SourceTextModuleRecord
  private let resolver: ExportResolver
  private var visited: Set<ExportResolver.Pair> = []
  private var path: [ResolutionFailure.Hop] = []
  private var frames: [Frame] = []

  init(linkedModule: SourceTextModuleRecord, _ resolver: ExportResolver) {
    self.linkedModule = linkedModule
    self.resolver = resolver
  }

  /// For a re-export of the linked module: it is the first pair that was visited.
  mutating func begin(reexport exportName: String) {
    visited.insert(.init(module: linkedModule, name: ExportName(exportName)))
    path.append(ResolutionFailure.Hop(module: linkedModule, exportName: exportName))
  }

  /// The failure of `link`; the last resort, should the link resolve after all, is a missing export.
  mutating func failure(of link: Link) -> ResolutionFailure {
    failureOnTheWay(of: link) ?? missing(link)
  }

  /// Nil when V8 resolves the link. It does not when it meets a re-export that fails, even behind a star
  /// whose sister has the name.
  mutating func failureOnTheWay(of link: Link) -> ResolutionFailure? {
    switch ask(link, mustResolve: true) {
    case .failure(let failure): return failure
    case .success(let pending):
      var answer = pending
      while true {
        if let given = answer {
          guard let top = frames.indices.last else { break }
          if case .binding(let binding) = given {
            if let found = frames[top].found, !found.isSame(as: binding) {
              return ambiguous(frames[top].link, [found, binding])
            }
            frames[top].found = binding
          }
          answer = nil
          continue
        }
        switch advance() {
        case .failure(let failure): return failure
        case .success(let next): answer = next
        }
      }
    }
    return nil
  }

  private enum Outcome {
    /// Nil: a frame was pushed, which has to be looked through first.
    case success(Answer?)
    case failure(ResolutionFailure)
  }

  /// Looks at the next star of the innermost frame.
  private mutating func advance() -> Outcome {
    guard let top = frames.indices.last else { return .success(.nothing) }
    let frame = frames[top]
    let stars = frame.module.parsed.starExportEntries
    if frame.link.name != "default" && frame.nextStar < stars.count
      && (frame.nextStar > 0
        || !resolver.isNamedNowhere(frame.link.name, behindStarsOf: frame.module))
    {
      let star = stars[frame.nextStar]
      frames[top].nextStar += 1
      path.removeSubrange(frame.pathCount...)
      return ask(
        Link(
          importer: frame.module, request: star.request, name: frame.link.name,
          range: star.range), mustResolve: false)
    }
    frames.removeLast()
    if let found = frame.found { return .success(.binding(found)) }
    return frame.mustResolve ? .failure(missing(frame.link)) : .success(.nothing)
  }

  /// Asks the module that `link` requests for the name, and follows re-exports.
  private mutating func ask(_ first: Link, mustResolve: Bool) -> Outcome {
    var link = first
    var mustResolve = mustResolve
    while true {
      guard let module = link.importer.loadedModules[link.request] else {
        return mustResolve ? .failure(missing(link)) : .success(.nothing)
      }
      guard let source = module.asSourceText else {
        if let slot = module.asSynthetic?.indexOfExport(link.name) {
          return .success(.binding(ResolvedBinding(module: module, slot: slot)))
        }
        return mustResolve ? .failure(missing(link)) : .success(.nothing)
      }
      let explicit = source.explicitExport(link.name)
      if case .local(let position) = explicit {
        return .success(.binding(source.binding(ofLocalExport: position)))
      }
      path.append(ResolutionFailure.Hop(module: source, exportName: link.name))
      if !visited.insert(.init(module: source, name: ExportName(link.name))).inserted {
        return mustResolve ? .failure(circular(link)) : .success(.nothing)
      }
      guard case .indirect(let position) = explicit else {
        frames.append(
          Frame(
            link: link, module: source, mustResolve: mustResolve, pathCount: path.count))
        return .success(nil)
      }
      let entry = source.parsed.indirectExportEntries[position]
      guard case .name(let name) = entry.importName else {
        guard let target = source.loadedModules[entry.request] else { return .success(.nothing) }
        return .success(
          .binding(ResolvedBinding(module: target, slot: ResolvedBinding.namespaceSlot)))
      }
      link = Link(importer: source, request: entry.request, name: name, range: entry.range)
      mustResolve = true
    }
  }

  private mutating func missing(_ link: Link) -> ResolutionFailure {
    make(link, .missingExport(in: link.importer.loadedModules[link.request] ?? link.importer))
  }

  private mutating func ambiguous(_ link: Link, _ candidates: [ResolvedBinding])
    -> ResolutionFailure
  {
    make(
      link,
      .ambiguousStar(
        in: link.importer.loadedModules[link.request] ?? link.importer, candidates: candidates))
  }

  private mutating func circular(_ link: Link) -> ResolutionFailure {
    guard let last = path.last,
      let start = path.firstIndex(where: {
        $0.module === last.module && sameName($0.exportName, last.exportName)
      }), start < path.count - 1
    else { return make(link, .circular(path: path)) }
    return make(link, .circular(path: Array(path[start...])))
  }

  private mutating func make(_ link: Link, _ reason: ResolutionFailure.Reason)
    -> ResolutionFailure
  {
    var shared = path[...]
    if case .circular = reason {
    } else if let target = link.importer.loadedModules[link.request] {
      // Others who ask the last module themselves fail at a place of their own.
      let end = path.firstIndex { $0.module === target && sameName($0.exportName, link.name) }
      shared = path[..<(end ?? path.endIndex)]
    }
    consequences = shared.compactMap { hop in
      hop.module.asSourceText.map { .init(module: $0, name: ExportName(hop.exportName)) }
    }
    return ResolutionFailure(
      reason: reason, importer: link.importer, request: link.request, name: link.name,
      range: link.range, linkedModule: linkedModule)
  }
}
