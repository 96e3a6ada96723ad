import ModuleSyntax

/// A ResolvedBinding Record: a binding of a module's environment, or its namespace.
/// https://tc39.es/ecma262/#resolvedbinding-record
public struct ResolvedBinding {
  public enum Name: Hashable, Sendable {
    /// The local name in the environment of `module` (of a synthetic module: the export's name).
    case name(String)
    case namespace
    /// `import defer`: the namespace whose module is evaluated when it is looked into.
    case deferredNamespace
    /// `import source`: the module's source object.
    case source
  }

  public var module: ModuleRecord
  /// An index into the local export entries (or the synthetic module's names), or one of those below.
  var slot: Int32

  static let namespaceSlot: Int32 = -1
  static let sourceSlot: Int32 = -2
  static let deferredNamespaceSlot: Int32 = -3

  /// The binding of `import * as`, or of `import defer * as`.
  static func namespace(of module: ModuleRecord, phase: ImportPhase) -> ResolvedBinding {
    ResolvedBinding(
      module: module, slot: phase == .defer ? deferredNamespaceSlot : namespaceSlot)
  }

  /// The index into `parsed.localExportEntries` of a source text module, into `exportNames` of a
  /// synthetic one. Nil for a namespace and for a source.
  public var exportIndex: Int? { slot >= 0 ? Int(slot) : nil }

  public var isNamespace: Bool { slot == Self.namespaceSlot || isDeferredNamespace }

  public var isDeferredNamespace: Bool { slot == Self.deferredNamespaceSlot }

  public var bindingName: Name {
    switch slot {
    case Self.namespaceSlot: .namespace
    case Self.deferredNamespaceSlot: .deferredNamespace
    case Self.sourceSlot: .source
    default: .name(localName)
    }
  }

  private var localName: String {
    if let source = module.asSourceText {
      return source.parsed.localExportEntries[Int(slot)].localName
    }
    return module.asSynthetic?.exportNames[Int(slot)] ?? ""
  }

  /// Whether both are the same binding: of two exports of one variable, too.
  public func isSame(as other: ResolvedBinding) -> Bool {
    guard module === other.module else { return false }
    if slot == other.slot { return true }
    return slot >= 0 && other.slot >= 0 && sameName(localName, other.localName)
  }
}

/// What ResolveExport ( exportName [ , resolveSet ] ) returns: a ResolvedBinding Record, null, or
/// ambiguous.
public enum ExportResolution {
  case resolved(ResolvedBinding)
  case ambiguous
  case unresolved

  public var binding: ResolvedBinding? {
    if case .resolved(let binding) = self { return binding }
    return nil
  }
}
