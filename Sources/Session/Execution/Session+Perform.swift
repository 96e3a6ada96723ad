extension Session {
  /// Does what a command says.
  func perform(_ command: Command, _ script: ScriptCommand) throws -> CommandOutcome {
    switch command {
    case .module(let definition): return try define(definition)
    case .synthetic(let definition): return try define(definition)
    case .json(let name, let source): return try defineJSON(name, source)
    case .set(let module, let export, let value): return try set(module, export, value)
    case .context(let name): return try makeContext(name)
    case .reset(let names): return try reset(names)
    case .remove(let names): return try remove(names)
    case .clear: return clear()
    case .resolve(let rule): return resolve(rule)
    case .rules: return listRules()
    case .unresolve(let selection): return try unresolve(selection)
    case .answer(let specifier, let referrer, let target):
      return try answerPending(specifier, referrer, target)
    case .link(let name, isStepped: false): return try link(name)
    case .linkRequests(let name, let modules): return try linkRequests(name, modules)
    case .instantiate(let name): return try instantiate(name)
    case .evaluate(let name, let timeout, isStepped: false):
      return try evaluate(name, timeout: timeout)
    case .javaScript(let code): return try runJavaScript(code)
    case .script(let source): return try runScript(source)
    case .tick(let milliseconds): return tick(milliseconds)
    case .status(let names): return try status(names)
    case .show(let name): return try show(name)
    case .bindings(let name): return try bindings(name)
    case .namespace(let name): return try namespace(name)
    case .why(.module(let name)): return try why(name)
    case .why(.export(let export, let module)): return try why(export, in: module)
    case .source(let file): return try source(file)
    case .option(let name, let value): return try option(name, value)
    case .help(let topic): return try help(topic)
    case .quit(let status):
      quitStatus = status
      return CommandOutcome()
    case .states(let name): return try states(name)
    case .graph(let name, let format): return try graph(name, format)
    case .order(let name): return try order(name)
    case .cycles: return listCycles()
    case .timeline: return listTimeline()
    case .at(let number, let command): return try look(number, command)
    case .load(let entry, let name): return try load(entry, as: name)
    case .importMap(let source): return try attachImportMap(source)
    case .which(let specifier, let referrer): return which(specifier, referrer)
    case .link, .evaluate, .step, .continue, .finish, .abort, .explain,
      .save, .transcript, .undo, .redo, .exportNode, .history, .edit:
      throw CommandError(.notYet(script.text.split(separator: " ").first.map(String.init) ?? ""))
    }
  }

  private func help(_ topic: String?) throws -> CommandOutcome {
    let text = try topic.map { try renderer.help(on: $0) } ?? renderer.help()
    return CommandOutcome(text: text, result: ["text": .string(text)])
  }
}
