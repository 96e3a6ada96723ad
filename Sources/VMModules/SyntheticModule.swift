public import JavaScriptRuntime
public import ModuleLinking

/// `vm.SyntheticModule`. Linked from the beginning, as in Node 24.
public final class SyntheticModule: VMModule {
  public let synthetic: SyntheticModuleRecord
  /// Sets the exports when the module is evaluated; returns what was thrown.
  public var evaluationSteps: (SyntheticModule) -> JavaScriptThrown?

  public init(
    exports: [String], identifier: String? = nil, context: VMContext,
    evaluationSteps: @escaping (SyntheticModule) -> JavaScriptThrown?
  ) {
    let identifier = identifier ?? context.nextIdentifier()
    synthetic = SyntheticModuleRecord(
      identifier: identifier, exportNames: exports, in: context.host.agent)
    self.evaluationSteps = evaluationSteps
    super.init(record: synthetic, context: context, identifier: identifier)
  }

  /// `setExport(name, value)`, allowed in every status.
  public func setExport(_ name: String, to value: JavaScriptValue) throws {
    guard let index = synthetic.indexOfExport(name) else {
      throw VMFailure(
        .node(
          name: "ReferenceError", code: "", message: "Export '\(name)' is not defined in module"))
    }
    instance.setExport(Int(index), to: value)
  }
}
