import ModuleSyntax

extension ModuleRecord {
  /// Every import and re-export of some modules that cannot be resolved, where Link ( ) stops at the
  /// first. Requests without a module are passed over.
  ///
  /// Each fault is told once: not again by those who ask for a re-export that fails itself, and a
  /// ring of re-exports is one fault.
  public static func linkErrors(
    of modules: some Sequence<SourceTextModuleRecord>
  ) -> [ResolutionFailure] {
    var search = LinkErrorSearch()
    for module in modules { search.look(at: module) }
    return search.failures
  }
}

private struct LinkErrorSearch {
  /// Where a failure is reported.
  private struct Place: Hashable {
    var importer: SourceTextModuleRecord
    var range: SourceRange
    var name: ExportName
  }

  private(set) var failures: [ResolutionFailure] = []
  private let resolver = ExportResolver(keepsResolutions: false)
  private var places: Set<Place> = []
  /// What fails for a reason that has been told elsewhere.
  private var told: Set<ExportResolver.Pair> = []

  mutating func look(at module: SourceTextModuleRecord) {
    let parsed = module.parsed
    for entry in parsed.importEntries {
      guard case .name(let name) = entry.importName else { continue }
      look(
        at: .init(
          importer: module, request: entry.request, name: name, range: entry.importRange))
    }
    for entry in parsed.indirectExportEntries {
      guard case .name(let name) = entry.importName else { continue }
      look(
        at: .init(importer: module, request: entry.request, name: name, range: entry.range),
        reexportedAs: entry.exportName)
    }
  }

  private mutating func look(at link: ResolutionDiagnosis.Link, reexportedAs name: String? = nil) {
    guard let target = link.importer.loadedModules[link.request] else { return }
    if case .resolved = resolver.resolveExport(link.name, of: target) { return }
    if let target = target.asSourceText,
      told.contains(.init(module: target, name: ExportName(link.name)))
    {
      return
    }
    var diagnosis = ResolutionDiagnosis(linkedModule: link.importer, resolver)
    if let name { diagnosis.begin(reexport: name) }
    let failure = diagnosis.failure(of: link)
    var isNew = true
    if case .circular(let path) = failure.reason {
      isNew = !path.contains { hop in
        hop.module.asSourceText.map {
          told.contains(.init(module: $0, name: ExportName(hop.exportName)))
        } ?? false
      }
    }
    told.formUnion(diagnosis.consequences)
    let place = Place(
      importer: failure.importer, range: failure.range, name: ExportName(failure.name))
    if places.insert(place).inserted && isNew { failures.append(failure) }
  }
}
