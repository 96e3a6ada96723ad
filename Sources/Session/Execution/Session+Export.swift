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
    case .node:
      try FileWriting.replace(makeNodeProgram(), at: file)
      return CommandOutcome(
        text: "\(file.path)   run it with: node --experimental-vm-modules \(file.path)\n",
        result: ["file": .string(file.path)])
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
    twin.document = recorder
    twin.watchSteps()
    for logged in log.commands {
      twin.nextInput = logged.taken
      _ = twin.run(logged.command)
    }
    twin.document = nil
    if twin.stepped != nil { _ = try? twin.abortStepping() }
    return recorder.document
  }

  /// Runs the session again, unseen, to know what each command found.
  private func makeNodeProgram() -> String {
    let twin = Session(output: SilentOutput(), keepsReports: true)
    twin.seed = seed
    let fileAnswers = FileAnswers()
    twin.fileAnswers = fileAnswers
    var program = NodeProgram(of: twin, fileAnswers)
    for logged in log.commands {
      program.begin(logged)
      twin.nextInput = logged.taken
      program.end(logged, twin.run(logged.command))
    }
    if twin.stepped != nil { _ = try? twin.abortStepping() }
    return program.text
  }
}
