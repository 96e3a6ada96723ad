/// A Synthetic Module Record. Its bindings live in the engine from the beginning, so it starts
/// `linked`, as in Node 24.
/// https://tc39.es/ecma262/#sec-synthetic-module-records
public final class SyntheticModuleRecord: ModuleRecord {
  /// [[ExportNames]].
  public let exportNames: [String]
  /// Its exports are those that the text of a CommonJS module gives away.
  public var isCommonJS = false
  var exportIndex: [ExportName: Int32]?

  public init(identifier: String, exportNames: [String], in agent: ModuleAgent) {
    self.exportNames = exportNames
    super.init(identifier: identifier, status: .linked, in: agent)
    agent.log.append(.created, self, 1, Int32(status.rawValue))
  }

  public override var asSynthetic: SyntheticModuleRecord? { self }

  /// The place of a name in `exportNames`, compared by code units; nil when it is none of them.
  public func indexOfExport(_ name: String) -> Int32? {
    if exportNames.count <= smallExportCount {
      return exportNames.firstIndex { sameName($0, name) }.map(Int32.init)
    }
    if exportIndex == nil {
      var index: [ExportName: Int32] = [:]
      index.reserveCapacity(exportNames.count)
      for (position, name) in exportNames.enumerated() {
        index[ExportName(name)] = Int32(position)
      }
      exportIndex = index
    }
    return exportIndex?[ExportName(name)]
  }
}
