package import ModuleSyntax

/// What a command did: the value behind the object of `--json`.
package struct CommandReport: Hashable, Sendable {
  package var file: String?
  package var line: Int
  package var command: String
  package var isOK = true
  /// Stays when `expect-error` made it a success.
  package var error: ErrorReport?
  package var transitions: [TransitionReport] = []
  package var requests: [RequestReport] = []
  package var console: [ConsoleReport] = []
  package var unhandled: [ErrorReport] = []
  package var result: JSONValue = .null

  package init(file: String?, line: Int, command: String) {
    self.file = file
    self.line = line
    self.command = command
  }

  package init(_ command: ScriptCommand) {
    self.init(file: command.file, line: command.line, command: command.text)
  }

  /// Ctrl-C was pressed, and the command answered it: no line of a script did, and no error of that name.
  var answeredInterruption = false
  /// Ctrl-C ended it, which was not expected.
  package var isInterrupted: Bool { !isOK && answeredInterruption }

  package func json() -> JSONValue {
    [
      "file": .optional(file),
      "line": .int(line),
      "command": .string(command),
      "ok": .bool(isOK),
      "error": error?.json() ?? .null,
      "transitions": .array(transitions.map { $0.json() }),
      "requests": .array(requests.map { $0.json() }),
      "console": .array(console.map { $0.json() }),
      "unhandled": .array(unhandled.map { $0.json() }),
      "result": result,
    ]
  }
}

/// A failure, as JSON tells it.
package struct ErrorReport: Hashable, Sendable {
  package enum Phase: String, Hashable, Sendable {
    case command, parse, resolve, instantiate, evaluate
  }

  /// nil for a thrown primitive.
  package var name: String?
  package var code: String?
  package var message: String
  /// The message's code units, when it has lone surrogates.
  package var messageUnits: [UInt16]?
  package var phase: Phase
  package var module: String?
  package var position: SourcePosition?
  package var stack: String?
  /// None or one.
  package var causes: [ErrorReport] = []

  package init(
    name: String?, code: String? = nil, message: String, phase: Phase, module: String? = nil,
    position: SourcePosition? = nil, stack: String? = nil, cause: ErrorReport? = nil
  ) {
    self.name = name
    self.code = code
    self.message = message
    self.phase = phase
    self.module = module
    self.position = position
    self.stack = stack
    causes = cause.map { [$0] } ?? []
  }

  /// A person's mistake.
  package init(_ error: CommandError, in command: ScriptCommand) {
    self.init(
      name: error.nodeError?.name ?? CommandError.name, code: error.nodeError?.code,
      message: error.message, phase: .command,
      position: command.position(of: error))
  }

  package var cause: ErrorReport? { causes.first }

  /// Whether `expect-error` with this word means it.
  package func isMeant(by codeOrName: String) -> Bool {
    code == codeOrName || name == codeOrName || codeOrName == expectedWord
  }

  /// What `expect-error` calls it: a value without a code and a name has a word of its own.
  package var expectedWord: String { code ?? name ?? LoggedCommand.Failure.thrownWord }

  package func json() -> JSONValue {
    [
      "name": .optional(name),
      "code": .optional(code),
      "message": messageUnits.map(JSONValue.utf16) ?? .string(message),
      "phase": .string(phase.rawValue),
      "module": .optional(module),
      "position": position.map { ["line": .int($0.line), "column": .int($0.column)] } ?? .null,
      "stack": .optional(stack),
      "cause": cause?.json() ?? .null,
    ]
  }
}

/// A change of status, in Node's words.
package struct TransitionReport: Hashable, Sendable {
  /// Counts over the session, from 1.
  package var number: Int
  package var module: String
  package var from: String
  package var to: String

  package init(number: Int, module: String, from: String, to: String) {
    self.number = number
    self.module = module
    self.from = from
    self.to = to
  }

  package func json() -> JSONValue {
    ["n": .int(number), "module": .string(module), "from": .string(from), "to": .string(to)]
  }
}

/// A question to the linker and its answer.
package struct RequestReport: Hashable, Sendable {
  package var specifier: String
  package var attributes: [SpecifierRule.Attribute]
  package var referrer: String
  /// The number of the rule that answered; nil when a name of the registry did, or nothing.
  package var rule: Int?
  /// What was answered, in words: a module's name, or the value as `inspect` shows it.
  package var answer: String

  package init(
    specifier: String, attributes: [SpecifierRule.Attribute] = [], referrer: String,
    rule: Int?, answer: String
  ) {
    self.specifier = specifier
    self.attributes = attributes
    self.referrer = referrer
    self.rule = rule
    self.answer = answer
  }

  package func json() -> JSONValue {
    [
      "specifier": .string(specifier),
      "attributes": .object(attributes.map { .init($0.key, .string($0.value)) }),
      "referrer": .string(referrer),
      "rule": .optional(rule),
      "answer": .string(answer),
    ]
  }
}

package struct ConsoleReport: Hashable, Sendable {
  /// `log`, `info`, `warn`, `error` …
  package var level: String
  package var text: String
  /// The text's code units, when it has lone surrogates.
  package var textUnits: [UInt16]?

  package init(level: String, text: String) {
    self.level = level
    self.text = text
  }

  package func json() -> JSONValue {
    ["level": .string(level), "text": textUnits.map(JSONValue.utf16) ?? .string(text)]
  }
}
