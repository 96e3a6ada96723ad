internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// A program from disk, as far as it could be loaded.
struct LoadedProgram {
  var entry: ModuleEntry
  /// The entry and what it imports statically, in the order in which it was found.
  var modules: [ModuleEntry]
  /// Files that cannot be read or understood, and specifiers that nothing answers.
  var problems: [CommandFailure] = []
}

extension Session {
  // MARK: - load

  func load(_ reference: FileReference, as name: String?) throws -> CommandOutcome {
    let path = reference.resolved
    if let name, let known = filesByPath[fileKey(realPath(path), kind(of: path, []))],
      !known.isReplaced, known.name != name
    {
      throw CommandError(.fileIsModule(reference.path, known.name))
    }
    let before = Set(registry.names)
    let program = try keepingAll {
      attachFileRule(directory: FilePath.directory(of: path))
      return try loadProgram(reference, name: name)
    }
    outside.taken.entry = program.entry.name
    if let first = program.problems.first {
      var failure = first
      let more = program.problems.count - 1
      if more > 0 {
        failure.diagnostic.notes.append("\(more) more of its imports cannot be loaded.")
      }
      failure.diagnostic.notes.append(
        "The rest of the program is registered: \(count(program.modules.count, "module")).")
      failure.diagnostic.hints.append("graph \(quotedName(program.entry.name))")
      throw failure
    }
    let new = program.modules.filter { !before.contains($0.name) }
    var lines: [(TextRenderer) -> String] = []
    if showsTransitions {
      lines = (new.isEmpty ? [program.entry] : Array(new.prefix(12))).map(definitionLine)
    }
    let more = showsTransitions && new.count > 12 ? "… \(new.count - 12) more modules\n" : ""
    return CommandOutcome(
      result: [
        "entry": .string(program.entry.name), "modules": .strings(program.modules.map(\.name)),
      ]
    ) { renderer in lines.map { $0(renderer) }.joined() + more }
  }

  /// Where Ctrl-C ends `body`, rules and modules are as before it.
  private func keepingAll<Result>(_ body: () throws -> Result) throws -> Result {
    let before = (rules, lastRuleNumber, registry, filesByPath)
    do {
      return try body()
    } catch {
      if describe(error, in: nobodysCommand).report.code == ScriptCommand.interruptedCode {
        (rules, lastRuleNumber, registry, filesByPath) = before
      }
      throw error
    }
  }

  /// For the words of an error that no command is shown with.
  private var nobodysCommand: ScriptCommand {
    ScriptCommand(
      file: nil, line: 1, text: "", expectedError: nil, redirection: nil, parsed: .success(.clear))
  }

  /// Relative paths and file URLs are files, unless another rule says something else of them.
  func attachFileRule(directory: String) {
    let isAttached = rules.contains { attached in
      if case .file = attached.rule.target { return attached.rule.pattern == .filePaths }
      return false
    }
    guard !isAttached else { return }
    lastRuleNumber += 1
    rules.insert(
      AttachedRule(
        number: lastRuleNumber,
        rule: SpecifierRule(pattern: .filePaths, target: .file(FileReference(directory)))),
      at: 0)
  }

