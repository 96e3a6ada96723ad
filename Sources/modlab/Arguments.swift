internal import Session

/// What is wrong with the command line.
struct UsageError: Error {
  var message: String
  var hint = "Try 'modlab --help'."
}

/// The command line. FILEs and `-c` texts run in the order in which they are given, so they are read
/// in one pass here.
struct Arguments {
  enum Action {
    case run, version, help
    /// `modlab graph ENTRY…`
    case graph
    /// `modlab test FILE…`
    case test
    case schema
  }

  enum Item {
    case file(String)
    case standardInput
    case commands(String)
  }

  enum Color: String, CaseIterable {
    case auto, always, never
  }

  var action = Action.run
  var items: [Item] = []
  var isJSON = false
  var keepsGoing = false
  var staysInteractive = false
  var color = Color.auto
  var readsConfiguration = true
  var seed: Int?
  var format = GraphFormat.text
  var importMap: String?
  var reportFormat = TranscriptReport.text
  var updates = false
  var resumes = false

  /// A JavaScript program is among the files.
  var runsProgram: Bool {
    items.contains { if case .file(let path) = $0 { Self.isProgram(path) } else { false } }
  }

  static func isProgram(_ path: String) -> Bool { path.hasSuffix(".mjs") || path.hasSuffix(".js") }

  private static let options = [
    "--json", "--keep-going", "--color", "--no-rc", "--seed", "--version", "--help", "-c", "-i",
    "--json-schema", "--update", "--format", "--resume",
  ]

  init(_ words: [String]) throws(UsageError) {
    var index = 0
    var onlyFiles = false
    func value(of option: String) throws(UsageError) -> String {
      index += 1
      guard index < words.count else {
        throw UsageError(message: "\(option) needs a value.")
      }
      return words[index]
    }
    while index < words.count {
      let word = words[index]
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let inline = word.hasPrefix("--") && parts.count == 2 ? String(parts[1]) : nil
      if !onlyFiles, items.isEmpty, case .run = action, try readSubcommand(word) {
        index += 1
        continue
      }
      if onlyFiles || !word.hasPrefix("-") || word == "-" {
        items.append(word == "-" && !onlyFiles ? .standardInput : .file(word))
      } else {
        if !word.hasPrefix("--"), word.utf8.count > 2 {
          try readLetters(word, value)
          index += 1
          continue
        }
        switch parts[0] {
        case "--": onlyFiles = true
        case "--json": isJSON = true
        case "--keep-going": keepsGoing = true
        case "--no-rc": readsConfiguration = false
        case "--resume": resumes = true
        case "-i": staysInteractive = true
        case "-c": items.append(.commands(try value(of: "-c")))
        case "--json-schema": action = .schema
        case "--update" where action == .test: updates = true
        case "--version": action = .version
        case "--help", "-h": action = .help
        case "--color":
          let given: String
          if let inline { given = inline } else { given = try value(of: "--color") }
          guard let color = Color(rawValue: given) else {
            throw UsageError(message: "--color is auto, always or never, not '\(given)'.")
          }
          self.color = color
        case "--seed":
          let given: String
          if let inline { given = inline } else { given = try value(of: "--seed") }
          guard let number = Int(given) else {
            throw UsageError(message: "--seed is a whole number, not '\(given)'.")
          }
          seed = number
        case "--format" where action == .graph:
          let given: String
          if let inline { given = inline } else { given = try value(of: "--format") }
          guard let format = GraphFormat(rawValue: given) else {
            let words = GraphFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError(message: "--format is one of \(words), not '\(given)'.")
          }
          self.format = format
        case "--format" where action == .test:
          let given: String
          if let inline { given = inline } else { given = try value(of: "--format") }
          guard let format = TranscriptReport(rawValue: given) else {
            let words = TranscriptReport.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError(message: "--format is one of \(words), not '\(given)'.")
          }
          reportFormat = format
        case "--import-map" where action == .graph:
          if let inline { importMap = inline } else { importMap = try value(of: "--import-map") }
        default:
          throw Self.unknown(word)
        }
        if inline != nil, !["--color", "--seed", "--format", "--import-map"].contains(parts[0]) {
          throw UsageError(message: "\(parts[0]) takes no value.")
        }
      }
      index += 1
    }
    if case .graph = action, items.isEmpty {
      throw UsageError(message: "graph needs the entry of a program.")
    }
    if case .test = action { try checkTest() }
  }

