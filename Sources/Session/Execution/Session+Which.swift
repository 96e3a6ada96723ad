internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

// `which`: the rules in the order in which they are tried, up to the one that answers. Nothing is
// run and nothing is loaded.
extension Session {
  func which(_ specifier: String, _ referrerName: String?) throws -> CommandOutcome {
    if let referrerName { try checkReferrer(referrerName) }
    let name = referrerName ?? "script"
    let entry = registry[name]
    let referrer = Referrer(
      name: name, module: entry?.module as? SourceTextModule, file: entry?.file)
    var trials: [RuleTrial] = []
    for attached in rules.reversed() {
      let trial = trial(of: attached, specifier, referrer, isNamed: referrerName != nil)
      trials.append(trial)
      if trial.answers { return outcome(trials) }
    }
    let isRegistered = registry[specifier] != nil
    trials.append(
      RuleTrial(
        what: "names", detail: "a specifier that is the name of a registered module",
        answers: options.names && isRegistered,
        reason: !options.names
          ? "switched off" : isRegistered ? "the module \(specifier)" : "no module has this name"))
    if trials.last?.answers == true { return outcome(trials) }
    let isBuiltin = specifier == "vm" || specifier == "node:vm"
    trials.append(
      RuleTrial(
        what: "built-in", detail: "vm and node:vm", answers: isBuiltin,
        reason: isBuiltin ? "the built-in \(specifier)" : "another specifier"))
    return outcome(trials, hints: isBuiltin ? [] : answers(for: specifier))
  }

  /// A script from a file is a referrer too, by the file's name.
  private func checkReferrer(_ name: String) throws(CommandError) {
    let known = registry.names + ["script"] + rules.compactMap(\.rule.referrer)
    let isScript = name.hasSuffix(".js") || name.hasSuffix(".cjs")
    guard !known.contains(name), !isScript else { return }
    throw CommandError(
      .unknownReferrer(name, near: NearestNames.ofModule(name, among: known)))
  }

  /// What gives a specifier an answer that it has not.
  private func answers(for specifier: String) -> [String] {
    if registry[specifier] != nil { return ["option names on"] }
    let near = NearestNames.ofModule(specifier, among: registry.names)
    if let near = near.first { return ["resolve \(quoted(specifier)) => \(quotedName(near))"] }
    return ["synthetic \(quotedName(specifier)) x=1"]
  }

  private func outcome(_ trials: [RuleTrial], hints: [String] = []) -> CommandOutcome {
    let answer = trials.last.flatMap { $0.answers ? $0 : nil }
    return CommandOutcome(
      result: [
        "answer": answer.map { .string($0.reason) } ?? .null,
        "by": answer.map { .string($0.what) } ?? .null,
        "trials": .array(trials.map { $0.json() }),
      ]
    ) {
      $0.trials(trials) + (answer == nil ? "no rule answers: undefined\n" + $0.hints(hints) : "")
    }
  }

  private func trial(
    of attached: AttachedRule, _ specifier: String, _ referrer: Referrer, isNamed: Bool
  ) -> RuleTrial {
    let rule = attached.rule
    var trial = RuleTrial(
      what: "rule \(attached.number)", detail: oneLine(rule.text), answers: false, reason: "")
    if case .importMap(let map, _) = rule.target {
      read(map.resolve(specifier, base: baseURL(of: referrer)), referrer, into: &trial)
      return trial
    }
    if let wanted = rule.referrer, wanted != referrer.name {
      trial.reason = isNamed ? "only for \(wanted)" : "only for \(wanted): try for \(wanted)"
      return trial
    }
    guard let match = rule.pattern.match(specifier, regularExpression: matchExpression) else {
      trial.reason = "another specifier"
      return trial
    }
    if !rule.attributes.isEmpty {
      let wanted = rule.attributes.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      trial.reason = "only with \(wanted)"
      return trial
    }
    trial.answers = true
    trial.reason = answer(to: specifier, referrer, rule.target, match)
    return trial
  }

  private func read(
    _ resolution: ImportMap.Resolution, _ referrer: Referrer, into trial: inout RuleTrial
  ) {
    switch resolution {
    case .bare: trial.reason = "no entry for it"
    case .unmapped(let url): trial.reason = "no entry for \(url.text)"
    case .blocked(let reason):
      trial.answers = true
      trial.reason = "a TypeError: \(reason)"
    case .mapped(let url, let key, let scope):
      trial.answers = true
      let found = try? module(at: url, [], referrer, isLoading: false)
      let place = scope.map { "\(quoted(key)) of the scope \($0)" } ?? quoted(key)
      trial.reason = "\(place) leads to " + (found.map { "the module \($0.name)" } ?? url.text)
    }
  }

  /// What a target would answer, in words.
  private func answer(
    to specifier: String, _ referrer: Referrer, _ target: RuleTarget, _ match: RulePattern.Match
  ) -> String {
    switch target {
    case .module(let pattern):
      let name = match.substituted(into: pattern)
      return registry[name] == nil ? "undefined: no module \(name)" : "the module \(name)"
    case .value(let text): return "the value of \(oneLine(text.text))"
    case .throw(let text): return "throws \(oneLine(text.text))"
    case .reject(let text): return "rejects with \(oneLine(text.text))"
    case .function: return "what the function returns"
    case .pending: return "later: answer \(quoted(specifier)) => …"
    case .ask: return "what the person says"
    case .delay(let milliseconds, let inner):
      return "after \(milliseconds) ms: " + answer(to: specifier, referrer, inner, match)
    case .file(let directory):
      let base =
        (specifier.hasPrefix("./") || specifier.hasPrefix("../")) && referrer.file != nil
        ? FilePath.directory(of: referrer.file ?? "") : directory.resolved
      guard let path = try? filePath(of: specifier, relativeToDirectory: base) else {
        return "no file"
      }
      if let entry = filesByPath[fileKey(path, kind(of: path, []))], !entry.isReplaced {
        return "the module \(entry.name)"
      }
      return "the file \(path)"
    case .importMap: return ""
    }
  }
}
