internal import CEmbeddedText
internal import ModuleSyntax
internal import TextTemplates
internal import VMModules

/// A program for Node that does what a session did, command for command. It is made while the session
/// is run again, so that it knows what each command found.
struct NodeProgram {
  let session: Session
  let fileAnswers: FileAnswers
  var body = ""
  /// What files held when they were read last.
  var contents: [String: [UInt8]] = [:]
  /// The code that makes the module of a file, by its name, as it was written last.
  var fileModules: [String: String] = [:]
  /// The entries that there were, kept so that no other one gets the place of one in memory.
  var known: [ObjectIdentifier: ModuleEntry] = [:]
  /// How many had been added to the registry when they were looked for last.
  var knownAdditions = 0
  private var stepped: (label: String, code: String)?
  /// The rule that `load` attaches, as it was before the command.
  var fileRule: Int?
  /// What Node does not do as modlab did, in words; each is said once.
  private(set) var differences: [String] = []

  init(of session: Session, _ fileAnswers: FileAnswers) {
    self.session = session
    self.fileAnswers = fileAnswers
  }

  var text: String {
    let parts = [
      EmbeddedText.programBeginning.string + "\n",
      EmbeddedText.programOutput.string,
      EmbeddedText.programLinker.string,
      EmbeddedText.programRealm.filled([
        "primordials": EmbeddedText.primordials.string, "date": EmbeddedText.date.string,
        "timers": EmbeddedText.timers.string,
        "random": EmbeddedText.random.string,
      ]),
      EmbeddedText.programMain.filled(["seed": String(session.seed)]),
      "// --- The session ---\n\n",
    ]
    return parts.joined(separator: "\n") + body
  }

  // MARK: - Commands

  /// A command is about to be carried out again.
  mutating func begin(_ logged: LoggedCommand) {
    fileRule = attachedFileRule
    for file in logged.taken.files {
      if case .success(let bytes) = file.content { contents[file.path] = bytes }
    }
  }

  /// A command has been carried out again.
  mutating func end(_ logged: LoggedCommand, _ report: CommandReport) {
    let command = logged.command
    guard case .success(let parsed) = command.parsed else { return }
    if case .option(let name, let value) = parsed {
      if name == "clock", value == "real" {
        differs("Time does not pass here as it does for people: the clock stays a virtual one.")
      }
      if name != "names", setting(parsed) == nil { return }
    }
    // The source stands below, as it is.
    let lines = command.text.split(omittingEmptySubsequences: false) { $0.isNewline }
    body += JavaScriptText.comment("modlab> \(lines.first ?? "")")
    if !logged.taken.stops.isEmpty {
      differs(
        "Ctrl-C, or the limit of memory, stopped this. Nothing stops it here: it is left out.")
      body += "\n"
      return
    }
    let newFiles = writeNewEntries()
    writeAnswers(logged)
    switch parsed {
    case .step, .continue, .finish, .abort: endStep(parsed)
    case .link(_, isStepped: true), .evaluate(_, _, isStepped: true):
      differs("Node has no steps: an operation comes as a whole, where modlab ended it.")
      let label = NodeTrace.label(parsed) ?? ""
      stepped = (label, operation(parsed))
      endStep(parsed)
    default:
      if case .load = parsed { return load(parsed, newFiles, report) }
      if case .tick(let milliseconds) = parsed {
        body += "await tick(\(milliseconds ?? 0));\n"
        step("tick", "{}")
      } else if let label = NodeTrace.label(parsed) {
        step(label, operation(parsed))
      } else if logged.failure == nil, let code = setting(parsed) {
        body += code + "\n\n"
      }
    }
  }

  /// All commands have been carried out again.
  mutating func end() {
    guard let stepped else { return }
    differs("modlab had not ended \(stepped.label): it is left out.")
  }

  mutating func differs(_ text: String) {
    guard !differences.contains(text) else { return }
    differences.append(text)
    body += "// Differs: \(text)\n"
  }

  mutating func step(_ label: String, _ code: String) {
    body += "await step(\(JavaScriptText.literal(label)), () => \(code));\n\n"
  }

