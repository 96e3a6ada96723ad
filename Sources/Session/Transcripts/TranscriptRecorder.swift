internal import Glibc
internal import ModuleSyntax

/// Writes commands and what they print to a file, in the form that `modlab test` checks: without
/// colours, and as wide as transcripts are, whatever the terminal is like.
///
/// The file is a whole transcript after every command: the fence of a Markdown file is closed, and
/// the next command goes before its end.
final class TranscriptRecorder {
  /// As the command named it.
  let path: String
  private(set) var commandCount = 0
  /// Where the session's results go meanwhile: to `original` and into the file.
  let original: any CommandOutput
  let text: TextOutput

  private let descriptor: Int32
  private let form: Transcript.Form
  private let printed = PrintedText()
  private var offset = 0
  /// The command that began the recording is no part of it.
  private var hasBegun = false
  /// The command that runs now, of those that are recorded.
  private var command: ScriptCommand?
  /// What stands in the place of the next result: what a replay of the file shows there.
  var replayedText: ResultText?

  init(_ reference: FileReference, original: any CommandOutput) throws(CommandError) {
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
      try append(form == .markdown ? "\(Transcript.fence)modlab\n" : "")
    } catch {
      throw CommandError(.unwritableFile(path, error))
    }
  }

  deinit { close(descriptor) }

  /// A command begins.
  func begin(_ command: ScriptCommand) {
    self.command = command
    replayedText = nil
  }

  /// A command has ended, and all that it printed is here.
  func record(_ command: String, hidesTime: Bool) throws(FileProblem) {
    text.endEvents()
    defer { printed.clear() }
    guard hasBegun else {
      hasBegun = true
      return
    }
    commandCount += 1
    var output = printed.lines
    if hidesTime, let last = output.last, last.hasPrefix("time   ") {
      output[output.count - 1] = "time   [..]"
    }
    let lines = Transcript.lines(
      command: command, output: output, answerLines: printed.answerLines)
    try append(lines.map { $0 + "\n" }.joined())
  }

  /// The person answered an `ask` rule while the command ran.
  func record(_ answer: PersonAnswer) {
    text.endEvents()
    printed.append(answer)
  }

  private func append(_ text: String) throws(FileProblem) {
    let end = form == .markdown ? "\(Transcript.fence)\n" : ""
    try FileWriting.write(Array((text + end).utf8), to: descriptor, at: offset)
    offset += text.utf8.count
  }

  /// In a replay every command begins at line 1 of no file.
  private func replayed(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let command else { return diagnostic }
    let original = command.sourceText
    var diagnostic = diagnostic
    for index in diagnostic.labels.indices {
      let source = diagnostic.labels[index].source
      guard source.name == original.name, source.lineOffset == original.lineOffset,
        source.bytes == original.bytes
      else { continue }
      diagnostic.labels[index].source = command.replayed.sourceText
    }
    return diagnostic
  }
}

extension ScriptCommand {
  /// As it would be at the prompt.
  fileprivate var replayed: ScriptCommand {
    var command = self
    command.file = nil
    command.line = 1
    return command
  }
}

extension TranscriptRecorder: CommandOutput {
  func event(_ event: SessionEvent) {
    original.event(event)
    text.event(event)
  }

  func text(_ text: ResultText) {
    original.text(text)
    self.text.text(replayedText ?? text)
    replayedText = nil
  }

  func diagnostic(_ diagnostic: Diagnostic) {
    original.diagnostic(diagnostic)
    text.diagnostic(replayed(diagnostic))
  }
}
