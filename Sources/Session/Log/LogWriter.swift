/// Writes commands of a log as lines of a script.
///
/// A command stays as it was written where a script reads the same from it. It is written anew when it
/// names a file, which may have another path from the script's directory, when it was made in an editor,
/// or when its source needs a heredoc.
struct LogWriter {
  /// Of the script.
  let directory: String
  let workingDirectory: String
  /// Whether a file is not any more as it was read.
  var isChanged: (OutsideInput.File) -> Bool = { _ in false }

  func lines(of logged: LoggedCommand, after last: LoggedCommand?) -> String {
    guard case .success(var parsed) = logged.command.parsed else { return "" }
    if logged.failure != nil, parsed.onlyDefines { return "" }
    let command = logged.command
    if leavesOut(logged) { return "" }
    let before = advance(to: logged, after: last)
    if let inlined = inlined(logged) { parsed = inlined }
    var waited = ""
    let elapsed = Self.milliseconds(logged.taken.end - logged.taken.begin)
    if let stop = logged.taken.stops.first {
      if case .tick = parsed, stop.place == .waiting {
        return before + "tick \(elapsed)\n"
      }
      if stop.place == .waiting, elapsed > 0 { waited = "tick \(elapsed)\n" }
    }
    let head = logged.failure.map { "expect-error \(quotedName($0.word)) " } ?? ""
    let answers = logged.taken.answers.flatMap(AnswerReader.lines).map { $0 + "\n" }.joined()
    return before + head + text(of: command, parsed, logged.taken.entry) + "\n" + answers + waited
  }

  /// Ctrl-C stopped it where nothing would stop the script.
  func leavesOut(_ logged: LoggedCommand) -> Bool {
    guard let stop = logged.taken.stops.first else { return false }
    if case .success(.tick) = logged.command.parsed, stop.place == .waiting { return false }
    return !stop.isDoneByExpectingIt(logged)
  }

  /// Time that passed at the prompt, or while code ran, when something waited for its time.
  private func advance(to logged: LoggedCommand, after last: LoggedCommand?) -> String {
    guard let last, logged.taken.hadTasks else { return "" }
    let passed = Self.milliseconds(logged.taken.begin - clock(after: last))
    return passed > 0 ? "option clock +\(passed)\n" : ""
  }

  /// What the script's clock says when it has run a command: the time of tasks and of `tick` passes there
  /// too, that of code does not.
  private func clock(after logged: LoggedCommand) -> Double {
    let taken = logged.taken
    switch logged.command.parsed {
    case .success(.tick) where !leavesOut(logged): return taken.end
    case .success(.option("clock", .some)): return taken.end
    default: break
    }
    let passes =
      taken.stops.first.map { $0.place == .waiting } ?? (taken.passes || !taken.tasks.isEmpty)
    return passes ? taken.end : taken.begin
  }

  /// However long it is: a script can say it.
  private static func milliseconds(_ time: Double) -> Int {
    Int(min(max(0, time.rounded(.up)), Double(1 << 53)))
  }

  // MARK: - Files that have changed

  /// The definition with the text that was read, when the file has another one now.
  private func inlined(_ logged: LoggedCommand) -> Command? {
    guard case .success(let parsed) = logged.command.parsed, let file = logged.taken.files.first,
      case .success(let bytes) = file.content, isChanged(file)
    else { return nil }
    let source = SourceOperand.text(CarriedText(bytes: bytes, line: 1))
    switch parsed {
    case .module(var definition):
      guard case .file = definition.source else { return nil }
      definition.source = source
      return .module(definition)
    case .json(let name, .file): return .json(name: name, source: source)
    case .script(.file, let context): return .script(source, context: context)
    default: return nil
    }
  }

  /// What the script reads as it is now, although it was otherwise.
  func changedFiles(of logged: LoggedCommand) -> [String] {
    guard inlined(logged) == nil else { return [] }
    var paths: [String] = []
    for file in logged.taken.files where isChanged(file) && !paths.contains(file.path) {
      paths.append(file.path)
    }
    return paths
  }

  private func text(of command: ScriptCommand, _ parsed: Command, _ entry: String?) -> String {
    if let rendered = withFiles(parsed, entry) { return rendered }
    if isReadAgain(command, parsed) { return command.ownText }
    return withHeredoc(parsed) ?? command.ownText
  }

  /// Whether a script, and what follows in it, is read as the command was.
  private func isReadAgain(_ command: ScriptCommand, _ parsed: Command) -> Bool {
    var reader = CommandReader(
      command.ownText + "\nclear\n", file: command.file, firstLine: command.line,
      scanner: ModuleSyntaxScanner())
    guard case .command(let first)? = reader.next(), case .success(let again) = first.parsed,
      first.ownText == command.ownText,
      case .command(let second)? = reader.next(), case .success(.clear) = second.parsed
    else { return false }
    return again == parsed
  }

  // MARK: - Files

  /// A path as the script names it.
  private func path(_ reference: FileReference) -> String {
    quotedName(relativePath(reference))
  }

