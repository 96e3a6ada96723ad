import ModuleSyntax

/// ResolveExport ( exportName [ , resolveSet ] ) without recursion and with a memory.
/// https://tc39.es/ecma262/#sec-resolveexport
///
/// In the specification, a pair of module and name that is asked a second time answers null, because
/// its bindings have been counted the first time. So the answer for a pair depends only on the
/// bindings that can be reached from it over re-exports and stars: none is null, one is resolved,
/// two are ambiguous. All pairs of a strongly connected component have the same answer; they are
/// found by Tarjan's algorithm, and each pair is looked at once.
final class ExportResolver {
  /// When a module gets a `StarIndex`; answers do not depend on it.
  enum StarIndexing {
    case never
    /// When walking its stars has cost more than the index does.
    case whenCheaper
    case always
  }

  /// Edges that were followed, in all searches.
  private(set) var stepCount = 0
  private let keepsResolutions: Bool
  private let starIndexing: StarIndexing
  /// Records in which a table was made.
  private var touched: [SourceTextModuleRecord] = []
  /// The tables of this resolver alone, when it keeps nothing in the records.
  private var temporary: [SourceTextModuleRecord: ResolutionTable] = [:]
  private var givenIndices: [SourceTextModuleRecord: StarIndex] = [:]

  /// With `keepsResolutions`, answers are kept in the records; only linking may do so, as only
  /// then the loaded modules cannot change any more.
  init(keepsResolutions: Bool, starIndexing: StarIndexing = .whenCheaper) {
    self.keepsResolutions = keepsResolutions
    self.starIndexing = starIndexing
  }

  struct Pair: Hashable {
    var module: SourceTextModuleRecord
    var name: ExportName
  }

  private enum Successors {
    case indirect(Int)
    case stars
    /// What the index has in place of the stars.
    case providers([ModuleRecord])
  }

  private struct Frame {
    var pair: Pair
    var successors: Successors
    var next = 0
    var index: Int
    var lowest: Int
    var firstStep: Int
    var answer = ExportResolution.unresolved
  }

  func resolveExport(_ name: String, of module: ModuleRecord) -> ExportResolution {
    var module = module
    var name = name
    // Short chains of re-exports are cheaper followed than remembered.
    for _ in 0..<smallExportCount {
      stepCount += 1
      switch look(at: module, for: name) {
      case .answer(let answer): return answer
      case .search(let pair, .indirect(let position)):
        let entry = pair.module.parsed.indirectExportEntries[position]
        guard let next = pair.module.loadedModules[entry.request],
          case .name(let imported) = entry.importName
        else { return .unresolved }
        module = next
        name = imported
      case .search(let pair, let successors): return search(from: pair, successors)
      }
    }
    switch look(at: module, for: name) {
    case .answer(let answer): return answer
    case .search(let pair, let successors): return search(from: pair, successors)
    }
  }

  private enum Look {
    /// What the module alone decides.
    case answer(ExportResolution)
    case search(Pair, Successors)
  }

  private func look(at module: ModuleRecord, for name: String) -> Look {
    guard let source = module.asSourceText else {
      guard let slot = module.asSynthetic?.indexOfExport(name) else { return .answer(.unresolved) }
      return .answer(.resolved(ResolvedBinding(module: module, slot: slot)))
    }
    switch source.explicitExport(name) {
    case .local(let position): return .answer(.resolved(source.binding(ofLocalExport: position)))
    case .indirect(let position):
      let entry = source.parsed.indirectExportEntries[position]
      guard case .all = entry.importName else {
        return .search(Pair(module: source, name: ExportName(name)), .indirect(position))
      }
      guard let target = source.loadedModules[entry.request] else { return .answer(.unresolved) }
      return .answer(
        .resolved(ResolvedBinding(module: target, slot: ResolvedBinding.namespaceSlot)))
    case nil:
      if source.parsed.starExportEntries.isEmpty || name == "default" {
        return .answer(.unresolved)
      }
      return .search(Pair(module: source, name: ExportName(name)), .stars)
    }
  }

