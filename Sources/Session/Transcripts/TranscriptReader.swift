/// Reads a transcript line by line.
struct TranscriptReader {
  private struct Fence {
    var mark: Substring
    var indentation: Int
    var line: Int
    /// Its lines are a session's.
    var isSession: Bool
  }

  let form: Transcript.Form
  private(set) var steps: [Transcript.Step] = []
  private(set) var strayLines: [Int] = []
  private var fence: Fence?
  private var beginsSession = false
  /// A command has come in this fence, or in this plain file.
  private var hasCommand = false

  init(form: Transcript.Form) { self.form = form }

  /// The line of the session's fence that is still open.
  var openFence: Int? { fence.flatMap { $0.isSession ? $0.line : nil } }

  mutating func read(_ line: Substring, _ number: Int) {
    guard form == .markdown else { return readSession(line, number, indentation: 0) }
    let text = line.drop { $0 == " " }
    let indentation = line.utf8.count - text.utf8.count
    guard let fence else {
      // Deeper than in a list, it is no fence but code that shows one.
      if indentation <= 6 { open(text, number, indentation: indentation) }
      return
    }
    if text.hasPrefix(fence.mark), indentation <= fence.indentation + 3,
      let sign = fence.mark.first,
      text.drop(while: { $0 == sign }).allSatisfy({ $0 == " " || $0 == "\t" })
    {
      self.fence = nil
    } else if fence.isSession {
      let blanks = min(indentation, fence.indentation)
      readSession(line.dropFirst(blanks), number, indentation: fence.indentation)
    }
  }

  private mutating func open(_ text: Substring, _ number: Int, indentation: Int) {
    guard let sign = text.first, sign == "`" || sign == "~" else { return }
    let mark = text.prefix { $0 == sign }
    let information = text.dropFirst(mark.count)
    // ```code``` within a line is no fence.
    guard mark.count >= 3, sign == "~" || !information.contains("`") else { return }
    let words = information.split { $0 == " " || $0 == "\t" }
    let isSession = words.first == "modlab"
    fence = Fence(mark: mark, indentation: indentation, line: number, isSession: isSession)
    guard isSession else { return }
    hasCommand = false
    if words.dropFirst().first == "new" { beginsSession = true }
  }

  private mutating func readSession(_ line: Substring, _ number: Int, indentation: Int) {
    if let command = Transcript.text(of: line, after: Transcript.prompt) {
      steps.append(
        Transcript.Step(
          command: command, line: number, outputLine: number + 1, indentation: indentation,
          beginsSession: beginsSession))
      beginsSession = false
      hasCommand = true
    } else if hasCommand, let last = steps.indices.last {
      if steps[last].expected.isEmpty,
        let more = Transcript.text(of: line, after: Transcript.continuationPrompt)
      {
        steps[last].command += "\n" + more
        steps[last].outputLine = number + 1
      } else {
        steps[last].expected.append(String(line))
      }
    } else {
      strayLines.append(number)
    }
  }
}
