import JavaScriptRuntime
import ModuleLinking
import ModuleSyntax
import VMModules

nonisolated(unsafe) let host = VMHost()
host.hooks.console = { print($0.text) }
host.onTransition = { print("\($0.module.identifier) \($0.from) -> \($0.to)") }
host.unhandled = { print("unhandled", $0.kind) }
func module(_ name: String, _ text: String) throws -> SourceTextModule {
  try SourceTextModule(SourceText(text, name: name), identifier: name, context: host.mainContext)
}
do {
  let main = try module("main", CommandLine.arguments[1])
  let dep = try module("dep", CommandLine.arguments.count > 2 ? CommandLine.arguments[2] : "")
  host.turn {
    main.link { request, _ in request.specifier == "dep" ? .module(dep) : .undefined } settled: { print("linked", $0.map { "\($0.kind)" } ?? "ok") }
  }
  let capability = try host.turn { try main.evaluate() }
  while host.runTask(until: .infinity) {}
  switch capability.state {
  case .pending: print("pending")
  case .fulfilled: print("ok")
  case .rejected(let error):
    let value = host.errorObject(of: host.failure(of: error))
    let d = host.engine.describe(value)
    print("rejected", d.name ?? "-", d.message, d.code ?? "-", d.stack)
  }
  print(host.engine.inspector.inspect(host.object(of: main)))
  if let ns = try main.namespace() { print(host.engine.inspector.inspect(ns)) }
} catch let failure as VMFailure {
  print("failed", failure.kind)
}
