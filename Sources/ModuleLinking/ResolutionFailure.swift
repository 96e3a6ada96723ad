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
    case .missingExport(let module) where module.asSynthetic?.isCommonJS == true:
      commonJSMessage
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

  /// What Node's loader says of a name that the text of a CommonJS module does not give away.
  private var commonJSMessage: String {
    let text =
      "Named export '\(name)' not found. The requested module '\(specifier)' is a CommonJS module, "
      + "which may not support all module.exports as named exports.\n"
      + "CommonJS modules can always be imported via the default export, for example using:\n\n"
      + "import pkg from '\(specifier)';\n"
    let source = importer.parsed.source
    guard let line = source.line(source.position(at: range.start).line),
      let open = line.firstIndex(of: "{"), let close = line.lastIndex(of: "}"), open < close
    else { return text }
    let words = line[open...close].split(separator: " ", omittingEmptySubsequences: false)
    var names = ""
    for (index, word) in words.enumerated() where word != "as" {
      let isRenamed = index + 1 < words.count && words[index + 1] == "as"
      names += isRenamed ? "\(word): " : index + 1 < words.count ? "\(word) " : "\(word)"
    }
    return text + "const \(names) = pkg;\n"
  }
}
