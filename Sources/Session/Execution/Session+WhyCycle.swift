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
    if let reader, reader !== thrower, isThrower(reader) {
      // An `import()` gave its error to the one that is asked about.
      answer.hints.append("why \(argument(reader))")
      return
    }
    if let reader, let read = namespaceRead(of: name, at: failure.report.position, by: reader) {
      explain(read, readBy: reader, runBy: thrower, in: &answer)
      return
    }
    for reader in [reader, thrower].compactMap({ $0 }) {
      guard let read = importRead(of: name, by: reader) else { continue }
      explain(read, readBy: reader, runBy: thrower, in: &answer)
      return
    }
    guard let reader, reader.parsed.declarations.contains(where: { $0.name == name }) else {
      return
    }
    let own = UninitializedRead(owner: reader, local: name, name: name)
    explain(own, readBy: reader, runBy: thrower, in: &answer)
  }

  private struct UninitializedRead {
    /// The module whose cell was read, and the cell's name there.
    var owner: SourceTextModuleRecord
    var local: String
    /// What the reader calls it.
    var name: String
  }

  private func isThrower(_ record: SourceTextModuleRecord) -> Bool {
    guard let error = record.evaluationError else { return false }
    return origin(of: host.failure(of: error), reachedFrom: record) === record
  }

  private func importRead(
    of name: String, by reader: SourceTextModuleRecord
  ) -> UninitializedRead? {
    let index = reader.parsed.importEntries.firstIndex { $0.localName == name }
    guard let index, index < reader.importBindings.count else { return nil }
    return read(reader.importBindings[index], name)
  }

  private func read(_ binding: ResolvedBinding, _ name: String) -> UninitializedRead? {
    guard let owner = binding.module.asSourceText, case .name(let local) = binding.bindingName
    else { return nil }
    return UninitializedRead(owner: owner, local: local, name: name)
  }

  /// `ns.x`, where `ns` is an import that is a namespace; the place is that of either name.
  private func namespaceRead(
    of message: String, at position: SourcePosition?, by reader: SourceTextModuleRecord
  ) -> UninitializedRead? {
    let export = message.split(separator: ".").last.map(String.init) ?? message
    guard let position, let line = reader.parsed.source.line(position.line) else { return nil }
    let place = line.utf16.index(
      line.startIndex, offsetBy: position.column - 1, limitedBy: line.endIndex)
    guard let place else { return nil }
    for (index, entry) in reader.parsed.importEntries.enumerated()
    where index < reader.importBindings.count && reader.importBindings[index].isNamespace {
      let read = "\(entry.localName).\(export)"
      guard line[place...].hasPrefix(read) || line[..<place].hasSuffix("\(entry.localName).")
      else { continue }
      let module = reader.importBindings[index].module
      if case .resolved(let binding) = module.resolveExport(export) {
        return self.read(binding, read)
      }
    }
    return nil
  }

  /// The thrower's body ran; the code that read the cell is the reader's.
  private func explain(
    _ read: UninitializedRead, readBy reader: SourceTextModuleRecord,
    runBy thrower: SourceTextModuleRecord, in answer: inout WhyAnswer
  ) {
    let owner = read.owner
    let declaration = owner.parsed.declarations.first { $0.name == read.local }
    let local = read.local == "*default*" ? "default" : read.local
    if owner === thrower {
      if let declaration {
        answer.parts.append(
          .place(label(owner, declaration.range, "\(local) is initialised when this runs")))
      }
      return
    }
    guard !hasRun(owner), let cycle = cycle(of: thrower, reader, owner) else { return }
    answer.reason = .uninitializedInCycle
    headline(read, local, reader, thrower, in: &answer)
    answer.parts.append(.sentence("The cycle:"))
    answer.parts.append(.chain(hops(cycle)))
    if let root = entryOfEvaluation(thrower) {
      let isCalled = reader !== thrower && reader !== owner
      let shown = evaluationOrder(from: root).map { record -> String in
        let shown = name(of: record)
        if record === owner { return "\(shown) (initialises it)" }
        guard record === thrower else { return shown }
        return isCalled
          ? "\(shown) (reads it by code of \(name(of: reader)))" : "\(shown) (reads it)"
      }
      answer.parts.append(
        .sentence("The order from \(name(of: root)): \(cut(shown).joined(separator: ", then "))."))
    }
    if let declaration {
      answer.parts.append(
        .place(
          label(
            owner, declaration.range, "the cell of \(local): uninitialised until this runs")))
    }
    hint(thrower, owner, in: &answer)
  }

  /// From the module whose body ran to the one that it came too early for, and back.
  private func cycle(
    of thrower: SourceTextModuleRecord, _ reader: SourceTextModuleRecord,
    _ owner: SourceTextModuleRecord
  ) -> [(module: SourceTextModuleRecord, request: Int)]? {
    guard let wayBack = path(from: owner, to: { $0 === thrower }) else { return nil }
    if let toReader = path(from: thrower, to: { $0 === reader }),
      let toOwner = path(from: reader, to: { $0 === owner })
    {
      return toReader + toOwner + wayBack
    }
    return path(from: thrower, to: { $0 === owner }).map { $0 + wayBack }
  }

  private func headline(
    _ read: UninitializedRead, _ local: String, _ reader: SourceTextModuleRecord,
    _ thrower: SourceTextModuleRecord, in answer: inout WhyAnswer
  ) {
    let (readerName, throwerName) = (name(of: reader), name(of: thrower))
    let ownerName = name(of: read.owner)
    let cell =
      read.name == local
      ? "\(local) of \(ownerName)" : "\(read.name), which is \(local) of \(ownerName),"
    let rest = "\(cell) before \(ownerName) had run"
    if answer.module == throwerName {
      answer.headline =
        reader === thrower || reader === read.owner
        ? "It read \(rest): they are a cycle."
        : "It called code of \(readerName), which read \(rest): they are a cycle."
    } else if answer.module == readerName, reader !== read.owner {
      answer.headline =
        hasRun(reader)
        ? "Its body ran to the end. Then \(throwerName) called its code, which read \(rest)."
        : "\(throwerName) called its code, which read \(rest)."
    }
  }

  /// The module whose body ran too early, and the one that had to run before.
  private func hint(
    _ thrower: SourceTextModuleRecord, _ owner: SourceTextModuleRecord, in answer: inout WhyAnswer
  ) {
    let other = evaluationOrder(from: thrower)
    guard let first = other.firstIndex(where: { $0 === owner }),
      let second = other.firstIndex(where: { $0 === thrower }), first < second
    else {
      answer.hints = ["show \(argument(owner))", "reset"]
      return
    }
    answer.parts.append(
      .sentence(
        "Begun at \(name(of: thrower)), the order is "
          + "\(cut(other.map { name(of: $0) }).joined(separator: ", then ")): "
          + "\(name(of: owner)) runs first."))
    answer.hints = [
      "bindings \(argument(owner))", "reset", "link \(argument(thrower))",
      "evaluate \(argument(thrower))",
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
