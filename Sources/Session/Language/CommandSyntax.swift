/// What a word of a command stands for; drives checks, usage lines and completion alike.
package enum ArgumentKind: Hashable, Sendable {
  /// A registered module.
  case module
  /// A name to be given.
  case newName
  case context
  case export
  case specifier
  case pattern
  case target
  case file
  case number(minimum: Int, maximum: Int = .max)
  case expression
  case code
  case keyword([String])
  case sessionOption
  case errorCode
  case topic
  case command
  case anything
}

package struct ArgumentSyntax: Hashable, Sendable {
  package enum Count: Hashable, Sendable {
    case one, optional, any, several
  }

  /// As usage lines write it: `NAME`.
  package var name: String
  package var kind: ArgumentKind
  package var count: Count

  init(_ name: String, _ kind: ArgumentKind, _ count: Count = .one) {
    self.name = name
    self.kind = kind
    self.count = count
  }
}

package struct OptionSyntax: Hashable, Sendable {
  /// With its dashes.
  package var name: String
  /// nil for a flag.
  package var value: ArgumentSyntax?

  init(_ name: String, _ value: ArgumentSyntax? = nil) {
    self.name = name
    self.value = value
  }

  var usage: String { "[\(name)\(value.map { " \($0.name)" } ?? "")]" }
}

/// A trailing `= SOURCE`, `<<TAG` or `from PATH`.
package struct SourceSyntax: Hashable, Sendable {
  package var name: String
  package var goal: SourceGoal
  package var allowsHeredoc = true
  package var allowsFile = true
}

package enum CommandGroup: String, Sendable, CaseIterable {
  case defining = "Defining modules"
  case resolving = "Resolver rules"
  case running = "Linking and evaluating"
  case looking = "Looking"
  case session = "Sessions"
}

/// Everything that is known about a command but its meaning.
package struct CommandSyntax: Sendable {
  package var name: CommandName
  package var group: CommandGroup
  package var summary: String
  package var arguments: [ArgumentSyntax] = []
  package var options: [OptionSyntax] = []
  package var source: SourceSyntax?
  /// The usage lines, where the arguments alone do not tell them.
  package var forms: [String] = []
  /// Node's words for the statuses in which the module may be; empty: any, or no module at all.
  package var statuses: [String] = []
  package var details: [String] = []
  package var example: [String] = []
  package var aliases: [String] = []

  /// Whether `at N` may stand with it.
  package var isLooking: Bool { group == .looking && name != .at }

  /// Whether `> FILE` may stand with it, which only looks; `option` does without a VALUE.
  var takesRedirection: Bool {
    isLooking || [.rules, .which, .history, .help, .option].contains(name)
  }

  /// The ways to write it, without the word `usage`.
  package var usage: [String] {
    if !forms.isEmpty { return forms }
    var words = [name.rawValue]
    for argument in arguments {
      switch argument.count {
      case .one: words.append(argument.name)
      case .optional: words.append("[\(argument.name)]")
      case .any: words.append("[\(argument.name)…]")
      case .several: words.append("\(argument.name)…")
      }
    }
    words += options.map(\.usage)
    guard let source else { return [words.joined(separator: " ")] }
    let head = words.joined(separator: " ")
    var lines = ["\(head) = \(source.name)"]
    if source.allowsHeredoc { lines.append("\(head) <<TAG") }
    if source.allowsFile { lines.append("\(head) from PATH") }
    return lines
  }
}
