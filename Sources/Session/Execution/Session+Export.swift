/// `export`: the session in another form.
extension Session {
  func export(_ format: ExportFormat, to file: FileReference) throws -> CommandOutcome {
    switch format {
    case .html:
      let document = try recordDocument()
      try FileWriting.replace(HTMLPage(document: document).text, at: outside.located(file))
      return CommandOutcome(
        text: "\(file.path)   \(Self.count(document.moments.count - 1, "moment")) of "
          + "\(Self.count(document.nodes.count, "module"))\n",
        result: [
          "file": .string(file.path), "moments": .int(document.moments.count - 1),
          "transitions": .int(document.transitionCount),
          "modules": .int(document.nodes.count),
        ])
    case .node:
      try FileWriting.replace(try makeNodeProgram(), at: outside.located(file))
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
    let recorder = DocumentRecorder(twin)
    twin.document = recorder
    twin.watchSteps()
    defer { twin.document = nil }
    try carryOut(in: twin, for: "export", state: "no file was written") { _, run in
      _ = run()
      return true
    }
    return recorder.document
  }

  /// Runs the session again, unseen, to know what each command found.
  private func makeNodeProgram() throws -> String {
    let twin = Session(output: SilentOutput(), keepsReports: true)
    let fileAnswers = FileAnswers()
    twin.fileAnswers = fileAnswers
    var program = NodeProgram(of: twin, fileAnswers)
    try carryOut(in: twin, for: "export", state: "no file was written") { logged, run in
      program.begin(logged)
      program.end(logged, run())
      return true
    }
    return program.text
  }
}
