import ModuleLinking
import ModuleSyntax

/// Modules that only export, as data: made from numbers, made into records, and asked by
/// `SpecificationExports`.
struct ExportGraph: CustomStringConvertible {
  enum Export: Hashable {
    /// `let local; export { local as name }`.
    case local(String)
    /// `export { imported as name } from target`, or the same by an import.
    case indirect(target: Int, imported: String)
    /// `export * as name from target`.
    case namespace(target: Int)
    /// `import * as local from target; export { local as name }`.
    case importedNamespace(target: Int)
  }

  struct Module {
    var exports: [(name: String, export: Export)] = []
    var stars: [Int] = []
  }

  var modules: [Module]

  /// The ways in which a module of a graph of `count` modules may export `name`; nil: it does not.
  static func choices(_ name: String, names: [String], count: Int) -> [Export?] {
    var choices: [Export?] = [nil, .local(name), .local("shared")]
    for target in 0..<count {
      for imported in names { choices.append(.indirect(target: target, imported: imported)) }
      choices.append(.namespace(target: target))
      choices.append(.importedNamespace(target: target))
    }
    return choices
  }

  var description: String {
    modules.indices.map { "m\($0) = " + text(of: $0) }.joined(separator: "\n")
  }

  /// The source text of a module.
  func text(of module: Int) -> String {
    var statements: [String] = []
    var declared: Set<String> = []
    for (name, export) in modules[module].exports {
      switch export {
      case .local(let local):
        if declared.insert(local).inserted { statements.append("let \(local)_") }
        statements.append("export { \(local)_ as \(name) }")
      case .indirect(let target, let imported):
        statements.append("export { \(imported) as \(name) } from 'm\(target)'")
      case .namespace(let target): statements.append("export * as \(name) from 'm\(target)'")
      case .importedNamespace(let target):
        statements.append(
          "import * as \(name)_ns from 'm\(target)'; export { \(name)_ns as \(name) }")
      }
    }
    for target in modules[module].stars { statements.append("export * from 'm\(target)'") }
    return statements.joined(separator: "; ")
  }

  func records(in agent: ModuleAgent) -> [SourceTextModuleRecord] {
    let records = modules.indices.map { number in
      SourceTextModuleRecord(identifier: "m\(number)", parsed: parsed(number), in: agent)
    }
    for record in records { record.setLoadedModules(records, in: agent) }
    return records
  }

  /// Every module requests every other one, so that a request's index is its module.
  private func parsed(_ module: Int) -> ParsedModule {
    var parsed = ParsedModule(source: Self.source)
    parsed.requests = modules.indices.map { ModuleRequest(specifier: "m\($0)") }
    for (name, export) in modules[module].exports {
      switch export {
      case .local(let local):
        parsed.localExportEntries.append(
          LocalExportEntry(exportName: name, localName: local + "_"))
      case .indirect(let target, let imported):
        parsed.indirectExportEntries.append(
          IndirectExportEntry(request: target, importName: .name(imported), exportName: name))
      case .namespace(let target):
        parsed.indirectExportEntries.append(
          IndirectExportEntry(request: target, importName: .all, exportName: name))
      case .importedNamespace(let target):
        parsed.importEntries.append(
          ImportEntry(request: target, importName: .namespace, localName: name + "_ns"))
        parsed.localExportEntries.append(
          LocalExportEntry(exportName: name, localName: name + "_ns"))
      }
    }
    parsed.starExportEntries = modules[module].stars.map { StarExportEntry(request: $0) }
    return parsed
  }

  private static let source = SourceText("", name: "")
}

/// ResolveExport and GetExportedNames of a Source Text Module Record, as the specification writes
/// them.
struct SpecificationExports {
  let graph: ExportGraph

  /// A ResolvedBinding Record: the module and the name of the binding, nil for its namespace.
  struct Binding: Hashable {
    var module: Int
    var name: String?
  }

  enum Resolution: Hashable {
    case null
    case ambiguous
    case binding(Binding)
  }

  private struct Asked: Hashable {
    var module: Int
    var exportName: String
  }

  func resolveExport(_ module: Int, _ exportName: String) -> Resolution {
    var resolveSet: Set<Asked> = []
    return resolveExport(module, exportName, &resolveSet)
  }

  /// https://tc39.es/ecma262/#sec-resolveexport
  private func resolveExport(
    _ module: Int, _ exportName: String, _ resolveSet: inout Set<Asked>
  ) -> Resolution {
    // For each Record of resolveSet: this is a circular import request. Return null.
    guard resolveSet.insert(Asked(module: module, exportName: exportName)).inserted else {
      return .null
    }
    for (name, export) in graph.modules[module].exports where name == exportName {
      switch export {
      case .local(let local): return .binding(Binding(module: module, name: local))
      case .namespace(let target), .importedNamespace(let target):
        return .binding(Binding(module: target))
      case .indirect(let target, let imported):
        return resolveExport(target, imported, &resolveSet)
      }
    }
    // A default export cannot be provided by an export * from "mod" declaration.
    if exportName == "default" { return .null }
    var starResolution = Resolution.null
    for target in graph.modules[module].stars {
      let resolution = resolveExport(target, exportName, &resolveSet)
      if resolution == .ambiguous { return .ambiguous }
      guard resolution != .null else { continue }
      if starResolution == .null {
        starResolution = resolution
      } else if resolution != starResolution {
        return .ambiguous
      }
    }
    return starResolution
  }

  func getExportedNames(_ module: Int) -> [String] {
    var exportStarSet: Set<Int> = []
    return getExportedNames(module, &exportStarSet)
  }

  /// https://tc39.es/ecma262/#sec-getexportednames
  private func getExportedNames(_ module: Int, _ exportStarSet: inout Set<Int>) -> [String] {
    // We've reached the starting point of an export * circularity.
    guard exportStarSet.insert(module).inserted else { return [] }
    var exportedNames: [String] = []
    let exports = graph.modules[module].exports
    // Local export entries come before indirect ones.
    for isLocal in [true, false] {
      for (name, export) in exports {
        switch export {
        case .local, .importedNamespace: if isLocal { exportedNames.append(name) }
        case .indirect, .namespace: if !isLocal { exportedNames.append(name) }
        }
      }
    }
    for target in graph.modules[module].stars {
      for name in getExportedNames(target, &exportStarSet) where name != "default" {
        if !exportedNames.contains(name) { exportedNames.append(name) }
      }
    }
    return exportedNames
  }
}
