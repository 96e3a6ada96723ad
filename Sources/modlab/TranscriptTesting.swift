internal import Glibc
internal import LineEditing
internal import ModuleSyntax
internal import Session

/// `modlab test FILE…`
struct TranscriptTesting {
  private let arguments: Arguments
  /// Files are named from here.
  private let start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// The exit status.
  func run() -> Int32 {
    SessionZone.use()
    Interruption.install()
    InterruptRequest.isPending = { Interruption.isPending }
    var outcomes: [TranscriptOutcome] = []
    for item in arguments.items where !Interruption.isPending { outcomes.append(outcome(of: item)) }
    Streams.out(arguments.reportFormat.text(of: outcomes))
    return tell(outcomes)
  }

  /// What is said beside the report, and the exit status.
  private func tell(_ outcomes: [TranscriptOutcome]) -> Int32 {
    var (isUnread, isChecked, isAsRecorded, place) = (false, false, true, "")
    for outcome in outcomes {
      switch outcome {
      case .unreadable(_, let reason):
        Streams.error("modlab: \(reason)\n")
        isUnread = true
      case .withoutSession(let file):
        Streams.error(
          "modlab: \(TerminalText.clean(file)) has no session: \(Self.advice(for: file))\n")
      case .checked(let check):
        isChecked = true
        isAsRecorded = isAsRecorded && check.isAsRecorded
        guard let step = check.interrupted else { continue }
        place = " at \(TerminalText.clean(check.file)):\(step.line)   \(step.title)"
      }
    }
    if Interruption.isPending {
      Streams.error("modlab: interrupted\(place)\n")
      return 130
    }
    return isUnread || !isChecked ? 2 : isAsRecorded ? 0 : 3
  }

  private static func advice(for file: String) -> String {
    switch Transcript.Form(path: file) {
    case .markdown: "a line ```modlab begins one, and \(Transcript.prompt)COMMAND a command"
    case .plain: "a line \(Transcript.prompt)COMMAND is a command"
    }
  }

  private func outcome(of item: Arguments.Item) -> TranscriptOutcome {
    let check: TranscriptCheck
    if case .file(let path) = item {
      do throws(FileProblem) {
        check = try self.check(path)
      } catch {
        return .unreadable(file: path, reason: CommandError(.unreadableFile(path, error)).message)
      }
    } else {
      do throws(FileProblem) {
        check = try checkStandardInput()
      } catch {
        return .unreadable(file: "-", reason: "cannot read standard input: \(error.reason)")
      }
    }
    return check.transcript.steps.isEmpty && check.flaws.isEmpty
      ? .withoutSession(file: check.file) : .checked(check)
  }

  private var runner: TranscriptRunner {
    TranscriptRunner(
      setting: TranscriptSetting(seed: arguments.seed, keepsGoing: arguments.keepsGoing),
      interruptRequested: { Interruption.isPending })
  }

  /// Paths in it begin where modlab was started.
  private func checkStandardInput() throws(FileProblem) -> TranscriptCheck {
    let bytes = try FileReading.bytes(from: 0)
    try FileReading.checkUTF8(bytes)
    let transcript = Transcript(String(decoding: bytes, as: UTF8.self), form: .markdown)
    return runner.check(transcript, file: "-")
  }

  /// Replays a file in its own directory: that is where the paths in it begin.
  private func check(_ path: String) throws(FileProblem) -> TranscriptCheck {
    let bytes = try FileReading.text(of: path)
    let transcript = Transcript(
      String(decoding: bytes, as: UTF8.self), form: Transcript.Form(path: path))
    guard chdir(FilePath.directory(of: path)) == 0 else { throw .notPermitted }
    let check = runner.check(transcript, file: path)
    _ = fchdir(start)
    let count = check.differences.count { $0.comparison != nil }
    guard arguments.updates, check.interrupted == nil, count > 0 else { return check }
    return try update(check, bytes, count)
  }

  /// The file with its new output, as it would be checked now.
  private func update(
    _ check: TranscriptCheck, _ bytes: [UInt8], _ count: Int
  ) throws(FileProblem) -> TranscriptCheck {
    let updated = check.updated(bytes)
    do throws(FileProblem) {
      try FileWriting.replace(check.file, with: updated)
    } catch {
      Streams.error("modlab: \(CommandError(.unwritableFile(check.file, error)).message)\n")
      return check
    }
    Streams.error(
      "modlab: updated \(TerminalText.clean(check.file)), "
        + "\(count) command\(count == 1 ? "" : "s")\n")
    return check.afterUpdate(
      Transcript(String(decoding: updated, as: UTF8.self), form: check.transcript.form))
  }
}
