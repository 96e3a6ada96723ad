internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
package import VMModules

/// A session: the modules by name, the resolver rules, and the commands that act on them.
package final class Session {
  package internal(set) var host = VMHost()
  package var output: any CommandOutput
  package internal(set) var registry = Registry()
  /// The last attached rule is the last here, and tried first.
  var rules: [AttachedRule] = []
  var lastRuleNumber = 0
  var contexts: [String: VMContext] = [:]
  var contextNames: [String] = ["main"]
  package internal(set) var options = SessionOptions()
  var pending: [PendingRequest] = []
  /// What was asked and answered, for reports of failures.
  var answers: [RequestKey: AnsweredRequest] = [:]
  var timeline = TransitionLog()
  /// Tells a person who waits how far a load or a link has come.
  package let progress = Progress()
  /// Names of files are relative to it. Only bringing back another session changes it.
  lazy var workingDirectory = FilePath.workingDirectory
  /// What the command that runs has collected.
  var report: CommandReport
  /// The file of the script text that runs, for `import()` in it.
  var scriptFile: String?
  /// Modules by file and kind: one file and kind is one module.
  var filesByPath: [FileKey: ModuleEntry] = [:]
  var builtins: [String: VMModule] = [:]
  var sourceDepth = 0
  /// The files that `source` runs, each sourced by the one before it.
  var sourcedFiles: [String] = []
  /// They are on the stack, all of them.
  static let deepestSource = 64
  /// Called with the report of each command of a `source`d script.
  package var onNestedReport: (CommandReport) -> Void = { _ in }
  package internal(set) var quitStatus: Int?
  /// Goes on after a command of a `source`d script that failed.
  package var keepsGoing = false
  package var renderer = TextRenderer(hasColor: false)
  /// What `Math.random()` begins with.
  package var seed: Int {
    get { options.seed }
    set { options.seed = newValue }
  }
  /// Called before what may take long: what was said so far is to be out, whatever comes.
  package var settle: () -> Void = {}
  /// `option color` was given.
  package var onColorOption: (String) -> Void = { _ in }
  /// Shows a text in the person's editor; nil where there is none.
  package var editing: TextEditing?
  /// The commands so far, for `history`.
  var commandTexts: [String] = []
  /// Notes what a document shows, while the session is run again for one.
  var document: DocumentRecorder?
  /// Looks at one moment, while the session is run again for `at`.
  var momentWatch: MomentWatch?
  /// Notes what files answered, while the session is run again for a program.
  var fileAnswers: FileAnswers?
  let keepsReports: Bool
  /// Somebody reads what commands print.
  var showsText: Bool { !keepsReports || recorder != nil }
  /// `import.meta` of files has what Node gives it.
  var givesFileMeta: Bool { options.loader == "node" }
  /// A program shows what it prints, and nothing else.
  var showsTransitions = true
  /// Imports of modules that another link is linking.
  var waitingImports: [() -> Void] = []
  /// In the order in which they were called.
  var openImports: [OpenImport] = []
  /// The last ones that were rejected.
  var rejectedImports: [OpenImport] = []
  var program: EvaluationCapability?
  var programEntry: ModuleEntry?
  /// The program's top-level await never settles: Node ends with a status of its own then.
  package internal(set) var isProgramUnsettled = false
  /// Those that were pending when the command ended that began them.
  var pendingEvaluations: [EvaluationCapability] = []
  /// What the `evaluate` that runs waits for.
  var awaited: EvaluationCapability?
  /// What `link --step` or `evaluate --step` began.
  var stepped: SteppedOperation?
  /// How `option trace node` calls the stepped operation that ended last.
  var endedStepped: String?
  /// A command runs between two steps.
  var isInsideStepped = false
  /// Writes down commands and what they print.
  var recorder: TranscriptRecorder?
  /// Asks the person for a TARGET. Nil where nobody is there.
  package var askPerson: ((_ question: String) -> PersonAnswer)? {
    get { outside.ask }
    set {
      outside.ask = newValue.map { ask in
        { [unowned self] question in
          let answer = ask(question)
          if case .interrupted = answer { report.answeredInterruption = true }
          return answer
        }
      }
    }
  }
  /// Called with each answer that was given to a command, and not by a script that it runs.
  package var onAnswer: (PersonAnswer) -> Void = { _ in }
  let outside = OutsideWorld()
  /// What the next command takes, when the session is run again.
  var nextInput: OutsideInput?
  package internal(set) var log = SessionLog()
  /// The person interrupted the command while it asked.
  var isAskingInterrupted = false
  var sawUnhandled = false
  /// How many replaced modules the last `collect` kept.
  var keptReplaced = 0
  /// As it was before the first command.
  var beginning: SessionMemory?
  /// Keeps what is given at a prompt; nil elsewhere.
  package var journal: SessionJournal?
  /// Commands of the log are carried out again.
  var isRebuilding = false
  /// How far they are, there or in a session that nobody sees.
  var replay: ReplayProgress?
  /// The definition that the running `edit` made.
  var edited: ScriptCommand?
  var watchesInterrupts = false
  var interruptRequested: @Sendable () -> Bool = { false }
  var interruptAnswered: () -> Void = {}
  var interruptCaught: () -> Void = {}

  /// `keepsReports`: JSON wants lists of what happened; a text session shows it as it comes.
  package init(output: any CommandOutput, keepsReports: Bool) {
    self.output = output
    self.keepsReports = keepsReports
    report = CommandReport(file: nil, line: 0, command: "")
    contexts["main"] = host.mainContext
    outside.onAnswer = { [unowned self] answer in
      recorder?.record(answer)
      onAnswer(answer)
    }
    installHooks()
  }

  deinit {
    // The thread of an operation that is stepped has the engine's lock.
    if stepped == nil { host.end() }
  }

  func installHooks() {
    host.hooks.console = { [unowned self] entry in
      // What happened before the line stands before it.
      host.recordTransitions()
      document?.note(console: entry.text, level: entry.level)
      output.event(.console(level: entry.level, text: entry.text))
      if keepsReports {
        report.console.append(ConsoleReport(level: entry.level, text: entry.text))
      }
    }
    host.hooks.date = { [unowned self] in date }
    host.onTransition = { [unowned self] transition in note(transition) }
    host.unhandled = { [unowned self] failure in
      noteUnhandled(failure, "A promise was rejected with it, and nothing handles that.")
    }
    host.uncaught = { [unowned self] failure in
      noteUnhandled(failure, "A callback threw it, and nothing catches that.")
    }
    host.moduleMadeByScript = { [unowned self] module in
      let name = registry.freeName(for: module.identifier)
      registry.add(ModuleEntry(name: name, definition: .script, module: module))
    }
    host.linkBegan = { [unowned self] in $0.payload = LinkBegin(command: report.command) }
    host.onRealmMade = { [unowned self] realm in
      realm.seedRandom(seed)
    }
    host.onEngineMade = { [unowned self] engine in watch(engine) }
    host.hooks.stopDue = { [unowned self] in stopDue() }
    host.hooks.caughtStopDue = { [unowned self] in
      outside.caughtStopDue().map { milliseconds(until: $0) }
    }
    host.hooks.stopped = { [unowned self] kind, isCaught in noteStop(kind, isCaught: isCaught) }
    host.hostImport = { [unowned self] request, module in answerImport(request, module) }
    host.hookRejected = { [unowned self] request, module, value in
      noteHookRejection(request, module, value)
    }
    host.hooks.lazyGlobal = { [unowned self] name, _ in lazyGlobal(name) }
    host.timers.onTake = { [unowned self] in outside.note(task: $0, at: host.timers.monotonicNow) }
  }

  private func note(_ transition: Transition) {
    let name = name(of: transition.module)
    timeline.append(transition, name: name)
    document?.note(transition)
    momentWatch?.note(transition)
    guard showsTransitions else { return }
    output.event(
      .transition(module: name, from: transition.from.rawValue, to: transition.to.rawValue))
    if keepsReports {
      report.transitions.append(
        TransitionReport(
          number: transition.number, module: name, from: transition.from.rawValue,
          to: transition.to.rawValue))
    }
  }

  /// The name of a module in the registry; its identifier when it has none.
  func name(of module: VMModule) -> String {
    (module.payload as? ModuleEntry)?.name ?? module.identifier
  }

  // MARK: - Running

  /// Runs a command. What it shows goes to `output` as it comes; the report holds the rest.
  package func run(_ command: ScriptCommand) -> CommandReport {
    if runsInside(command) { return runInside(command) }
    // What is carried out again is not what was read.
    let command = nextInput == nil ? log.shared(command) : command
    if beginning == nil { beginning = SessionMemory(of: self) }
    let outer = report
    let start = host.timers.monotonicNow
    report = CommandReport(command)
    isAskingInterrupted = false
    if !command.isBrief { settle() }
    // What was shown since the last command may have been stopped.
    if host.hasEngine { _ = host.engine.takeLostStop() }
    if sourceDepth == 0 {
      commandTexts.append(command.text)
      recorder?.begin(command)
      log.beginGroup()
    }
    outside.beginAnswers(command.answers)
    beginRecording(command)
    timeline.begin(command.ownText)
    document?.begin(command)
    defer { progress.end() }
    defer { report = outer }
    var failure: CommandFailure?
    do {
      let outcome = try perform(command.parsed.get(), command)
      try checkJobs()
      try checkAbandoned(command)
      report.result = result(of: outcome, command)
      try show(outcome, command)
      try checkAbandoned(command)
    } catch {
      let described = describe(error, in: command)
      answerInterruption(described)
      failure = described
    }
    if failure != nil, host.hasEngine { _ = host.engine.takeLostStop() }
    if let failure {
      report.error = failure.report
      report.isOK = false
    }
    finish(command, failure)
    outside.endAnswers(tellUnasked)
    endRecording(command, failure)
    document?.end(command, report.result, failure?.report)
    if options.timer, showsText {
      output.text(
        ResultText(
          "time   \(Self.milliseconds(host.timers.monotonicNow - start))\n",
          recorded: "time   \(Transcript.anyText)\n"))
    }
    if sourceDepth == 0 { record(command) }
    return report
  }

  /// What only looks is looked at again by nobody but who reads the report.
  private func result(of outcome: CommandOutcome, _ command: ScriptCommand) -> JSONValue {
    if !keepsReports, document == nil, case .success(let parsed) = command.parsed, parsed.onlyShows
    {
      return .null
    }
    return outcome.result
  }

  private static func milliseconds(_ time: Double) -> String {
    let microseconds = Int((time * 1000).rounded())
    let digits = String(microseconds % 1000)
    let padding = String(repeating: "0", count: 3 - digits.count)
    return "\(microseconds / 1000).\(padding)\(digits) ms"
  }

  private func show(_ outcome: CommandOutcome, _ command: ScriptCommand) throws {
    if let file = command.redirection {
      let text = outcome.text.text(by: .plain)
      try checkAbandoned(command)
      try FileWriting.write(text, to: outside.located(file))
    } else {
      var text = outcome.text
      if case .success(let parsed) = command.parsed { text.isAbandonable = parsed.onlyShows }
      output.text(text)
    }
  }

  /// `expect-error` turns a failure into success, and success into a failure.
  private func finish(_ command: ScriptCommand, _ failure: CommandFailure?) {
    guard let expected = command.expectedError else {
      if let failure { output.diagnostic(failure.diagnostic) }
      return
    }
    if let failure, failure.report.isMeant(by: expected) {
      report.isOK = true
      output.diagnostic(failure.diagnostic)
      return
    }
    if let failure { output.diagnostic(failure.diagnostic) }
    let problem: CommandProblem =
      failure.map { .otherFailure(expected: expected, got: $0.report.expectedWord) }
      ?? .expectedFailure(expected)
    var missed = CommandFailure(CommandError(problem), in: command)
    missed.report.causes = failure.map { [$0.report] } ?? []
    report.isOK = false
    report.error = missed.report
    output.diagnostic(missed.diagnostic)
  }

  /// Lets go of modules that nothing leads to any more.
  func collect() {
    var roots = registry.all.map(\.module) + builtins.values
    if let stepped { roots.append(stepped.root) }
    let count = host.allModules.count
    host.collect(roots: roots)
    let alive = Set(host.allModules.map { ObjectIdentifier($0) })
    if alive.count < count {
      timeline.loseModules()
      if host.hasEngine { host.engine.collectGarbage() }
    }
    registry.forgetReplaced { alive.contains(ObjectIdentifier($0.module)) }
    answers = answers.filter { alive.contains($0.key.module) }
    keptReplaced = registry.replaced.count
  }

  /// `collect`, once so many modules were replaced that a look at all of them pays: a script of
  /// thousands of `module` or `reset` lines must not look at all modules in each.
  func collectIfMany() {
    if registry.replaced.count > 2 * keptReplaced + registry.count + 64 { collect() }
  }
}

/// What a command answers when it succeeds.
struct CommandOutcome {
  var text: ResultText
  private var makeResult: () -> JSONValue

  /// Made when it is asked for.
  var result: JSONValue {
    get { makeResult() }
    set { makeResult = { newValue } }
  }

  init(text: String = "", result: @autoclosure @escaping () -> JSONValue = .null) {
    self.text = ResultText(text)
    makeResult = result
  }

  /// A result whose layout depends on the width that there is.
  init(
    result: @autoclosure @escaping () -> JSONValue = .null, show: @escaping (TextRenderer) -> String
  ) {
    text = ResultText(show)
    makeResult = result
  }
}
