public import ModuleSyntax

/// ResolveExport ( exportName ) with every module that was asked, in the order of the
/// specification: what `why EXPORT in NAME` tells.
/// https://tc39.es/ecma262/#sec-resolveexport
public struct ResolutionTrace {
  /// How a module came to be asked.
  public enum Question {
    case root
    /// Index into the indirect export entries of the module that asks.
    case reexport(Int)
    /// Index into the star export entries of the module that asks.
    case star(Int)
  }

  /// The rule that decided what a module answers.
  public enum Rule: Hashable, Sendable {
    /// The pair of module and name is in the resolve set already: it answers null.
    case askedBefore
    /// Index into the local export entries.
    case local(Int)
    /// Index into the indirect export entries; the module that it names is asked.
    case reexport(Int)
    /// `export * as name from`: index into the indirect export entries.
    case namespace(Int)
    /// A name that the synthetic module was made with.
    case synthetic
    /// No entry has the name, and there is no star.
    case notExported
    /// `export *` never passes `default` on.
    case defaultIsNoStar
    /// No entry has the name: each star is asked.
    case stars
    /// The request of this re-export has no module yet.
    case notLoaded(Int)
  }

  /// One call of ResolveExport.
  public struct Step {
    public var module: ModuleRecord
    public var exportName: String
    public var question: Question
    /// The step that asks; nil for the first.
    public var parent: Int?
    public var depth: Int
    public var rule: Rule
    public var answer: ExportResolution
  }

  /// In the order of the calls.
  public private(set) var steps: [Step] = []
  /// What ResolveExport returns.
  public var answer: ExportResolution { steps.first?.answer ?? .unresolved }
  /// The two bindings that conflict, when the answer is ambiguous.
  public private(set) var conflict: [ResolvedBinding] = []

  /// A call that has not returned: a step, and the next of its stars.
  private struct Frame {
    var step: Int
    var nextStar = 0
  }

  init(_ exportName: String, of root: ModuleRecord) {
    var resolveSet: Set<ExportResolver.Pair> = []
    var frames: [Frame] = []

    func ask(_ module: ModuleRecord, _ name: String, _ question: Question) {
      var step = Step(
        module: module, exportName: name, question: question, parent: frames.last?.step,
        depth: frames.count, rule: .notExported, answer: .unresolved)
      if let source = module.asSourceText {
        let pair = ExportResolver.Pair(module: source, name: ExportName(name))
        if resolveSet.insert(pair).inserted {
          (step.rule, step.answer) = Self.decide(name, in: source)
        } else {
          step.rule = .askedBefore
        }
      } else if let synthetic = module.asSynthetic, let slot = synthetic.indexOfExport(name) {
        step.rule = .synthetic
        step.answer = .resolved(ResolvedBinding(module: synthetic, slot: slot))
      }
      frames.append(Frame(step: steps.count))
      steps.append(step)
    }

    ask(root, exportName, .root)
    while let top = frames.indices.last {
      let frame = frames[top]
      let step = steps[frame.step]
      if let source = step.module.asSourceText, !isAmbiguous(step.answer) {
        if case .reexport(let position) = step.rule, frame.nextStar == 0 {
          frames[top].nextStar = 1
          let entry = source.parsed.indirectExportEntries[position]
          if case .name(let name) = entry.importName,
            let target = source.loadedModules[entry.request]
          {
            ask(target, name, .reexport(position))
            continue
          }
        }
        if step.rule == .stars, frame.nextStar < source.parsed.starExportEntries.count {
          frames[top].nextStar += 1
          let entry = source.parsed.starExportEntries[frame.nextStar]
          if let target = source.loadedModules[entry.request] {
            ask(target, step.exportName, .star(frame.nextStar))
          }
          continue
        }
      }
      frames.removeLast()
      if let parent = step.parent { merge(step.answer, into: parent) }
    }
  }

  private static func decide(
    _ name: String, in source: SourceTextModuleRecord
  ) -> (Rule, ExportResolution) {
    switch source.explicitExport(name) {
    case .local(let position):
      return (.local(position), .resolved(source.binding(ofLocalExport: position)))
    case .indirect(let position):
      let entry = source.parsed.indirectExportEntries[position]
      guard let target = source.loadedModules[entry.request] else {
        return (.notLoaded(position), .unresolved)
      }
      guard case .all = entry.importName else { return (.reexport(position), .unresolved) }
      let binding = ResolvedBinding(module: target, slot: ResolvedBinding.namespaceSlot)
      return (.namespace(position), .resolved(binding))
    case nil:
      if source.parsed.starExportEntries.isEmpty { return (.notExported, .unresolved) }
      return (name == "default" ? .defaultIsNoStar : .stars, .unresolved)
    }
  }

  private func isAmbiguous(_ answer: ExportResolution) -> Bool {
    if case .ambiguous = answer { return true }
    return false
  }

  private mutating func merge(_ answer: ExportResolution, into step: Int) {
    switch (steps[step].answer, answer) {
    case (_, .unresolved), (.ambiguous, _): break
    case (.unresolved, _), (.resolved, .ambiguous): steps[step].answer = answer
    case (.resolved(let one), .resolved(let other)):
      if one.isSame(as: other) { return }
      steps[step].answer = .ambiguous
      conflict = [one, other]
    }
  }
}

extension ModuleRecord {
  /// ResolveExport ( exportName ), every call of it told.
  /// https://tc39.es/ecma262/#sec-resolveexport
  public func resolveExportTrace(_ exportName: String) -> ResolutionTrace {
    ResolutionTrace(exportName, of: self)
  }
}

extension ResolvedBinding {
  /// Where the source lists the binding as an export. Nil for a synthetic module and a namespace.
  public var exportRange: SourceRange? {
    guard let source = module.asSourceText, let index = exportIndex else { return nil }
    return source.parsed.localExportEntries[index].range
  }

  /// The name under which its module exports the binding. Nil for a namespace and a source.
  public var exportName: String? {
    guard let index = exportIndex else { return nil }
    return module.asSourceText?.parsed.localExportEntries[index].exportName
      ?? module.asSynthetic?.exportNames[index]
  }
}
