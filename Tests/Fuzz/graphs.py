#!/usr/bin/env python3
"""Random module graphs by commands: modlab must not crash, and must say what Node says.

    graphs.py MODLAB [--seed N] [--count N | --seconds S] [--size N] [--show N]

Each graph has two to eight modules that export locally, renamed, from each other, by stars and as
namespaces, in cycles; their bodies log, throw, await at the top level and call import(). It is
linked, evaluated from two roots at once, and looked at with every command that shows resolutions.
Where Node 24 is present (node24, or NODE24), the same graph runs there with node:vm: errors,
statuses, the order of the lines that bodies log, and the names of each namespace must be equal.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

from harness import Skip, node_24

NAMES = ["x", "y", "z", "default"]
BATCH = 20

NODE_PROGRAM = r"""
const vm = require('node:vm');
const graphs = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
const turn = () => new Promise(done => setImmediate(done));
process.on('unhandledRejection', () => {});

async function run(graph) {
  const context = vm.createContext({});
  const lines = [];
  const log = { outcome: [] };
  context.log = text => { lines.push(text); };
  const modules = new Map();
  const resolve = specifier => modules.get(specifier);
  const dynamic = async specifier => {
    const module = resolve(specifier);
    if (module.status === 'unlinked') await module.link(resolve);
    // Node's evaluate() refuses these, where its own loader and modlab's rules wait.
    if (module.status === 'linking' || module.status === 'evaluating') log.isHostsOwn = true;
    await module.evaluate();
    return module;
  };
  for (const [name, text] of graph.modules) {
    modules.set(name, new vm.SourceTextModule(text,
      { identifier: name, context, importModuleDynamically: dynamic }));
  }
  const said = error => `${error.name}: ${error.message}`;
  for (const root of graph.roots) {
    try { await modules.get(root).link(resolve); log.outcome.push('linked'); }
    catch (error) { log.outcome.push(said(error)); }
  }
  const pending = graph.roots.map(root => {
    const module = modules.get(root);
    if (module.status === 'unlinked') return undefined;
    const state = { is: 'pending' };
    module.evaluate().then(() => { state.is = 'fulfilled'; },
      error => { state.is = said(error); });
    return state;
  });
  for (let n = 0; n < 4; n++) await turn();
  log.evaluated = pending.map(state => state?.is);
  log.lines = lines;
  log.statuses = {};
  log.namespaces = {};
  for (const [name, module] of modules) {
    log.statuses[name] = module.status;
    // A module that is not linked has none, an errored one only where its evaluation failed.
    try {
      log.namespaces[name] = Reflect.ownKeys(module.namespace).filter(key => typeof key === 'string');
    } catch (error) {
      log.namespaces[name] = said(error);
    }
  }
  return log;
}

