#!/usr/bin/env python3
"""Deep and long texts, values and graphs by commands: no shape may overflow the stack or the square.

    depth.py MODLAB [--count N]

Each shape repeats one thing N times. Whatever modlab answers (a text may be nested too deeply), it
must answer each command, and the last one, which is plain.
"""

import json
import os
import subprocess
import sys
import tempfile

COUNT = 20_000
if "--count" in sys.argv:
    COUNT = int(sys.argv[sys.argv.index("--count") + 1])

LOOKS = ["link m", "evaluate m", "bindings m", "namespace m", "show m", "why m", "why x in m",
         "order m", "graph", "status", "requests m"]


def nested(opening, middle="1", closing=""):
    return opening * COUNT + middle + closing * COUNT


TEXTS = {
    "brackets": nested("(", closing=")"),
    "arrays": nested("[", "", "]"),
    "objects": "v = " + nested("{a:", "1", "}"),
    "blocks": nested("{", "", "}"),
    "templates": nested("`${", "1", "}`"),
    "functions": nested("function f() {", "", "}"),
    "arrows": nested("a => "),
    "classes": nested("class A { static { ", "", "} }"),
    "calls": nested("f(", "1", ")"),
    "import()": nested("import(", "'q'", ")"),
    "await": nested("await "),
    "unary": nested("!"),
    "power": "1" + " ** 1" * COUNT,
    "members": "globalThis" + "?.b" * COUNT,
    "sums": "1" + " + 1" * COUNT,
    "strings": "''" + " + 'a'" * COUNT,
    "ands": "1" + " && 1" * COUNT,
    "conditions": "1" + " ? 1 : 1" * COUNT,
    "conditions inside": "0" + " ? 0" * COUNT + " : 0" * COUNT,
    "commas": "1" + ", 1" * COUNT,
    "assignments": "let a; " + "a = " * COUNT + "1",
    "else if": "if (0) ; else " * COUNT + ";",
    "labels": "".join(f"l{n}: " for n in range(COUNT)) + ";",
    "patterns": "let " + nested("[", "p", "]") + " = 1",
    "object patterns": "let " + nested("{a:", "p", "}") + " = 1",
    "parameters": "(" + ", ".join(f"p{n}" for n in range(COUNT)) + ") => 1",
    "arguments": "Math.max(" + "1, " * COUNT + "1)",
    "tagged": "String.raw" + "`x`" * COUNT,
    "new": nested("new ", "Object"),
    "regular expression": "/" + "(" * COUNT + ")" * COUNT + "/",
    "switch": "switch (1) {" + "case 1: " * COUNT + "}",
    "try": nested("try {", "", "} finally {}"),
    "using await loops": nested("for (;0;) ", ";"),
    "open brackets": "(" * COUNT,
    "open templates": "`${" * COUNT,
    "open blocks": "{" * COUNT,
    "statements": "1;" * COUNT,
    "declarations": "let " + ", ".join(f"d{n} = {n}" for n in range(COUNT)),
    "comments": "/* */" * COUNT,
}

# Values that look deep when they are shown.
VALUES = {
    "deep array": f"let v = []; for (let i = 0; i < {COUNT}; i++) v = [v]; export let x = v",
    "deep object": f"let v = {{}}; for (let i = 0; i < {COUNT}; i++) v = {{ v }}; export let x = v",
    "deep cause": f"let v = new Error('e'); for (let i = 0; i < {COUNT}; i++) "
                  "v = new Error('c', { cause: v }); export let x = v; throw v",
    "deep prototype": f"let v = {{}}; for (let i = 0; i < {COUNT}; i++) v = Object.create(v); "
                      "export let x = v",
    "deep proxy": f"let v = {{}}; for (let i = 0; i < {COUNT}; i++) v = new Proxy(v, {{}}); "
                  "export let x = 1",
    "deep promise": f"let v = Promise.resolve(1); for (let i = 0; i < {COUNT}; i++) "
                    "v = v.then(y => y); export let x = await v",
    "deep aggregate": f"let v = new Error('e'); for (let i = 0; i < {COUNT}; i++) "
                      "v = new AggregateError([v]); throw v",
    "deep recursion": "export let x = 1; function f() { f() } f()",
}