  /// The operation stands where it ended.
  private mutating func endStep(_ command: Command) {
    guard session.stepped == nil, let operation = stepped else {
      body += "\n"
      return
    }
    stepped = nil
    if case .abort = command {
      differs("Node cannot give up an operation: it is left out, with what it had done.")
      body += "\n"
      return
    }
    step(operation.label, operation.code)
  }

  /// Commands for which a line is printed.
  private func operation(_ command: Command) -> String {
    func module(_ name: String) -> String { JavaScriptText.member("modules", name) }
    switch command {
    case .module(let definition): return define(definition)
    case .synthetic(let definition): return define(definition)
    case .json(let name, let source):
      return "define(\(JavaScriptText.literal(name)), () =>\n  "
        + "jsonModule(\(text(of: source)), { identifier: \(JavaScriptText.literal(name)) }))"
    case .set(let module, let export, let value):
      return "set(\(JavaScriptText.literal(module)), \(JavaScriptText.literal(export)), "
        + "\(JavaScriptText.source(value.text)))"
    case .reset(let names):
      return "reset(\(names.map(JavaScriptText.literal).joined(separator: ", ")))"
    case .link(let name, _): return "link(\(module(name)))"
    case .linkRequests(let name, let modules):
      return "\(module(name)).linkRequests([\(modules.map(module).joined(separator: ", "))])"
    case .instantiate(let name): return "\(module(name)).instantiate()"
    case .evaluate(let name, let timeout, _):
      return "\(module(name)).evaluate(\(timeout.map { "{ timeout: \($0) }" } ?? ""))"
    case .answer(let specifier, let referrer, let target):
      let who = referrer.map(JavaScriptText.literal) ?? "undefined"
      return "answer(\(JavaScriptText.literal(specifier)), \(who), \(code(target)))"
    case .javaScript(let code, let name): return javaScript(code.text, in: name)
    case .script(let source, let context):
      var name = "script"
      if case .file(let reference) = source { name = reference.resolved }
      return "script(\(text(of: source)), \(JavaScriptText.literal(name))\(argument(context)))"
    default: return ""
    }
  }

  /// Commands that only change how later ones go.
  private func setting(_ command: Command) -> String? {
    switch command {
    case .context(let name): return "makeContext(\(JavaScriptText.literal(name)));"
    case .remove(let names):
      return "remove(\(names.map(JavaScriptText.literal).joined(separator: ", ")));"
    case .clear: return "clear();"
    case .resolve(let rule): return code(rule, number: session.lastRuleNumber)
    case .importMap: return "rule(\(session.lastRuleNumber), regex(\"\", \"\"), found);"
    case .unresolve(.all): return "unresolve();"
    case .unresolve(.numbers(let numbers)):
      return "unresolve(\(numbers.map { String($0) }.joined(separator: ", ")));"
    case .option("names", .some(let value)): return "useNames(\(value == "on"));"
    case .option("clock", .some(let value)):
      return SessionOptions.advance(value).map { "advance(\($0));" }
    case .option("seed", .some(let value)): return Int(value).map { "seed(\($0));" }
    default: return nil
    }
  }

  // MARK: - Modules

  private func define(_ definition: ModuleDefinition) -> String {
    var options = [
      "identifier: \(JavaScriptText.literal(definition.identifier ?? definition.name))"
    ]
    options += context(definition.context)
    if let meta = definition.meta { options.append("meta: \(JavaScriptText.source(meta.text))") }
    if definition.lineOffset != 0 { options.append("lineOffset: \(definition.lineOffset)") }
    if definition.columnOffset != 0 { options.append("columnOffset: \(definition.columnOffset)") }
    return "define(\(JavaScriptText.literal(definition.name)), () =>\n  "
      + "sourceModule(\(text(of: definition.source)), { \(options.joined(separator: ", ")) }))"
  }

