import ModuleSyntax

/// What is known of the exports of a module that lead on to other modules.
final class ResolutionTable {
  /// Resolutions through re-exports and stars.
  var resolutions: [ExportName: ExportResolution] = [:]
  /// Made when walking the stars has cost more than it would.
  var starIndex: StarIndex?
  /// Steps that searches have made behind this module's stars.
  var starCost = 0
  /// What `starIndex` would hold; 0 when it has not been counted.
  var starIndexSize = 0
}

extension SourceTextModuleRecord {
  /// An export that the module itself names.
  enum ExplicitExport {
    /// Index into the local export entries.
    case local(Int)
    /// Index into the indirect export entries.
    case indirect(Int)
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
    if let explicitExports { return explicitExports[ExportName(name)] }
    var index: [ExportName: ExplicitExport] = [:]
    index.reserveCapacity(locals.count + indirects.count)
    for position in indirects.indices {
      index[ExportName(indirects[position].exportName)] = .indirect(position)
    }
    for position in locals.indices {
      index[ExportName(locals[position].exportName)] = .local(position)
    }
    explicitExports = index
    return index[ExportName(name)]
  }

  /// The binding of a local export. An export of `import * as ns` is the namespace itself, so that
  /// two modules that export one namespace do not conflict.
  func binding(ofLocalExport position: Int) -> ResolvedBinding {
    if hasNamespaceImport,
      let request = namespaceRequest(importedAs: parsed.localExportEntries[position].localName),
      let module = loadedModules[request]
    {
      return .namespace(of: module, phase: parsed.requests[request].phase)
    }
    return ResolvedBinding(module: self, slot: Int32(position))
  }

  /// The request of `import * as localName from`, or of `import defer * as`.
  private func namespaceRequest(importedAs localName: String) -> Int? {
    if let namespaceRequests { return namespaceRequests[ExportName(localName)] }
    var requests: [ExportName: Int] = [:]
    for entry in parsed.importEntries {
      if case .namespace = entry.importName {
        requests[ExportName(entry.localName)] = entry.request
      }
    }
    namespaceRequests = requests
    return requests[ExportName(localName)]
  }
}
