/// Reads a transcript line by line.
struct TranscriptReader {
  private struct Fence {
    var mark: Substring
    var prefix: FencePrefix
    var line: Int
    /// Its lines are a session's.
    var isSession: Bool
  }

  let form: Transcript.Form
  private(set) var steps: [Transcript.Step] = []
  private(set) var flaws: [Transcript.Flaw] = []
  private var blocks = MarkdownBlocks()
  private var fence: Fence?
  /// What the next command begins a session with; nil: it goes on with the session.
  private var begins: TranscriptSetting? = TranscriptSetting()
  /// A command has come in this fence, or in this plain file.
  private var hasCommand = false

  init(form: Transcript.Form) { self.form = form }

  mutating func read(_ line: Substring, _ number: Int) {
    switch form {
    case .plain:
      let words = line.split { $0 == " " || $0 == "\t" }
      if number == 1, words.prefix(2).elementsEqual(Transcript.plainHead.split(separator: " ")) {
        readSetting(words.dropFirst(2), number)
      } else {
        readSession(line, number, prefix: "")
      }
    case .markdown:
      guard let fence else { return readText(line, number) }
      guard let text = fence.prefix.stripped(from: line) else {
        // The quotation ends, and the fence in it.
        end()
        return readText(line, number)
      }
      if Self.closes(text, fence.mark) {
        self.fence = nil
      } else if fence.isSession {
        readSession(text, number, prefix: fence.prefix.text)
      } else if let inner = Self.opening(Self.text(of: line)), inner.isSession,
        inner.mark.first == fence.mark.first, inner.mark.count >= fence.mark.count
      {
        flaw(number, "this fence stands inside the one that begins in line \(fence.line)")
      }
    }
  }

  /// The text has ended.
  mutating func end() {
    if let fence { flaw(fence.line, "nothing closes this fence") }
    fence = nil
  }

  private mutating func flaw(_ line: Int, _ message: String) {
    flaws.append(Transcript.Flaw(line: line, message: message))
  }

  // MARK: - Fences

  /// A line without what stands before its text, wherever it stands itself.
  private static func text(of line: Substring) -> Substring {
    var blocks = MarkdownBlocks()
    return blocks.read(line).text
  }

  private static func closes(_ line: Substring, _ mark: Substring) -> Bool {
    let text = line.drop { $0 == " " }
    guard line.utf8.count - text.utf8.count <= 3, text.hasPrefix(mark) else { return false }
    return text.drop { $0 == mark.first }.allSatisfy { $0 == " " || $0 == "\t" }
  }

  private struct Opening {
    var mark: Substring
    var words: [Substring]
    var isSession: Bool { words.first.map { $0 == Transcript.language } ?? false }
  }

  private static func opening(_ text: Substring) -> Opening? {
    guard let sign = text.first, sign == "`" || sign == "~" else { return nil }
    let mark = text.prefix { $0 == sign }
    let information = text.dropFirst(mark.count)
    // ```code``` within a line is no fence.
    guard mark.count >= 3, sign == "~" || !information.contains("`") else { return nil }
    return Opening(mark: mark, words: information.split { $0 == " " || $0 == "\t" })
  }

  /// A line outside of fences.
  private mutating func readText(_ line: Substring, _ number: Int) {
    let line = blocks.read(line)
    guard let opening = Self.opening(line.text) else { return }
    if line.isCode {
      if opening.isSession { flaw(number, "this is no fence: so far to the right it is code") }
      return
    }
    fence = Fence(
      mark: opening.mark, prefix: FencePrefix(text: line.prefix), line: number,
      isSession: opening.isSession)
    guard opening.isSession else {
      if let word = opening.words.first, Self.isNearlySession(word) {
        flaw(
          number, "\(quoted(String(word))) is not \(Transcript.language): a blank ends that word")
      }
      return
    }
    hasCommand = false
    readSetting(opening.words.dropFirst(), number)
  }

  /// `modlab,new`, `modlab:`
  private static func isNearlySession(_ word: Substring) -> Bool {
    guard word.hasPrefix(Transcript.language),
      let next = word.dropFirst(Transcript.language.count).first
    else { return false }
    return !next.isLetter && !next.isNumber && next != "-" && next != "_"
  }

  /// The words behind `modlab`.
  private mutating func readSetting(_ words: ArraySlice<Substring>, _ number: Int) {
    let new = form == .markdown ? Transcript.new : nil
    if let new, words.contains(where: { $0 == new }) { begins = TranscriptSetting() }
    for word in words where new.map({ $0 != word }) ?? true {
      var setting = begins ?? TranscriptSetting()
      if !setting.read(word) {
        let known = (new.map { [$0] } ?? []) + TranscriptSetting.wordForms
        flaw(
          number,
          "there is no word \(quoted(String(word))) behind \(Transcript.language): "
            + "it may be \(known.dropLast().joined(separator: ", ")) or \(known.last ?? "")")
      } else if begins == nil {
        flaw(number, "\(word) stands where no session begins; new before it would begin one")
      } else {
        begins = setting
      }
    }
  }

  // MARK: - Commands and output

  private mutating func readSession(_ line: Substring, _ number: Int, prefix: String) {
    if let command = Transcript.text(of: line, after: Transcript.prompt) {
      steps.append(
        Transcript.Step(
          command: command, line: number, outputLine: number + 1, prefix: prefix, begins: begins))
      begins = nil
      hasCommand = true
    } else if hasCommand, let last = steps.indices.last {
      if steps[last].expected.isEmpty,
        let more = Transcript.text(of: line, after: Transcript.continuationPrompt)
      {
        steps[last].command += "\n" + more
        steps[last].outputLine = number + 1
      } else {
        // A bare prompt counts with and without its blank.
        let isBare = line == Transcript.answerPrompt
        steps[last].expected.append(String(isBare ? line.dropLast() : line))
      }
    } else {
      flaw(number, "no command stands before this line")
    }
  }
}
