"""Random sessions: modules that import one another, rules of every kind, operations that fail."""

import json
import random
import re

NAMES = ["a", "b", "c", "d"]
ODD_NAMES = ["odd name", "\u00e9\u20ac", 'q"uote', "it's", "-dash", "7", "constructor", "then", "__proto__",
             "a.b", "\U0001f600", "#hash", "x=y", "$1", "a*b", "node:fs"]
EXPORTS = ["x", "y", "z"]

# What file rules, `load` and `from` find.
FILES = {
    "files/entry.mjs": 'import { x } from "./lib/dep.js"; import data from "./data.json" with '
                       '{ type: "json" };\nexport { x }; console.log("entry", x, data.n);\n',
    "files/lib/dep.js": 'import text from "../note.txt" with { type: "text" };\n'
                        'export const x = text.length; export default 1; console.log("dep");\n',
    "files/data.json": '{"n": [1, "two"], "x": null}\n',
    "files/note.txt": "A note with `ticks` and ${braces} and a \\ at its end \\\n",
    "files/raw.bin": "\u0001\u007fbytes\n",
    "files/bytes.mjs": 'import raw from "./raw.bin" with { type: "bytes" };\n'
                       'console.log(raw instanceof Uint8Array, raw.length);\n',
    "files/lost.mjs": 'import "./nowhere.mjs";\n',
    "files/broken.mjs": "let let = 1;\n",
    "files/dynamic.mjs": 'console.log(Object.keys(await import("./lib/dep.js")).join());\n',
    "files/script.js": 'globalThis.s = 2; import("a").then(() => console.log("a is there"), '
                       '(error) => console.log(error?.name));\n',
}
ENTRIES = ["entry.mjs", "lib/dep.js", "bytes.mjs", "lost.mjs", "broken.mjs", "dynamic.mjs"]


def quoted(name):
    if re.fullmatch(r"[A-Za-z0-9_.]+", name):
        return name
    return f"'{name}'" if '"' in name else f'"{name}"'


