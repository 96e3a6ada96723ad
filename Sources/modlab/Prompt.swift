internal import Glibc
internal import LineEditing
internal import ModuleSyntax
internal import Session

/// The interactive session.
struct Prompt {
  let session: Session
  let output: TextOutput?
  let usesColor: Bool

  /// Before the first command: the banner, and what a session with a person can do.
  func begin() {
    Interruption.install()
    InterruptRequest.isPending = { Interruption.isPending }
    Interruption.setUnansweredWords(
      """

      Not stopped yet. Ctrl-C again ends modlab; modlab --resume then brings the session back.

      """)
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
      return Pager.show(TerminalText.printable(text, hasColor: Streams.hasColor))
    }
    session.editing = TextEditing(
      edit: { text, suffix in
        Streams.flush()
        return ExternalEditor.edit(text, suffix: suffix)
      },
      asksAgain: {
        Streams.flush()
        let read = PlainReader().readLine(prompt: "Edit again? [Y/n] ")
        guard case .line(let answer) = endingByHangUp(read) else { return false }
        return !answer.lowercased().hasPrefix("n")
      })
  }

  /// Reads and runs commands until the end of input or `quit`. The exit status.
  func run() -> Int32 {
    let read = makeReader()
    session.askPerson = { question in
      output?.endEvents()
      while true {
        Streams.out("\(question): NAME, value EXPR, throw EXPR, … ?\n")
        Streams.flush()
        switch endingByHangUp(read(targetQuestion)) {
        case .line(let text): return .text(text)
        case .interrupted(hadText: true): continue
        case .interrupted: return .interrupted
        case .endOfInput, .hangUp: return .ended
        }
      }
    }
    while session.quitStatus == nil {
      switch endingByHangUp(read(nil)) {
      case .line(let line): run(line)
      case .interrupted(let hadText):
        Interruption.clear()
        if !hadText { Streams.out("Ctrl-D or quit leaves\n") }
      case .endOfInput, .hangUp:
        Streams.out("\n")
        session.journal?.remove()
        return 0
      }
      Streams.flush()
    }
    session.journal?.remove()
    return Int32(truncatingIfNeeded: session.quitStatus ?? 0)
  }

  /// A closed terminal is no Ctrl-D: the session is cut off, and its journal stays, whether or not
  /// SIGHUP comes too.
  private func endingByHangUp(_ input: Input) -> Input {
    if case .hangUp = input { Interruption.endByHangUp() }
    return input
  }

  private func run(_ text: String) {
    // A width that changed since the last command counts for this one.
    session.renderer.width = TerminalCapabilities.size().columns
    output?.renderer.width = session.renderer.width
    var reader = CommandReader(text, mode: .interactive, scanner: ModuleSyntaxScanner())
    while session.quitStatus == nil, let reading = reader.next() {
      switch reading {
      case .command(let command):
        let report = session.run(command)
        output?.endEvents()
        // Ctrl-C gives up all of the entry.
        if report.isInterrupted || Interruption.isPending { return }
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

  private func makeReader() -> (LineEditor.Question?) -> Input {
    if TerminalCapabilities.canEdit() {
      var configuration = LineEditor.Configuration()
      configuration.historyPath = HistoryStore.defaultPath()
      configuration.promptColor = usesColor ? "1;36" : nil
      configuration.isComplete = isComplete
      configuration.printable = { TerminalText.clean($0) }
      let completer = Completer(session: session)
      configuration.complete = { before, _ in completer.complete(before) }
      if let editor = LineEditor(configuration: configuration) {
        var isWarned = false
        func warn() {
          guard !isWarned, let warning = editor.history.warning else { return }
          isWarned = true
          Streams.error("modlab: \(warning); what you type is not kept\n")
        }
        warn()
        return {
          defer { warn() }
          return editor.readLine($0)
        }
      }
    }
    let reader = PlainReader()
    return { readEntry(from: reader, $0) }
  }

  private func isComplete(_ text: String) -> Bool {
    CommandReader.needsMoreLines(text, scanner: ModuleSyntaxScanner()) == nil
  }

  /// What an `ask` rule wants: the end of the command that would attach a rule.
  private var targetQuestion: LineEditor.Question {
    let head = "resolve \"\" => "
    let completer = Completer(session: session)
    return LineEditor.Question(
      prompt: "answer> ", isComplete: { isComplete(head + $0) },
      complete: { completer.complete(head + $0) })
  }

  /// Lines of a plain reader until a command is whole.
  private func readEntry(from reader: PlainReader, _ question: LineEditor.Question?) -> Input {
    var text = ""
    var prompt = question?.prompt ?? "modlab> "
    while true {
      switch reader.readLine(prompt: prompt) {
      case .line(let line):
        text += text.isEmpty ? line : "\n" + line
        if question?.isComplete(text) ?? isComplete(text) { return .line(text) }
        prompt = "   ...> "
      case .interrupted(let hadText): return .interrupted(hadText: hadText || !text.isEmpty)
      case .endOfInput: return text.isEmpty ? .endOfInput : .line(text)
      case .hangUp: return .hangUp
      }
    }
  }
}
