internal import JavaScriptRuntime
internal import VMModules

extension Session {
  /// Does what a command says.
  func perform(_ command: Command, _ script: ScriptCommand) throws -> CommandOutcome {
    if command.isRefusedBetweenSteps { try checkNothingIsStepped() }
    if command.mayMakeEnvironments { host.hooks.marksStatements = true }
    defer { host.hooks.marksStatements = marksStatements }
    switch command {
    case .module(let definition): return try define(definition)
    case .synthetic(let definition): return try define(definition)
    case .json(let name, let source): return try defineJSON(name, source)
    case .set(let module, let export, let value): return try set(module, export, value)
    case .context(let name): return try makeContext(name)
    case .reset(let names): return try reset(names)
    case .remove(let names): return try remove(names)
    case .clear: return clear()
    case .resolve(let rule): return try resolve(rule, script)
    case .rules: return listRules()
    case .unresolve(let selection): return try unresolve(selection)
    case .answer(let specifier, let referrer, let target):
      return try answerPending(specifier, referrer, target)
    case .link(let name, let isStepped):
      return try isStepped ? linkStepped(name) : link(name)
    case .linkRequests(let name, let modules): return try linkRequests(name, modules)
    case .instantiate(let name): return try instantiate(name)
    case .evaluate(let name, let timeout, let isStepped):
      return try isStepped
        ? evaluateStepped(name, timeout: timeout) : evaluate(name, timeout: timeout)
    case .step(let request): return try step(request)
    case .continue: return try continueStepping()
    case .finish: return try finishModule()
    case .abort: return try abortStepping()
    case .javaScript(let code, let name): return try runJavaScript(code, in: name)
    case .script(let source, let name): return try runScript(source, in: name)
    case .tick(let milliseconds): return try tick(milliseconds)
    case .status(let names): return try status(names)
    case .show(let name): return try show(name)
    case .bindings(let name): return try bindings(name)
    case .namespace(let name): return try namespace(name)
    case .why(.module(let name)): return try why(name)
    case .why(.export(let export, let module)): return try why(export, in: module)
    case .source(let file): return try source(file, isInterrupted: script.isInterrupted)
    case .transcript(let file): return try transcript(file)
    case .option(let name, let value): return try option(name, value)
    case .help(let topic): return try help(topic)
    case .history(let count): return history(count)
    case .edit(let name): return try edit(name, script)
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
    case .which(let specifier, let referrer): return try which(specifier, referrer)
    case .export(let format, let file): return try export(format, to: file)
    case .undo(let count): return try undo(count)
    case .redo(let count): return try redo(count)
    case .save(let file): return try save(to: file)
    case .explain:
      throw CommandError(.notYet(script.text.split(separator: " ").first.map(String.init) ?? ""))
    }
  }

  private func help(_ topic: String?) throws -> CommandOutcome {
    let subject = try topic.map { name throws(CommandError) in try HelpSubject(name) }
    let show: (TextRenderer) -> String = { renderer in
      subject.map { renderer.help(on: $0) } ?? renderer.help()
    }
    return CommandOutcome(result: ["text": .string(show(.plain))], show: show)
  }
}

extension Command {
  /// Would change what a stepped operation does next, or the order in which things happen.
  var isRefusedBetweenSteps: Bool {
    switch self {
    case .link, .linkRequests, .instantiate, .evaluate, .tick, .clear, .reset, .remove: true
    default: false
    }
  }

  /// Shows bindings, and so makes bodies of modules that may be stepped through later.
  var mayMakeEnvironments: Bool {
    switch self {
    case .bindings, .namespace, .javaScript: true
    default: false
    }
  }
}
