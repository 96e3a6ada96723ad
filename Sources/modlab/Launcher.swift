internal import Glibc
internal import LineEditing
internal import Session

/// Runs what the command line names, in one session.
struct Launcher {
  private let arguments: Arguments
  private let session: Session
  private let text: TextOutput?
  private let usesColor: Bool

  init(_ arguments: Arguments) {
    self.arguments = arguments
    switch arguments.color {
    case .always: usesColor = true
    case .never: usesColor = false
    case .auto: usesColor = TerminalCapabilities.usesColor()
    }
    let width = isatty(1) != 0 ? TerminalCapabilities.size().columns : TextRenderer.plain.width
    // JSON is the same everywhere.
    let renderer =
      arguments.isJSON ? .plain : TextRenderer(hasColor: usesColor, width: width)
    if arguments.isJSON {
      text = nil
      session = Session(output: SilentOutput(), keepsReports: true)
      let session = session
      session.onNestedReport = { Self.printJSON($0) }
    } else {
      let flush: () -> Void = isatty(1) != 0 ? { Streams.flush() } : {}
      let output = TextOutput(renderer: renderer, write: { Streams.out($0) }, flush: flush)
      text = output
      let session = Session(output: output, keepsReports: false)
      output.widestName = { [unowned session] in session.widestModuleName }
      self.session = session
    }
    session.renderer = renderer
    session.onColorOption = { [unowned session, text] value in
      let hasColor =
        value == "always" || value == "auto" && TerminalCapabilities.usesColor()
      session.renderer = TextRenderer(hasColor: hasColor, width: session.renderer.width)
      text?.renderer = session.renderer
    }
    session.keepsGoing = arguments.keepsGoing
    // Chance is the same in every session, so that scripts, transcripts and what `save` writes are;
    // programs have it as in Node.
    session.seed = arguments.seed ?? (arguments.runsProgram ? Int.random(in: 0...0x7FFF_FFFF) : 0)
    if isatty(2) != 0, !arguments.isJSON {
      let line = ProgressLine()
      session.progress.show = { line.show($0) }
      session.progress.hide = { line.hide() }
    }
  }

  /// The exit status.
  func run() -> Int32 {
    var status: Int32 = 0
    let isInteractive =
      (arguments.items.isEmpty || arguments.staysInteractive) && !arguments.isJSON
      && TerminalCapabilities.isInteractive()
    let prompt = Prompt(session: session, output: text, usesColor: usesColor)
    if isInteractive {
      prompt.begin()
      let recovery = Recovery(session: session)
      if arguments.resumes {
        if let status = recovery.resume() { return status }
      } else {
        recovery.begin()
        SessionZone.use()
        if arguments.readsConfiguration {
          session.journal?.waitsForMore = true
          StartupFile.run(in: session, text)
          session.journal?.waitsForMore = false
        }
      }
    } else if arguments.resumes {
      Streams.error("modlab: --resume needs a terminal\n")
      return 2
    }
    defer { session.journal?.remove() }
    if !isInteractive {
      watchInterruptions()
      if !arguments.runsProgram { SessionZone.use() }
    }
    for (index, item) in arguments.items.enumerated() {
      let isLast = index == arguments.items.count - 1
      let ended = run(item, isFollowed: arguments.staysInteractive || !isLast)
      status = max(status, ended)
      if Interruption.isPending { return Self.interrupted }
      if session.quitStatus != nil || (ended != 0 && !arguments.keepsGoing) { break }
    }
    if let quit = session.quitStatus { return quit == 0 ? status : Int32(truncatingIfNeeded: quit) }
    guard arguments.items.isEmpty || arguments.staysInteractive else { return status }
    if isInteractive { return prompt.run() }
    status = max(status, run(.standardInput, isFollowed: false))
    return Interruption.isPending ? Self.interrupted : status
  }

  private static let interrupted: Int32 = 130

