/// `export`: the session in another form.
extension Session {
  func export(_ format: ExportFormat, to file: FileReference) throws -> CommandOutcome {
    switch format {
    case .html:
      let document = try recordDocument()
      let page = HTMLPage(document: document).text
      if isInterruptWaiting {
        throw CommandFailure(interrupted: "export was interrupted: no file was written.")
      }
      try FileWriting.replace(page, at: outside.located(file))
      return CommandOutcome(
        text: "\(file.path)   \(Self.count(document.moments.count - 1, "moment")) of "
          + "\(Self.count(document.nodes.count, "module"))\n",
        result: [
          "file": .string(file.path), "moments": .int(document.moments.count - 1),
          "transitions": .int(document.transitionCount),
          "modules": .int(document.nodes.count),
        ])
    case .node:
      let program = try makeNodeProgram()
      try FileWriting.replace(program.text, at: outside.located(file))
      let run = "node --experimental-vm-modules \(Self.shellWord(file.path))"
      var text = "\(file.path)   run it with: \(run)\n"
      for difference in program.differences { text += renderer.warning(difference) }
      return CommandOutcome(
        text: text,
        result: ["file": .string(file.path), "differences": .strings(program.differences)])
    }
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A path as a shell takes it for one word.
  private static func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 >= 0x80 || "_./+-@:".utf8.contains($0)
    }
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
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
  private func makeNodeProgram() throws -> NodeProgram {
    let twin = Session(output: SilentOutput(), keepsReports: true)
    let fileAnswers = FileAnswers()
    twin.fileAnswers = fileAnswers
    var program = NodeProgram(of: twin, fileAnswers)
    try carryOut(in: twin, for: "export", state: "no file was written") { logged, run in
      program.begin(logged)
      program.end(logged, run())
      return true
    }
    program.end()
    return program
  }
}
