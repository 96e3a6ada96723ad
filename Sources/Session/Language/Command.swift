/// One command of the language, its words understood and nothing looked up yet.
package enum Command: Hashable, Sendable {
  case module(ModuleDefinition)
  case synthetic(SyntheticDefinition)
  case json(name: String, source: SourceOperand)
  case set(module: String, export: String, value: CarriedText)
  case context(String)
  /// Without a name: all of them.
  case reset([String])
  case remove([String])
  case clear
  case load(entry: FileReference, name: String?)

  case resolve(SpecifierRule)
  case rules
  case unresolve(RuleSelection)
  case importMap(SourceOperand)
  case which(specifier: String, referrer: String?)
  case answer(specifier: String, referrer: String?, target: RuleTarget)

  case link(String, isStepped: Bool)
  case linkRequests(String, modules: [String])
  case instantiate(String)
  case evaluate(String, timeout: Int?, isStepped: Bool)
  case step(StepRequest)
  case `continue`
  case finish
  case abort
  case javaScript(CarriedText, context: String?)
  case script(SourceOperand, context: String?)
  case tick(milliseconds: Int?)

  case status([String])
  case states(String?)
  case show(String)
  case bindings(String)
  case namespace(String)
  case graph(String?, format: GraphFormat)
  case order(String)
  case cycles
  case why(WhyQuestion)
  case explain(String)
  case timeline
  indirect case at(Int, Command)

  case save(FileReference)
  case source(FileReference)
  /// nil switches it off.
  case transcript(FileReference?)
  case undo(Int)
  case redo(Int)
  case export(ExportFormat, FileReference)
  case history(Int?)
  case option(name: String?, value: String?)
  case help(String?)
  case edit(String)
  case quit(Int)
}

/// `module NAME [OPTIONS] = SOURCE`
package struct ModuleDefinition: Hashable, Sendable {
  package var name: String
  package var source: SourceOperand
  /// The identifier, when it is not the name.
  package var identifier: String?
  package var context: String?
  /// An expression whose properties `import.meta` gets.
  package var meta: CarriedText?
  package var lineOffset = 0
  package var columnOffset = 0
}

/// `synthetic NAME EXPORT[=EXPR]…`, or with `do BODY`
package struct SyntheticDefinition: Hashable, Sendable {
  package struct Export: Hashable, Sendable {
    package var name: String
    package var value: CarriedText?
  }

  package var name: String
  package var exports: [Export]
  /// The evaluation steps, a function body.
  package var body: CarriedText?
  package var identifier: String?
  package var context: String?
}

package enum StepRequest: Hashable, Sendable {
  case steps(Int)
  /// To the next top-level statement of a module's body.
  case statement
}

package enum GraphFormat: String, Hashable, Sendable, CaseIterable {
  case text, dot, mermaid, json, svg
}

/// What a session is exported as.
package enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  case html, node
}

package enum WhyQuestion: Hashable, Sendable {
  case module(String)
  case export(String, module: String)
}

package enum RuleSelection: Hashable, Sendable {
  case all
  /// Numbers as `rules` shows them.
  case numbers([Int])
}