  /// The first word that is no option may say what to do.
  private mutating func readSubcommand(_ word: String) throws(UsageError) -> Bool {
    switch word {
    case "lesson":
      throw UsageError(
        message: "there are no lessons yet.", hint: "'modlab' and then 'help' is the way to begin.")
    case "graph": action = .graph
    case "test": action = .test
    default: return false
    }
    return true
  }

  /// `-ic COMMANDS`, `-cCOMMANDS`: letters may share a dash, as everywhere.
  private mutating func readLetters(
    _ word: String, _ value: (String) throws(UsageError) -> String
  ) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      switch letter {
      case "i": staysInteractive = true
      case "h": action = .help
      case "c":
        items.append(.commands(letters.isEmpty ? try value("-c") : String(letters)))
        return
      default: throw Self.unknown(word)
      }
    }
  }

  private func checkTest() throws(UsageError) {
    for item in items {
      if case .commands = item {
        throw UsageError(message: "test takes files, not -c.", hint: "modlab test FILE…")
      }
      if case .standardInput = item, updates {
        throw UsageError(
          message: "standard input cannot be updated.", hint: "modlab test --update FILE…")
      }
    }
    if staysInteractive || resumes {
      throw UsageError(message: "test has no prompt.", hint: "modlab test FILE…")
    }
    if isJSON {
      throw UsageError(
        message: "test has no --json.", hint: "Try --format tap or --format junit.")
    }
    if items.isEmpty {
      throw UsageError(message: "test needs a transcript.", hint: "modlab test FILE…")
    }
  }

  private static func unknown(_ word: String) -> UsageError {
    if options.contains(word) {
      return UsageError(
        message: "\(word) is an option of modlab test or modlab graph.",
        hint: "It stands behind that word.")
    }
    let near = NearestNames.of(word, among: options).first
    return UsageError(
      message: "there is no option '\(word)'.",
      hint: near.map { "Did you mean \($0)? 'modlab --help' lists the options." }
        ?? "Try 'modlab --help'.")
  }
}

enum Usage {
  static let text = """
    modlab shows how ECMAScript modules link and evaluate.

    usage  modlab                  the prompt; without a terminal, standard input as a script
           modlab FILE…            runs scripts (- is standard input)
           modlab FILE.mjs         runs a JavaScript program with everything that it imports
           modlab -c 'COMMANDS'    runs the text; newlines separate commands
           modlab -i FILE…         runs scripts, then stays at the prompt
           modlab graph ENTRY…     the graph of programs on disk, their cycles and link errors
                                   [--format text|dot|mermaid|json|svg] [--import-map FILE]
           modlab test FILE…       replays transcripts (fences ```modlab in Markdown, or whole
                                   .modlab-transcript files) and compares what they print
                                   [--update] [--format text|tap|junit]

    options
      --json                     one JSON object a command
      --keep-going               runs on after a command that failed
      --color auto|always|never  NO_COLOR and TERM=dumb turn colour off
      --no-rc                    does not read the rc file
      --resume                   brings back the last session at a prompt that was cut off
      --seed N                   the seed of random choices
      --json-schema              prints the JSON Schema of what --json prints
      --version, --help

    exit status  0 all well · 1 a command failed · 2 wrong usage or unreadable file
                 3 transcript mismatch · 13 a program's await never settles · 130 interrupted

    At the prompt, help lists the commands.

    """
}