  /// Ctrl-C ends the command that runs, which says so, and then the script.
  private func watchInterruptions() {
    Interruption.install()
    session.watchInterrupts(
      requested: { Interruption.isPending }, answered: {}, caught: { Interruption.clear() })
  }

  /// `isFollowed`: other commands come after it.
  private func run(_ item: Arguments.Item, isFollowed: Bool) -> Int32 {
    switch item {
    case .commands(let text): return runScript(Array(text.utf8), file: nil, title: "-c")
    case .standardInput:
      do throws(FileProblem) {
        let bytes = try FileReading.bytes(from: 0)
        try FileReading.checkUTF8(bytes)
        return runScript(bytes, file: nil, title: "standard input")
      } catch {
        Streams.error("modlab: cannot read standard input: \(error.reason)\n")
        return 2
      }
    case .file(let path):
      if Arguments.isProgram(path) { return runProgram(path, isFollowed) }
      do throws(FileProblem) {
        return runScript(try FileReading.text(of: path), file: path, title: path)
      } catch {
        return unreadable(path, error)
      }
    }
  }

  private func unreadable(_ path: String, _ problem: FileProblem) -> Int32 {
    let error = CommandError(.unreadableFile(path, problem))
    Streams.error("modlab: \(error.message)\n")
    return 2
  }

  private func runScript(_ bytes: [UInt8], file: String?, title: String) -> Int32 {
    var reader = CommandReader(bytes, file: file, scanner: ModuleSyntaxScanner())
    var status: Int32 = 0
    while session.quitStatus == nil, !Interruption.isPending, let reading = reader.next() {
      guard case .command(let command) = reading else { continue }
      let report = session.run(command)
      if arguments.isJSON { Self.printJSON(report) } else { text?.endEvents() }
      guard !report.isOK else { continue }
      status = 1
      if !arguments.keepsGoing {
        // A single command on the command line was the one.
        let isAlone = title == "-c" && command.line == 1 && !bytes.contains(0x0A)
        if !isAlone { Streams.error("modlab: stopped at \(title):\(command.line)\n") }
        return status
      }
    }
    return status
  }

  private func runProgram(_ path: String, _ isFollowed: Bool) -> Int32 {
    do throws(FileProblem) {
      _ = try FileReading.text(of: path)
    } catch {
      return unreadable(path, error)
    }
    text?.writeError = { Streams.error($0) }
    defer { text?.writeError = nil }
    // What follows can ask for what the program was made of.
    if isFollowed { return runByCommands(path) }
    let report = session.runProgram(path)
    if arguments.isJSON { Self.printJSON(report) } else { text?.endEvents() }
    return report.isOK ? 0 : report.error?.phase == .command ? 2 : 1
  }

  private func runByCommands(_ path: String) -> Int32 {
    let reports = session.runProgramByCommands(path)
    if arguments.isJSON { reports.forEach(Self.printJSON) } else { text?.endEvents() }
    guard let failed = reports.first(where: { !$0.isOK }) else { return 0 }
    return failed.error?.phase == .command ? 2 : 1
  }

  /// `modlab graph ENTRY…`. Errors stand below a text; beside a picture they go to standard error.
  func showGraph() -> Int32 {
    var paths: [String] = []
    for case .file(let path) in arguments.items { paths.append(path) }
    if !arguments.isJSON {
      for path in paths + (arguments.importMap.map { [$0] } ?? []) {
        do throws(FileProblem) {
          _ = try FileReading.bytes(of: path)
        } catch {
          return unreadable(path, error)
        }
      }
    }
    if arguments.format != .text { text?.writeError = { Streams.error($0) } }
    let report = session.showGraph(
      ofPrograms: paths, format: arguments.format, importMap: arguments.importMap)
    if arguments.isJSON { Self.printJSON(report) } else { text?.endEvents() }
    return report.isOK ? 0 : report.error?.phase == .command ? 2 : 1
  }

  private static func printJSON(_ report: CommandReport) {
    Streams.out(report.json().text + "\n")
  }
}