  private func search(from root: Pair, _ successors: Successors) -> ExportResolution {
    if let answer = known(root) { return answer }
    var numbers: [Pair: Int] = [:]
    var component: [Pair] = []
    var frames: [Frame] = []

    func enter(_ pair: Pair, _ successors: Successors) {
      let number = numbers.count
      numbers[pair] = number
      component.append(pair)
      var successors = successors
      if case .stars = successors, let index = starIndex(of: pair.module) {
        successors = .providers(index.providers(of: pair.name))
      }
      frames.append(
        Frame(
          pair: pair, successors: successors, index: number, lowest: number, firstStep: stepCount))
    }

    enter(root, successors)
    while true {
      let top = frames.count - 1
      if let (module, name) = nextSuccessor(&frames[top]) {
        stepCount += 1
        switch look(at: module, for: name) {
        case .answer(let answer): merge(answer, into: &frames[top].answer)
        case .search(let pair, let successors):
          if let answer = known(pair) {
            merge(answer, into: &frames[top].answer)
          } else if let number = numbers[pair] {
            frames[top].lowest = min(frames[top].lowest, number)
          } else {
            enter(pair, successors)
          }
        }
        continue
      }
      let frame = frames.removeLast()
      if case .stars = frame.successors {
        table(of: frame.pair.module).starCost += stepCount - frame.firstStep
      }
      if frame.lowest == frame.index {
        while let member = component.popLast() {
          table(of: member.module).resolutions[member.name] = frame.answer
          if member == frame.pair { break }
        }
      }
      guard let parent = frames.indices.last else { return frame.answer }
      merge(frame.answer, into: &frames[parent].answer)
      frames[parent].lowest = min(frames[parent].lowest, frame.lowest)
    }
  }

  /// The next module and name that the frame's pair leads to.
  private func nextSuccessor(_ frame: inout Frame) -> (ModuleRecord, String)? {
    let module = frame.pair.module
    switch frame.successors {
    case .indirect(let position):
      guard frame.next == 0 else { return nil }
      frame.next = 1
      let entry = module.parsed.indirectExportEntries[position]
      guard let target = module.loadedModules[entry.request],
        case .name(let name) = entry.importName
      else { return nil }
      return (target, name)
    case .providers(let providers):
      guard frame.next < providers.count else { return nil }
      frame.next += 1
      return (providers[frame.next - 1], frame.pair.name.text)
    case .stars:
      let stars = module.parsed.starExportEntries
      while frame.next < stars.count {
        let target = module.loadedModules[stars[frame.next].request]
        frame.next += 1
        if let target { return (target, frame.pair.name.text) }
      }
      return nil
    }
  }

  private func merge(_ answer: ExportResolution, into sum: inout ExportResolution) {
    switch (sum, answer) {
    case (_, .unresolved), (.ambiguous, _): break
    case (.unresolved, _), (.resolved, .ambiguous): sum = answer
    case (.resolved(let one), .resolved(let other)):
      if !one.isSame(as: other) { sum = .ambiguous }
    }
  }
}

/// The memory.
extension ExportResolver {
  private func known(_ pair: Pair) -> ExportResolution? {
    existingTable(of: pair.module)?.resolutions[pair.name]
  }

  private func existingTable(of module: SourceTextModuleRecord) -> ResolutionTable? {
    module.resolutionTable ?? temporary[module]
  }

  private func table(of module: SourceTextModuleRecord) -> ResolutionTable {
    if let table = existingTable(of: module) { return table }
    let table = ResolutionTable()
    if keepsResolutions {
      module.resolutionTable = table
      touched.append(module)
    } else {
      temporary[module] = table
    }
    return table
  }

  /// Drops what was kept in modules that did not get linked: their requests may be answered anew.
  func discardUnlinked() {
    for module in touched where !module.isLinked { module.resolutionTable = nil }
    touched = []
  }

  private func starIndex(of module: SourceTextModuleRecord) -> StarIndex? {
    if let given = givenIndices[module] { return given }
    switch starIndexing {
    case .never: return nil
    case .always: break
    case .whenCheaper:
      guard let table = existingTable(of: module) else { return nil }
      if let index = table.starIndex { return index }
      guard table.starCost > 64 else { return nil }
      if table.starIndexSize == 0 { table.starIndexSize = StarIndex.size(of: module) }
      guard table.starCost > table.starIndexSize else { return nil }
    }
    let index = StarIndex(of: module)
    table(of: module).starIndex = index
    return index
  }

  /// For one who is going to ask `module` for every name.
  func prepareForAllNames(of module: SourceTextModuleRecord) {
    if module.parsed.starExportEntries.isEmpty || starIndexing == .never { return }
    givenIndices[module] = existingTable(of: module)?.starIndex ?? StarIndex(of: module)
  }

  /// Whether it is known, without looking, that neither `module` nor anything behind its stars names
  /// `name`.
  func isNamedNowhere(_ name: String, behindStarsOf module: SourceTextModuleRecord) -> Bool {
    starIndex(of: module)?.hasProvider(of: ExportName(name)) == false
  }
}
