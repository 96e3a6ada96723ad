#!/usr/bin/env python3
"""Where Documentation/behaviour.md says that modlab does not do what V8 or Node does: both are asked.

    departures.py MODLAB [NAME...]

Each case is a graph of modules, what Node 24 (node24, or NODE24) says of it, and what modlab says. When one of them says
something else, the page is no longer true. Without Node, modlab alone is asked.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

from harness import Failure, Skip, check, node_24

NODE_PROGRAM = r"""
const vm = require('node:vm');
const given = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
(async () => {
  const modules = new Map(), told = { namespaces: {} };
  const context = vm.createContext({ console: { log: text => { (told.lines ??= []).push(text); } } });
  try {
    for (const [name, text] of Object.entries(given.modules)) {
      modules.set(name, new vm.SourceTextModule(text, { identifier: name, context }));
    }
    await modules.get('main').link(specifier => modules.get(specifier));
    for (const [name, module] of modules) told.namespaces[name] = Reflect.ownKeys(module.namespace).filter(key => typeof key === 'string');
    await modules.get('main').evaluate();
  } catch (error) { told.error = `${error.name}: ${error.message}`; }
  console.log(JSON.stringify(told));
})();
"""


def ask_node(node, modules):
    with tempfile.TemporaryDirectory() as folder:
        program, data = os.path.join(folder, "program.cjs"), os.path.join(folder, "modules.json")
        Path(program).write_text(NODE_PROGRAM)
        Path(data).write_text(json.dumps({"modules": modules}))
        done = subprocess.run(
            [node, "--experimental-vm-modules", "--no-warnings", program, data], stdout=subprocess.PIPE, timeout=60)
    return json.loads(done.stdout)


def ask_modlab(modlab, modules):
    commands = [f"module {name} = {text}" for name, text in modules.items()] + ["link main"]
    looks = [f"namespace {name}" for name in modules]
    done = subprocess.run(
        [modlab, "--no-rc", "--json", "--keep-going", "-"], stdout=subprocess.PIPE, timeout=60,
        input="\n".join(commands + looks + ["evaluate main"]).encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    told = {"namespaces": {}}
    for answer in answers:
        for line in answer["console"]:
            told.setdefault("lines", []).append(line["text"])
        if answer["error"]:
            told.setdefault("error", f"{answer['error']['name']}: {answer['error']['message']}")
        elif answer["command"].startswith("namespace"):
            told["namespaces"][answer["command"].split()[1]] = [row["name"] for row in answer["result"]["exports"]]
    return told


def reexport_that_leads_back(ask):
    """A re-export that leads back to where it was asked gives nothing, and the sister star is asked; V8 has an error."""
    told = ask({
        "main": "import { x } from 'stars'; export { x }",
        "stars": "export * from 'main'; export * from 'leaf'",
        "leaf": "export let x = 1",
    })
    return told.get("error", told["namespaces"]), (
        "SyntaxError: Detected cycle while resolving name 'x' in 'stars'", {"main": ["x"], "stars": ["x"], "leaf": ["x"]})


def ambiguous_name_behind_a_star(ask):
    """A name that is ambiguous in a module is not in its namespace; V8 has it there after another module resolved it."""
    told = ask({
        "main": "export * from 'own'",
        "own": "export let x = 1; export * from 'both'",
        "other": "export let x = 2; export * from 'empty'",
        "both": "export * from 'other'; export * from 'main'",
        "empty": "0",
    })
    return told["namespaces"]["both"], (["x"], [])


def two_exports_of_one_namespace(ask):
    """One namespace that two modules export by `import * as` does not conflict; in V8 it does."""
    told = ask({
        "main": "import { ns } from 'both'; console.log(Object.keys(ns).join())",
        "both": "export * from 'one'; export * from 'two'",
        "one": "import * as ns from 'leaf'; export { ns }",
        "two": "import * as ns from 'leaf'; export { ns }",
        "leaf": "export let v = 1",
    })
    return told.get("error", told.get("lines")), (
        "SyntaxError: The requested module 'both' contains conflicting star exports for name 'ns'", ["v"])


def assignment_to_a_call(ask):
    """A call is no assignment target in strict code, an early error; V8 throws when it comes there."""
    told = ask({"main": "function f() { return {} } try { f() = 1 } catch (error) { console.log(error.name) }"})
    return told.get("error", told.get("lines")), (["ReferenceError"], "SyntaxError: Invalid left-hand side in assignment")


def deferred_import(ask):
    """`import defer` is read; Node 24 does not know it."""
    told = ask({"main": "import defer * as ns from 'leaf'; console.log('main')", "leaf": "console.log('leaf')"})
    return told.get("error", told.get("lines")), ("SyntaxError: Unexpected token '*'", ["main"])


CASES = [
    reexport_that_leads_back, ambiguous_name_behind_a_star, two_exports_of_one_namespace, assignment_to_a_call,
    deferred_import,
]


def main():
    modlab, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    try:
        node = node_24()
    except Skip as reason:
        node = None
        print(f"Node is not asked: {reason}")
    failed = False
    for case in CASES:
        if names and case.__name__ not in names:
            continue
        try:
            said, (theirs, ours) = case(lambda modules: ask_modlab(modlab, modules))
            check(said == ours, f"modlab says {said}, not {ours}")
            if node:
                said, _ = case(lambda modules: ask_node(node, modules))
                check(said == theirs, f"Node says {said}, not {theirs}")
        except Failure as reason:
            failed = True
            print(f"{case.__name__}: {reason}\n  {case.__doc__}")
    if failed:
        sys.exit(1)
    print(f"{len(CASES) if not names else len(names)} departures, each as the page has it")


main()
