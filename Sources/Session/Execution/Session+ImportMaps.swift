internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

// Import maps as rules.
extension Session {
  func attachImportMap(_ operand: SourceOperand) throws -> CommandOutcome {
    let text: CarriedText
    var name = "import-map"
    var base = URLRecord(file: workingDirectory + "/")
    switch operand {
    case .text(let given): text = given
    case .file(let reference):
      text = CarriedText(bytes: try outside.text(of: reference), line: 1)
      name = reference.resolved
      base = URLRecord(
        file: FilePath.normalized(
          FilePath.resolve(reference.resolved, relativeToDirectory: workingDirectory)))
    }
    var warnings: [String] = []
    let map: ImportMap
    do throws(ImportMap.Problem) {
      map = try ImportMap(text.text, base: base, warnings: &warnings)
    } catch {
      throw failure(error, text, named: name)
    }
    lastRuleNumber += 1
    let rule = SpecifierRule(
      pattern: .wildcard(prefix: "", suffix: ""), target: .importMap(map, operand))
    rules.append(AttachedRule(number: lastRuleNumber, rule: rule))
    let row = RuleRow(number: lastRuleNumber, rule: rule)
    return CommandOutcome(result: ["warnings": .strings(warnings)]) { [warnings] renderer in
      renderer.rule(row) + warnings.map(renderer.warning).joined()
    }
  }

  private func failure(
    _ problem: ImportMap.Problem, _ text: CarriedText, named name: String
  ) -> CommandFailure {
    var failure = CommandFailure(message: problem.message)
    failure.report.name = "TypeError"
    failure.report.phase = .parse
    let source = text.source(named: name)
    let range = place(of: problem, in: source)
    if case .malformed = problem { failure.report.name = "SyntaxError" }
    failure.report.position = source.position(at: range.start)
    failure.diagnostic.labels = [Diagnostic.Label(source: source, range: range)]
    failure.diagnostic.code = failure.report.name
    return failure
  }

  /// The byte that is no JSON; of a member that is no object, its key, where it is first written.
  private func place(of problem: ImportMap.Problem, in source: SourceText) -> SourceRange {
    let bytes = source.bytes
    switch problem {
    case .malformed(let offset):
      let start = min(offset, max(0, bytes.count - 1))
      return SourceRange(start, min(start + 1, bytes.count))
    case .notAnObject(let key, _):
      let word = Array(quoted(key).utf8)
      for start in bytes.indices.dropLast(word.count) where bytes[start...].starts(with: word) {
        return SourceRange(start, start + word.count)
      }
      return SourceRange(0, min(1, bytes.count))
    }
  }

  /// The URL that stands for a referrer: its file's, or its name as one.
  func baseURL(of referrer: Referrer) -> URLRecord {
    let base = URLRecord(file: workingDirectory + "/")
    if let file = referrer.file {
      return URLRecord(
        file: FilePath.normalized(
          FilePath.resolve(file, relativeToDirectory: workingDirectory)))
    }
    return URLRecord(referrer.name, base: base) ?? base
  }

  /// What an import map answers; nil when it says nothing of the specifier.
  func answer(_ request: RuleRequest, _ map: ImportMap) -> LinkerAnswer? {
    let number = request.number
    let url: URLRecord
    switch map.resolve(request.specifier, base: baseURL(of: request.referrer)) {
    case .bare, .unmapped: return nil
    case .mapped(let mapped, _, _): url = mapped
    case .blocked(let reason):
      request.rule?.rule.hits += 1
      return rejection(request, number, blocked(request.specifier, reason))
    }
    request.rule?.rule.hits += 1
    do {
      guard let entry = try module(at: url, request.attributes, request.referrer, isLoading: true)
      else { return nil }
      fileAnswers?.note(request, number, .module(entry.name))
      note(request, .importMap(module: entry.name), entry.name, type: "module")
      return .module(entry.module)
    } catch {
      return rejection(request, number, error)
    }
  }

  /// The answer of a rule whose file could not be read or parsed.
  func rejection(
    _ request: RuleRequest, _ number: Int, _ error: any Error
  ) -> LinkerAnswer {
    let message = (error as? CommandError)?.message ?? "\(error)"
    let failure =
      error as? VMFailure
      ?? VMFailure(.node(name: "Error", code: "ERR_MODULE_NOT_FOUND", message: message))
    fileAnswers?.note(request, number, .failure(describe(failure, .resolve).report))
    if error is VMFailure {
      note(request, .rejected(number, value: "an error"), "an error", type: "loading")
    } else {
      note(request, .rejected(number, value: message), message, type: "rejection")
    }
    return .rejected(failure)
  }

  func blocked(_ specifier: String, _ reason: String) -> VMFailure {
    VMFailure(
      .node(
        name: "TypeError", code: "",
        message: "Failed to resolve module specifier \(quoted(specifier)): \(reason)"))
  }

  /// The module at a URL: one whose name is the URL, or the path of its file; else the file.
  func module(
    at url: URLRecord, _ attributes: [ImportAttribute], _ referrer: Referrer, isLoading: Bool
  ) throws -> ModuleEntry? {
    if let entry = registry[url.text] { return entry }
    guard let absolute = url.filePath else {
      throw VMFailure(
        .node(
          name: "Error", code: "ERR_UNSUPPORTED_ESM_URL_SCHEME",
          message: "No module is named \(url.text), and modlab reads nothing but files."))
    }
    let path = shortened(FilePath.normalized(absolute))
    if let entry = registry[path] { return entry }
    let kind = kind(of: path, attributes)
    if let entry = filesByPath[fileKey(path, kind)], !entry.isReplaced { return entry }
    guard isLoading else { return nil }
    return try loadFile(path, kind: kind, context: referrer.module?.context ?? host.mainContext)
  }
}
