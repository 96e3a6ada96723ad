/// The phase that a module request asks for: `import`, `import source`, `import defer`.
public enum ImportPhase: String, Hashable, Sendable {
  case evaluation
  case source
  case `defer`
}

/// One `key: "value"` of a `with { … }` clause.
public struct ImportAttribute: Hashable, Sendable {
  public var key: String
  public var value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A ModuleRequest Record, with the place of its first occurrence.
/// https://tc39.es/ecma262/#modulerequest-record
public struct ModuleRequest: Hashable, Sendable {
  public var specifier: String
  /// Sorted by key in UTF-16 code unit order.
  public var attributes: [ImportAttribute]
  public var phase: ImportPhase
  /// The specifier's string literal, quotes included, where the request stands first.
  public var range: SourceRange

  public init(
    specifier: String, attributes: [ImportAttribute] = [], phase: ImportPhase = .evaluation,
    range: SourceRange = SourceRange(0, 0)
  ) {
    self.specifier = specifier
    self.attributes = attributes
    self.phase = phase
    self.range = range
  }
}

/// What an import entry takes from the requested module.
public enum ImportedName: Hashable, Sendable {
  /// `import { name }`, `import name` (then `"default"`).
  case name(String)
  /// `import * as ns`, `import defer * as ns`.
  case namespace
  /// `import source x`.
  case source
}

/// https://tc39.es/ecma262/#importentry-record
public struct ImportEntry: Hashable, Sendable {
  /// Index into `ParsedModule.requests`.
  public var request: Int
  public var importName: ImportedName
  public var localName: String
  /// The imported name as written (before `as`), or the `*`.
  public var importRange: SourceRange
  public var localRange: SourceRange

  public init(
    request: Int, importName: ImportedName, localName: String,
    importRange: SourceRange = SourceRange(0, 0), localRange: SourceRange = SourceRange(0, 0)
  ) {
    self.request = request
    self.importName = importName
    self.localName = localName
    self.importRange = importRange
    self.localRange = localRange
  }
}

/// An export of a binding that the module itself declares.
public struct LocalExportEntry: Hashable, Sendable {
  public var exportName: String
  /// `"*default*"` for an anonymous or expression default export.
  public var localName: String
  public var range: SourceRange

  public init(exportName: String, localName: String, range: SourceRange = SourceRange(0, 0)) {
    self.exportName = exportName
    self.localName = localName
    self.range = range
  }
}

/// `export { a as b } from "m"`, `export * as ns from "m"`, or an export of an imported name.
public struct IndirectExportEntry: Hashable, Sendable {
  public enum Imported: Hashable, Sendable {
    case name(String)
    /// `export * as ns from`.
    case all
  }
  /// Index into `ParsedModule.requests`.
  public var request: Int
  public var importName: Imported
  public var exportName: String
  /// The imported name as written (before `as`).
  public var range: SourceRange

  public init(
    request: Int, importName: Imported, exportName: String, range: SourceRange = SourceRange(0, 0)
  ) {
    self.request = request
    self.importName = importName
    self.exportName = exportName
    self.range = range
  }
}

/// `export * from "m"`.
public struct StarExportEntry: Hashable, Sendable {
  /// Index into `ParsedModule.requests`.
  public var request: Int
  public var range: SourceRange

  public init(request: Int, range: SourceRange = SourceRange(0, 0)) {
    self.request = request
    self.range = range
  }
}

/// A declaration at the top of a module or script.
public struct TopLevelDeclaration: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case `var`, `let`, const, `class`, function, using
    case awaitUsing = "await using"
  }
  public var name: String
  public var kind: Kind
  /// The binding identifier.
  public var range: SourceRange

  public init(name: String, kind: Kind, range: SourceRange = SourceRange(0, 0)) {
    self.name = name
    self.kind = kind
    self.range = range
  }
}