  /// Registers an entry and everything that it imports statically. What cannot be loaded is left out
  /// and told.
  func loadProgram(_ reference: FileReference, name: String? = nil) throws -> LoadedProgram {
    let path = reference.resolved
    let entry: ModuleEntry
    do {
      entry = try loadFile(
        path, kind: kind(of: path, []), context: host.mainContext, name: name,
        asNode: true)
    } catch let error as CommandError {
      guard case .unreadableFile(_, let problem) = error.problem else { throw error }
      throw CommandError(.unreadableFile(reference.resolved, problem))
    }
    var program = LoadedProgram(entry: entry, modules: [entry])
    let ahead = outside.isReplaying ? nil : FilesAhead()
    outside.ahead = ahead
    defer {
      outside.ahead = nil
      ahead?.end()
    }
    if let ahead { foresee(entry, in: ahead) }
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(entry)]
    var next = 0
    while next < program.modules.count {
      let importer = program.modules[next]
      next += 1
      progress.advance("loading")
      try checkInterruption()
      guard let module = importer.module as? SourceTextModule else { continue }
      for request in module.moduleRequests {
        do {
          guard let found = try destination(of: request, in: module),
            seen.insert(ObjectIdentifier(found)).inserted
          else { continue }
          program.modules.append(found)
          if let ahead { foresee(found, in: ahead) }
        } catch {
          try checkInterruption()
          program.problems.append(problem(error, request, in: module))
        }
      }
    }
    return program
  }

  /// Has the files read that a module imports, as far as that is plain: other rules may send a specifier
  /// elsewhere, and then they are read for nothing.
  private func foresee(_ entry: ModuleEntry, in ahead: FilesAhead) {
    guard let module = entry.module as? SourceTextModule, let file = entry.file else { return }
    let directory = FilePath.directory(of: file)
    for request in module.moduleRequests where request.attributes.isEmpty {
      let specifier = request.specifier
      guard specifier.hasPrefix("./") || specifier.hasPrefix("../"),
        specifier.hasSuffix(".mjs") || specifier.hasSuffix(".js"),
        let path = try? filePath(of: specifier, relativeToDirectory: directory)
      else { continue }
      let real = realPath(path)
      if filesByPath[fileKey(ofReal: real, .javaScript)] == nil {
        ahead.begin(outside.located(real))
      }
    }
  }

  private func problem(
    _ error: any Error, _ request: ModuleRequest, in module: SourceTextModule
  ) -> CommandFailure {
    let source = module.source.parsed.source
    var failure = describe(error, in: nobodysCommand)
    if failure.diagnostic.labels.isEmpty {
      failure.diagnostic.labels = [Diagnostic.Label(source: source, range: request.range)]
      failure.report.module = name(of: module)
      failure.report.position = source.position(at: request.range.start)
      failure.report.phase = .resolve
      failure.diagnostic.usage = []
    } else {
      failure.diagnostic.notes.append("\(name(of: module)) imports it.")
    }
    return failure
  }

  func referrer(_ module: SourceTextModule) -> Referrer {
    let entry = module.payload as? ModuleEntry
    return Referrer(name: entry?.name ?? module.identifier, module: module, file: entry?.file)
  }

  /// The module that the rules would answer to a request, if no JavaScript is needed to know it;
  /// files are loaded. Nil when it is not known before linking.
  func destination(
    of request: ModuleRequest, in module: SourceTextModule
  ) throws -> ModuleEntry? {
    let referrer = referrer(module)
    for attached in rules.reversed() {
      if case .importMap(let map, _) = attached.rule.target {
        switch map.resolve(request.specifier, base: baseURL(of: referrer)) {
        case .mapped(let url, _, _):
          return try self.module(at: url, request.attributes, referrer, isLoading: true)
        case .blocked(let reason): throw blocked(request.specifier, reason)
        case .bare, .unmapped: continue
        }
      }
      guard
        let match = attached.rule.match(
          specifier: request.specifier, referrer: referrer.name,
          attributes: request.attributes.map { ($0.key, $0.value) },
          regularExpression: matchExpression)
      else { continue }
      switch attached.rule.target {
      case .file(let directory):
        let load =
          attached.rule.pattern == .filePaths
          ? loadProgramFile(_:_:_:directory:) : loadFile(_:_:_:directory:)
        return try load(request.specifier, request.attributes, referrer, directory.resolved)
      case .module(let pattern): return registry[match.substituted(into: pattern)]
      default: return nil
      }
    }
    return options.names ? registry[request.specifier] : nil
  }

  private func count(_ number: Int, _ word: String) -> String {
    "\(number) \(word)\(number == 1 ? "" : "s")"
  }
}
