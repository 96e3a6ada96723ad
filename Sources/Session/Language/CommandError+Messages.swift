extension CommandError {
  /// The name that `expect-error` and JSON know it by.
  package static let name = "CommandError"

  /// What Node throws for it, and for Ctrl-C; nil where the mistake is one of the command language.
  var nodeError: (name: String, code: String)? {
    switch problem {
    case .repeatedExport: ("TypeError", "ERR_INVALID_ARG_VALUE")
    case .unreadableFile(_, .interrupted), .unwritableFile(_, .interrupted):
      ("Error", ScriptCommand.interruptedCode)
    default: nil
    }
  }

  /// What happened, in a sentence without a full stop.
  package var message: String { Self.shortened(problem.message) }

  /// A pasted word of thousands of letters is no message: of each long word the beginning is told.
  private static func shortened(_ message: String) -> String {
    guard message.utf8.count > longestWord else { return message }
    return message.split(separator: " ", omittingEmptySubsequences: false)
      .map {
        $0.utf8.count > longestWord ? TerminalText.cut(String($0), to: longestWord) : String($0)
      }
      .joined(separator: " ")
  }

  private static let longestWord = 120

  /// Commands or words to try, each of which can be typed.
  package var hints: [String] {
    switch problem {
    case .unknownCommand(_, let near, let meant):
      return near.isEmpty ? [meant ?? "help"] : []
    case .unknownSubject(let name, let exporters):
      return exporters.prefix(3).map { "why \(quotedName(name)) in \(quotedName($0))" }
    case .unknownReferrer(_, let near):
      return near.isEmpty ? ["status"] : []
    case .unknownModule(_, let near):
      return near.isEmpty ? ["status"] : []
    case .unknownRule:
      return ["rules"]
    case .unknownTopic:
      return ["help"]
    case .unknownTransition:
      return ["timeline"]
    case .noSteppedOperation:
      return ["help link", "help step"]
    case .steppedOperationRuns:
      return ["step", "continue", "abort"]
    case .unknownContext(let name, _):
      return ["context \(quotedName(name))"]
    case .unknownOptionName:
      return ["option"]
    case .fileIsModule(_, let name):
      return ["remove \(quotedName(name))"]
    default:
      if let command { return ["help \(command.rawValue)"] }
      return []
    }
  }

  /// How the command is written, when that is what was wrong.
  package var usage: [String] {
    guard let command else { return [] }
    return CommandTable.syntax(of: command).usage
  }

  /// What to know besides, a sentence.
  package var note: String? {
    switch problem {
    case .unterminatedHeredoc(let tag):
      return "The source ends at a line that is exactly \(tag)."
    case .unknownExport(_, let module, let exports, _):
      return exports.isEmpty
        ? "\(module) has no exports." : "\(module) exports \(exports.joined(separator: ", "))."
    case .unterminatedQuote(let quote):
      return "Inside the quotation marks, \(quote) is written \\\(quote)."
    case .spaceAroundEquals(let name):
      return "An export and its value are one word: \(name)=EXPR."
    case .commaInExport(let word):
      return "Spaces part exports. A name with a comma is quoted: \(quoted(word))."
    case .unknownReferrer:
      return "A referrer is a module, the word script, or what a rule names after for."
    case .fileIsModule:
      return "One file is one module, however often it is asked for."
    case .unreadableFile(_, .notUTF8):
      return "modlab reads text as UTF-8."
    default:
      return nil
    }
  }
}

/// A name as it must be typed: bare when that is possible, else quoted.
package func quotedName(_ name: String) -> String {
  let isBare =
    !name.isEmpty
    && name.utf8.allSatisfy { byte in
      switch byte {
      case 0x21, 0x24...0x26, 0x2A...0x2B, 0x2D...0x3A, 0x3F...0x5B, 0x5D...0x7E, 0x80...0xFF:
        return true
      default: return false
      }
    }
    && !name.hasPrefix("--") && !reservedWords.contains(name)
  return isBare ? name : quoted(name)
}

/// Bare words that mean something in the argument list of a command.
private let reservedWords: Set<String> = [
  "from", "do", "for", "with", "in", "value", "throw", "reject", "delay", "pending", "ask", "js",
  "file", "all", "off",
]

/// In double quotation marks, with escapes.
package func quoted(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
  if isPlain { return "\"" + text + "\"" }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        let hex = String(scalar.value, radix: 16)
        result += "\\x" + (hex.utf8.count < 2 ? "0" + hex : hex)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}

