internal import Glibc
internal import LineEditing

// The line editor alone, for Tests/Terminal/line_editing.py: every result is a line on its own.

let words = ["define", "delete", "link", "list", "evaluate"] + (0..<200).map { "many\($0)" }

func complete(before: String, after: String) -> Completion {
  let word = before.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
  let typed = before.last?.isWhitespace == false ? word : ""
  return Completion(
    replacedCount: typed.count, candidates: words.filter { $0.hasPrefix(typed) })
}

func json(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\\(scalar)"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

func say(_ text: String) {
  print(text)
  fflush(nil)
}

func act(on line: String) -> Bool {
  switch line {
  case "quit": return false
  case "crash": raise(SIGSEGV)
  case "abort": abort()
  case "exit": exit(3)
  case "busy":
    say("BUSY")
    while !Interruption.isPending {}
    Interruption.clear()
    say("STOPPED")
  case "hang":
    say("HANGING")
    while !Interruption.isPending {}
    say("UNANSWERED")
    while true {}
  case "edit": say("EDITED:" + json(ExternalEditor.edit("old text\n") ?? "nil"))
  case "page":
    let text = (0..<200).map { "row \($0)\n" }.joined()
    say("PAGED:\(Pager.show(text))")
  default: say("LINE:" + json(line))
  }
  return true
}

func run(_ next: () -> Input) {
  while true {
    switch next() {
    case .line(let line): if !act(on: line) { return }
    case .endOfInput: return say("END")
    case .hangUp: return say("HUNG UP")
    case .interrupted(let hadText): say("INTERRUPTED:\(hadText)")
    }
  }
}

Interruption.install()
var configuration = LineEditor.Configuration()
configuration.historyPath = HistoryStore.defaultPath()
configuration.promptColor = TerminalCapabilities.usesColor() ? "1;36" : nil
configuration.readsEditrc = false
configuration.complete = complete
configuration.isComplete = { text in
  text.count { $0 == "{" } <= text.count { $0 == "}" }
}
if TerminalCapabilities.canEdit(), let editor = LineEditor(configuration: configuration) {
  run { editor.readLine() }
  if let warning = editor.history.warning { say("WARNING:\(warning)") }
} else {
  let reader = PlainReader()
  run { reader.readLine(prompt: "modlab> ") }
  if reader.hasReplacements { say("REPLACED") }
}
