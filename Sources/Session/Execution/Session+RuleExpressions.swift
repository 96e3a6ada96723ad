internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// The JavaScript that rules and definitions carry, and the built-in modules.
extension Session {
  /// Evaluates an expression in the context of who asks.
  func evaluate(_ text: CarriedText, for referrer: Referrer) -> CallResult {
    let context = referrer.module?.context ?? host.mainContext
    return evaluate(text, in: context)
  }

  /// Evaluates an expression that a command carries.
  func evaluate(_ text: CarriedText, in context: VMContext) -> CallResult {
    let source = SourceText(
      bytes: [0x28] + text.bytes + [0x0A, 0x29], name: "expression", lineOffset: 0,
      columnOffset: -1)
    return evaluate(source, around: text.source(named: "expression"), at: 1, in: context)
  }

  /// The function of a `do BODY`, whose places are those of BODY in the module of that name.
  func evaluate(body: CarriedText, of module: String, in context: VMContext) -> CallResult {
    let head = Array("(function () {\n".utf8)
    let source = SourceText(
      bytes: head + body.bytes + Array("\n})".utf8), name: module, lineOffset: Self.linesBeforeBody)
    return evaluate(source, around: body.source(named: module), at: head.count, in: context)
  }

  static let linesBeforeBody = -1

  private func evaluate(
    _ source: SourceText, around text: SourceText, at offset: Int, in context: VMContext
  ) -> CallResult {
    do {
      return .value(try context.realm.runScript(source))
    } catch let error as ScriptError {
      let failure = within(text, host.failure(of: error), offset)
      if case .thrown(let thrown) = failure.kind { return .thrown(thrown) }
      return .thrown(JavaScriptThrown(host.errorObject(of: failure)))
    } catch {
      return .thrown(JavaScriptThrown(context.realm.undefinedValue))
    }
  }

  /// What stands around a text is not the person's.
  private func within(_ source: SourceText, _ failure: VMFailure, _ offset: Int) -> VMFailure {
    guard case .syntax(let error, _) = failure.kind else { return failure }
    let start = min(max(error.range.start - offset, 0), source.bytes.count)
    let end = min(max(error.range.end - offset, start), source.bytes.count)
    return VMFailure(
      .syntax(SyntaxError(error.message, SourceRange(start, end)), source))
  }

  /// Matches a JavaScript regular expression.
  func matchExpression(_ source: String, _ flags: String, _ subject: String) -> [String?]? {
    host.mainContext.realm.match(source, flags: flags, in: subject)
  }

  /// The engine's words for a pattern that is no regular expression.
  func refusal(of pattern: RulePattern) -> String? {
    guard case .regularExpression(let source, let flags) = pattern else { return nil }
    return host.mainContext.realm.refusal(ofExpression: source, flags: flags)?.value
      .map { host.engine.describe($0).message }
  }

  func oneLine(_ text: String) -> String {
    let line = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    return line.count > 120 ? line.prefix(117) + "..." : line
  }

  // MARK: - Built-in modules

  /// `vm` and `node:vm`.
  func builtin(_ specifier: String, for referrer: Referrer) -> VMModule? {
    guard specifier == "vm" || specifier == "node:vm" else { return nil }
    let context = referrer.module?.context ?? host.mainContext
    let key = "\(specifier) in \(context.name)"
    if let made = builtins[key] { return made }
    let vm = host.vmValue()
    let names = [
      "Script", "createContext", "runInContext", "runInNewContext", "runInThisContext",
      "isContext", "constants", "Module", "SourceTextModule", "SyntheticModule",
    ]
    let module = SyntheticModule(
      exports: ["default"] + names, identifier: "node:vm", context: context
    ) { module in
      try? module.setExport("default", to: vm)
      for name in names {
        if let value = vm.property(name) { try? module.setExport(name, to: value) }
      }
      return nil
    }
    builtins[key] = module
    return module
  }
}
