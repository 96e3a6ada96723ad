/// A recorded session: commands, and what each of them printed.
///
/// In Markdown the fences ```` ```modlab ```` belong to it, together one session; a
/// `.modlab-transcript` file belongs to it whole. Lines that begin with the prompt are commands,
/// lines with the continuation prompt continue them, the other lines are the output.
package struct Transcript: Sendable {
  /// A command and its output.
  package struct Step: Hashable, Sendable {
    /// Without prompts, its lines joined by line breaks.
    package var command: String
    /// The 1-based line of the file in which the command begins.
    package var line: Int
    package var expected: [String] = []
    /// The 1-based line of the file in which the output begins, or would.
    package var outputLine: Int

    package init(command: String, line: Int, expected: [String] = [], outputLine: Int) {
      self.command = command
      self.line = line
      self.expected = expected
      self.outputLine = outputLine
    }
  }

  package enum Form: Hashable, Sendable {
    case markdown, plain

    /// The form of a file, by its name.
    package init(path: String) {
      self = path.hasSuffix(".modlab-transcript") ? .plain : .markdown
    }
  }

  package static let prompt = "modlab> "
  package static let continuationPrompt = "   ...> "

  package private(set) var steps: [Step] = []
  /// Lines of output that no command stands before, 1-based.
  package private(set) var strayLines: [Int] = []

  package init(_ text: String, form: Form) {
    // The backticks that close the fence, and whether its lines are ours.
    var fence: (ticks: Substring, isSession: Bool)?
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let line = line.hasSuffix("\r") ? line.dropLast() : line
      guard form == .markdown else {
        read(line, number)
        continue
      }
      if let open = fence {
        if line.hasPrefix(open.ticks), line.allSatisfy({ $0 == "`" }) {
          fence = nil
        } else if open.isSession {
          read(line, number)
        }
      } else {
        let ticks = line.prefix { $0 == "`" }
        if ticks.count >= 3 { fence = (ticks, line.dropFirst(ticks.count) == "modlab") }
      }
    }
    // The line break at the end of a plain file begins no line.
    if form == .plain, text.hasSuffix("\n"), let last = steps.indices.last,
      steps[last].expected.last == ""
    {
      steps[last].expected.removeLast()
    }
  }

  private mutating func read(_ line: Substring, _ number: Int) {
    if let command = Self.text(of: line, after: Self.prompt) {
      steps.append(Step(command: command, line: number, outputLine: number + 1))
    } else if let last = steps.indices.last {
      if steps[last].expected.isEmpty,
        let more = Self.text(of: line, after: Self.continuationPrompt)
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

  /// Editors take blanks off the end of a line, so a bare prompt counts too.
  private static func text(of line: Substring, after prompt: String) -> String? {
    if line.hasPrefix(prompt) { return String(line.dropFirst(prompt.count)) }
    return line == prompt.dropLast() ? "" : nil
  }
}
