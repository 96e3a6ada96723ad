extension CommandTable {
  static let running: [CommandSyntax] = [
    CommandSyntax(
      name: .link, group: .running, summary: "module.link(linker): asks the rules, instantiates",
      arguments: [name], options: [stepOption], statuses: ["unlinked"],
      details: ["With --step it stops before the first step."],
      example: ["module main = 1", "link main"]),
    CommandSyntax(
      name: .linkRequests, group: .running, summary: "module.linkRequests(modules), as in Node 24",
      arguments: [name, ArgumentSyntax("MODULE", .module, .any)], statuses: ["unlinked"],
      details: ["One MODULE for each request, in the order of the source."],
      example: [
        "synthetic dep x=1", #"module main = import "dep""#, "link-requests main dep",
        "instantiate main",
      ]),
    CommandSyntax(
      name: .instantiate, group: .running, summary: "module.instantiate(), as in Node 24",
      arguments: [name], statuses: ["unlinked"],
      details: ["After link-requests of this module and of all that it reaches."],
      example: ["module main = 1", "link-requests main", "instantiate main"]),
    CommandSyntax(
      name: .evaluate, group: .running, summary: "module.evaluate(), and waits for its promise",
      arguments: [name],
      options: [OptionSyntax("--timeout", ArgumentSyntax("MS", .number(minimum: 1))), stepOption],
      statuses: ["linked", "evaluated", "errored"],
      details: ["With --step it stops before the first step."],
      example: ["module main = console.log(42)", "link main", "evaluate main --timeout 1000"]),
    CommandSyntax(
      name: .step, group: .running, summary: "the next steps of what is being stepped",
      arguments: [ArgumentSyntax("N", .number(minimum: 1), .optional)],
      options: [OptionSyntax("--statement")],
      forms: ["step [N]", "step --statement"],
      details: ["--statement: to the next top-level statement of the module's body."],
      example: ["module main = 1", "link main --step", "step 2"]),
    CommandSyntax(
      name: .continue, group: .running, summary: "runs what is being stepped to its end",
      example: ["module main = 1", "link main --step", "continue"]),
    CommandSyntax(
      name: .finish, group: .running, summary: "steps to the end of the current module",
      example: ["module main = 1", "link main --step", "finish"]),
    CommandSyntax(
      name: .abort, group: .running, summary: "gives up what is being stepped",
      details: ["Every record is put back as the specification puts it back on failure."],
      example: ["module main = 1", "link main --step", "abort"]),
    CommandSyntax(
      name: .js, group: .running, summary: "evaluates JavaScript and shows the value",
      arguments: [ArgumentSyntax("CODE", .code)], options: [contextOption],
      forms: ["js [--context C] CODE", "js [--context C] <<TAG"],
      details: [
        "let, const, class and functions stay for later commands. modules.NAME is the module",
        "object, ns.NAME its namespace, vm is Node's. await and import() work.",
        "It runs in the context main unless --context says otherwise.",
      ],
      example: ["module main = 1", "js modules.main.status"]),
    CommandSyntax(
      name: .script, group: .running, summary: "runs a classic script in the global scope",
      options: [contextOption], source: SourceSyntax(name: "CODE", goal: .script),
      example: ["script = var x = 42"]),
    CommandSyntax(
      name: .tick, group: .running, summary: "runs pending jobs and the timers due",
      arguments: [ArgumentSyntax("MS", .number(minimum: 0), .optional)],
      details: ["Due within MS milliseconds of the session's clock; 0 if not given."],
      example: ["js void setTimeout(() => console.log('due'), 10)", "tick 10"]),
  ]

  static let looking: [CommandSyntax] = [
    CommandSyntax(
      name: .status, group: .looking, summary: "modules, their statuses, requests and exports",
      arguments: [ArgumentSyntax("NAME", .module, .any)],
      details: ["STATUS is Node's word, RECORD the specification's."], example: ["status"],
      aliases: ["modules"]),
    CommandSyntax(
      name: .states, group: .looking, summary: "the state machine with the modules in it",
      arguments: [ArgumentSyntax("NAME", .module, .optional)], example: ["states"]),
    CommandSyntax(
      name: .show, group: .looking, summary: "source, requests, import and export entries",
      arguments: [name], example: [#"module main = import { x } from "dep""#, "show main"]),
    CommandSyntax(
      name: .bindings, group: .looking, summary: "the module's environment",
      arguments: [name],
      details: ["Each binding, its kind, where it comes from, its value or that it is in TDZ."],
      example: ["module main = let x = 1", "link main", "bindings main"]),
    CommandSyntax(
      name: .namespace, group: .looking, summary: "the namespace object",
      arguments: [name], statuses: ["linked", "evaluating", "evaluated", "errored"],
      example: ["synthetic dep x=42", "namespace dep"]),
    CommandSyntax(
      name: .graph, group: .looking, summary: "the module graph",
      arguments: [ArgumentSyntax("NAME", .module, .optional)],
      options: [
        OptionSyntax(
          "--format",
          ArgumentSyntax(
            "text|dot|mermaid|json|svg", .keyword(GraphFormat.allCases.map(\.rawValue))))
      ], example: ["graph --format mermaid", "graph --format svg > graph.svg"]),
    CommandSyntax(
      name: .order, group: .looking, summary: "the evaluation order from this entry",
      arguments: [name], example: ["module main = 1", "link main", "order main"]),
    CommandSyntax(
      name: .cycles, group: .looking, summary: "components with more than one module",
      example: ["cycles"]),
    CommandSyntax(
      name: .why, group: .looking, summary: "why a module has its status, or an export its binding",
      arguments: [ArgumentSyntax("NAME", .module)], forms: ["why NAME", "why EXPORT in NAME"],
      example: ["synthetic dep x=42", "why dep", "why x in dep"]),
    CommandSyntax(
      name: .explain, group: .looking, summary: "an error code or a concept, with an example",
      arguments: [ArgumentSyntax("CODE", .errorCode)],
      example: ["explain ERR_VM_MODULE_NOT_MODULE"]),
    CommandSyntax(
      name: .timeline, group: .looking, summary: "the numbered transitions so far",
      example: ["timeline"]),
    CommandSyntax(
      name: .at, group: .looking, summary: "a looking command as of transition N",
      arguments: [
        ArgumentSyntax("N", .number(minimum: 0)), ArgumentSyntax("COMMAND", .command),
      ], forms: ["at N COMMAND"], example: ["module main = 1", "link main", "at 1 status"]),
  ]
}
