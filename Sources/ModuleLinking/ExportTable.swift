import ModuleSyntax

/// What a module's exports are known to be: made only for modules with many exports, or whose
/// exports lead on to other modules.
final class ExportTable {
  /// Explicit exports by name; made for modules with more than `smallExportCount`.
  var index: [ExportName: SourceTextModuleRecord.ExplicitExport]?
  /// Resolutions through re-exports and stars.
  var resolutions: [ExportName: ExportResolution] = [:]
  /// Made when walking the stars has cost more than it would.
  var starIndex: StarIndex?
  /// Pairs that searches from this module have looked at.
  var searchCost = 0
  /// What `starIndex` would hold; 0 when it has not been counted.
  var starIndexSize = 0

  /// Forgets what depends on other modules.
  func discardResolutions() {
    resolutions = [:]
    starIndex = nil
    searchCost = 0
    starIndexSize = 0
  }
}

extension SourceTextModuleRecord {
  /// An export that the module itself names.
  enum ExplicitExport {
    /// Index into the local export entries.
    case local(Int)
    /// Index into the indirect export entries.
    case indirect(Int)
  }

  func existingOrNewExportTable() -> ExportTable {
    if let exportTable { return exportTable }
    let table = ExportTable()
    exportTable = table
    return table
  }

  func explicitExport(_ name: String) -> ExplicitExport? {
    let locals = parsed.localExportEntries
    let indirects = parsed.indirectExportEntries
    if locals.count + indirects.count <= smallExportCount {
      for position in locals.indices where sameName(locals[position].exportName, name) {
        return .local(position)
      }
      for position in indirects.indices where sameName(indirects[position].exportName, name) {
        return .indirect(position)
      }
      return nil
    }
    let table = existingOrNewExportTable()
    if table.index == nil {
      var index: [ExportName: ExplicitExport] = [:]
      index.reserveCapacity(locals.count + indirects.count)
      for position in indirects.indices {
        index[ExportName(indirects[position].exportName)] = .indirect(position)
      }
      for position in locals.indices {
        index[ExportName(locals[position].exportName)] = .local(position)
      }
      table.index = index
    }
    return table.index?[ExportName(name)]
  }

  /// The binding of a local export. An export of `import * as ns` is the namespace itself, so that
  /// two modules that export one namespace do not conflict.
  func binding(ofLocalExport position: Int) -> ResolvedBinding {
    if hasNamespaceImport {
      let localName = parsed.localExportEntries[position].localName
      for entry in parsed.importEntries {
        if case .namespace = entry.importName, sameName(entry.localName, localName),
          parsed.requests[entry.request].phase == .evaluation,
          let module = loadedModules[entry.request]
        {
          return ResolvedBinding(module: module, slot: ResolvedBinding.namespaceSlot)
        }
      }
    }
    return ResolvedBinding(module: self, slot: Int32(position))
  }
}
