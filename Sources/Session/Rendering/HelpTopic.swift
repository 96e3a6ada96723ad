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
      words: [
        "=", "<<", "<<TAG", "TAG", "heredoc", "SOURCE", "CODE", "TEXT", "JSON", "BODY", "PATH",
      ],
      lines: [
        "= SOURCE    the rest of the line, and further lines while it is unfinished",
        "<<TAG       the following lines up to a line that is exactly TAG",
        "from PATH   the content of a file; relative paths start at the script's directory",
      ]),
    HelpTopic(
      name: "patterns", summary: "what the rules compare a specifier with",
      words: ["PATTERN", "REGEX", "regex", "specifier", "SPECIFIER"],
      lines: [
        "\"dep\"       exactly that specifier",
        "\"lib/*\"     one * that captures; * or $1 in the target stands for it",
        "/^a-(.+)$/  a JavaScript regular expression, its groups are $1, $2, …",
      ]),
    HelpTopic(
      name: "targets", summary: "what a rule can answer",
      words: [
        "TARGET", "target", "value", "throw", "reject", "delay", "pending", "ask", "file", "linker",
        "FUNCTION", "DIR",
      ],
      lines: [
        "NAME                the registered module",
        "value EXPR          that JavaScript value",
        "throw EXPR          throws; reject EXPR returns a rejected promise",
        "delay MS TARGET     a promise that settles after MS milliseconds",
        "pending             a promise that answer SPECIFIER => TARGET settles",
        "ask                 asks you; a script answers in lines answer> TARGET after the command,",
        "                    and goes on with an answer in lines that begin with ...> below it",
        "js FUNCTION         what (specifier, referrer, extra) => … returns",
        "file DIR            the file that the specifier names; .js is a module, but for what its",
        "                    package or its text (require, exports) says is CommonJS",
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
      name: "transcripts", summary: "recorded sessions, and how they are checked",
      words: [
        "[..]", "...", "new", "prompt", "modlab>", "test", "fence", "--update", "record", "replay",
        "keep-going", "seed",
      ],
      lines: [
        "transcript FILE records; modlab test FILE replays every command and compares.",
        "modlab>     begins a command, whole words; the prompt ...> goes on with it, or with an answer",
        "answer>     what was answered to a rule with ask; ^C interrupts there, ^D gives no answer",
        "[..]        in expected output, anything within the line",
        "...         alone on a line of expected output, any lines",
        "```modlab   in Markdown, the fence that is a session; all fences of a file are one",
        "            behind it, new begins another session, seed=N has chance as in it, keep-going",
        "            lets source run on; in a .modlab-transcript the first line # modlab has them",
        "modlab test --update FILE writes what came in the place of what was expected. Files are looked",
        "for in the transcript's folder, time is virtual, and code that was interrupted is again.",
      ]),
    HelpTopic(
      name: "options", summary: "what option NAME VALUE switches",
      words: ["VALUE"] + SessionOptions.all,
      lines: [
        "names on|off                a specifier that is a module's name is that module",
        "spec on|off                 status has the specification's fields too",
        "timer on|off                the time that each command took",
        "clock real|virtual          a virtual clock jumps when nothing else is due",
        "clock +MS                   moves the clock forward",
        "color auto|always|never     colours; auto has them in a terminal",
        "pager on|off                what is longer than the screen goes through $PAGER",
        "trace off|node              the lines that the program of export node prints",
        "loader vm|node              node: files get import.meta.url, filename, dirname and resolve,",
        "                            and a specifier that nothing answers is not found, as when modlab",
        "                            runs a program",
        "seed N                      Math.random() begins anew with it",
      ]),
    HelpTopic(
      name: "words", summary: "the words in capitals of usage lines",
      words: [
        "NAME", "C", "ID", "MODULE", "EXPORT", "EXPR", "KEY", "FILE", "ENTRY", "REFERRER", "N",
        "MS", "COMMAND", "TOPIC", "CODE_OR_NAME", "STATUS", "OPTIONS",
      ],
      lines: [
        "NAME, MODULE, C, ID   a module, a context, an identifier: bare, or in '…' or \"…\"",
        "EXPORT                an export's name, quoted where it is no word",
        "EXPR                  a JavaScript expression; it ends where the expression ends",
        "FILE, ENTRY           a path, from the script that names it, else from the working directory",
        "REFERRER              the module whose requests are meant",
        "N, MS, STATUS         whole numbers; MS are milliseconds, STATUS is modlab's exit status",
        "CODE_OR_NAME          of an error: ERR_VM_MODULE_STATUS, TypeError",
        "SOURCE, CODE, TEXT, TAG, PATH: help source. PATTERN: help patterns. TARGET: help targets.",
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