(async () => {
  for (const graph of graphs) {
    let answer;
    try { answer = await run(graph); } catch (error) { answer = { crash: String(error.stack) }; }
    console.log(JSON.stringify(answer));
  }
})();
"""


def make_graph(seed):
    pick = random.Random(seed)
    count = pick.randint(2, 8)
    only_exports = pick.random() < 0.4
    # V8 does not follow ECMA-262 where re-exports lead back to where they were asked, nor with two
    # modules that export one namespace by `import * as`: see Documentation/behaviour.md. Such
    # graphs must not crash; what they answer is tested against the specification's text by
    # ExportGraphTests.
    as_v8 = pick.random() < 0.7
    modules = []
    for number in range(count):
        target = lambda: f"m{pick.randrange(count)}"
        source = (lambda: f"m{pick.randrange(number + 1, count)}") if as_v8 else target
        parts = []
        declared = set()
        names = [name for name in NAMES if pick.random() < (0.5 if only_exports else 0.25)]
        for name in names:
            kind = pick.choice("llirrnae")
            if as_v8 and (kind == "a" or number == count - 1):
                kind = "l"
            local = "d" if name == "default" else name
            imported = pick.choice(NAMES)
            if kind == "l":
                parts.append(f"let {local}_ = '{name} of m{number}'; export {{ {local}_ as {name} }}")
            elif kind == "i":
                parts.append(f"import {{ {imported} as {local}_i }} from '{source()}'; "
                             f"export {{ {local}_i as {name} }}")
            elif kind == "r":
                parts.append(f"export {{ {imported} as {name} }} from '{source()}'")
            elif kind == "n":
                parts.append(f"export * as {name} from '{target()}'")
            elif kind == "a":
                parts.append(f"import * as {local}_n from '{target()}'; "
                             f"export {{ {local}_n as {name} }}")
            elif "shared" not in declared:
                declared.add("shared")
                parts.append(f"let shared = 'shared of m{number}'; export {{ shared as {name} }}")
            else:
                parts.append(f"export {{ shared as {name} }}")
        stars = pick.choice([0, 0, 1, 1, 2, 3])
        for _ in range(0 if as_v8 and number == count - 1 else stars):
            parts.append(f"export * from '{source()}'")
        for _ in range(pick.choice([0, 1, 1, 2])):
            parts.append(f"import '{target()}'")
        if pick.random() < (0.3 if only_exports else 0.1):
            parts.append(f"import {{ {pick.choice(NAMES)} as seen }} from '{target()}'")
        pick.shuffle(parts)
        body = [f"log('m{number} begins')"]
        if not only_exports:
            for _ in range(pick.choice([0, 0, 1, 1, 2])):
                body.append(pick.choice([
                    "await null", "await Promise.resolve(1)", "await 1; await 2; await 3",
                    "for await (const v of [1, 2]) log(`${v}`)",
                    f"Promise.resolve().then(() => log('m{number} job'))",
                    f"import('{target()}').then(() => log('m{number} has it'), "
                    f"e => log(`m{number}: ${{e.message}}`))",
                    f"try {{ await import('{target()}') }} catch (e) {{ log(e.message) }}"
                    if pick.random() < 0.3 else "await undefined",
                ]))
            if pick.random() < 0.15:
                body.append(f"throw new Error('m{number}')")
        body.append(f"log('m{number} ends')")
        modules.append((f"m{number}", "; ".join(parts + body)))
    return {"seed": seed, "modules": modules, "as_v8": as_v8,
            "roots": ["m0", f"m{count - 1}"]}


def commands(graph):
    """The session of a graph, each command with a word for what its answer is."""
    rows = [("log", "script = globalThis.lines = []; globalThis.log = text => { lines.push(text) }")]
    rows += [("define", f"module {name} = {text}") for name, text in graph["modules"]]
    rows += [("link", f"link {root}") for root in graph["roots"]]
    # Both at once: a command would wait for the first.
    begin = "; ".join(
        f"settle({json.dumps(root)}, modules.{root})" for root in graph["roots"])
    rows.append((
        "begin",
        "script = globalThis.states = {}; globalThis.settle = (name, module) => { "
        "if (module.status === 'unlinked') return; states[name] = 'pending'; "
        "module.evaluate().then(() => { states[name] = 'fulfilled' }, "
        "e => { states[name] = `${e.name}: ${e.message}` }) }; " + begin + "; 0"))
    rows.append(("tick", "tick 10"))
    rows.append(("states", "js JSON.stringify({ states, lines })"))
    rows.append(("status", "status"))
    for name, _ in graph["modules"]:
        rows.append(("namespace " + name, f"namespace {name}"))
        rows.append(("look", f"why {name}"))
        rows.append(("look", f"order {name}"))
        rows.append(("look", f"graph {name}"))
        rows.append(("look", f"bindings {name}"))
        rows += [("export", f"why {export} in {name}") for export in NAMES]
    rows.append(("look", "graph"))
    rows.append(("clear", "clear"))
    return rows


def modlab_answers(modlab, graphs):
    rows = [row for graph in graphs for row in commands(graph)]
    text = "".join(command + "\n" for _, command in rows)
    done = subprocess.run(
        [modlab, "--no-rc", "--json", "--keep-going", "-"], input=text.encode(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode not in (0, 1) or len(lines) != len(rows):
        return None, f"exit status {done.returncode}, {len(lines)} of {len(rows)} answers"
    answers = []
    at = 0
    for graph in graphs:
        count = len(commands(graph))
        answers.append([(word, json.loads(line)) for (word, _), line in
                        zip(rows[at:at + count], lines[at:at + count])])
        at += count
    return answers, None


def summary(graph, answers):
    """What modlab said, in the form of the program for Node."""
    log = {"outcome": [], "statuses": {}, "namespaces": {}, "ambiguous": set()}
    for word, answer in answers:
        error = answer["error"]
        if word == "define" and error:
            log["refused"] = error["message"]
        elif word == "link":
            log["outcome"].append(f"{error['name']}: {error['message']}" if error else "linked")
        elif word == "states":
            shown = answer["result"]["text"]
            told = json.loads(shown[1:-1].encode().decode("unicode_escape")
                              if "\\" in shown else shown[1:-1])
            log["evaluated"] = [told["states"].get(root) for root in graph["roots"]]
            log["lines"] = told["lines"]
        elif word == "status":
            for row in answer["result"]["modules"]:
                log["statuses"][row["name"]] = row["status"]
        elif word == "export" and not error:
            if answer["result"]["resolution"] == "ambiguous":
                log["ambiguous"].add((answer["result"]["export"], answer["result"]["module"]))
        elif word.startswith("namespace "):
            log["namespaces"][word.split()[1]] = (
                f"{error['name']}: {error['message']}" if error
                else [row["name"] for row in answer["result"]["exports"]])
    return log


def node_answers(node, graphs):
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "graphs.cjs")
        data = os.path.join(folder, "graphs.json")
        with open(program, "w") as file:
            file.write(NODE_PROGRAM)
        with open(data, "w") as file:
            json.dump(graphs, file)
        done = subprocess.run(
            [node, "--experimental-vm-modules", "--no-warnings", program, data],
            stdout=subprocess.PIPE, timeout=600)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def is_re_export_behind_star(graph, failure):
    """Whether Node's link error is that of a re-export in a module that another has by a star: V8 tells it as soon
    as the star is asked for the name, where ECMA-262 goes on with the next star."""
    found = re.fullmatch(r"SyntaxError: The requested module '(m\d)' does not provide an export named '(\w+)'", failure)
    if not found:
        return False
    target, name = found.groups()
    # In one statement, or by an import.
    wanted = re.compile(rf"(?:export|import) {{ {name} as \w+ }} from '{target}'")
    texts = dict(graph["modules"])
    return any(f"export * from '{module}'" in other and wanted.search(text)
               for module, text in texts.items() for other in texts.values())


def differences(graph, said, node):
    if node is None or not graph["as_v8"]:
        return []
    found = []
    if "crash" in node:
        return [f"node: {node['crash']}"]
    # When import() links and evaluates is the host's own, and then what it finds errored.
    text = " ".join(text for _, text in graph["modules"])
    has_imports = "import(" in text
    is_hosts_own = node.get("isHostsOwn") or has_imports and "throw " in text
    keys = ["outcome"] if is_hosts_own else [
        "outcome", "evaluated", "lines", "statuses", "namespaces"]
    for key in keys:
        ours, theirs = said.get(key), node.get(key)
        if key == "lines" and has_imports:
            ours, theirs = sorted(ours), sorted(theirs)
        if key == "namespaces":
            # V8 forgets that a name is ambiguous in a module behind a star.
            theirs = {module: names if isinstance(names, str) else [
                          name for name in names
                          if name in ours.get(module, []) or (name, module) not in said["ambiguous"]]
                      for module, names in theirs.items()}
        if key == "outcome" and len(ours) == len(theirs):
            # Both fail, only by another of its errors.
            theirs = [our if their.startswith("SyntaxError") and our.startswith("SyntaxError")
                      and is_re_export_behind_star(graph, their) else their
                      for our, their in zip(ours, theirs)]
        if ours != theirs:
            found.append(f"{key}: modlab {ours}\n{' ' * len(key)}  node   {theirs}")
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("modlab")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--seconds", type=float)
    options.add_argument("--show", type=int, default=3)
    options = options.parse_args()
    try:
        node = node_24()
    except Skip:
        node = None
    end = time.time() + options.seconds if options.seconds else None
    seed, done, failed = options.seed, 0, []
    while time.time() < end if end else done < options.count:
        size = BATCH if end else min(BATCH, options.count - done)
        graphs = [make_graph(seed + n) for n in range(size)]
        seed += size
        done += size
        answers, problem = modlab_answers(options.modlab, graphs)
        if problem:
            for graph in graphs:
                _, alone = modlab_answers(options.modlab, [graph])
                if alone:
                    failed.append((graph, [alone]))
            if not failed:
                failed.append((graphs[0], [f"only with its {size} followers: {problem}"]))
            continue
        expected = node_answers(node, graphs) if node else [None] * size
        for graph, answer, theirs in zip(graphs, answers, expected):
            found = differences(graph, summary(graph, answer), theirs)
            if found:
                failed.append((graph, found))
    for graph, found in failed[:options.show]:
        print(f"\nseed {graph['seed']}:")
        for name, text in graph["modules"]:
            print(f"  module {name} = {text}")
        for line in found:
            print(f"  {line}")
    against = "as in Node 24" if node else "no crash (there is no Node 24 to compare with)"
    if failed:
        sys.exit(f"\n{len(failed)} of {done} graphs differ, from seed {failed[0][0]['seed']}")
    print(f"{done} graphs, {against}")


main()
