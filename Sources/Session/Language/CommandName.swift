/// The commands, by the word that scripts use.
package enum CommandName: String, Hashable, Sendable, CaseIterable {
  case module, synthetic, json, set, context, reset, remove, clear, load
  case resolve, rules, unresolve
  case importMap = "import-map"
  case which, answer
  case link
  case linkRequests = "link-requests"
  case instantiate, evaluate, step, `continue`, finish, abort, js, script, tick
  case status, states, show, bindings, namespace, graph, order, cycles, why, explain, timeline, at
  case save, source, transcript, undo, redo, export, history, option, edit, help, quit
  case expectError = "expect-error"
}
