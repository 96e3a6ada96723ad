internal import Glibc

/// Writes commands and what they print to a file, in the form that `modlab test` checks: without
/// colours, and as wide as transcripts are, whatever the terminal is like.
///
/// The file is a whole transcript after every command: the fence of a Markdown file is closed, and
/// the next command goes before its end.
final class TranscriptRecorder {
  /// As the command named it.
  let path: String
  /// The recorded commands as they stand in the file, also the one that runs.
  private(set) var commandTexts: [String] = []
  private(set) var commandCount = 0
  /// How many commands the log had before them.
  var loggedBefore = 0
  /// Where the session's results go meanwhile: to `original` and into the file.
  let original: any CommandOutput
  let text: TextOutput

  private let descriptor: Int32
  private let form: Transcript.Form
  private let printed = PrintedText()
  private var offset = 0
  /// The command that began the recording is no part of it.
  private var hasBegun = false

  init(
    _ reference: FileReference, original: any CommandOutput, setting: TranscriptSetting
  ) throws(CommandError) {
    path = reference.path
    form = Transcript.Form(path: path)
    self.original = original
    do throws(FileProblem) {
      descriptor = try FileWriting.create(reference.resolved)
    } catch {
      throw CommandError(.unwritableFile(path, error))
    }
    text = TextOutput(renderer: .plain, write: { [printed] in printed.append($0) })
    do throws(FileProblem) {
      try append(setting.head(of: form).map { $0 + "\n" } ?? "")
    } catch {
      throw CommandError(.unwritableFile(path, error))
    }
  }

  deinit { close(descriptor) }

  /// A command begins.
  func begin(_ command: ScriptCommand) { commandTexts.append(command.wholeText) }

  /// A command has ended, and all that it printed is here. `replaced` stands in its place; nothing
  /// does for a command that did nothing.
  func record(_ replaced: Replacement) throws(FileProblem) {
    text.endEvents()
    defer { printed.clear() }
    guard hasBegun else {
      hasBegun = true
      return
    }
    guard let last = commandTexts.popLast() else { return }
    switch replaced {
    case .none: commandTexts.append(last)
    case .by(let command): commandTexts.append(command)
    case .byNothing: return
    }
    let lines = Transcript.lines(
      command: commandTexts.last ?? last, output: printed.lines, answerLines: printed.answerLines)
    try append(lines.map { $0 + "\n" }.joined())
    commandCount += 1
  }

  enum Replacement {
    case none
    case by(String)
    case byNothing
  }

  /// The person answered an `ask` rule while the command ran.
  func record(_ answer: PersonAnswer) {
    text.endEvents()
    printed.append(answer)
  }

  /// What the command printed so far is no part of what it is replaced by.
  func forget() {
    text.endEvents()
    printed.clear()
  }

  private func append(_ text: String) throws(FileProblem) {
    let end = form == .markdown ? "\(Transcript.fence)\n" : ""
    try FileWriting.write(Array((text + end).utf8), to: descriptor, at: offset)
    offset += text.utf8.count
  }
}

extension TranscriptRecorder: CommandOutput {
  func event(_ event: SessionEvent) {
    original.event(event)
    text.event(event)
  }

  func text(_ text: ResultText) {
    original.text(text)
    self.text.text(text.recorded)
  }

  func diagnostic(_ diagnostic: Diagnostic) {
    original.diagnostic(diagnostic)
    text.diagnostic(diagnostic.recorded.first ?? diagnostic)
  }
}
