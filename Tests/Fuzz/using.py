#!/usr/bin/env python3
"""Random programs with `using` and `await using`: modlab prints what Node 24 prints.

usage: using.py MODLAB [--seed N] [--seconds S] [--count N] [--show N] [--record FILE] [--ways WAY,…]

A program is a module of blocks, functions, generators, async functions, classes with static blocks and loops of every
form, whose resources write what happens to them, and whose bodies throw, return, break and continue. The programs of a
seed are the same on every run. --record writes the programs and what Node printed as JSON, for the Swift tests.
"""
import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

from harness import Skip, node_24

PRELUDE = """const out = [];
const log = (...words) => { out.push(words.join(" ")); };
const show = (e) => e instanceof SuppressedError ? `S(${show(e.error)},${show(e.suppressed)})` : e instanceof Error ? `${e.name}:${e.message}` : String(e);
const sync = (n, f) => { log("+", n); return { n, get [Symbol.dispose]() { log("get", n); return function () { log("-", this.n); if (f) throw "d" + n; }; } }; };
const lazy = (n, f) => ({ n, [Symbol.asyncDispose]: async function () { log("a-", this.n); await 0; log("a.", n); if (f) throw "D" + n; } });
const thenable = (n, f) => ({ n, [Symbol.asyncDispose]() { log("t-", n); return { then(ok, no) { log("then", n); f ? no("T" + n) : ok(); } }; } });
const tick = async (n) => { for (let i = 0; i < n; i++) { await 0; log("tick", i); } };
let budget = 300;
const spend = () => { if (--budget < 0) throw "spent"; };
"""
EPILOGUE = """
await tick(3);
console.log(out.join("\\n"));
"""


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0
        self.size = 0

    def chance(self, p):
        return self.random.random() < p

    def name(self, letter="x"):
        self.names += 1
        return f"{letter}{self.names}"

    def resource(self, is_async):
        n, fails = self.name("r"), "1" if self.chance(0.2) else "0"
        kinds = [f"sync({json.dumps(n)},{fails})"] * 3 + ["null", "undefined"]
        if is_async:
            kinds += [f"lazy({json.dumps(n)},{fails})"] * 3 + [f"thenable({json.dumps(n)},{fails})"]
        if self.chance(0.06):
            kinds = ["5", "{}", "{ [Symbol.dispose]: 1 }", "{ [Symbol.asyncDispose]: null }", "(() => { throw 'init' })()", "function () {}"]
        return self.random.choice(kinds)

    def declaration(self, context):
        is_async = context["await"] and self.chance(0.5)
        word = "await using" if is_async else "using"
        bindings = ", ".join(f"{self.name()} = {self.resource(is_async)}" for _ in range(1 if self.chance(0.7) else 2))
        return f"{word} {bindings};"

    def statements(self, context, depth, top=False):
        parts = []
        for _ in range(self.random.randint(1, 4)):
            parts.append(self.statement(context, depth, top))
        return "\n".join(parts)

    def block(self, context, depth):
        inner = dict(context)
        parts = self.statements(inner, depth + 1)
        if self.chance(0.6):
            parts = self.declaration(inner) + "\n" + parts
        return "{ " + parts + " }"

    def statement(self, context, depth, top=False):
        self.size += 1
        r = self.random.random()
        if depth > 4 or self.size > 60:
            r *= 0.35
        if r < 0.15:
            return self.declaration(context) if not context.get("case") else f'log("{self.name("s")}");'
        if r < 0.35:
            return self.leaf(context)
        if r < 0.45:
            return self.block(context, depth)
        if r < 0.60:
            return self.loop(context, depth)
        if r < 0.72:
            return self.function(context, depth)
        if r < 0.82:
            e = self.name("e")
            text = f"try {self.block(context, depth)} catch ({e}) {{ log('caught', show({e})); }}"
            return text + (f" finally {self.block(context, depth)}" if self.chance(0.3) else "")
        if r < 0.88:
            case = dict(context, case=True, breakable=True)
            return f"switch ({self.random.randint(0, 2)}) {{ case 0: {self.block(dict(case, case=False), depth)} case 1: log('one'); break; default: {self.block(dict(case, case=False), depth)} }}"
        if r < 0.93:
            inner = dict(context, **{"await": False, "return": False, "loop": False, "breakable": False, "label": None, "yield": False, "static": True})
            return f"(class {{ static {{ {self.declaration(inner)} {self.statements(inner, depth + 1)} }} }});"
        if context.get("static"):
            # JavaScriptCore refuses `break L` there.
            return self.block(context, depth)
        label = self.name("L")
        return f"{label}: {self.block(dict(context, label=label), depth)}"

    def leaf(self, context):
        choices = [f'log("{self.name("s")}");'] * 3
        if context["await"]:
            choices += [f'await log("{self.name("s")}");', "await null;"]
        if context["yield"]:
            choices += [f'log("got", yield "{self.name("y")}");'] * 2
        if self.chance(0.5):
            condition = self.random.choice(["", "if (budget % 2) ", "if (budget % 3 === 0) "])
            choices += [f'{condition or "if (budget > 0) "}throw "{self.name("t")}";']
            if context["loop"]:
                choices += [f"{condition}continue;", f"{condition}break;"] * 2
            elif context["breakable"]:
                choices += [f"{condition}break;"]
            if context["label"]:
                choices += [f"{condition}break {context['label']};"] * 2
            if context["return"]:
                choices += [f'{condition}return "{self.name("v")}";'] * 2
        return "spend(); " + self.random.choice(choices)

    def loop(self, context, depth):
        inner = dict(context, loop=True, breakable=True, case=False)
        is_async = context["await"] and self.chance(0.5)
        word = "await using" if is_async else "using"
        values = ", ".join(self.resource(is_async) for _ in range(self.random.randint(1, 3)))
        x, i = self.name(), self.name("i")
        body = self.block(inner, depth) if self.chance(0.8) else f"log('body', {x}?.n);"
        kind = self.random.randint(0, 4)
        if kind == 0:
            return f"for ({word} {x} of [{values}]) {body}"
        if kind == 1:
            return f"for ({word} {x} of (function* () {{ try {{ yield* [{values}]; }} finally {{ log('closed'); }} }})()) {body}"
        if kind == 2:
            # Simple bodies: V8 13.6 adds the resource again for each iteration in which a closure is made.
            leaves = " ".join(self.leaf(inner) for _ in range(self.random.randint(1, 2)))
            return f"let {i} = 0; for ({word} {x} = {self.resource(is_async)}; {i} < 3; {i}++) {{ {leaves} }}"
        if kind == 3 and context["await"]:
            # No `yield*`: JavaScriptCore needs a job more for it.
            yields = " ".join(f"yield {self.resource(is_async)};" for _ in range(self.random.randint(1, 3)))
            return f"for await ({word} {x} of (async function* () {{ try {{ {yields} }} finally {{ log('aclosed'); }} }})()) {body}"
        return f"for (const {x} of [1, 2]) {self.block(inner, depth)}"

    def function(self, context, depth):
        f, is_async, is_generator = self.name("f"), self.chance(0.5), self.chance(0.35)
        inner = {"await": is_async, "yield": is_generator, "return": True, "loop": False, "breakable": False, "label": None}
        body = self.statements(inner, depth + 1)
        if self.chance(0.8):
            body = self.declaration(inner) + "\n" + body
        if self.chance(0.2):
            body += f"\nfunction {f}() {{ return 1; }} log({f}());"
        text = f"{'async ' if is_async else ''}function{'*' if is_generator else ''} {f}() {{ {body} }}\n"
        call = f"{f}()"
        r = self.name("r")
        if is_generator:
            take = f"for {'await ' if is_async else ''}(const y of {call}) {{ log('y', y); {'break;' if self.chance(0.3) else ''} }}"
            if not is_async or context["await"]:
                return text + f"try {{ {take} }} catch (e) {{ log('from {f}', show(e)); }}"
            return text + f"{call}.next().then((r) => log('next', r.value), (e) => log('no', show(e)));"
        if is_async:
            if context["await"] and self.chance(0.6):
                return text + f"try {{ log('{r}', await {call}); }} catch (e) {{ log('from {f}', show(e)); }}"
            return text + f"{call}.then((v) => log('{r}', v), (e) => log('no', show(e)));"
        return text + f"try {{ log('{r}', {call}); }} catch (e) {{ log('from {f}', show(e)); }}"

    def text(self):
        context = {"await": True, "yield": False, "return": False, "loop": False, "breakable": False, "label": None}
        parts = [f"try {self.block(context, 0)} catch (e) {{ log('uncaught', show(e)); }}" for _ in range(self.random.randint(1, 3))]
        if self.chance(0.3):
            # Directly at the top: its end is the module's.
            parts.insert(0, 'using last = { [Symbol.dispose]() { log("last"); console.log(out.join("\\n")); } };')
        return PRELUDE + "\n".join(parts) + EPILOGUE


