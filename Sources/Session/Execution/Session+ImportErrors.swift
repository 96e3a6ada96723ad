internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// What an `import()` was rejected with has its place at the call, and what answered it.
extension Session {
  /// The `import()` that gave a value to who threw it on. A value that is no object is known by its
  /// thrower alone: others may throw the same one.
  func rejectedImport(_ value: JavaScriptValue, thrownBy thrower: ModuleRecord?) -> OpenImport? {
    rejectedImports.last { open in
      guard let rejection = open.rejection, rejection.isSame(as: value) else { return false }
      return value.isObject || (thrower != nil && open.referrer?.record === thrower)
    }
  }

  /// Adds the call to an error that came out of it.
  func addImport(
    _ value: JavaScriptValue, thrownBy thrower: ModuleRecord? = nil,
    to described: inout CommandFailure
  ) {
    guard let open = rejectedImport(value, thrownBy: thrower) else { return }
    let words = words(for: open)
    if let source = open.referrer?.record.asSourceText, let call = callRange(of: open) {
      let place = label(source, call, words)
      guard !described.diagnostic.labels.contains(where: { $0.isSamePlace(as: place) }) else {
        return
      }
      described.diagnostic.labels.append(place)
      if described.report.position == nil {
        described.report.module = name(of: source)
        described.report.position = source.parsed.source.position(at: call.start)
      }
    } else if open.target == nil {
      let who = open.referrer.map { name(of: $0) } ?? "A script"
      described.diagnostic.notes.append(
        "\(who) called import(\(quoted(open.specifier))): \(words).")
    }
    if described.report.code == "ERR_SOURCE_PHASE_NOT_DEFINED" {
      described.diagnostic.notes.append(Self.noteOfSources)
      if let again = withoutSourcePhase(open) { described.diagnostic.hints.insert(again, at: 0) }
    }
    guard open.target == nil else { return }
    if described.report.code == "ERR_VM_MODULE_NOT_MODULE" {
      described.diagnostic.notes.append(
        "What answers import() is a module, or the namespace object of one.")
    }
    if open.isHooks {
      if described.report.code == "ERR_VM_MODULE_STATUS" {
        described.diagnostic.notes.append(
          "The hook answers with a module that is linked and evaluated: it is only asked for its namespace."
        )
      }
      return
    }
    let repairs = repairs(of: open)
    described.diagnostic.hints =
      repairs + described.diagnostic.hints.filter { !repairs.contains($0) }
  }

  /// The command that defines the caller again, with an `import()` that asks for no source object.
  private func withoutSourcePhase(_ open: OpenImport) -> String? {
    guard let record = open.referrer?.record.asSourceText, let call = callRange(of: open) else {
      return nil
    }
    let bytes = record.parsed.source.bytes
    let text = Array(bytes[..<call.start]) + "import".utf8 + bytes[call.end...]
    return redefinition(of: record, as: String(decoding: text, as: UTF8.self))
  }

  private func words(for open: OpenImport) -> String {
    if let target = open.target {
      return "this import() of \(name(of: target)) ended in this error"
    }
    if open.isHooks {
      return "importModuleDynamically was asked, and this import() was rejected with it"
    }
    guard let answer = open.answer else { return "this import() was rejected with it" }
    guard let rule = answer.rule else {
      return answer.type == "undefined"
        ? "no rule answers this: undefined" : "this import() was rejected with it"
    }
    switch answer.type {
    case "loading": return "rule \(rule) found no file for this"
    case "error": return "rule \(rule) threw this at the request"
    case "rejection": return "rule \(rule) rejected this request with it"
    case "an instance of Promise":
      return "the promise of rule \(rule) was fulfilled with something else"
    default: return "rule \(rule) answered \(typed(answer.text, answer.type))"
    }
  }

  private func repairs(of open: OpenImport) -> [String] {
    let module = open.referrer as? SourceTextModule
    let asks = module.map { referrer($0) } ?? Referrer(name: "script", module: nil, file: nil)
    return repairs(
      of: open.specifier, [], asks, answeredBy: open.answer?.rule,
      synthetic: "synthetic \(quotedName(open.specifier)) x=1")
  }
}
