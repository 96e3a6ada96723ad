extension CommandTable {
  static let session: [CommandSyntax] = [
    CommandSyntax(
      name: .save, group: .session, summary: "writes a script that rebuilds the session",
      arguments: [ArgumentSyntax("FILE", .file)],
      details: [
        "Modules, rules, contexts, options and operations in their order, what failed behind",
        "expect-error. Files stay files, by paths relative to the script; the source of a definition",
        "is written out when its file has changed since, and what else has changed is told. What",
        "Ctrl-C stopped stands behind expect-error ERR_SCRIPT_EXECUTION_INTERRUPTED, which stops it in",
        "the script. Time that passed while timers waited is option clock +MS.",
      ], example: ["save session.modlab", "source session.modlab"]),
    CommandSyntax(
      name: .source, group: .session, summary: "runs a script in this session",
      arguments: [ArgumentSyntax("FILE", .file)], example: ["source session.modlab"]),
    CommandSyntax(
      name: .transcript, group: .session, summary: "records commands and their output",
      arguments: [ArgumentSyntax("FILE", .file)], forms: ["transcript FILE", "transcript off"],
      details: [
        "FILE is begun anew; modlab test FILE replays it and compares. A .modlab-transcript is the",
        "session and nothing else, in other files it stands in a fence ```modlab of Markdown.",
      ],
      example: ["transcript session.modlab-transcript"]),
    CommandSyntax(
      name: .undo, group: .session, summary: "takes back commands",
      arguments: [ArgumentSyntax("N", .number(minimum: 1), .optional)],
      details: [
        "Everything counts that changed the session, js too; looking does not. The session is made",
        "again without them, silently: nothing is printed or asked a second time. Code that Ctrl-C",
        "stopped runs again for a moment: what it counted may differ. Ctrl-C gives up an undo that",
        "takes long, and the session stays as it was.",
      ], example: ["undo", "undo 3"]),
    CommandSyntax(
      name: .redo, group: .session, summary: "gives again what was taken back",
      arguments: [ArgumentSyntax("N", .number(minimum: 1), .optional)],
      details: ["A new command ends what can be given again."], example: ["redo"]),
    CommandSyntax(
      name: .export, group: .session, summary: "the session as a web page or a Node program",
      arguments: [
        ArgumentSyntax("html|node", .keyword(ExportFormat.allCases.map(\.rawValue))),
        ArgumentSyntax("FILE", .file),
      ],
      details: [
        "html: one page that shows the session at each of its moments; it needs no network.",
        "node: a program that does the same with node:vm and prints the same statuses; what Node does",
        "not do as modlab did is told, and stands as // Differs in the program.",
      ], example: ["export html session.html"]),
    CommandSyntax(
      name: .history, group: .session, summary: "the commands so far",
      arguments: [ArgumentSyntax("N", .number(minimum: 1), .optional)], example: ["history 10"]),
    CommandSyntax(
      name: .option, group: .session, summary: "shows or changes an option",
      arguments: [
        ArgumentSyntax("NAME", .sessionOption, .optional),
        ArgumentSyntax("VALUE", .anything, .optional),
      ],
      forms: ["option [NAME [VALUE]]"],
      details: [
        "Without VALUE it shows it, without NAME all of them; help options tells what they are."
      ], example: ["option names off"]),
    CommandSyntax(
      name: .edit, group: .session, summary: "changes a module's source in $EDITOR",
      arguments: [name], example: ["edit main"]),
    CommandSyntax(
      name: .help, group: .session, summary: "the commands, one command, or a topic",
      arguments: [ArgumentSyntax("COMMAND|TOPIC", .topic, .optional)], example: ["help link"]),
    CommandSyntax(
      name: .quit, group: .session, summary: "ends modlab",
      arguments: [ArgumentSyntax("STATUS", .number(minimum: 0, maximum: 255), .optional)],
      example: ["quit"],
      aliases: ["exit"]),
    CommandSyntax(
      name: .expectError, group: .session, summary: "runs a command that must fail",
      arguments: [
        ArgumentSyntax("CODE_OR_NAME", .errorCode), ArgumentSyntax("COMMAND", .command),
      ],
      forms: ["expect-error CODE_OR_NAME COMMAND"],
      details: [
        "It succeeds if the command fails with that code or name, and fails otherwise. A thrown value",
        "that has neither, as throw 42 or throw {}, is expected by the word thrown. Nobody presses",
        "Ctrl-C in a script: a command that is to fail with ERR_SCRIPT_EXECUTION_INTERRUPTED is",
        "stopped when its code runs on and on, or when it waits for what is not due yet.",
      ],
      example: ["expect-error SyntaxError module main = export { x }"]),
  ]
}
