internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// An import that was read before its module's body initialised it, which only a cycle can cause.
extension Session {
  /// Adds the cycle, the order from this entry and the cell to the answer of a module that failed so.
  func explainUninitialized(
    _ thrower: SourceTextModuleRecord, _ failure: CommandFailure, in answer: inout WhyAnswer
  ) {
    let message = failure.report.message
    let (before, after) = ("Cannot access '", "' before initialization")
    guard failure.report.name == "ReferenceError", message.hasPrefix(before),
      message.hasSuffix(after)
    else { return }
    let name = String(message.dropFirst(before.count).dropLast(after.count))
    // A function of another module may have read it: its own cell, or an import.
    let reader = failure.report.module.flatMap { registry[$0]?.module.record.asSourceText }
    for reader in [reader, thrower].compactMap({ $0 }) {
      guard let index = importEntry(named: name, of: reader) else { continue }
      explain(reader, index, in: &answer)
      return
    }
    if let reader, reader !== thrower,
      reader.parsed.declarations.contains(where: { $0.name == name })
    {
      explain(name, of: reader, name, readBy: thrower, in: &answer)
    }
  }

  private func importEntry(named name: String, of reader: SourceTextModuleRecord) -> Int? {
    let first = name.split(separator: ".").first.map(String.init) ?? name
    return reader.parsed.importEntries.indices.first { index in
      let local = reader.parsed.importEntries[index].localName
      return (local == name || local == first) && index < reader.importBindings.count
    }
  }

  private func explain(
    _ reader: SourceTextModuleRecord, _ index: Int, in answer: inout WhyAnswer
  ) {
    let entry = reader.parsed.importEntries[index]
    let binding = reader.importBindings[index]
    guard let owner = binding.module.asSourceText, case .name(let local) = binding.bindingName
    else {
      return
    }
    explain(local, of: owner, entry.localName, readBy: reader, in: &answer)
  }

  /// `local` is the cell's name in its module, `name` what the reader calls it.
  private func explain(
    _ local: String, of owner: SourceTextModuleRecord, _ name: String,
    readBy reader: SourceTextModuleRecord, in answer: inout WhyAnswer
  ) {
    guard owner !== reader, let wayThere = path(from: reader, to: { $0 === owner }),
      let wayBack = path(from: owner, to: { $0 === reader })
    else { return }
    let (readerName, ownerName) = (self.name(of: reader), self.name(of: owner))
    answer.reason = .uninitializedInCycle
    if answer.module == readerName {
      answer.headline =
        "It read \(name) of \(ownerName) before \(ownerName) had run: they are a cycle."
    }
    answer.parts.append(.sentence("The cycle:"))
    answer.parts.append(.chain(hops(wayThere + wayBack)))
    if let root = entryOfEvaluation(reader) {
      let order = evaluationOrder(from: root)
      let shown = order.map { record -> String in
        let shown = self.name(of: record)
        return record === reader
          ? "\(shown) (reads it)" : record === owner ? "\(shown) (initialises it)" : shown
      }
      answer.parts.append(
        .sentence(
          "The order from \(self.name(of: root)): \(cut(shown).joined(separator: ", then "))."))
    }
    if let declaration = owner.parsed.declarations.first(where: { $0.name == local }) {
      let label = label(
        owner, declaration.range,
        "the cell of \(local == "*default*" ? "default" : local): uninitialised until this runs")
      answer.parts.append(.place(label))
    }
    hint(reader, owner, in: &answer)
  }

  private func hint(
    _ reader: SourceTextModuleRecord, _ owner: SourceTextModuleRecord, in answer: inout WhyAnswer
  ) {
    let other = evaluationOrder(from: reader)
    guard let first = other.firstIndex(where: { $0 === owner }),
      let second = other.firstIndex(where: { $0 === reader }), first < second
    else {
      answer.hints = ["show \(argument(owner))", "reset"]
      return
    }
    answer.parts.append(
      .sentence(
        "Begun at \(name(of: reader)), the order is "
          + "\(cut(other.map { name(of: $0) }).joined(separator: ", then ")): "
          + "\(name(of: owner)) runs first."))
    answer.hints = [
      "bindings \(argument(owner))", "reset", "link \(argument(reader))",
      "evaluate \(argument(reader))",
    ]
  }

  private func cut(_ names: [String]) -> [String] {
    names.count <= 12 ? names : names.prefix(6) + ["…"] + names.suffix(5)
  }

  /// The module whose evaluation came to this one: the one that was entered first.
  private func entryOfEvaluation(_ record: SourceTextModuleRecord) -> SourceTextModuleRecord? {
    guard let error = record.evaluationError else { return nil }
    let failure = host.failure(of: error)
    return host.allModules.lazy.compactMap { $0.record.asSourceText }.first {
      $0.dfsIndex == 0 && $0.topLevelCapability != nil && self.has(failure, $0)
    }
  }

  /// The order in which InnerModuleEvaluation runs the bodies of a graph, all of them synchronous:
  /// every module after those that it requests, but for cycles.
  private func evaluationOrder(from root: SourceTextModuleRecord) -> [ModuleRecord] {
    var order: [ModuleRecord] = []
    var entered: Set<ModuleRecord> = [root]
    var stack: [(module: ModuleRecord, next: Int)] = [(root, 0)]
    while let top = stack.indices.last {
      let (module, next) = stack[top]
      guard let loaded = module.asSourceText?.loadedModules, next < loaded.count else {
        stack.removeLast()
        order.append(module)
        continue
      }
      stack[top].next += 1
      if let child = loaded[next], entered.insert(child).inserted { stack.append((child, 0)) }
    }
    return order
  }
}
