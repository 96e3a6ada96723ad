extension CommandTable {
  static let defining: [CommandSyntax] = [
    CommandSyntax(
      name: .module, group: .defining, summary: "registers a source text module",
      arguments: [ArgumentSyntax("NAME", .newName)],
      options: [
        identifierOption, contextOption,
        OptionSyntax("--meta", ArgumentSyntax("EXPR", .expression)),
        OptionSyntax("--line-offset", ArgumentSyntax("N", .number(minimum: 0))),
        OptionSyntax("--column-offset", ArgumentSyntax("N", .number(minimum: 0))),
      ],
      source: SourceSyntax(name: "SOURCE", goal: .module),
      forms: [
        "module NAME [OPTIONS] = SOURCE", "module NAME [OPTIONS] <<TAG",
        "module NAME [OPTIONS] from PATH",
      ],
      details: [
        "OPTIONS: --id ID, --context C, --meta EXPR, --line-offset N, --column-offset N.",
        "A source that is not finished goes on in the next lines. A syntax error registers nothing.",
        "A NAME that is taken gets the new module; modules linked to the old one keep it.",
      ],
      example: [#"module main = import { x } from "dep"; console.log(x)"#, "link main"]),
    CommandSyntax(
      name: .synthetic, group: .defining, summary: "registers a synthetic module",
      arguments: [
        ArgumentSyntax("NAME", .newName), ArgumentSyntax("EXPORT[=EXPR]", .export, .any),
      ],
      options: [identifierOption, contextOption],
      forms: [
        "synthetic NAME EXPORT[=EXPR]… [--id ID] [--context C]",
        "synthetic NAME EXPORT… [--id ID] [--context C] do BODY",
        "synthetic NAME EXPORT… [--id ID] [--context C] do <<TAG",
      ],
      details: [
        "BODY is the evaluation steps; this.setExport(name, value) sets an export."
      ],
      example: ["synthetic dep x=42 'a b'=[1, 2]", "synthetic dep x do this.setExport('x', 42)"]),
    CommandSyntax(
      name: .json, group: .defining, summary: "registers a JSON module",
      arguments: [ArgumentSyntax("NAME", .newName)],
      source: SourceSyntax(name: "TEXT", goal: .json),
      details: ["It is a synthetic module with one export, default."],
      example: [#"json config = { "port": 8080 }"#]),
    CommandSyntax(
      name: .set, group: .defining, summary: "sets an export of a synthetic module from outside",
      arguments: [ArgumentSyntax("NAME.EXPORT", .module)],
      source: SourceSyntax(
        name: "EXPR", goal: .expression, allowsHeredoc: false, allowsFile: false),
      details: ["The dot before EXPORT is the last one, unless names are quoted."],
      example: ["synthetic dep x=1", "set dep.x = 2"]),
    CommandSyntax(
      name: .context, group: .defining, summary: "makes another realm",
      arguments: [ArgumentSyntax("NAME", .newName)],
      details: ["Modules are made in the context main unless --context says otherwise."],
      example: ["context other", "module m --context other = export const x = 1"]),
    CommandSyntax(
      name: .reset, group: .defining, summary: "makes fresh, unlinked records of modules",
      arguments: [ArgumentSyntax("NAME", .module, .any)],
      details: ["Without a NAME, of all modules. The rules stay."],
      example: ["module main = 1", "reset main"]),
    CommandSyntax(
      name: .remove, group: .defining, summary: "takes modules out of the registry",
      arguments: [ArgumentSyntax("NAME", .module, .several)],
      example: ["module main = 1", "remove main"]),
    CommandSyntax(
      name: .clear, group: .defining, summary: "empties the session", example: ["clear"]),
    CommandSyntax(
      name: .load, group: .defining, summary: "registers a program from disk",
      arguments: [ArgumentSyntax("ENTRY", .file)],
      options: [OptionSyntax("--as", ArgumentSyntax("NAME", .newName))],
      details: [
        "The entry and everything that it imports statically. The extension of a file says how",
        "it is read, or a type attribute: json, text (a string), bytes (a Uint8Array that can be",
        "written to: this engine has no immutable buffers).",
      ],
      example: ["load app/main.mjs --as main"]),
  ]

  static let resolving: [CommandSyntax] = [
    CommandSyntax(
      name: .resolve, group: .resolving, summary: "attaches a resolver rule",
      arguments: [ArgumentSyntax("PATTERN", .pattern), ArgumentSyntax("TARGET", .target)],
      forms: ["resolve PATTERN => TARGET [for REFERRER] [with KEY=VALUE…]"],
      details: [
        #"PATTERN: "dep", "lib/*" with one * that captures, or /REGEX/ with groups."#,
        "TARGET: NAME, value EXPR, throw EXPR, reject EXPR, delay MS TARGET, pending, ask,",
        "js FUNCTION, file DIR. * and $1 in NAME stand for what was captured.",
        "The rule attached last is tried first; then names of modules; then vm and node:vm.",
      ],
      example: [
        #"resolve "dep" => value ({ not: "a module" })"#, #"resolve "lib/*" => * for main"#,
      ]),
    CommandSyntax(
      name: .rules, group: .resolving, summary: "the rules in the order in which they are tried",
      example: ["rules"]),
    CommandSyntax(
      name: .unresolve, group: .resolving, summary: "takes rules away",
      arguments: [ArgumentSyntax("N", .number(minimum: 1), .several)],
      forms: ["unresolve N…", "unresolve all"],
      example: ["unresolve all"]),
    CommandSyntax(
      name: .importMap, group: .resolving, summary: "attaches an import map",
      source: SourceSyntax(name: "JSON", goal: .json),
      example: [#"import-map = { "imports": { "lib": "./lib.mjs" } }"#]),
    CommandSyntax(
      name: .which, group: .resolving, summary: "which rule would answer, and every one before it",
      arguments: [ArgumentSyntax("SPECIFIER", .specifier)],
      forms: ["which SPECIFIER [for REFERRER]"],
      example: [#"which "dep""#]),
    CommandSyntax(
      name: .answer, group: .resolving, summary: "settles a pending request",
      arguments: [ArgumentSyntax("SPECIFIER", .specifier), ArgumentSyntax("TARGET", .target)],
      forms: ["answer SPECIFIER [for REFERRER] => TARGET"],
      example: [
        #"module main = import "dep""#, #"resolve "dep" => pending"#, "link main",
        #"answer "dep" => value 42"#,
      ]),
  ]
}
