import ModuleSyntax

/// A name of a namespace and what it is bound to.
public struct NamespaceExport {
  public var name: String
  public var binding: ResolvedBinding
}

extension ModuleRecord {
  /// GetExportedNames ( [ exportStarSet ] ): this module's names, then those of its stars, each
  /// once, in source order.
  /// https://tc39.es/ecma262/#sec-getexportednames
  public func getExportedNames() -> [String] {
    guard let root = asSourceText else { return asSynthetic?.exportNames ?? [] }
    var names: [String] = []
    var known: Set<ExportName> = []
    var visited: Set<SourceTextModuleRecord> = []
    // Stars that are still to be looked at, the next one last.
    var work: [ModuleRecord] = [root]
    while let module = work.popLast() {
      func add(_ name: String) {
        if module !== root && name == "default" { return }
        if known.insert(ExportName(name)).inserted { names.append(name) }
      }
      guard let source = module.asSourceText else {
        module.asSynthetic?.exportNames.forEach(add)
        continue
      }
      guard visited.insert(source).inserted else { continue }
      for entry in source.parsed.localExportEntries { add(entry.exportName) }
      for entry in source.parsed.indirectExportEntries { add(entry.exportName) }
      for entry in source.parsed.starExportEntries.reversed() {
        if let target = source.loadedModules[entry.request] { work.append(target) }
      }
    }
    return names
  }

  /// ResolveExport ( exportName ) of a module that is loaded.
  /// https://tc39.es/ecma262/#sec-resolveexport
  public func resolveExport(_ exportName: String) -> ExportResolution {
    ExportResolver(keepsResolutions: isLinked).resolveExport(exportName, of: self)
  }

  /// The [[Exports]] that GetModuleNamespace ( module ) gives the namespace: the names that resolve
  /// to one binding, in the order of their code units. Ambiguous names are left out.
  /// https://tc39.es/ecma262/#sec-getmodulenamespace
  public func namespaceExports() -> [NamespaceExport] {
    let resolver = ExportResolver(keepsResolutions: isLinked)
    if let source = asSourceText { resolver.prepareForAllNames(of: source) }
    var exports: [NamespaceExport] = []
    for name in getExportedNames() {
      if case .resolved(let binding) = resolver.resolveExport(name, of: self) {
        exports.append(NamespaceExport(name: name, binding: binding))
      }
    }
    exports.sort { precedesInCodeUnits($0.name, $1.name) }
    return exports
  }

  /// Linked, or further: what it exports cannot change any more.
  public var isLinked: Bool { status.rawValue >= ModuleStatus.linked.rawValue }
}
