/// An Abstract Module Record.
/// https://tc39.es/ecma262/#sec-abstract-module-records
public class ModuleRecord {
  public let id: ModuleID
  public var identifier: String
  public internal(set) var status: ModuleStatus
  /// [[EvaluationError]].
  public internal(set) var evaluationError: ModuleError?
  /// [[TopLevelCapability]].
  public internal(set) var topLevelCapability: EvaluationCapability?
  /// [[Namespace]], made by the engine's side when it is first asked for.
  public var namespace: AnyObject?
  /// What the layer above hangs on a record ([[HostDefined]]).
  public var payload: AnyObject?

  init(identifier: String, status: ModuleStatus, in agent: ModuleAgent) {
    self.id = agent.makeModuleID()
    self.identifier = identifier
    self.status = status
  }

  /// Nil when this is a synthetic module. A property and not a cast, for speed.
  public var asSourceText: SourceTextModuleRecord? { nil }
  public var asSynthetic: SyntheticModuleRecord? { nil }

  func setStatus(_ status: ModuleStatus, _ agent: ModuleAgent) {
    agent.log.append(.status, self, Int32(self.status.rawValue), Int32(status.rawValue))
    self.status = status
  }

  func setEvaluationError(_ error: ModuleError, _ agent: ModuleAgent) {
    evaluationError = error
    agent.log.appendError(self, error)
  }
}

extension ModuleRecord: Hashable {
  public static func == (left: ModuleRecord, right: ModuleRecord) -> Bool { left === right }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(self))
  }
}
