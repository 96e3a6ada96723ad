internal import ModuleSyntax
internal import VMModules

/// A program for Node that does what a session did, command for command. It is made while the session
/// is run again, so that it knows what each command found.
struct NodeProgram {
  private let session: Session
  private let fileAnswers: FileAnswers
  private var body = ""
  /// What files held when they were read.
  private var contents: [String: [UInt8]] = [:]
  private var fileModules: [(name: String, path: String, kind: FileKind)] = []
  /// What file rules and import maps answered: rule, and referrer with specifier.
  private var found: [Int: [(key: String, value: String)]] = [:]
  private var known: Set<ObjectIdentifier> = []
  private var stepped: (label: String, code: String)?
  private var hasFileRule = false

  init(of session: Session, _ fileAnswers: FileAnswers) {
    self.session = session
    self.fileAnswers = fileAnswers
  }

  var text: String {
    var text = """
      // A session of modlab as a program for Node 24:
      //
      //   node --experimental-vm-modules FILE
      //
      // It prints a line an operation: how it ended, and the statuses of all modules. modlab prints the
      // same lines for the same session after \u{60}option trace node\u{60}.


      """
    text += NodeProgramRuntime.text
    if !fileModules.isEmpty || !found.isEmpty {
      text += "// What the session read from disk.\n\n"
      for file in fileModules {
        let source = contents[file.path] ?? []
        text += "files.set(\(JavaScriptText.literal(file.name)), () =>\n  "
        text += Self.module(ofFile: file.path, file.kind, source) + ");\n"
      }
      for (rule, answers) in found.sorted(by: { $0.key < $1.key }) {
        text += "const answersOfRule\(rule) = {\n"
        for answer in answers {
          text += "  \(JavaScriptText.literal(answer.key)): \(answer.value),\n"
        }
        text += "};\n"
      }
      text += "\n"
    }
    text += "// --- The session ---\n\n"
    return text + body
  }

  // MARK: - Commands

  /// A command is about to be carried out again.
  mutating func begin(_ logged: LoggedCommand) {
    for file in logged.taken.files {
      if case .success(let bytes) = file.content { contents[file.path] = bytes }
    }
    for answer in logged.taken.answers {
      guard case .text(let text) = answer else {
        body += "asked.push(null);\n"
        continue
      }
      guard
        case .success(let target) = RuleTargetReader.read(text, scanner: ModuleSyntaxScanner())
      else { continue }
      if case .ask = target { continue }
      if Self.readsFiles(target) { found[0] = found[0] ?? [] }
      body += "asked.push(\(code(target, rule: 0)));\n"
    }
  }

