internal import ModuleLinking
internal import VMModules

/// All that commands change in a session, so that it can be put back as it was.
struct SessionMemory {
  let host: VMHost
  private let registry: Registry
  private let rules: [AttachedRule]
  private let lastRuleNumber: Int
  private let contexts: [String: VMContext]
  private let contextNames: [String]
  let options: SessionOptions
  private let pending: [PendingRequest]
  private let answers: [RequestKey: AnsweredRequest]
  private let timeline: TransitionLog
  private let scriptFile: String?
  private let filesByPath: [FileKey: ModuleEntry]
  private let builtins: [String: VMModule]
  private let waitingImports: [() -> Void]
  private let openImports: [OpenImport]
  private let rejectedImports: [OpenImport]
  private let pendingEvaluations: [EvaluationCapability]
  private let program: EvaluationCapability?
  private let programEntry: ModuleEntry?
  let stepped: SteppedOperation?
  private let endedStepped: String?
  private let keptReplaced: Int

  init(of session: Session) {
    host = session.host
    registry = session.registry
    rules = session.rules
    lastRuleNumber = session.lastRuleNumber
    contexts = session.contexts
    contextNames = session.contextNames
    options = session.options
    pending = session.pending
    answers = session.answers
    timeline = session.timeline
    scriptFile = session.scriptFile
    filesByPath = session.filesByPath
    builtins = session.builtins
    waitingImports = session.waitingImports
    openImports = session.openImports
    rejectedImports = session.rejectedImports
    pendingEvaluations = session.pendingEvaluations
    program = session.program
    programEntry = session.programEntry
    stepped = session.stepped
    endedStepped = session.endedStepped
    keptReplaced = session.keptReplaced
  }

  func restore(to session: Session) {
    session.host = host
    session.registry = registry
    session.rules = rules
    session.lastRuleNumber = lastRuleNumber
    session.contexts = contexts
    session.contextNames = contextNames
    session.options = options
    session.pending = pending
    session.answers = answers
    session.timeline = timeline
    session.scriptFile = scriptFile
    session.filesByPath = filesByPath
    session.builtins = builtins
    session.waitingImports = waitingImports
    session.openImports = openImports
    session.rejectedImports = rejectedImports
    session.pendingEvaluations = pendingEvaluations
    session.program = program
    session.programEntry = programEntry
    session.stepped = stepped
    session.endedStepped = endedStepped
    session.keptReplaced = keptReplaced
  }
}