def run(command, file):
    p = subprocess.run(command + [str(file)], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    return p.returncode, p.stdout.decode("utf-8", "replace")


def wrapped(text):
    """The program in a function, whose errors are told as those of a program are not."""
    return "(async () => {\n'use strict';\n" + text + "\n})();"


def constructed(text):
    return "const Async = (async () => {}).constructor; new Async(" + json.dumps("'use strict';\n" + text) + ")();"


# Commands that run a program of a file: of its text, and its path.
WAYS = {
    "program": None,
    "module": lambda text, path: f"module m <<END\n{text}\nEND\nlink m\nevaluate m\n",
    "imported": lambda text, path: f"resolve ./* => file {json.dumps(str(path.parent))}\n"
                                   f"module m = import './{path.name}'\nlink m\nevaluate m\n",
    "context": lambda text, path: f"context c\nmodule m --context c <<END\n{text}\nEND\nlink m\nevaluate m\n",
    "synthetic": lambda text, path: f"synthetic m x do <<END\n{wrapped(text)}\nEND\nevaluate m\n",
    "script": lambda text, path: f"script <<END\n{wrapped(text)}\nEND\n",
    "vm.Script": lambda text, path: "js new vm.Script(" + json.dumps(wrapped(text)) + ").runInThisContext()\n",
    "eval": lambda text, path: "module m = eval(" + json.dumps(wrapped(text)) + ")\nlink m\nevaluate m\n",
    "indirect eval": lambda text, path: "module m = (0, eval)(" + json.dumps(wrapped(text)) + ")\nlink m\nevaluate m\n",
    "constructor": lambda text, path: f"module m = {constructed(text)}\nlink m\nevaluate m\n",
}


def run_way(modlab, way, text, path):
    if way == "program":
        return run([modlab], path)[1]
    p = subprocess.run(
        [modlab, "--no-rc", "--json", "--keep-going", "-"], input=WAYS[way](text, path).encode(), capture_output=True, timeout=60)
    answers = [json.loads(line) for line in p.stdout.splitlines()]
    errors = [answer["error"]["message"] for answer in answers if answer["error"]]
    return "".join(row["text"] + "\n" for answer in answers for row in answer["console"]) + "".join(
        f"error: {error}\n" for error in errors)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("modlab")
    a.add_argument("--seed", type=int, default=1), a.add_argument("--seconds", type=float, default=60)
    a.add_argument("--count", type=int, default=100_000), a.add_argument("--show", type=int, default=1)
    a.add_argument("--record"), a.add_argument("--ways", default="program")
    o = a.parse_args()
    try:
        node = node_24()
    except Skip as reason:
        print(f"skipped, {reason}")
        return 0
    ways = list(WAYS) if o.ways == "all" else o.ways.split(",")
    end, tried, crashed, failed, records = time.monotonic() + o.seconds, 0, 0, [], []
    with tempfile.TemporaryDirectory(prefix="using-") as folder:
        for number in range(o.count):
            if time.monotonic() > end:
                break
            seed = o.seed * 1_000_000 + number
            text = Program(seed).text()
            file = Path(folder) / "program.mjs"
            file.write_text(text)
            status, expected = run([node], file)
            if status != 0 or not expected:
                # V8 12.9 and 13 crash on some programs, or lose a variable: nothing to compare with.
                crashed += 1
                continue
            way = ways[number % len(ways)]
            got = run_way(o.modlab, way, text, file)
            tried += 1
            if expected != got:
                failed.append(seed)
                if len(failed) <= o.show:
                    print(f"--- program {seed}, {way}\n{text}\n--- node\n{expected}--- modlab\n{got}")
            else:
                records.append({"seed": seed, "source": text, "output": expected})
    if o.record:
        Path(o.record).write_text(json.dumps(records, indent=1) + "\n")
    print(f"using: seed {o.seed}: {tried - len(failed)} of {tried} programs as in Node, which crashed on {crashed}" + (f"; not {failed}" if failed else ""))
    return 1 if failed or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
