/// Replays a transcript in a session of its own and compares what it prints.
package final class TranscriptRunner {
  /// A command whose output is not the recorded one.
  package struct Mismatch: Sendable {
    package var step: Transcript.Step
    package var comparison: TranscriptComparison

    /// The 1-based line of the file at which the difference begins.
    package var line: Int { step.outputLine + comparison.firstDifference }
  }

  /// Transcripts are as wide as the program prints when no terminal says otherwise.
  package static let width = 100

  private let session: Session
  private let output: TextOutput

  package init() {
    let renderer = TextRenderer(hasColor: false, width: Self.width)
    let printer = Printer()
    output = TextOutput(renderer: renderer, write: { printer.text += $0 })
    session = Session(output: output, keepsReports: false)
    session.renderer = renderer
    self.printer = printer
    output.widestName = { [unowned session] in session.widestModuleName }
  }

  private let printer: Printer

  /// Runs every command, in order. Commands after `quit` are not run.
  package func mismatches(of transcript: Transcript) -> [Mismatch] {
    var mismatches: [Mismatch] = []
    for step in transcript.steps {
      guard session.quitStatus == nil else { break }
      let comparison = TranscriptComparison(
        expected: step.expected, actual: lines(of: step.command))
      if !comparison.isEqual { mismatches.append(Mismatch(step: step, comparison: comparison)) }
    }
    return mismatches
  }

  /// What a command prints.
  private func lines(of command: String) -> [String] {
    printer.text = ""
    let scanner = ModuleSyntaxScanner()
    // As at the prompt; but a command that the transcript leaves unfinished is a mistake.
    let isWhole = CommandReader.needsMoreLines(command, scanner: scanner) == nil
    var reader = CommandReader(command, mode: isWhole ? .interactive : .script, scanner: scanner)
    while session.quitStatus == nil, let reading = reader.next() {
      guard case .command(let command) = reading else { continue }
      _ = session.run(command)
      output.endEvents()
    }
    var lines = printer.text.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private final class Printer {
    var text = ""
  }
}

extension TranscriptRunner.Mismatch {
  /// The place, the command and the differing lines.
  package func report(file: String) -> String {
    "\(file):\(line)\n\(Transcript.prompt)\(step.command)\n\(comparison.text)"
  }
}