  /// A command has been carried out again.
  mutating func end(_ logged: LoggedCommand, _ report: CommandReport) {
    let command = logged.command
    guard case .success(let parsed) = command.parsed else { return }
    if case .option(let name, _) = parsed, name != "names" { return }
    // The source stands below, as it is.
    let lines = command.text.split(omittingEmptySubsequences: false) { $0.isNewline }
    body += JavaScriptText.comment("modlab> \(lines.first ?? "")")
    let newFiles = noteFiles()
    noteAnswers()
    if case .answer(_, _, let target) = parsed, Self.readsFiles(target) {
      found[0] = found[0] ?? []
    }
    if !logged.taken.stops.isEmpty {
      differs(
        "Ctrl-C, or the limit of memory, stopped this. Nothing stops it here: it is left out.")
      return
    }
    switch parsed {
    case .step, .continue, .finish, .abort: endStep(parsed)
    case .link(_, isStepped: true), .evaluate(_, _, isStepped: true):
      let label = NodeTrace.label(parsed) ?? ""
      stepped = (label, operation(parsed))
      endStep(parsed)
    default:
      if stepped != nil { differs("In modlab this ran between the steps of an operation.") }
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

  private mutating func differs(_ text: String) { body += "// Differs: \(text)\n" }

  private mutating func step(_ label: String, _ code: String) {
    body += "await step(\(JavaScriptText.literal(label)), () => \(code));\n\n"
  }

  /// Node has no steps: the operation stands where it ended.
  private mutating func endStep(_ command: Command) {
    guard session.stepped == nil, let operation = stepped else {
      differs("Node has no steps; the operation comes as a whole, where it ended.")
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
      return "answer(\(JavaScriptText.literal(specifier)), \(who), \(code(target, rule: 0)))"
    case .javaScript(let code): return javaScript(code.text)
    case .script(let source):
      var name = "script"
      if case .file(let reference) = source { name = reference.resolved }
      return "script(\(text(of: source)), \(JavaScriptText.literal(name)))"
    default: return ""
    }
  }

  /// Commands that only change how later ones go.
  private func setting(_ command: Command) -> String? {
    switch command {
    case .context(let name): return "makeContext(\(JavaScriptText.literal(name)));"
    case .remove(let names):
      return names.map { "registry.delete(\(JavaScriptText.literal($0)));" }.joined(separator: " ")
    case .clear: return "clear();"
    case .resolve(let rule): return code(rule, number: session.lastRuleNumber)
    case .importMap:
      let number = session.lastRuleNumber
      return "rule(\(number), /^/, found(answersOfRule\(number)));"
        + " // What the map said is in the table above."
    case .unresolve(.all): return "rules = [];"
    case .unresolve(.numbers(let numbers)):
      return "rules = rules.filter(({ number }) => !\(numbers).includes(number));"
    case .option("names", .some(let value)): return "namesAreModules = \(value == "on");"
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

  private func text(of source: SourceOperand) -> String {
    switch source {
    case .text(let text): JavaScriptText.source(text.text)
    case .file(let reference):
      JavaScriptText.source(
        String(decoding: contents[reference.resolved] ?? [], as: UTF8.self))
    }
  }

  private static func module(ofFile path: String, _ kind: FileKind, _ bytes: [UInt8]) -> String {
    let options = "{ identifier: \(JavaScriptText.literal(path)) }"
    let text = JavaScriptText.source(String(decoding: bytes, as: UTF8.self))
    switch kind {
    case .javaScript: return "sourceModule(\(text), \(options))"
    case .json: return "jsonModule(\(text), \(options))"
    case .text: return "valueModule(() => \(text), \(options))"
    case .bytes:
      let list = bytes.map { String($0) }.joined(separator: ",")
      return "valueModule(() => new Uint8Array([\(list)]), \(options))"
    }
  }

  // MARK: - Code

  /// As a REPL takes it: `{ a: 1 }` is an object, and `await` is possible.
  private func javaScript(_ code: String) -> String {
    guard let script = try? ParsedScript.parseLine(SourceText(code, name: "js")) else {
      return "js(\(JavaScriptText.source(code)))"
    }
    let code = String(decoding: script.source.bytes, as: UTF8.self)
    guard script.firstTopLevelAwait != nil else { return "js(\(JavaScriptText.source(code)))" }
    // A script has no `await` at its top: it stands in a function, and what it declares is kept.
    let names = script.declarations.map(\.name)
    guard !names.isEmpty else { return "awaitingJS(\(JavaScriptText.source(code)))" }
    let declarations = script.declarations.map {
      ([.var, .function].contains($0.kind) ? "var " : "let ") + $0.name + ";"
    }
    return "awaitingJS(\(JavaScriptText.source(code)),\n  "
      + "\(JavaScriptText.literal(declarations.joined(separator: " "))), "
      + "\(JavaScriptText.literal(names.joined(separator: ", "))))"
  }

  // MARK: - Rules

  private func code(_ rule: SpecifierRule, number: Int) -> String {
    let pattern: String
    switch rule.pattern {
    case .exact(let text): pattern = JavaScriptText.literal(text)
    case .wildcard(let prefix, let suffix):
      pattern = "wildcard(\(JavaScriptText.literal(prefix)), \(JavaScriptText.literal(suffix)))"
    case .regularExpression(let source, let flags):
      pattern = "new RegExp(\(JavaScriptText.source(source)), \(JavaScriptText.literal(flags)))"
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
    return "rule(\(number), \(pattern), \(code(rule.target, rule: number))\(rest));"
  }

  private func code(_ target: RuleTarget, rule: Int) -> String {
    switch target {
    case .module(let name): "named(\(JavaScriptText.literal(name)))"
    case .value(let text): "value(\(JavaScriptText.source(text.text)))"
    case .throw(let text): "throwing(\(JavaScriptText.source(text.text)))"
    case .reject(let text): "rejecting(\(JavaScriptText.source(text.text)))"
    case .delay(let milliseconds, let target):
      "delayed(\(milliseconds), \(code(target, rule: rule)))"
    case .pending: "waiting"
    case .ask: "asking"
    case .function(let text): "calling(\(JavaScriptText.source(text.text)))"
    case .file, .importMap: "found(answersOfRule\(rule))"
    }
  }

  // MARK: - Files

  /// The modules of files that are new in the registry.
  private mutating func noteFiles() -> [String] {
    var names: [String] = []
    for entry in session.registry.all {
      guard known.insert(ObjectIdentifier(entry)).inserted,
        case .file(let path, let kind) = entry.definition,
        !fileModules.contains(where: { $0.name == entry.name })
      else { continue }
      fileModules.append((entry.name, path, kind))
      names.append(entry.name)
    }
    return names
  }

  private mutating func noteAnswers() {
    for attached in session.rules where Self.readsFiles(attached.rule.target) {
      if found[attached.number] == nil { found[attached.number] = [] }
    }
    for answer in fileAnswers.take() {
      let value: String
      switch answer.outcome {
      case .module(let name): value = JavaScriptText.literal(name)
      case .failure(let error):
        value = "{ \(Self.members(of: error, ["name", "message", "code"])) }"
      }
      // A target that was given as an answer has no rule of its own.
      let isRule = session.rules.contains {
        $0.number == answer.rule && Self.readsFiles($0.rule.target)
      }
      let rule = isRule ? answer.rule : 0
      found[rule, default: []].removeAll { $0.key == answer.key }
      found[rule, default: []].append((answer.key, value))
    }
  }

  private static func readsFiles(_ target: RuleTarget) -> Bool {
    switch target {
    case .file, .importMap: true
    case .delay(_, let target): readsFiles(target)
    default: false
    }
  }

  private static func members(of error: ErrorReport, _ names: [String]) -> String {
    let values = ["name": error.name, "code": error.code, "message": error.message]
    return names.compactMap { name in
      (values[name] ?? nil).map { "\(name): \(JavaScriptText.literal($0))" }
    }.joined(separator: ", ")
  }

  private mutating func load(_ command: Command, _ names: [String], _ report: CommandReport) {
    if let first = session.rules.first, first.rule.pattern == .filePaths, !hasFileRule {
      hasFileRule = true
      body += "// Paths of files; this rule is tried last.\n"
      body += "rules.push({ number: \(first.number), pattern: /^(\\.{0,2}\\/|file:)/,\n"
      body += "  answer: found(answersOfRule\(first.number)) });\n"
    }
    let list = names.map(JavaScriptText.literal).joined(separator: ", ")
    var code = "openFiles(\(list))"
    if let error = report.error {
      code =
        "{\n  \(code);\n  throw Object.assign(new Error(\(JavaScriptText.literal(error.message))), "
        + "{ \(Self.members(of: error, ["name", "code"])) });\n}"
    }
    step(NodeTrace.label(command) ?? "load", code)
  }
}
