public import ModuleSyntax

/// Why an import or a re-export could not be resolved: data, from which the message is made.
public final class ResolutionFailure {
  /// A name asked of a module.
  public struct Hop {
    public var module: ModuleRecord
    public var exportName: String
  }

  public enum Reason {
    /// No such export; the module is the one that was asked.
    case missingExport(in: ModuleRecord)
    /// Two `export *` give different bindings.
    case ambiguousStar(in: ModuleRecord, candidates: [ResolvedBinding])
    /// Re-exports that lead back; the first and the last hop are the same.
    case circular(path: [Hop])
    /// `import source` of a module without a source object.
    case noSourceObject(ModuleRecord)
    /// A request to which no module was assigned.
    case notLoaded
  }

  public let reason: Reason
  /// The module in whose source `range` lies.
  public let importer: SourceTextModuleRecord
  /// Index into the importer's requests.
  public let request: Int
  /// The name that was looked for, as the importer writes it before `as`.
  public let name: String
  public let range: SourceRange
  /// The module whose InitializeEnvironment failed.
  public let linkedModule: SourceTextModuleRecord

  init(
    reason: Reason, importer: SourceTextModuleRecord, request: Int, name: String,
    range: SourceRange, linkedModule: SourceTextModuleRecord
  ) {
    self.reason = reason
    self.importer = importer
    self.request = request
    self.name = name
    self.range = range
    self.linkedModule = linkedModule
  }

  /// The specifier as the importer spells it.
  public var specifier: String { importer.parsed.requests[request].specifier }

  /// V8's words (and Node's, where V8 has none).
  public var message: String {
    switch reason {
    case .missingExport:
      "The requested module '\(specifier)' does not provide an export named '\(name)'"
    case .ambiguousStar:
      "The requested module '\(specifier)' contains conflicting star exports for name '\(name)'"
    case .circular:
      "Detected cycle while resolving name '\(name)' in '\(specifier)'"
    case .noSourceObject(let module):
      "Source phase import object is not defined for module '\(module.identifier)'"
    case .notLoaded:
      "request for '\(specifier)' can not be resolved on module '\(importer.identifier)' that is "
        + "not linked"
    }
  }
}
