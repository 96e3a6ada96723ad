internal import CEditline
internal import Glibc

/// The interactive prompt: libedit behind one type.
///
/// Between two calls of `readLine()` the terminal is in its ordinary modes.
public final class LineEditor {
  public struct Configuration {
    public var prompt = "modlab> "
    /// ASCII, as wide as `prompt`.
    public var continuationPrompt = "   ...> "
    /// SGR parameters for the prompt, or nil for no colour.
    public var promptColor: String?
    /// Where entries are kept between runs; nil keeps them in memory.
    public var historyPath: String?
    public var historyLimit = 2_000
    public var input: Int32 = 0
    public var output: Int32 = 1
    /// Whether `$EDITRC` or `~/.editrc` may change the bindings.
    public var readsEditrc = true
    /// Whether ENTER submits the text; otherwise it opens another line.
    public var isComplete: (String) -> Bool = { _ in true }
    /// The candidates between the text before the cursor and the text after it.
    public var complete: (_ before: String, _ after: String) -> Completion = { _, _ in .none }

    /// A candidate as a terminal may show it.
    public var printable: (String) -> String = { $0 }

    /// The entry as the person's own editor leaves it; nil when that fails.
    public var edit: (String) -> String? = { ExternalEditor.edit($0, suffix: ".modlab") }

    public init() {}
  }

  /// What is asked in the middle of a command.
  public struct Question {
    /// As wide as the usual prompt.
    public var prompt: String
    public var isComplete: (String) -> Bool
    public var complete: (_ before: String) -> Completion

    public init(
      prompt: String, isComplete: @escaping (String) -> Bool,
      complete: @escaping (_ before: String) -> Completion
    ) {
      self.prompt = prompt
      self.isComplete = isComplete
      self.complete = complete
    }
  }

  public let configuration: Configuration
  public let history: HistoryStore
  private let editor: OpaquePointer

  /// Nil where libedit cannot use the terminal: read with `PlainReader` instead.
  public init?(configuration: Configuration) {
    self.configuration = configuration
    history = HistoryStore(path: configuration.historyPath, limit: configuration.historyLimit)
    // The callbacks reach the editor through a box, because `self` is not complete yet.
    let box = Callbacks(configuration)
    self.box = box
    let callbacks = modlab_editor_callbacks(
      context: Unmanaged.passUnretained(box).toOpaque(),
      is_complete: { context, text in
        guard let context, let text else { return 1 }
        let box = Unmanaged<Callbacks>.fromOpaque(context).takeUnretainedValue()
        return box.isComplete(String(cString: text)) ? 1 : 0
      },
      complete: { context, before, after in
        guard let context, let before, let after else { return 0 }
        let box = Unmanaged<Callbacks>.fromOpaque(context).takeUnretainedValue()
        return box.complete(before: String(cString: before), after: String(cString: after))
      },
      edit: { context, text in
        guard let context, let text else { return nil }
        let box = Unmanaged<Callbacks>.fromOpaque(context).takeUnretainedValue()
        return box.configuration.edit(String(cString: text)).flatMap { strdup($0) }
      })
    guard
      let editor = modlab_editor_create(
        configuration.input, configuration.output, configuration.prompt,
        configuration.continuationPrompt, configuration.promptColor,
        Int32(clamping: configuration.historyLimit), callbacks)
    else { return nil }
    self.editor = editor
    box.editor = editor
    if configuration.readsEditrc { modlab_editor_read_configuration(editor) }
    for entry in history.entries { modlab_editor_add_history(editor, entry) }
  }

  deinit { modlab_editor_destroy(editor) }

  private let box: Callbacks