class RandomSession:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        # The same with commands that are taken back again.
        self.noisy = []
        self.names = NAMES + self.random.sample(ODD_NAMES, 2)
        self.rules = 0
        self.has_context = False

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def pick(self, values):
        return self.random.choice(values)

    def specifier(self):
        return self.pick(
            self.names + ["./" + name for name in NAMES[:3]] +
            ["lost", "vm", "./lib/dep.js", "./entry.mjs", "mapped"])

    def literal(self):
        return json.dumps(self.specifier())

    def statement(self):
        name = self.pick(EXPORTS)
        return self.pick([
            f'console.log("{name}", typeof globalThis);',
            "await null;", "await 0; await 1;",
            "await new Promise(done => setTimeout(done, %d));" % self.random.randrange(30),
            "await new Promise(() => {});",
            'throw new Error("no");', 'throw new TypeError("no");', "throw 42;", "throw null;",
            "throw { a: 1 };", "throw Object.assign(new Error('no'), { code: 7, name: '' });", "throw () => 1;",
            'queueMicrotask(() => { throw new Error("job") });',
            "Promise.reject(new Error('nobody'));",
            f'import({self.literal()}).then(ns => console.log(Object.keys(ns).join()), '
            'error => console.log(error?.name, error?.code));',
            f'try {{ console.log((await import({self.literal()})).x) }} '
            'catch (error) { console.log(error?.name) }',
            f'const data = await import("./data.json", {{ with: {{ type: "json" }} }}).catch('
            'error => error?.name); console.log(typeof data);',
            "missing();", "import.meta.a = 1; console.log(import.meta.a);",
            'setTimeout(() => console.log("late"), %d);' % self.random.randrange(40),
            'queueMicrotask(() => console.log("micro"));',
            'Promise.resolve().then(() => console.log("then"));',
        ])

    def source(self):
        lines = []
        used = set()
        for index in range(self.random.choice([0, 1, 1, 2, 2, 3])):
            specifier = self.literal()
            name = self.pick(EXPORTS)
            local = f"i{index}"
            lines.append(self.pick([
                f'import {specifier};', f'import {{ {name} as {local} }} from {specifier};',
                f'import * as {local} from {specifier}; console.log(Object.keys({local}).length);',
                f'import {local} from {specifier};', f'export * from {specifier};',
                f'export * as s{index} from {specifier};',
                f'import {{ {name} as {local} }} from {specifier}; console.log(typeof {local});',
            ]))
        for name in EXPORTS:
            if self.chance(55) and name not in used:
                lines.append(self.pick([
                    f"export const {name} = 1;", f"export let {name} = 'v';",
                    f"export function {name}() {{ return 1 }}", f"export var {name} = 2;",
                    f"export class {name} {{}}",
                ]))
        if self.chance(25):
            lines.append(self.pick(["export default 1;", "export default () => 1;"]))
        for _ in range(self.random.choice([0, 1, 1, 2])):
            if self.chance(60):
                lines.append('console.log("runs");')
            else:
                lines.append(self.statement())
        if self.chance(2):
            lines.append("let let = 1;")
        return lines

    def module(self, name):
        if self.chance(4):
            entry = self.pick(ENTRIES)
            self.lines.append(f"module {quoted(name)} from files/{entry}")
            return
        context = " --context other" if self.has_context and self.chance(25) else ""
        context += self.pick(["", "", "", " --meta ({ m: 1 })", " --id 'the id'", " --line-offset 3"])
        self.lines.append(f"module {quoted(name)}{context} <<END")
        self.lines += self.source() + ["END"]

    def definition(self, name):
        kind = self.random.randrange(10)
        if kind < 7:
            self.module(name)
        elif kind == 7:
            self.lines.append(f"synthetic {quoted(name)} " + self.pick([
                "x=1 y='s' z default=[1]", "z=1 2=2 x=3 1=4 10 y", "'a b'=1 x __proto__=2 y=3",
                "x=missing() y", "x=modules y=Promise.resolve(1)"]))
        elif kind == 8:
            self.lines.append(f"synthetic {quoted(name)} x y do <<END")
            self.lines += [self.pick([
                'this.setExport("x", 1);', 'throw new Error("synthetic");',
                'this.setExport("nope", 1);', 'console.log("steps");']), "END"]
        else:
            self.lines.append(f"json {quoted(name)} " + self.pick(
                ['= {"x": 1}', "from files/data.json", '= "`${1}\\\\"', "= {"]))

    def target(self, depth=0):
        kind = self.random.randrange(14)
        if kind < 4:
            return quoted(self.pick(self.names))
        if kind == 4:
            return self.pick(["value 42", "value undefined", "value ({})", "value modules.a",
                              "value Promise.resolve(modules.b)", "value lost.at"])
        if kind == 5:
            return self.pick(['throw new Error("thrown")', "throw 1"])
        if kind == 6:
            return self.pick(['reject new Error("rejected")', "reject undefined"])
        if kind == 7 and depth < 2:
            return f"delay {self.random.randrange(1, 30)} {self.target(depth + 1)}"
        if kind == 8:
            return "pending"
        if kind == 9:
            return self.pick([
                "js specifier => modules[specifier]", "js async specifier => modules.a",
                'js () => { throw new RangeError("js") }', "js (s, r, { attributes }) => modules.b"])
        if kind == 10:
            return "ask"
        if kind == 11:
            return "file files"
        return quoted(self.pick(self.names))

    def rule(self):
        pattern = self.pick(["./*", "lost", "/^\\.\\/(.)$/", "/^(?<first>[AB])(x)?$/i", "*", "/./u",
                             "./*.js", "/\\w+\\/(.*)/"] + [quoted(n) for n in self.names])
        if pattern == "./*" and self.chance(60):
            target = "*"
        elif pattern.startswith("/") and self.chance(60):
            target = "$1"
        else:
            target = self.target()
        condition = f" for {quoted(self.pick(self.names))}" if self.chance(20) else ""
        if self.chance(8):
            condition += " with type=json"
        self.rules += 1
        self.lines.append(f"resolve {pattern} => {target}{condition}")

    def operation(self):
        name = quoted(self.pick(self.names))
        other = quoted(self.pick(self.names))
        self.random.choices([
            lambda: self.lines.append(f"link {name}"),
            lambda: self.lines.append(f"evaluate {name}"),
            lambda: self.lines.extend([f"link {name}", f"evaluate {name}"]),
            lambda: self.lines.append("reset" if self.chance(50) else f"reset {name}"),
            lambda: self.lines.append(f"link-requests {name} {other}"),
            lambda: self.lines.append(f"instantiate {name}"),
            lambda: self.lines.append(f"tick {self.random.randrange(40)}"),
            lambda: self.lines.append(f"set {name}.x = 2"),
            lambda: self.lines.append(f"answer lost => {other}"),
            lambda: self.rule(),
            lambda: self.definition(self.pick(self.names)),
            lambda: self.lines.append(f"remove {name}"),
            lambda: self.lines.append(f"option names {self.pick(['on', 'on', 'off'])}"),
            lambda: self.lines.append(f"unresolve {self.random.randrange(1, 5)}"),
            lambda: self.lines.append(self.pick([
                "js modules.a.evaluate(); 1", "js modules.b.link(() => modules.a); 2",
                "js let v = (globalThis.v ?? 0) + 1", "js await import('a')", "js ns.a.x",
                "js Object.keys(ns.b)", "js throw new Error('js')", "js await 1",
                "js modules.a.error", "js await modules.c.evaluate()",
            ])),
            lambda: self.lines.append("script = globalThis.s = 1; import('b').catch(() => {})"),
            lambda: self.lines.append("unresolve all"),
            lambda: self.lines.append(f"load files/{self.pick(ENTRIES)}" + self.pick(
                ["", "", " --as loaded", f" --as {name}"])),
            lambda: self.lines.append("import-map = " + self.pick(["1",
                '{"imports": {"mapped": "./lib/dep.js"}}', '{"imports": {"lost": "./nowhere.js"}}',
                '{"imports": {"a": "b"}}'])),
            lambda: self.lines.append(f"evaluate {name} --timeout 1000"),
            lambda: self.lines.extend([
                "module loop = while (true);", "link loop", "evaluate loop --timeout 30"]),
            lambda: self.lines.append(
                "expect-error " + self.pick(["Error", "ERR_VM_MODULE_STATUS", "TypeError"]) +
                self.pick([f" link {name}", f" evaluate {name}", f" set {name}.x = 1"])),
            lambda: self.lines.append("script from files/script.js"),
            lambda: self.lines.append(self.pick([
                "js import('./lib/dep.js').catch(() => {}); 0", "js contexts.main === globalThis",
                "js Object.keys(modules).length", "js const k = 1", "js { a: 1 }",
                "js await modules.a.link((s) => modules[s])", "js (() => { let n = 0; const t = setInterval(() => ++n > 3 && clearInterval(t), 5) })()",
                "js new vm.SourceTextModule('export let q = 1'); 1", "js }", "js vm.isContext({})",
                "js new vm.SyntheticModule(['x'], () => {}, { identifier: 'a' }); 1",
                "js let u = await 5", "js console.log(u)", "js console.error('\\u001b[1m%d', 4)"])),
            lambda: self.lines.extend([
                f"link {name} --step", f"step {self.random.randrange(1, 4)}", "abort"]),
            lambda: self.lines.append(self.pick([
                "link nobody", "bogus", "module", "evaluate", "answer nobody => a", "status", "why a",
                "context other", "step", "unresolve 99", "option names maybe", "set a.nope = 1",
                "clear" if self.chance(20) else "rules", "timeline", "link-requests a nobody"])),
            lambda: self.lines.extend([
                f"link {name} --step", f"step {self.random.randrange(1, 4)}", "continue",
                f"evaluate {name} --step", "step --statement", "finish", "continue"]),
        ], [8, 8, 14, 5, 3, 3, 4, 2, 2, 3, 4, 1, 1, 1, 6, 2, 1, 2, 1, 2, 1, 3, 2, 4, 1, 3, 3])[0]()

    def undone(self):
        """Commands, and the command that takes them back."""
        commands = [self.pick([
            "js globalThis.n = 1", "module a = export const x = 'undone'", "resolve a => b",
            "module undone = import 'a'", "js await modules.a.evaluate()", "option names off",
            "synthetic b x=1", "js console.log('undone')", "tick 5", "reset"])
            for _ in range(self.random.randrange(1, 4))]
        return commands + [f"undo {len(commands)}"]

    def generate(self):
        if self.chance(25):
            self.lines.append("context other")
            self.has_context = True
        for name in self.names:
            if self.chance(90):
                self.definition(name)
        self.lines.append("resolve ./* => *")
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self.rule()
        self.noisy = list(self.lines)
        for _ in range(self.random.randrange(4, 16)):
            before = len(self.lines)
            self.operation()
            self.noisy += self.lines[before:]
            if self.chance(4):
                self.noisy += self.undone()
        return self

    def commands(self):
        """The session command by command, each with the lines that belong to it."""
        if not self.lines:
            self.generate()
        commands, tag = [], None
        for line in self.lines:
            if tag is not None:
                commands[-1] += line + "\n"
                tag = None if line == tag else tag
            else:
                commands.append(line + "\n")
                tag = "END" if line.endswith("<<END") else None
        return commands

    def text(self, noisy=False):
        if not self.lines:
            self.generate()
        return "\n".join(self.noisy if noisy else self.lines) + "\n"
