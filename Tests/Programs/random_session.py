"""Random sessions: modules that import one another, rules of every kind, operations that fail."""

import random

NAMES = ["a", "b", "c", "d", "e", "odd name"]
EXPORTS = ["x", "y", "z"]


def quoted(name):
    return f'"{name}"' if " " in name else name


class RandomSession:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.rules = 0
        self.has_context = False

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def pick(self, values):
        return self.random.choice(values)

    def specifier(self):
        return self.pick(NAMES + ["./" + name for name in NAMES[:3]] + ["lost"])

    def statement(self):
        name = self.pick(EXPORTS)
        return self.pick([
            f'console.log("{name}", typeof globalThis);',
            "await null;", "await 0; await 1;",
            "await new Promise(done => setTimeout(done, %d));" % self.random.randrange(30),
            "await new Promise(() => {});",
            'throw new Error("no");', 'throw new TypeError("no");', "throw 42;", "throw null;",
            "Promise.reject(new Error('nobody'));",
            f'import("{self.specifier()}").then(ns => console.log(Object.keys(ns).join()), '
            'error => console.log(error?.name, error?.code));',
            f'try {{ console.log((await import("{self.specifier()}")).x) }} '
            'catch (error) { console.log(error?.name) }',
            "missing();", "import.meta.a = 1; console.log(import.meta.a);",
            'setTimeout(() => console.log("late"), %d);' % self.random.randrange(40),
            'queueMicrotask(() => console.log("micro"));',
            'Promise.resolve().then(() => console.log("then"));',
        ])

    def source(self):
        lines = []
        used = set()
        for index in range(self.random.choice([0, 1, 1, 2, 2, 3])):
            specifier = self.specifier()
            name = self.pick(EXPORTS)
            local = f"i{index}"
            lines.append(self.pick([
                f'import "{specifier}";', f'import {{ {name} as {local} }} from "{specifier}";',
                f'import * as {local} from "{specifier}"; console.log(Object.keys({local}).length);',
                f'import {local} from "{specifier}";', f'export * from "{specifier}";',
                f'export * as s{index} from "{specifier}";',
                f'import {{ {name} as {local} }} from "{specifier}"; console.log(typeof {local});',
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
        context = " --context other" if self.has_context and self.chance(25) else ""
        self.lines.append(f"module {quoted(name)}{context} <<END")
        self.lines += self.source() + ["END"]

    def definition(self, name):
        kind = self.random.randrange(10)
        if kind < 7:
            self.module(name)
        elif kind == 7:
            self.lines.append(f"synthetic {quoted(name)} x=1 y='s' z default=[1]")
        elif kind == 8:
            self.lines.append(f"synthetic {quoted(name)} x y do <<END")
            self.lines += [self.pick([
                'this.setExport("x", 1);', 'throw new Error("synthetic");',
                'this.setExport("nope", 1);', 'console.log("steps");']), "END"]
        else:
            self.lines.append(f'json {quoted(name)} = {{"x": 1}}')

    def target(self, depth=0):
        kind = self.random.randrange(12)
        if kind < 4:
            return quoted(self.pick(NAMES))
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
        return quoted(self.pick(NAMES))

    def rule(self):
        pattern = self.pick(["./*", "lost", "/^\\.\\/(.)$/"] + [quoted(n) for n in NAMES])
        if pattern == "./*" and self.chance(60):
            target = "*"
        elif pattern.startswith("/") and self.chance(60):
            target = "$1"
        else:
            target = self.target()
        condition = f" for {quoted(self.pick(NAMES))}" if self.chance(20) else ""
        self.rules += 1
        self.lines.append(f"resolve {pattern} => {target}{condition}")

    def operation(self):
        name = quoted(self.pick(NAMES))
        other = quoted(self.pick(NAMES))
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
            lambda: self.definition(self.pick(NAMES)),
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
            lambda: self.lines.extend([
                f"link {name} --step", f"step {self.random.randrange(1, 4)}", "continue",
                f"evaluate {name} --step", "step --statement", "finish", "continue"]),
        ], [8, 8, 14, 5, 3, 3, 4, 2, 2, 3, 4, 1, 1, 1, 6, 2, 1, 3])[0]()

    def text(self):
        if self.chance(15):
            self.lines.append("context other")
            self.has_context = True
        for name in NAMES:
            if self.chance(90):
                self.definition(name)
        self.lines.append("resolve ./* => *")
        for _ in range(self.random.choice([0, 0, 1, 2])):
            self.rule()
        for _ in range(self.random.randrange(4, 16)):
            self.operation()
        return "\n".join(self.lines) + "\n"