  private func define(_ definition: SyntheticDefinition) -> String {
    var options = [
      "identifier: \(JavaScriptText.literal(definition.identifier ?? definition.name))"
    ]
    options += context(definition.context)
    let maker: String
    if let body = definition.body {
      let names = definition.exports.map { JavaScriptText.literal($0.name) }
      maker =
        "syntheticModuleWith([\(names.joined(separator: ", "))], "
        + JavaScriptText.source(body.text)
    } else {
      // A key that is a number would not keep its place in an object.
      let isObject = definition.exports.allSatisfy { JavaScriptText.keepsPlace($0.name) }
      let exports = definition.exports.map { export in
        let value = export.value.map { JavaScriptText.source($0.text) } ?? "null"
        return isObject
          ? "\(JavaScriptText.key(export.name)): \(value)"
          : "[\(JavaScriptText.literal(export.name)), \(value)]"
      }
      let list = exports.joined(separator: ", ")
      maker = "syntheticModule(" + (isObject ? "{ \(list) }" : "[\(list)]")
    }
    return "define(\(JavaScriptText.literal(definition.name)), () =>\n  "
      + "\(maker), { \(options.joined(separator: ", ")) }))"
  }

  private func context(_ name: String?) -> [String] {
    name.map { ["context: \(JavaScriptText.member("contexts", $0))"] } ?? []
  }

  private func argument(_ context: String?) -> String {
    guard let context, context != "main" else { return "" }
    return ", " + JavaScriptText.member("contexts", context)
  }

  private func text(of source: SourceOperand) -> String {
    switch source {
    case .text(let text): JavaScriptText.source(text.text)
    case .file(let reference):
      JavaScriptText.source(
        String(decoding: contents[reference.resolved] ?? [], as: UTF8.self))
    }
  }

  // MARK: - Code

  /// As a REPL takes it: `{ a: 1 }` is an object, and `await` is possible.
  private func javaScript(_ code: String, in name: String?) -> String {
    let context = argument(name)
    guard let script = try? ParsedScript.parseLine(SourceText(code, name: "js")) else {
      return "js(\(JavaScriptText.source(code))\(context))"
    }
    let code = String(decoding: script.source.bytes, as: UTF8.self)
    guard script.firstTopLevelAwait != nil else {
      return "js(\(JavaScriptText.source(code))\(context))"
    }
    let (declarations, body) = ScriptRewriter.rewriteAsync(script, globals: nil)
    return "awaitingJS(\(JavaScriptText.literal(declarations)),\n  "
      + "\(JavaScriptText.source(String(decoding: body.bytes, as: UTF8.self)))\(context))"
  }

  // MARK: - Rules

  private func code(_ rule: SpecifierRule, number: Int) -> String {
    let pattern: String
    switch rule.pattern {
    case .exact(let text): pattern = JavaScriptText.literal(text)
    case .wildcard(let prefix, let suffix):
      pattern = "wildcard(\(JavaScriptText.literal(prefix)), \(JavaScriptText.literal(suffix)))"
    case .regularExpression(let source, let flags):
      pattern = "regex(\(JavaScriptText.source(source)), \(JavaScriptText.literal(flags)))"
    }
    var conditions: [String] = []
    if let referrer = rule.referrer {
      conditions.append("for: \(JavaScriptText.literal(referrer))")
    }
    if !rule.attributes.isEmpty {
      let list = rule.attributes.map {
        "\(JavaScriptText.key($0.key)): \(JavaScriptText.literal($0.value))"
      }
      conditions.append("with: { \(list.joined(separator: ", ")) }")
    }
    let rest = conditions.isEmpty ? "" : ", { \(conditions.joined(separator: ", ")) }"
    return "rule(\(number), \(pattern), \(code(rule.target))\(rest));"
  }

  func code(_ target: RuleTarget) -> String {
    switch target {
    case .module(let name): "named(\(JavaScriptText.literal(name)))"
    case .value(let text): "value(\(JavaScriptText.source(text.text)))"
    case .throw(let text): "throwing(\(JavaScriptText.source(text.text)))"
    case .reject(let text): "rejecting(\(JavaScriptText.source(text.text)))"
    case .delay(let milliseconds, let target):
      "delayed(\(milliseconds), \(code(target)))"
    case .pending: "waiting"
    case .ask: "asking"
    case .function(let text): "calling(\(JavaScriptText.source(text.text)))"
    case .file, .importMap: "found"
    }
  }
}
