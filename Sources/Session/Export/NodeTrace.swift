internal import VMModules

/// The lines that an exported program and modlab with `option trace node` both print: an operation,
/// how it ended, and the statuses of all modules. Both engines have the same words for all of it:
/// messages are there only where they are Node's own.
enum NodeTrace {
  /// What an operation is called; nil for commands that no line is printed for.
  static func label(_ command: Command) -> String? {
    switch command {
    case .module(let definition): "module \(name(definition.name))"
    case .synthetic(let definition): "synthetic \(name(definition.name))"
    case .json(let json, _): "json \(name(json))"
    case .set(let module, let export, _): "set \(name(module)).\(name(export))"
    case .reset(let names): (["reset"] + names.map(name)).joined(separator: " ")
    case .link(let module, _): "link \(name(module))"
    case .linkRequests(let module, _): "link-requests \(name(module))"
    case .instantiate(let module): "instantiate \(name(module))"
    case .evaluate(let module, _, _): "evaluate \(name(module))"
    case .answer(let specifier, _, _): "answer \(name(specifier))"
    case .javaScript: "js"
    case .script: "script"
    case .tick: "tick"
    case .load(let entry, let module): "load \(name(module ?? entry.path))"
    default: nil
    }
  }

  static func line(
    _ label: String, isPending: Bool, _ failure: ErrorReport?,
    modules: [(name: String, status: String)]
  ) -> String {
    var outcome = isPending ? "pending" : "ok"
    if let failure {
      outcome = "fails: " + (failure.name ?? "a value")
      if let code = failure.code {
        outcome += " " + code + (code.hasPrefix("ERR_") ? ": \(failure.message)" : "")
      }
    }
    let statuses = modules.map { "\(name($0.name)) \($0.status)" }
    return TerminalText.clean(
      (["\(label): \(outcome)"] + statuses).joined(separator: " | "), keepingLines: true)
  }

  static func name(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "_:()#./@+-".utf8.contains($0)
    }
    return isPlain && !name.isEmpty ? name : JavaScriptText.literal(name)
  }
}

/// Lets through what programs print, and trace lines.
final class TraceOutput: CommandOutput {
  let inner: any CommandOutput

  init(_ inner: any CommandOutput) { self.inner = inner }

  func event(_ event: SessionEvent) {
    if case .console = event { inner.event(event) }
  }
  func text(_ text: ResultText) {}
  func diagnostic(_ diagnostic: Diagnostic) {}
}