def chain(statement, last, count):
    lines = [f"module k{n} = " + statement.replace("@", f"k{n + 1}") for n in range(count)]
    return lines + [f"module k{count} = {last}"]


def graphs(count):
    """Definitions of graphs whose module to look at is m."""
    ring = [f"module k{n} = export {{ x }} from 'k{(n + 1) % count}'" for n in range(count)]
    stars = [f"module k{n} = export * from 'k{(n + 1) % count}'; export let y{n} = 1"
             for n in range(count)]
    return {
        "a chain of imports": chain("import '@'", "export let x = 1", count),
        "a chain of re-exports": chain("export { x } from '@'", "export let x = 1", count),
        "a chain of stars": chain("export * from '@'", "export let x = 1", count),
        "a chain without an end": chain("export * from '@'", "export { x } from 'k0'", count),
        "a chain of await": chain("import '@'; await 1", "export let x = await 1", count),
        "a chain that throws": chain("import '@'", "throw new Error('deep')", count),
        "a chain of import defer": chain("import defer * as n from '@'", "await 1", count),
        "a chain of namespaces": chain("export * as x from '@'", "export let x = 1", count),
        "a chain of import()": chain("export let x = await import('@')", "export let x = 1",
                                     min(count, 300)),
        "a chain that does not link": chain("export { x } from '@'", "", count),
        "a ring of re-exports": ring,
        "a ring of stars": stars,
    }


# What took minutes where its cost grew with the square, and takes a second.
WIDE = {
    "names of a chain of stars": [
        *(f"module k{n} = export * from 'k{n + 1}'; export let y{n} = 1" for n in range(5_000)),
        "module k5000 = export let y5000 = 1", "link k0", "status", "at 4000 status", "why nothing"],
    "timers": ["js { const made = []; for (let n = 0; n < 50_000; n++) made.push(setTimeout(() => {}, n % 50)); "
               "for (const timer of made) clearTimeout(timer); }",
               "js for (let n = 0; n < 50_000; n++) setTimeout(() => {}, n % 50)", "tick 100"],
    "modules of one identifier": [
        "js for (let n = 0; n < 20_000; n++) new vm.SyntheticModule([], () => {}, { identifier: 'm' })"],
    "a program of many modules": [
        *(f"module k{n} = export let y{n} = 1" for n in range(6_000)), "export node program.mjs"],
}


def session(modlab, folder, name, lines, form="--json", limit=300):
    lines = lines + ["js 40 + 2"]
    try:
        done = subprocess.run(
            [os.path.abspath(modlab), "--no-rc", form, "--keep-going", "-"],
            input="".join(line + "\n" for line in lines).encode(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=limit, cwd=folder)
    except subprocess.TimeoutExpired:
        return f"{name}: no end in {limit} s"
    answers = done.stdout.splitlines()
    if done.returncode not in (0, 1):
        return f"{name}: exit status {done.returncode} after {len(answers)} answers"
    last = answers[-1] if answers else b""
    if (json.loads(last).get("result", {}).get("text") if form == "--json" else last.decode()) != "42":
        return f"{name}: the last command is not answered"
    return None


def main():
    modlab = sys.argv[1]
    cases = []
    for name, text in TEXTS.items():
        cases.append((name, [f"module m = {text}\n", *LOOKS, f"script = {text}\n", f"js {text}\n",
                             f"synthetic s x={text}\n", f"resolve \"q\" => value {text}\n",
                             "link s", "evaluate s"]))
    for name, text in VALUES.items():
        cases.append((name, [f"module m = {text}", *LOOKS, "js ns.m.x", "js modules.m.error"]))
    for name, lines in graphs(min(COUNT, 2_000)).items():
        cases.append((name, lines + ["module m = import { x } from 'k0'; export * from 'k0'",
                                     *LOOKS, "link k0", "evaluate k0", "why x in k0",
                                     "graph k0", "order k0", "why k0", "namespace k0"]))
    cases += [(name, lines, "--color=never", 60) for name, lines in WIDE.items()]
    with tempfile.TemporaryDirectory() as folder:
        problems = [problem for problem in (session(modlab, folder, *case) for case in cases) if problem]
    for problem in problems:
        print(problem)
    if problems:
        sys.exit(1)
    print(f"{len(cases)} deep shapes answered")


main()
