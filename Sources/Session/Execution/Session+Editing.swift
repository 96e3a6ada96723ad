internal import ModuleSyntax

/// How a text is given to a person to change.
package struct TextEditing {
  /// The changed text; nil when the editor failed.
  package var edit: (_ text: String, _ suffix: String) -> String?
  /// Whether to open the editor again after a mistake was shown.
  package var asksAgain: () -> Bool

  package init(
    edit: @escaping (_ text: String, _ suffix: String) -> String?, asksAgain: @escaping () -> Bool
  ) {
    self.edit = edit
    self.asksAgain = asksAgain
  }
}

extension Session {
  /// `edit NAME`: what comes back from the editor defines the module again. A text with a mistake
  /// is offered again as it was left, so that nothing typed is lost.
  func edit(_ name: String, _ command: ScriptCommand) throws -> CommandOutcome {
    guard let editing else {
      _ = try entry(name)
      throw CommandFailure(
        message: "edit needs a terminal.", hints: ["show \(quotedName(name))", "help module"])
    }
    let original = try editableText(of: try entry(name))
    var text = original.text
    while true {
      guard var edited = editing.edit(text, original.suffix) else {
        throw CommandFailure(
          message: "The editor failed: \(name) is as it was.",
          notes: ["VISUAL, else EDITOR, names the editor."])
      }
      // Whether the last line has an end is not for the editor to say.
      if edited.hasSuffix("\n") { edited.removeLast() }
      if original.text.hasSuffix("\n") { edited += "\n" }
      if edited == original.text { return CommandOutcome(text: "\(name) is unchanged\n") }
      // As a script would read it.
      edited = String(
        decoding: CommandReader.withoutCarriageReturns(Array(edited.utf8)), as: UTF8.self)
      do {
        let outcome = try original.define(edited)
        recorder?.forget()
        return outcome
      } catch {
        self.edited = nil
        let failure = describe(error, in: command)
        output.diagnostic(failure.diagnostic)
        guard editing.asksAgain() else {
          throw CommandFailure(message: "\(name) is as it was.")
        }
        text = edited
      }
    }
  }

  private struct EditableText {
    var text: String
    var suffix: String
    var define: (String) throws -> CommandOutcome
  }

  private func editableText(of entry: ModuleEntry) throws -> EditableText {
    let name = entry.name
    switch entry.definition {
    case .source(let source, let definition):
      return EditableText(text: String(decoding: source.bytes, as: UTF8.self), suffix: ".mjs") {
        [unowned self] text in
        var changed = definition
        changed.source = .text(CarriedText(text))
        edited = ScriptCommand(logging: .module(changed))
        return try define(changed)
      }
    case .json(let text):
      return EditableText(text: text.text, suffix: ".json") { [unowned self] text in
        edited = ScriptCommand(logging: .json(name: name, source: .text(CarriedText(text))))
        return try defineJSON(name, .text(CarriedText(text)))
      }
    case .synthetic(let definition):
      guard let body = definition.body else { break }
      return EditableText(text: body.text, suffix: ".js") { [unowned self] text in
        var changed = definition
        changed.body = CarriedText(text)
        edited = ScriptCommand(logging: .synthetic(changed))
        return try define(changed)
      }
    case .file, .script: break
    }
    throw CommandFailure(message: "\(name) has no source text in this session to edit.")
  }

  /// `history [N]`: the last N commands with their numbers.
  func history(_ count: Int?) -> CommandOutcome {
    let texts = commandTexts.suffix(count ?? commandTexts.count)
    var outcome = CommandOutcome(result: ["commands": .strings(Array(texts))])
    outcome.text = ResultText(
      Self.history(commandTexts, last: count),
      recorded: recorder.map { Self.history($0.commandTexts, last: count) })
    return outcome
  }

  private static func history(_ commands: [String], last count: Int?) -> String {
    let width = String(commands.count).count
    let margin = String(repeating: " ", count: width + 2)
    var text = ""
    for (index, command) in commands.suffix(count ?? commands.count).reversed().enumerated()
      .reversed()
    {
      let number = String(commands.count - index)
      let lines = TerminalText.clean(command, keepingLines: true)
        .split(separator: "\n", omittingEmptySubsequences: false)
      text += String(repeating: " ", count: width - number.count) + number + "  "
      text += lines.joined(separator: "\n" + margin) + "\n"
    }
    return text
  }
}