extension CommandProblem {
  package var message: String {
    switch self {
    case .unterminatedQuote(let quote): return "the quotation mark \(quote) is not closed"
    case .badEscape(let text): return "\(text) is no escape sequence"
    case .missingTag: return "<< needs a TAG right after it, as in <<END"
    case .wordAfterTag(let word): return "nothing may follow the TAG, but here is \(word)"
    case .unterminatedHeredoc(let tag): return "the text begun by <<\(tag) never ends"
    case .missingExpression(let argument): return "a JavaScript expression must follow \(argument)"
    case .badExpression(let message): return "this is no JavaScript expression: \(message)"

    case .unknownCommand(let word, let near, _):
      return "there is no command \(word)" + didYouMean(near)
    case .ambiguousCommand(let word, let names):
      return "\(word) may be \(names.joined(separator: ", "))"
    case .missingCommand(let word): return "a command must follow \(word)"
    case .notAllowed(let name, let word):
      return "\(name.rawValue) cannot follow \(word): it is no looking command"
    case .missingArgument(let name):
      return name.replacing("|", with: " or ") + " is missing"
    case .missingSource: return "the source is missing"
    case .missingBlankBeforeSource(let word):
      return "the source is missing; put a space on each side of the = in \(word)"
    case .unexpectedArgument(let word): return "\(word) is one word too many"
    case .unexpectedSource(let word):
      return "\(word) cannot stand here: this command takes no source"
    case .unknownOption(let word, let near):
      return "there is no option \(word)" + didYouMean(near)
    case .missingOptionValue(let name, let value): return "\(name) needs \(value) after it"
    case .unexpectedOptionValue(let name): return "\(name) takes no value"
    case .repeatedOption(let name): return "\(name) is given twice"
    case .notANumber(let word, let argument, let minimum, let maximum):
      let range = maximum < .max ? "from \(minimum) to \(maximum)" : "\(minimum) or more"
      return "\(argument) must be a whole number, \(range), not \(word)"
    case .notOneOf(let word, let argument, let words, let near):
      let subject = argument.contains("|") ? "it" : argument
      return "\(subject) must be \(alternatives(words)), not \(word)" + didYouMean(near)
    case .noRedirection(let name):
      return "> FILE can follow looking commands only, not \(name.rawValue)"

    case .missingExportName(let text): return "\(text) names no export"
    case .spaceAroundEquals(let name): return "the = after \(name) must not stand apart"
    case .repeatedExport(let name):
      // Node's words.
      return "The property 'exportNames.\(name)' is duplicated. Received '\(name)'"
    case .commaInExport(let word): return "\(word) is no bare name of an export"
    case .missingArrow: return "=> and a target are missing"
    case .missingTarget: return "a target must follow =>"
    case .severalStars(let text): return "a pattern has at most one *, \(text) has more"
    case .unterminatedRegularExpression: return "the regular expression is not closed by /"
    case .unknownRegularExpressionFlags(let flags):
      let subject = flags.count == 1 ? "\(flags) is no flag" : "\(flags) are no flags"
      return "\(subject) of a regular expression (d, g, i, m, s, u, v, y)"
    case .badRegularExpression(let pattern, let message): return "\(pattern) is refused: \(message)"
    case .missingWord(let word, let example): return "\(word) is missing, as in \(example)"
    case .badAttribute(let word): return "with takes KEY=VALUE, not \(word)"

    case .unknownModule(let name, let near):
      return "there is no module \(quotedName(name))" + didYouMean(near.map(quotedName))
    case .unknownSubject(let name, let exporters):
      return "there is no module \(quotedName(name)), but an export of "
        + alternatives(exporters.prefix(3).map(quotedName))
    case .unknownReferrer(let name, let near):
      return "there is no referrer \(quotedName(name))" + didYouMean(near.map(quotedName))
    case .unknownExport(let name, let module, _, let near):
      return "\(module) has no export \(quotedName(name))" + didYouMean(near.map(quotedName))
    case .unknownContext(let name, let near):
      return "there is no context \(quotedName(name))" + didYouMean(near.map(quotedName))
    case .contextExists(let name): return "there is a context \(quotedName(name)) already"
    case .unknownRule(let number, let count):
      return "there is no rule \(number): "
        + (count == 0
          ? "no rule is attached"
          : count == 1 ? "rule 1 is the only one" : "the rules have the numbers 1 to \(count)")
    case .unknownOptionName(let name, let near):
      return "there is no option \(name)" + didYouMean(near)
    case .unknownTopic(let name, let near):
      return "there is no help on \(name)" + didYouMean(near)
    case .unknownTransition(let number, let count):
      return "there is no transition \(number): "
        + (count == 0 ? "nothing has happened yet" : "the last one is \(count)")
    case .noSteppedOperation: return "nothing is being stepped"
    case .steppedOperationRuns(let name): return "\(name) is still being stepped"
    case .nothingPending(let specifier): return "no request for \(quoted(specifier)) is pending"
    case .nothingToUndo: return "there is nothing to take back"
    case .nothingToRedo: return "there is nothing to do again"
    case .unreadableFile(let path, let problem):
      return "cannot read \(quotedName(path)): \(problem.reason)"
    case .unwritableFile(let path, let problem):
      if problem == .notThere, let slash = path.lastIndex(of: "/") {
        let directory = path[..<slash]
        return "cannot write \(quotedName(path)): there is no directory "
          + quotedName(directory.isEmpty ? "/" : String(directory))
      }
      return "cannot write \(quotedName(path)): \(problem.reason)"
    case .fileIsModule(let path, let name):
      return "\(quotedName(path)) is the module \(quotedName(name)) already"
    case .expectedFailure(let expected):
      return "\(expected) was expected, but the command succeeded"
    case .otherFailure(let expected, let got): return "\(expected) was expected, but it was \(got)"
    case .notYet(let text): return "\(text) is not built yet"
    }
  }

  private func didYouMean(_ near: [String]) -> String {
    near.isEmpty ? "" : "; did you mean \(alternatives(near))?"
  }

  private func alternatives(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension FileProblem {
  /// The reason in plain words.
  package var reason: String {
    switch self {
    case .notThere: return "there is no such file"
    case .notPermitted: return "permission denied"
    case .isDirectory: return "it is a directory"
    case .partIsNoDirectory: return "a part of the path is no directory"
    case .tooManyLinks: return "its symbolic links go in a circle"
    case .notUTF8(let offset, let line): return "not UTF-8 (byte \(offset + 1), line \(line))"
    case .nameHasNUL: return "a file name cannot have a NUL character"
    case .isNoRegularFile: return "it is a pipe or a device"
    case .noSpace: return "no space left on the device"
    case .tooLarge: return "it has more than 2 GiB"
    case .interrupted: return "interrupted"
    case .other(_, let text): return text
    }
  }
}
