internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

// What a session took from outside: the program reads no file and asks nobody.
extension NodeProgram {
  /// The rule of paths that `load` attaches.
  var attachedFileRule: Int? {
    session.rules.first { $0.rule.pattern == .filePaths && $0.rule.target.isFile }?.number
  }

  /// Writes the modules of files that are new in the registry, or have been read again. Their names.
  mutating func writeNewEntries() -> [String] {
    var names: [String] = []
    for entry in newEntries() {
      known[ObjectIdentifier(entry)] = entry
      if let module = entry.module as? SourceTextModule, module.source.parsed.usesImportDefer {
        differs("Node 24 does not know import defer: it finds a SyntaxError there.")
      }
      guard case .file(let path, let kind) = entry.definition else { continue }
      names.append(entry.name)
      let code = module(ofFile: path, kind, contents[path] ?? [], entry.module.context)
      guard fileModules.updateValue(code, forKey: entry.name) != code else { continue }
      body += "file(\(JavaScriptText.literal(entry.name)), () =>\n  \(code));\n"
    }
    return names
  }

  /// New names come last; only those that have replaced others are looked for among all.
  private mutating func newEntries() -> [ModuleEntry] {
    let count = session.registry.additions - knownAdditions
    guard count != 0 else { return [] }
    knownAdditions = session.registry.additions
    func isNew(_ entry: ModuleEntry) -> Bool { known[ObjectIdentifier(entry)] == nil }
    let last = session.registry.last(while: isNew)
    return last.count == count ? last : session.registry.all.filter(isNew)
  }

  private func module(
    ofFile path: String, _ kind: FileKind, _ bytes: [UInt8], _ context: VMContext
  ) -> String {
    var options = ["identifier: \(JavaScriptText.literal(path))"]
    if !context.isMain, session.contexts[context.name] === context {
      options.append("context: \(JavaScriptText.member("contexts", context.name))")
    }
    let text = JavaScriptText.source(String(decoding: bytes, as: UTF8.self))
    switch kind {
    case .javaScript:
      if session.givesFileMeta {
        let members = Session.fileMeta(of: path, in: session.workingDirectory).map {
          "\($0.name): \(JavaScriptText.literal($0.value))"
        }
        let meta = "({ \(members.joined(separator: ", ")) })"
        options.append("meta: \(JavaScriptText.source(meta))")
      }
      return "sourceModule(\(text), { \(options.joined(separator: ", ")) })"
    case .json: return "jsonModule(\(text), { \(options.joined(separator: ", ")) })"
    case .text: return "valueModule(() => \(text), { \(options.joined(separator: ", ")) })"
    case .bytes:
      let list = bytes.map { String($0) }.joined(separator: ",")
      return "bytesModule([\(list)], { \(options.joined(separator: ", ")) })"
    }
  }

  /// What the rules that read files answered during the command, and the person.
  mutating func writeAnswers(_ logged: LoggedCommand) {
    for answer in logged.taken.answers {
      guard case .text(let text) = answer else {
        body += "asked.push(null);\n"
        continue
      }
      guard
        case .success(let target) = RuleTargetReader.read(text, scanner: ModuleSyntaxScanner())
      else { continue }
      if case .ask = target { continue }
      body += "asked.push(\(code(target)));\n"
    }
    var values: [String: [String]] = [:]
    var keys: [String] = []
    for answer in fileAnswers.take() {
      let key = "\(answer.rule) \(answer.key)"
      if values[key] == nil { keys.append(key) }
      switch answer.outcome {
      case .module(let name): values[key, default: []].append(JavaScriptText.literal(name))
      case .failure(let error): values[key, default: []].append(Self.members(of: error))
      }
    }
    guard !keys.isEmpty else { return }
    body += "read({\n"
    for key in keys {
      let answers = values[key] ?? []
      let isSame = answers.allSatisfy { $0 == answers.first }
      let value = isSame ? answers[0] : "[\(answers.joined(separator: ", "))]"
      body += "  \(JavaScriptText.literal(key)): \(value),\n"
    }
    body += "});\n"
  }

  private static func members(of error: ErrorReport) -> String {
    let values = [("name", error.name), ("code", error.code), ("message", error.message)]
    let members = values.compactMap { name, value in
      value.map { "\(name): \(JavaScriptText.literal($0))" }
    }
    return "{ \(members.joined(separator: ", ")) }"
  }

  mutating func load(_ command: Command, _ names: [String], _ report: CommandReport) {
    if let number = attachedFileRule, fileRule == nil { body += "fileRule(\(number));\n" }
    var code = "load([\(names.map(JavaScriptText.literal).joined(separator: ", "))]"
    if let error = report.error { code += ", \(Self.members(of: error))" }
    step(NodeTrace.label(command) ?? "load", code + ")")
  }
}

extension RuleTarget {
  fileprivate var isFile: Bool {
    if case .file = self { return true }
    return false
  }
}
