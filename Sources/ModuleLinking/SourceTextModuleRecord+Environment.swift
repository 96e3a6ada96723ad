import ModuleSyntax

extension SourceTextModuleRecord {
  /// InitializeEnvironment ( ): what every import is bound to. The first import or re-export that
  /// cannot be resolved is returned; then nothing has changed.
  ///
  /// Imports are checked before re-exports, as V8 does it; the specification begins with the
  /// re-exports.
  /// https://tc39.es/ecma262/#sec-source-text-module-record-initialize-environment
  func initializeEnvironment(_ resolver: ExportResolver, _ agent: ModuleAgent)
    -> ResolutionFailure?
  {
    var bindings: [ResolvedBinding] = []
    bindings.reserveCapacity(parsed.importEntries.count)
    for entry in parsed.importEntries {
      guard let module = loadedModules[entry.request] else { continue }
      switch entry.importName {
      case .namespace:
        bindings.append(.namespace(of: module, phase: parsed.requests[entry.request].phase))
      case .source:
        bindings.append(ResolvedBinding(module: module, slot: ResolvedBinding.sourceSlot))
      case .name(let name):
        guard case .resolved(let binding) = resolver.resolveExport(name, of: module) else {
          return diagnose(
            resolver,
            agent.checksImportsByLocalName ? firstFailingByLocalName(resolver) ?? entry : entry)
        }
        bindings.append(binding)
      }
    }
    for entry in parsed.indirectExportEntries {
      guard case .name(let name) = entry.importName, let module = loadedModules[entry.request]
      else { continue }
      guard case .resolved = resolver.resolveExport(name, of: module) else {
        return diagnose(
          resolver, name, request: entry.request, range: entry.range,
          exportName: entry.exportName)
      }
    }
    importBindings = bindings
    isEnvironmentInitialized = true
    agent.log.append(.environmentInitialized, self)
    agent.evaluator?.initializeEnvironment(of: self)
    return nil
  }

  /// No module here has a source object to import; V8 finds that before it links anything.
  /// https://tc39.es/proposal-source-phase-imports/
  func missingSourceObject() -> ResolutionFailure? {
    guard hasSourcePhaseRequest else { return nil }
    for entry in parsed.importEntries where entry.importName == .source {
      guard let module = loadedModules[entry.request] else { continue }
      return ResolutionFailure(
        reason: .noSourceObject(module), importer: self, request: entry.request,
        name: entry.localName, range: entry.importRange, linkedModule: self)
    }
    return nil
  }

  func discardEnvironment(_ agent: ModuleAgent) {
    guard isEnvironmentInitialized else { return }
    importBindings = []
    isEnvironmentInitialized = false
    agent.log.append(.environmentDiscarded, self)
  }

  private func firstFailingByLocalName(_ resolver: ExportResolver) -> ImportEntry? {
    parsed.importEntries
      .sorted { precedesInCodeUnits($0.localName, $1.localName) }
      .first { entry in
        guard case .name(let name) = entry.importName else { return false }
        var diagnosis = ResolutionDiagnosis(linkedModule: self, resolver)
        return diagnosis.failureOnTheWay(
          of: .init(importer: self, request: entry.request, name: name, range: entry.importRange))
          != nil
      }
  }

  private func diagnose(_ resolver: ExportResolver, _ entry: ImportEntry) -> ResolutionFailure {
    guard case .name(let name) = entry.importName else {
      return diagnose(resolver, entry.localName, request: entry.request, range: entry.importRange)
    }
    return diagnose(resolver, name, request: entry.request, range: entry.importRange)
  }

  private func diagnose(
    _ resolver: ExportResolver, _ name: String, request: Int, range: SourceRange,
    exportName: String? = nil
  ) -> ResolutionFailure {
    var diagnosis = ResolutionDiagnosis(linkedModule: self, resolver)
    if let exportName { diagnosis.begin(reexport: exportName) }
    return diagnosis.failure(
      of: .init(importer: self, request: request, name: name, range: range))
  }
}
