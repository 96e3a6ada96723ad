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
  /// Records in whose tables something was kept.
  private(set) var touched: [SourceTextModuleRecord] = []
  private let keepsResolutions: Bool
  private var givenIndices: [SourceTextModuleRecord: StarIndex] = [:]
  private var temporary: [Pair: ExportResolution] = [:]

  /// With `keepsResolutions`, answers are kept in the records; only linking may do so, as only
  /// then the loaded modules cannot change any more.
  init(keepsResolutions: Bool) {
    self.keepsResolutions = keepsResolutions
  }

  struct Pair: Hashable {
    var module: SourceTextModuleRecord
    var name: ExportName
  }

  private enum Successors {
    case indirect(Int)
    case stars
    case none
  }

  private struct Frame {
    var pair: Pair
    var successors: Successors
    var next = 0
    var index: Int
    var lowest: Int
    var answer = ExportResolution.unresolved
  }

  func resolveExport(_ name: String, of module: ModuleRecord) -> ExportResolution {
    var module = module
    var name = name
    // Short chains of re-exports are cheaper followed than remembered.
    for _ in 0..<smallExportCount {
      guard let source = module.asSourceText else { return terminal(name, of: module) }
      switch source.explicitExport(name) {
      case .local(let position): return .resolved(source.binding(ofLocalExport: position))
      case .indirect(let position):
        let entry = source.parsed.indirectExportEntries[position]
        guard let next = source.loadedModules[entry.request] else { return .unresolved }
        switch entry.importName {
        case .all:
          return .resolved(ResolvedBinding(module: next, slot: ResolvedBinding.namespaceSlot))
        case .name(let imported):
          module = next
          name = imported
        }
      case nil:
        if source.parsed.starExportEntries.isEmpty { return .unresolved }
        return search(from: Pair(module: source, name: ExportName(name)))
      }
    }
    guard let source = module.asSourceText else { return terminal(name, of: module) }
    return search(from: Pair(module: source, name: ExportName(name)))
  }

  private func terminal(_ name: String, of module: ModuleRecord) -> ExportResolution {
    guard let synthetic = module.asSynthetic, let slot = synthetic.indexOfExport(name) else {
      return .unresolved
    }
    return .resolved(ResolvedBinding(module: synthetic, slot: slot))
  }

  private func known(_ pair: Pair) -> ExportResolution? {
    if let kept = pair.module.exportTable?.resolutions[pair.name] { return kept }
    return keepsResolutions ? nil : temporary[pair]
  }

  private func keep(_ answer: ExportResolution, for pair: Pair) {
    guard keepsResolutions else {
      temporary[pair] = answer
      return
    }
    let table = pair.module.existingOrNewExportTable()
    if table.resolutions.isEmpty { touched.append(pair.module) }
    table.resolutions[pair.name] = answer
  }

  /// Drops what was kept in modules that did not get linked: their requests may be answered anew.
  func discardUnlinked() {
    for module in touched where module.status.rawValue < ModuleStatus.linked.rawValue {
      module.exportTable?.discardResolutions()
    }
    touched = []
  }

  private func search(from root: Pair) -> ExportResolution {
    if let answer = known(root) { return answer }
    if let index = starIndex(of: root), let answer = index.resolve(root.name.text, self) {
      return answer
    }
    var numbers: [Pair: Int] = [:]
    var component: [Pair] = []
    var frames: [Frame] = []

    func enter(_ pair: Pair) {
      let number = numbers.count
      numbers[pair] = number
      component.append(pair)
      var frame = Frame(pair: pair, successors: .none, index: number, lowest: number)
      switch pair.module.explicitExport(pair.name.text) {
      case .local(let position):
        frame.answer = .resolved(pair.module.binding(ofLocalExport: position))
      case .indirect(let position):
        frame.successors = .indirect(position)
      case nil:
        if pair.name.text != "default" { frame.successors = .stars }
      }
      frames.append(frame)
    }

    enter(root)
    while true {
      let top = frames.count - 1
      if let (module, name) = nextSuccessor(&frames[top]) {
        guard let source = module.asSourceText else {
          merge(terminal(name, of: module), into: &frames[top].answer)
          continue
        }
        let pair = Pair(module: source, name: ExportName(name))
        if let answer = known(pair) {
          merge(answer, into: &frames[top].answer)
        } else if let number = numbers[pair] {
          frames[top].lowest = min(frames[top].lowest, number)
        } else {
          enter(pair)
        }
        continue
      }
      let frame = frames.removeLast()
      if frame.lowest == frame.index {
        while let member = component.popLast() {
          keep(frame.answer, for: member)
          if member == frame.pair { break }
        }
      }
      guard let parent = frames.indices.last else {
        if keepsResolutions { root.module.exportTable?.searchCost += numbers.count }
        return frame.answer
      }
      merge(frame.answer, into: &frames[parent].answer)
      frames[parent].lowest = min(frames[parent].lowest, frame.lowest)
    }
  }

  /// The index of the pair's module, when the name can only come by a star and searching has cost
  /// more than the index does.
  private func starIndex(of pair: Pair) -> StarIndex? {
    let module = pair.module
    guard pair.name.text != "default", module.explicitExport(pair.name.text) == nil else {
      return nil
    }
    if let given = givenIndices[module] { return given }
    guard keepsResolutions, let table = module.exportTable else { return nil }
    if let index = table.starIndex { return index }
    guard table.searchCost > 64 else { return nil }
    if table.starIndexSize == 0 { table.starIndexSize = StarIndex.size(of: module) }
    guard table.searchCost > table.starIndexSize else { return nil }
    let index = StarIndex(of: module)
    table.starIndex = index
    return index
  }

  /// For one who is going to ask `module` for every name.
  func prepareForAllNames(of module: SourceTextModuleRecord) {
    if module.parsed.starExportEntries.isEmpty { return }
    givenIndices[module] = module.exportTable?.starIndex ?? StarIndex(of: module)
  }

  /// The next pair that the frame's pair leads to. A namespace is merged at once.
  private func nextSuccessor(_ frame: inout Frame) -> (ModuleRecord, String)? {
    let module = frame.pair.module
    switch frame.successors {
    case .none: return nil
    case .indirect(let position):
      guard frame.next == 0 else { return nil }
      frame.next = 1
      let entry = module.parsed.indirectExportEntries[position]
      guard let target = module.loadedModules[entry.request] else { return nil }
      switch entry.importName {
      case .name(let name): return (target, name)
      case .all:
        merge(
          .resolved(ResolvedBinding(module: target, slot: ResolvedBinding.namespaceSlot)),
          into: &frame.answer)
        return nil
      }
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
