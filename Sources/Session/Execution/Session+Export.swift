/// `export`: the session in another form.
extension Session {
  func export(_ format: ExportFormat, to file: FileReference) throws -> CommandOutcome {
    switch format {
    case .html:
      let document = try recordDocument()
      try FileWriting.replace(HTMLPage(document: document).text, at: file)
      return CommandOutcome(
        text: "\(file.path)   \(Self.count(document.moments.count - 1, "moment")) of "
          + "\(Self.count(document.nodes.count, "module"))\n",
        result: [
          "file": .string(file.path), "moments": .int(document.moments.count - 1),
          "transitions": .int(document.transitionCount),
          "modules": .int(document.nodes.count),
        ])
    case .node: throw CommandError(.notYet("export"))
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Runs the session again, unseen: values of the past are not kept, so they are made once more.
  private func recordDocument() throws -> SessionDocument {
    let twin = Session(output: SilentOutput(), keepsReports: false)
    twin.seed = seed
    let recorder = DocumentRecorder(twin)
    twin.recorder = recorder
    twin.watchSteps()
    for command in carriedOut where command.changesSession {
      _ = twin.run(command)
    }
    twin.recorder = nil
    if twin.stepped != nil { _ = try? twin.abortStepping() }
    return recorder.document
  }
}

extension ScriptCommand {
  /// Whether the session would be another without it.
  var changesSession: Bool {
    guard case .success(let command) = parsed else { return false }
    switch command {
    case .module, .synthetic, .json, .set, .context, .reset, .remove, .clear, .load, .resolve,
      .unresolve, .importMap, .answer, .link, .linkRequests, .instantiate, .evaluate, .step,
      .continue, .finish, .abort, .javaScript, .script, .tick:
      return true
    // Looking at bindings may make them.
    case .bindings, .namespace: return true
    case .option(let name, let value): return name == "names" && value != nil
    default: return false
    }
  }
}
