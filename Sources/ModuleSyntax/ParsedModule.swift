/// A statement at the top of a module or script.
public struct TopLevelStatement: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case importOrExport
    case declaration
    /// `expression`: the range without a final `;`.
    case expression(SourceRange)
    case other
  }
  public var range: SourceRange
  public var kind: Kind

  public init(range: SourceRange, kind: Kind) {
    self.range = range
    self.kind = kind
  }
}

/// What the parser knows of a module: the fields of a Source Text Module Record that ParseModule
/// fills, and the places that must be rewritten before JavaScriptCore can run it.
/// https://tc39.es/ecma262/#sec-parsemodule
public struct ParsedModule: Sendable {
  public var source: SourceText
  /// Distinct by specifier, attributes and phase, in the order of their first occurrence.
  public var requests: [ModuleRequest] = []
  public var importEntries: [ImportEntry] = []
  public var localExportEntries: [LocalExportEntry] = []
  public var indirectExportEntries: [IndirectExportEntry] = []
  public var starExportEntries: [StarExportEntry] = []
  /// Top-level declarations in source order, hoisted `var`s of nested blocks included; a default
  /// export without a name is `*default*`.
  public var declarations: [TopLevelDeclaration] = []
  public var statements: [TopLevelStatement] = []
  /// Sorted by start; an outer point stands before those inside it.
  public var rewritePoints: [RewritePoint] = []
  /// The first `await` (or `for await`, `await using`) at the top level; nil when there is none.
  public var firstTopLevelAwait: SourceRange?
  public var hasDirectEval = false
  /// What an engine has to be asked before it runs the module.
  public var engineChecks: [EngineCheck] = []
  public var usesImportMeta = false
  public var hasDynamicImport = false
  /// `using` / `await using` declarations, which JavaScriptCore does not know.
  public var usesExplicitResourceManagement = false
  /// Those that stand directly at the top of the module.
  public var topLevelUsing: RewritePoint.UsingScope?

  public var hasTLA: Bool { firstTopLevelAwait != nil }

  /// `import defer …` or `import.defer(…)`.
  public var usesImportDefer: Bool {
    requests.contains { $0.phase == .defer }
      || rewritePoints.contains { $0.kind == .importCall(.defer) }
  }

  public init(source: SourceText) {
    self.source = source
  }
}

/// What the parser knows of a classic script (or of a line typed at `js`).
public struct ParsedScript: Sendable {
  public var source: SourceText
  public var declarations: [TopLevelDeclaration] = []
  public var statements: [TopLevelStatement] = []
  public var rewritePoints: [RewritePoint] = []
  /// The parts of the `scriptVariables` points, found by their range.
  public var variableLists: [VariableList] = []
  /// Only when parsed with `allowsTopLevelAwait`.
  public var firstTopLevelAwait: SourceRange?
  public var engineChecks: [EngineCheck] = []
  public var hasDynamicImport = false
  public var isStrict = false
  public var usesExplicitResourceManagement = false
  /// Its `completion` points are there.
  var notesCompletions = false

  public init(source: SourceText) {
    self.source = source
  }
}
