public import JavaScriptRuntime
public import ModuleLinking

/// `vm.Module`: what Node lays over a module record.
public class VMModule {
  public unowned let host: VMHost
  public let context: VMContext
  public let identifier: String
  public let record: ModuleRecord
  /// Node's `#statusOverride`: a link is in progress, or got stuck.
  var isLinkingOverride = false
  /// Node's `#error`: what linking failed with.
  var linkFailure: VMFailure?
  /// The last status that was recorded as a transition.
  var recordedStatus: NodeStatus
  var recordedRecordStatus: NodeStatus
  var hasRecordedError = false
  /// An evaluation that was asked of it was stopped.
  var isEvaluationStopped = false
  private var madeInstance: ModuleInstance?
  /// The `vm.Module` object of JavaScript, when there is one.
  var object: JavaScriptValue?
  /// What the layer above keeps with a module.
  public var payload: AnyObject?

  init(record: ModuleRecord, context: VMContext, identifier: String) {
    self.host = context.host
    self.context = context
    self.identifier = identifier
    self.record = record
    recordedStatus = NodeStatus(record.status, hasError: false)
    recordedRecordStatus = recordedStatus
    host.register(self)
  }

  deinit {
    record.asSourceText?.dispose()
  }

  /// The record's side in the engine.
  public var instance: ModuleInstance {
    if let madeInstance { return madeInstance }
    let made = ModuleInstance(record: record, realm: context.realm)
    madeInstance = made
    return made
  }

  /// The environment is gone, and with it what somebody who looked at it has made.
  func discardInstance() { madeInstance = nil }

  public var status: NodeStatus {
    if linkFailure != nil { return .errored }
    if isLinkingOverride { return .linking }
    return NodeStatus(record.status, hasError: record.evaluationError != nil)
  }

  /// Linking it failed, and it is errored by that.
  public var hasLinkFailure: Bool { linkFailure != nil }

  /// The status without what the facade adds.
  var recordStatus: NodeStatus {
    NodeStatus(record.status, hasError: record.evaluationError != nil)
  }

  /// The failure of an errored module; nil when it is not errored.
  public var failure: VMFailure? {
    linkFailure ?? record.evaluationError.map { host.failure(of: $0) }
  }

  /// The namespace object. Throws ERR_VM_MODULE_STATUS before the module is linked.
  public func namespace() throws -> JavaScriptValue? {
    guard recordStatus != .unlinked, recordStatus != .linking else {
      throw VMFailure.status("must not be unlinked or linking")
    }
    return instance.namespaceObject()
  }

  /// `error`. Throws ERR_VM_MODULE_STATUS unless the module is errored.
  public func error() throws -> VMFailure {
    guard let failure else { throw VMFailure.status("must be errored") }
    return failure
  }
}
