import ModuleSyntax

/// Who names an export explicitly, among a module and all that its stars lead to.
///
/// Asking a module with many or deep stars for one name after another would walk the same stars
/// each time; with the index each name costs no more than its providers.
final class StarIndex {
  private enum Providers {
    case one(ModuleRecord)
    case several([ModuleRecord])
  }

  private var providers: [ExportName: Providers] = [:]

  init(of root: SourceTextModuleRecord) {
    Self.forEachModule(from: root) { module in
      guard let source = module.asSourceText else {
        for name in module.asSynthetic?.exportNames ?? [] { add(name, module) }
        return
      }
      for entry in source.parsed.localExportEntries { add(entry.exportName, source) }
      for entry in source.parsed.indirectExportEntries { add(entry.exportName, source) }
    }
  }

  /// The number of modules that the stars of `root` lead to, and of their exports.
  static func size(of root: SourceTextModuleRecord) -> Int {
    var size = 0
    forEachModule(from: root) { module in
      size += 1
      if let source = module.asSourceText {
        size += source.parsed.localExportEntries.count + source.parsed.indirectExportEntries.count
      } else {
        size += module.asSynthetic?.exportNames.count ?? 0
      }
    }
    return size
  }

  private static func forEachModule(
    from root: SourceTextModuleRecord, _ body: (ModuleRecord) -> Void
  ) {
    var visited: Set<ModuleRecord> = [root]
    var work: [ModuleRecord] = [root]
    while let module = work.popLast() {
      body(module)
      guard let source = module.asSourceText else { continue }
      for star in source.parsed.starExportEntries {
        guard let target = source.loadedModules[star.request] else { continue }
        if visited.insert(target).inserted { work.append(target) }
      }
    }
  }

  private func add(_ name: String, _ module: ModuleRecord) {
    let name = ExportName(name)
    switch providers[name] {
    case nil: providers[name] = .one(module)
    case .one(let other): providers[name] = .several([other, module])
    case .several(var modules):
      providers[name] = nil
      modules.append(module)
      providers[name] = .several(modules)
    }
  }

  /// The answer for a name (not `default`) that the indexed module does not name itself. Nil when
  /// providers disagree: then it depends on which of them hides which.
  func resolve(_ name: String, _ resolver: ExportResolver) -> ExportResolution? {
    switch providers[ExportName(name)] {
    case nil: return .unresolved
    case .one(let module): return resolver.resolveExport(name, of: module)
    case .several(let modules):
      var common: ResolvedBinding?
      for module in modules {
        guard case .resolved(let binding) = resolver.resolveExport(name, of: module) else {
          return nil
        }
        if let common, !common.isSame(as: binding) { return nil }
        common = binding
      }
      return common.map(ExportResolution.resolved)
    }
  }
}
