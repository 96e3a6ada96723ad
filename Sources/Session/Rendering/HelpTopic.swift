/// What `help` knows besides the commands.
package struct HelpTopic: Sendable {
  package var name: String
  package var summary: String
  /// Words in it that a person may ask for.
  package var words: [String] = []
  package var lines: [String]

  package static let all: [HelpTopic] = [
    HelpTopic(
      name: "statuses", summary: "Node's six words and the specification's seven",
      words: [
        "status", "unlinked", "linking", "linked", "evaluating", "evaluating-async", "evaluated",
        "errored",
      ],
      lines: [
        "Node's word    the record's word in the specification",
        "unlinked       new, unlinked",
        "linking        unlinked, linking (the linker is being asked)",
        "linked         linked",
        "evaluating     evaluating",
        "evaluated      evaluating-async, evaluated",
        "errored        evaluated with an error; or a linker that failed",
        "status shows both words; states draws the machine.",
      ]),
    HelpTopic(
      name: "source", summary: "how JavaScript is given to a command",
      words: ["=", "<<", "<<TAG", "heredoc", "SOURCE", "CODE", "TEXT"],
      lines: [
        "= SOURCE    the rest of the line, and further lines while it is unfinished",
        "<<TAG       the following lines up to a line that is exactly TAG",
        "from PATH   the content of a file; relative paths start at the script's directory",
      ]),
    HelpTopic(
      name: "patterns", summary: "what the rules compare a specifier with",
      words: ["PATTERN", "regex", "specifier", "SPECIFIER"],
      lines: [
        "\"dep\"       exactly that specifier",
        "\"lib/*\"     one * that captures; * or $1 in the target stands for it",
        "/^a-(.+)$/  a JavaScript regular expression, its groups are $1, $2, …",
      ]),
    HelpTopic(
      name: "targets", summary: "what a rule can answer",
      words: [
        "TARGET", "target", "value", "throw", "reject", "delay", "pending", "ask", "file", "linker",
      ],
      lines: [
        "NAME                the registered module",
        "value EXPR          that JavaScript value",
        "throw EXPR          throws; reject EXPR returns a rejected promise",
        "delay MS TARGET     a promise that settles after MS milliseconds",
        "pending             a promise that answer SPECIFIER => TARGET settles",
        "ask                 asks you; a script answers in lines answer> TARGET after the command",
        "js FUNCTION         what (specifier, referrer, extra) => … returns",
        "file DIR            the file that the specifier names",
      ]),
    HelpTopic(
      name: "scripts", summary: "files of commands",
      words: ["#", "comment", "comments"],
      lines: [
        "One command a line, whole words; # begins a comment. A script stops at the first command",
        "that fails; modlab --keep-going FILE runs on.",
        "expect-error CODE_OR_NAME COMMAND   a failure that is the point",
      ]),
    HelpTopic(
      name: "keys", summary: "keys at the prompt",
      words: ["tab", "Tab", "ctrl-c", "Ctrl-C", "ctrl-d", "Ctrl-D", "ctrl-r", "Ctrl-R"],
      lines: [
        "Tab completes · Up and Ctrl-R recall · Ctrl-C discards the line or interrupts what runs",
        "Ctrl-D on an empty line quits · an unfinished source goes on after the prompt ...>",
      ]),
  ]

  package static func named(_ name: String) -> HelpTopic? {
    all.first { $0.name == name } ?? all.first { $0.words.contains(name) }
  }
}
