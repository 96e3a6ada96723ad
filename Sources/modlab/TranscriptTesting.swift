internal import Glibc
internal import Session

/// `modlab test FILE…`
struct TranscriptTesting {
  private let arguments: Arguments
  /// Files are named from here.
  private let start = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// The exit status.
  func run() -> Int32 {
    var status: Int32 = 0
    var checks: [TranscriptCheck] = []
    // As in scripts.
    setenv("TZ", "UTC", 1)
    for item in arguments.items {
      if case .file(let path) = item {
        do throws(FileProblem) {
          checks.append(try check(path))
        } catch {
          Streams.error("modlab: \(CommandError(.unreadableFile(path, error)).message)\n")
          status = 2
        }
      } else {
        do throws(FileProblem) {
          checks.append(try checkStandardInput())
        } catch {
          Streams.error("modlab: cannot read standard input: \(error.reason)\n")
          status = 2
        }
      }
    }
    guard !checks.isEmpty else { return status }
    Streams.out(arguments.reportFormat.text(of: checks))
    for check in checks where check.results.isEmpty && check.flaws.isEmpty {
      Streams.error("modlab: \(check.file) has no session: \(Self.advice(for: check))\n")
      if checks.allSatisfy({ $0.results.isEmpty && $0.flaws.isEmpty }) { status = 2 }
    }
    if status == 0, !checks.allSatisfy(\.isAsRecorded) { status = 3 }
    return status
  }

  private static func advice(for check: TranscriptCheck) -> String {
    switch check.transcript.form {
    case .markdown: "a line ```modlab begins one, and \(Transcript.prompt)COMMAND a command"
    case .plain: "a line \(Transcript.prompt)COMMAND is a command"
    }
  }

  /// Paths in it begin where modlab was started.
  private func checkStandardInput() throws(FileProblem) -> TranscriptCheck {
    let bytes = try FileReading.bytes(from: 0)
    try FileReading.checkUTF8(bytes)
    let transcript = Transcript(String(decoding: bytes, as: UTF8.self), form: .markdown)
    return TranscriptRunner().check(transcript, file: "-")
  }

  /// Replays a file in its own directory: that is where the paths in it begin.
  private func check(_ path: String) throws(FileProblem) -> TranscriptCheck {
    let bytes = try FileReading.text(of: path)
    let transcript = Transcript(
      String(decoding: bytes, as: UTF8.self), form: Transcript.Form(path: path))
    guard chdir(FilePath.directory(of: path)) == 0 else { throw .notPermitted }
    let check = TranscriptRunner().check(transcript, file: path)
    _ = fchdir(start)
    guard arguments.updates, !check.differences.isEmpty else { return check }
    return try update(check, bytes)
  }

  /// The file with its new output, as it would be checked now.
  private func update(
    _ check: TranscriptCheck, _ bytes: [UInt8]
  ) throws(FileProblem) -> TranscriptCheck {
    let updated = check.updated(bytes)
    do throws(FileProblem) {
      try FileWriting.replace(check.file, with: updated)
    } catch {
      Streams.error("modlab: \(CommandError(.unwritableFile(check.file, error)).message)\n")
      return check
    }
    let count = check.differences.count { $0.comparison != nil }
    Streams.error(
      "modlab: updated \(check.file), \(count) command\(count == 1 ? "" : "s")\n")
    return check.afterUpdate(
      Transcript(String(decoding: updated, as: UTF8.self), form: check.transcript.form))
  }
}