  private func relativePath(_ reference: FileReference) -> String {
    if reference.path.hasPrefix("/") { return reference.path }
    let file = absolute(reference.resolved)
    let from = absolute(directory).split(separator: "/")
    let to = file.split(separator: "/")
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let parts = Array(repeating: "..", count: from.count - shared) + to[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  private func absolute(_ path: String) -> String {
    FilePath.normalized(path.hasPrefix("/") ? path : workingDirectory + "/" + path)
  }

  private func withFiles(_ command: Command, _ entry: String?) -> String? {
    switch command {
    case .module(let definition):
      guard case .file(let file) = definition.source else { return nil }
      return head(definition) + " from " + path(file)
    case .json(let name, .file(let file)): return "json \(quotedName(name)) from \(path(file))"
    case .script(.file(let file), let context):
      return "script\(option(context)) from \(path(file))"
    case .importMap(.file(let file)): return "import-map from \(path(file))"
    case .load(let file, let name):
      // Wherever the script runs, its entry has the name that other commands call it by.
      return "load \(path(file))" + ((name ?? entry).map { " --as \(quotedName($0))" } ?? "")
    case .resolve(var rule):
      guard let target = withPath(rule.target) else { return nil }
      rule.target = target
      return rule.command
    case .answer(let specifier, let referrer, let target):
      guard let target = withPath(target) else { return nil }
      return "answer \(quoted(specifier))"
        + (referrer.map { " for \(quotedName($0))" } ?? "") + " => \(target.text)"
    default: return nil
    }
  }

  private func withPath(_ target: RuleTarget) -> RuleTarget? {
    switch target {
    case .file(let reference):
      if reference.path.hasPrefix("/") { return target }
      return .file(FileReference(relativePath(reference)))
    case .delay(let milliseconds, let inner):
      return withPath(inner).map { .delay(milliseconds: milliseconds, $0) }
    default: return nil
    }
  }

  // MARK: - Heredocs

  /// A definition as it would be typed.
  static func heading(of command: Command) -> String {
    LogWriter(directory: ".", workingDirectory: "/").withHeredoc(command) ?? ""
  }

  /// A definition as one line; nil where it needs more.
  static func line(of command: Command) -> String? {
    let writer = LogWriter(directory: ".", workingDirectory: "/")
    let line: String
    switch command {
    case .module(let definition):
      switch definition.source {
      case .text(let text): line = "\(writer.head(definition)) = \(text.text)"
      case .file(let file): line = "\(writer.head(definition)) from \(quotedName(file.path))"
      }
    case .synthetic(let definition):
      line = writer.head(definition) + (definition.body.map { " do \($0.text)" } ?? "")
    default: return nil
    }
    var reader = CommandReader(line, scanner: ModuleSyntaxScanner())
    guard line.utf8.count <= 160, !line.contains("\n"), case .command(let read)? = reader.next(),
      read.text == line, case .success = read.parsed, reader.next() == nil
    else { return nil }
    return line
  }

  private func option(_ context: String?) -> String {
    context.map { " --context \(quotedName($0))" } ?? ""
  }

  private func withHeredoc(_ command: Command) -> String? {
    switch command {
    case .module(let definition):
      guard case .text(let text) = definition.source else { return nil }
      return "\(head(definition)) \(heredoc(text))"
    case .json(let name, .text(let text)): return "json \(quotedName(name)) \(heredoc(text))"
    case .script(.text(let text), let context): return "script\(option(context)) \(heredoc(text))"
    case .importMap(.text(let text)): return "import-map \(heredoc(text))"
    case .javaScript(let text, let context): return "js\(option(context)) \(heredoc(text))"
    case .synthetic(let definition):
      return definition.body.map { "\(head(definition)) do \(heredoc($0))" }
    default: return nil
    }
  }

  private func head(_ definition: SyntheticDefinition) -> String {
    var words = "synthetic \(quotedName(definition.name))"
    for export in definition.exports {
      words += " \(quotedName(export.name))"
      if let value = export.value { words += "=\(value.text)" }
    }
    if let identifier = definition.identifier { words += " --id \(quotedName(identifier))" }
    if let context = definition.context { words += " --context \(quotedName(context))" }
    return words
  }

  private func head(_ definition: ModuleDefinition) -> String {
    var words = "module \(quotedName(definition.name))"
    if let identifier = definition.identifier { words += " --id \(quotedName(identifier))" }
    if let context = definition.context { words += " --context \(quotedName(context))" }
    if let meta = definition.meta { words += " --meta \(meta.text)" }
    if definition.lineOffset != 0 { words += " --line-offset \(definition.lineOffset)" }
    if definition.columnOffset != 0 { words += " --column-offset \(definition.columnOffset)" }
    return words
  }

  /// The line break before the tag is not the text's.
  private func heredoc(_ text: CarriedText) -> String {
    let lines = Set(text.bytes.split(separator: 0x0A).map(Array.init))
    var tag = "END"
    var number = 1
    while lines.contains(Array(tag.utf8)) {
      number += 1
      tag = "END\(number)"
    }
    if text.bytes.isEmpty { return "<<\(tag)\n\(tag)" }
    return "<<\(tag)\n\(text.text)\n\(tag)"
  }
}

extension Command {
  /// It registers something, and does nothing when it fails.
  var onlyDefines: Bool {
    switch self {
    case .module, .synthetic, .json, .context, .resolve, .importMap, .option: true
    default: false
    }
  }
}

extension OutsideInput.Stop {
  /// Whether a script's `expect-error` stops the command in the same place, so that it ends.
  fileprivate func isDoneByExpectingIt(_ logged: LoggedCommand) -> Bool {
    guard logged.taken.stops.count == 1 else { return false }
    return switch place {
    case .waiting: logged.failure?.code == ScriptCommand.interruptedCode
    // Before its first wait; a command is stopped there.
    case .working: taskCount == 0 && logged.failure?.code == ScriptCommand.interruptedCode
    case .memory: true
    case .caught: false
    }
  }
}