  /// With a `question`, the line answers it: another prompt as wide as the usual one and candidates of
  /// its own, and it is not a command to be recalled.
  public func readLine(_ question: Question? = nil) -> Input {
    box.question = question
    modlab_editor_set_prompt(editor, question?.prompt ?? configuration.prompt)
    var text: UnsafeMutablePointer<CChar>?
    switch modlab_editor_read(editor, &text) {
    case Int32(MODLAB_LINE.rawValue):
      guard let text else { return .endOfInput }
      defer { free(text) }
      let line = String(cString: text)
      if question == nil { remember(line) }
      return .line(line)
    case Int32(MODLAB_INTERRUPTED.rawValue): return .interrupted(hadText: false)
    case Int32(MODLAB_INTERRUPTED_WITH_TEXT.rawValue): return .interrupted(hadText: true)
    case Int32(MODLAB_HUNG_UP.rawValue): return .hangUp
    default: return .endOfInput
    }
  }

  private func remember(_ line: String) {
    switch history.append(line) {
    case .ignored: break
    case .added: modlab_editor_add_history(editor, line)
    case .moved:
      // libedit only refuses a repetition of the last entry; an older one must leave its place.
      modlab_editor_clear_history(editor)
      for entry in history.entries { modlab_editor_add_history(editor, entry) }
    }
  }
}

/// What libedit's C callbacks see of the editor.
private final class Callbacks {
  let configuration: LineEditor.Configuration
  var editor: OpaquePointer?
  var question: LineEditor.Question?

  init(_ configuration: LineEditor.Configuration) { self.configuration = configuration }

  func isComplete(_ text: String) -> Bool {
    question?.isComplete(text) ?? configuration.isComplete(text)
  }

  func complete(before: String, after: String) -> Int32 {
    guard let editor else { return Int32(MODLAB_COMPLETION_NONE.rawValue) }
    let row = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if before.contains("\n"), row.allSatisfy(\.isWhitespace) {
      modlab_editor_insert(editor, "  ")
      return Int32(MODLAB_COMPLETION_INSERTED.rawValue)
    }
    let completion = question?.complete(before) ?? configuration.complete(before, after)
    guard !completion.candidates.isEmpty else { return Int32(MODLAB_COMPLETION_NONE.rawValue) }
    let typed = String(before.unicodeScalars.suffix(completion.replacedCount))
    // A word never reaches into the row above.
    guard !typed.contains("\n") else { return Int32(MODLAB_COMPLETION_NONE.rawValue) }
    var text = completion.commonPrefix
    if completion.candidates.count == 1 {
      text += after.hasPrefix(completion.suffix) ? "" : completion.suffix
    } else if text.unicodeScalars.count <= typed.unicodeScalars.count {
      return list(completion, on: editor)
    }
    if text == typed { return Int32(MODLAB_COMPLETION_NONE.rawValue) }
    modlab_editor_replace(editor, Int32(typed.unicodeScalars.count), text)
    return Int32(MODLAB_COMPLETION_INSERTED.rawValue)
  }

  private func list(_ completion: Completion, on editor: OpaquePointer) -> Int32 {
    guard completion.candidates.count > 1 else { return Int32(MODLAB_COMPLETION_NONE.rawValue) }
    let size = TerminalCapabilities.size(of: configuration.output)
    let candidates = completion.candidates.map(configuration.printable)
    let rows = ColumnLayout(candidates, width: size.columns).rows
    modlab_editor_begin_list(editor)
    let page = max(1, size.rows - 1)
    for (index, row) in rows.enumerated() {
      if index > 0, index % page == 0, !continues(on: editor) { break }
      modlab_editor_write(editor, row + "\r\n")
    }
    return Int32(MODLAB_COMPLETION_LISTED.rawValue)
  }

  private func continues(on editor: OpaquePointer) -> Bool {
    modlab_editor_write(editor, "--More-- (any key, q to stop)")
    let key = modlab_editor_read_key(editor)
    modlab_editor_write(editor, "\r\u{1B}[K")
    return key >= 0 && key != Int32(UInt8(ascii: "q")) && key != 4 && key != 27
  }
}
