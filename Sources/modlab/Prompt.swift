internal import Glibc
internal import LineEditing
internal import Session

/// The interactive session.
struct Prompt {
  let session: Session
  let output: TextOutput?
  let usesColor: Bool

  /// Before the first command: the banner, and what a session with a person can do.
  func begin() {
    Interruption.install()
    session.beginInteractive(
      interruptRequested: { Interruption.isPending },
      interruptAnswered: {
        Interruption.clear()
        Streams.out("\n")
      })
    Streams.out(
      "modlab \(Version.number)   how ECMAScript modules link and evaluate\n"
        + "help lists the commands, Ctrl-D or quit leaves\n")
    Streams.flush()
    output?.page = { [session] text in
      guard session.options.pager else { return false }
      Streams.flush()
      return Pager.show(text)
    }
    session.editing = TextEditing(
      edit: { text, suffix in
        Streams.flush()
        return ExternalEditor.edit(text, suffix: suffix)
      },
      asksAgain: {
        Streams.flush()
        guard case .line(let answer) = PlainReader().readLine(prompt: "Edit again? [Y/n] ") else {
          return false
        }
        return !answer.lowercased().hasPrefix("n")
      })
  }

  /// Reads and runs commands until the end of input or `quit`. The exit status.
  func run() -> Int32 {
    let read = makeReader()
    session.askPerson = { question in
      output?.endEvents()
      Streams.out("\(question): NAME, value EXPR, throw EXPR, … ?\n")
      Streams.flush()
      if case .line(let text) = read() { return text }
      return nil
    }
    while session.quitStatus == nil {
      switch read() {
      case .line(let line): run(line)
      case .interrupted(let hadText):
        Interruption.clear()
        if !hadText { Streams.out("Ctrl-D or quit leaves\n") }
      case .endOfInput:
        Streams.out("\n")
        return 0
      }
      Streams.flush()
    }
    return Int32(truncatingIfNeeded: session.quitStatus ?? 0)
  }

  private func run(_ text: String) {
    // A width that changed since the last command counts for this one.
    session.renderer.width = TerminalCapabilities.size().columns
    output?.renderer.width = session.renderer.width
    var reader = CommandReader(text, mode: .interactive, scanner: ModuleSyntaxScanner())
    while session.quitStatus == nil, let reading = reader.next() {
      switch reading {
      case .command(let command):
        _ = session.run(command)
        output?.endEvents()
      case .needsMoreLines:
        // Input ended inside a command: as a script it says what is missing.
        var script = CommandReader(text, scanner: ModuleSyntaxScanner())
        while case .command(let command)? = script.next() {
          guard case .failure = command.parsed else { continue }
          _ = session.run(command)
          output?.endEvents()
        }
      }
    }
  }

  private func makeReader() -> () -> Input {
    if TerminalCapabilities.canEdit() {
      var configuration = LineEditor.Configuration()
      configuration.historyPath = HistoryStore.defaultPath()
      configuration.promptColor = usesColor ? "1;36" : nil
      configuration.isComplete = {
        CommandReader.needsMoreLines($0, scanner: ModuleSyntaxScanner()) == nil
      }
      let completer = Completer(session: session)
      configuration.complete = { before, _ in completer.complete(before) }
      if let editor = LineEditor(configuration: configuration) { return { editor.readLine() } }
    }
    let reader = PlainReader()
    return { readEntry(from: reader) }
  }

  /// Lines of a plain reader until a command is whole.
  private func readEntry(from reader: PlainReader) -> Input {
    var text = ""
    var prompt = "modlab> "
    while true {
      switch reader.readLine(prompt: prompt) {
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        if CommandReader.needsMoreLines(text, scanner: ModuleSyntaxScanner()) == nil {
          return .line(text)
        }
        prompt = "   ...> "
      case .interrupted(let hadText): return .interrupted(hadText: hadText || !text.isEmpty)
      case .endOfInput: return text.isEmpty ? .endOfInput : .line(text)
      }
    }
  }
}
