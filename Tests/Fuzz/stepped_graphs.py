#!/usr/bin/env python3
"""Random graphs, linked and evaluated in steps: modlab does what the specification's text does, and Node 24.

    stepped_graphs.py MODLAB [--seed N] [--count N | --seconds S] [--show N]

Two to eight modules with cycles, top-level await, bodies that throw or read too early, import(), `import defer`, missing
exports. A plan links two roots, evaluates both, one after the other or at once, and opens the gates at which bodies
wait. modlab carries it out by `link --step`, `evaluate --step` and `step`, `step N`, `step --statement`, `finish`,
`continue`, with looking commands between. Compared are the lines that bodies log, each module's status and error, the
record's status, and what links throw: with the transcription of specification.py where bodies stop only at gates, and
with Node 24 where nothing is deferred (node24, or NODE24; without it the transcription alone).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Support"))

import specification
from harness import Skip, node_24
from specification import GATE, IMPORT, LOOK, READ, TEXT, THROW

BATCH = 50

NODE_PROGRAM = r"""
const vm = require('node:vm');
const graphs = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
const turn = async () => { for (let n = 0; n < 3; n++) await new Promise(done => setImmediate(done)); };
process.on('unhandledRejection', () => {});
const said = error => `${error.name}: ${error.message}`;

async function run(graph) {
  const gates = {}, lines = [], links = [], modules = new Map();
  const context = vm.createContext({
    console: { log: (...words) => { lines.push(words.join(' ')); } },
    gate: name => new Promise(open => { gates[name] = open; }),
  });
  const resolve = specifier => modules.get(specifier);
  let linking = Promise.resolve();
  const dynamic = async specifier => {
    const module = resolve(specifier);
    // Two links of one graph at once disturb each other in Node; its own loader and modlab's rules wait.
    const linked = linking.then(() => module.status === 'unlinked' ? module.link(resolve) : undefined);
    linking = linked.catch(() => {});
    await linked;
    while (module.status === 'evaluating') await null;
    await module.evaluate();
    return module;
  };
  for (const [name, text] of graph.modules) {
    modules.set(name, new vm.SourceTextModule(text,
      { identifier: name, context, importModuleDynamically: dynamic }));
  }
  const states = {};
  for (const [what, name, isHeld] of graph.plan) {
    if (what === 'link') {
      try { await modules.get(name).link(resolve); links.push('linked'); } catch (error) { links.push(said(error)); }
    } else if (what === 'evaluate') {
      states[name] = 'pending';
      modules.get(name).evaluate().then(() => { states[name] = 'fulfilled'; }, () => { states[name] = 'rejected'; });
    } else {
      gates[name]?.();
    }
    if (!isHeld) await turn();
  }
  const statuses = {};
  for (const [name, module] of modules) {
    statuses[name] = [module.status, module.status === 'errored' ? said(module.error) : null];
  }
  return { lines, links, statuses, states };
}

(async () => {
  for (const graph of graphs) {
    let answer;
    try { answer = await run(graph); } catch (error) { answer = { crash: String(error.stack) }; }
    console.log(JSON.stringify(answer));
  }
})();
"""


class Graph:
    def __init__(self, seed, has_node, order="as queued"):
        self.seed, self.random = seed, random.Random(seed)
        pick = self.random
        self.defers = pick.random() < (0.4 if has_node else 0.6)
        # Jobs of the bodies' own: only Node knows their order.
        self.has_jobs = has_node and not self.defers and pick.random() < 0.4
        self.modules = [specification.Module(f"m{n}") for n in range(pick.randint(2, 8))]
        self.imports = pick.random() < 0.5
        # How many jobs import() needs is the host's own, and so is what it finds errored by then.
        self.may_fail = not (self.imports and self.has_jobs)
        fails = pick.random() if self.may_fail else 1
        self.sources = [(module.name, self.make(module, fails)) for module in self.modules]
        self.plan, self.held_steps = [], 0
        self.agent = specification.Agent(order)
        self.roots = [self.modules[0], pick.choice(self.modules)]
        self.expected = None
        if self.has_jobs:
            self.guess()
        else:
            self.expected = self.carry_out()
        # Whether the host decides what comes out, by the jobs that it needs for import().
        self.is_hosts_own = self.agent.is_hosts_own
        if order == "as queued" and self.imports and self.expected:
            for other in list(specification.ORDERS)[1:]:
                twin = Graph(seed, has_node, other)
                if twin.is_hosts_own or twin.plan != self.plan or twin.expected != self.expected | {"lines": twin.expected["lines"]} or sorted(
                        twin.expected["lines"]) != sorted(self.expected["lines"]):
                    self.is_hosts_own = True

    def make(self, module, fails):
        pick, heads, body = self.random, [], []
        for _ in range(pick.choice([0, 1, 1, 2, 2, 3])):
            target, phase = pick.choice(self.modules), "evaluation"
            kind = pick.random()
            if self.defers and kind < 0.4:
                phase = "defer"
                heads.append(f"import defer * as d{target.name} from '{target.name}'")
                if pick.random() < 0.6 and (LOOK, target) not in body:
                    body.append((LOOK, target))
            elif kind < 0.75:
                heads.append(f"import '{target.name}'")
            elif fails < 0.15 and pick.random() < 0.3 and not module.missing:
                module.missing = target.name
                heads.append(f"import {{ nope }} from '{target.name}'")
            else:
                heads.append(f"import {{ v as v{target.name} }} from '{target.name}'")
                if self.may_fail and pick.random() < 0.5:
                    body.append((READ, target))
            if heads[-1] in heads[:-1]:
                heads.pop()
            if (target, phase) not in module.requests:
                module.requests.append((target, phase))
        if pick.random() < 0.35:
            body += [(GATE,)] * pick.choice([1, 1, 2])
        if self.imports and pick.random() < 0.4:
            body.append((IMPORT, pick.choice(self.modules)))
        if self.has_jobs:
            body += [(TEXT, text) for text in pick.sample([
                "await null", "await 1; await 2; await 3",
                f"for await (const n of [1, 2]) console.log('{module.name} takes', n)",
                f"Promise.resolve().then(() => console.log('{module.name} job'))",
                f"Promise.reject(1).catch(() => null).then(() => console.log('{module.name} late job'))",
            ], pick.choice([0, 1, 1, 2]))]
        pick.shuffle(body)
        if self.may_fail and pick.random() < 0.15:
            body.insert(pick.randint(0, len(body)), (THROW,))
        module.body = body
        lines = heads + [f"console.log('{module.name} begins')", "export let v = 'v of " + module.name + "'"]
        for operation in body:
            lines.append(self.statement(module.name, *operation))
        lines.append(f"console.log('{module.name} ends')")
        return "; ".join(lines)

    @staticmethod
    def statement(name, operation, rest=None):
        if operation == GATE:
            return f"await gate('{name}'); console.log('{name} goes on')"
        if operation == READ:
            return f"console.log('{name} reads', v{rest.name})"
        if operation == THROW:
            return f"throw new Error('{name}')"
        if operation == IMPORT:
            return (f"import('{rest.name}').then(() => console.log('{name} has {rest.name}'), "
                    f"e => console.log(`{name}: ${{e.name}}: ${{e.message}}`))")
        if operation == LOOK:
            return f"try {{ console.log('{name} reads', d{rest.name}.v) }} catch (e) {{ console.log('{name} caught', e.name) }}"
        return rest

    def carry_out(self):
        """Makes the plan while the transcription carries it out."""
        pick, agent, links, begun = self.random, self.agent, [], {}
        for root in self.roots:
            # Node's link() refuses what is linked.
            if root.status != "unlinked":
                continue
            self.plan.append(["link", root.name, False])
            try:
                agent.link(root)
                links.append("linked")
            except specification.Thrown as thrown:
                links.append(thrown.said)
        left = [root for root in dict.fromkeys(self.roots) if root.status == "linked"]
        while left or agent.waiting:
            if left and (not agent.waiting or pick.random() < 0.7):
                root = left.pop(0)
                before = agent.steps
                begun[root.name] = agent.evaluate(root)
                # The other root in the same job.
                is_held = begun[root.name].capability == "pending" and bool(left) and not self.defers and pick.random() < 0.5
                if is_held:
                    self.held_steps = agent.steps - before
                self.plan.append(["evaluate", root.name, is_held])
                if is_held:
                    continue
            elif not left and pick.random() < 0.05:
                break
            else:
                module = pick.choice(list(agent.waiting))
                self.plan.append(["open", module.name, False])
                agent.open(module)
            agent.drain()
        statuses = {}
        for module in self.modules:
            word = "evaluated" if module.status == "evaluating-async" else module.status
            statuses[module.name] = ["errored", module.error.said] if module.error else [word, None]
        return {
            "links": links, "lines": agent.lines, "statuses": statuses,
            "records": {module.name: module.status for module in self.modules},
            "states": {name: root.capability for name, root in begun.items()}}

    def guess(self):
        """A plan for what only Node can tell."""
        pick = self.random
        for root in self.roots:
            try:
                if root.status == "unlinked":
                    self.plan.append(["link", root.name, False])
                    self.agent.link(root)
            except specification.Thrown:
                pass
        gated = [module.name for module in self.modules for operation in module.body if operation == (GATE,)]
        pick.shuffle(gated)
        fails = any(operation[0] in (THROW, READ) for module in self.modules for operation in module.body)
        is_held = not fails and any(m.has_tla for m in specification.reachable(self.roots[0])) and self.roots[0] is not self.roots[1]
        if any(module.missing for module in self.modules):
            is_held = False
        if is_held:
            self.agent.evaluate(self.roots[0])
            self.held_steps = self.agent.steps
        if self.roots[0].status != "unlinked":
            self.plan.append(["evaluate", self.roots[0].name, is_held and pick.random() < 0.6])
        if self.roots[0] is not self.roots[1] and self.roots[1].status != "unlinked":
            self.plan.append(["evaluate", self.roots[1].name, False])
        self.plan += [["open", name, False] for name in gated + gated]

    def text(self):
        return "\n".join([f"  module {name} = {text}" for name, text in self.sources] + [f"  plan {self.plan}"])


PRELUDE = (
    "script = globalThis.gates = {}; globalThis.states = {}; "
    "globalThis.gate = name => new Promise(open => { gates[name] = open }); "
    "globalThis.settle = name => { states[name] = 'pending'; "
    "modules[name].evaluate().then(() => { states[name] = 'fulfilled' }, () => { states[name] = 'rejected' }) }; 0")
LOOKS = ["status", "graph", "cycles", "timeline", "order {}", "why {}", "bindings {}", "namespace {}", "states {}", "show {}"]


WAYS = ["step", "step", "step", "step 2", "step 3", "step --statement", "finish", "continue"]


def commands(graph):
    """The session of a graph; each command with a word for what its answer is."""
    pick = random.Random(graph.seed + 1)
    names = [name for name, _ in graph.sources]
    rows = [("prelude", PRELUDE)] + [("define", f"module {name} = {text}") for name, text in graph.sources]

    def step(ways):
        # Behind the end of the operation they fail, and change nothing.
        for _ in range(pick.randint(0, 14)):
            if pick.random() < 0.1:
                rows.append(("look", pick.choice(LOOKS).format(pick.choice(names))))
            rows.append(("step", pick.choice(ways)))
        rows.append(("step", "step 1000"))

    is_stepped, is_begun = False, set()
    for what, name, is_held in graph.plan:
        if what == "link":
            rows.append(("link", f"link {name} --step"))
            step([way for way in WAYS if way != "step --statement"])
        elif what == "evaluate":
            if is_stepped or not is_held and pick.random() < 0.25:
                rows.append(("begin", f"script = settle('{name}')"))
            else:
                rows.append((f"evaluate {name}", f"evaluate {name} --step"))
                is_stepped = True
                if is_held:
                    # To the end of the part without jobs: the other root is evaluated in the same job.
                    rows.append(("step", f"step {graph.held_steps}"))
                    continue
            step(WAYS)
        else:
            rows.append(("open", f"script = gates['{name}']?.(); 0"))
            step(WAYS)
    rows.append(("told", "js JSON.stringify({ states, statuses: Object.fromEntries(Object.keys(modules).map(name => [name, "
                 "[modules[name].status, modules[name].status === 'errored' ? "
                 "`${modules[name].error.name}: ${modules[name].error.message}` : null]])) })"))
    rows.append(("records", "status"))
    return rows + [("end", "abort"), ("end", "clear")]


def modlab_answers(modlab, graphs):
    rows = [row for graph in graphs for row in commands(graph)]
    done = subprocess.run(
        [modlab, "--no-rc", "--json", "--keep-going", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        input="".join(command + "\n" for _, command in rows).encode(), timeout=600)
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode not in (0, 1) or len(lines) != len(rows):
        return None, f"exit status {done.returncode}, {len(lines)} of {len(rows)} answers"
    answers, at = [], 0
    for graph in graphs:
        count = len(commands(graph))
        answers.append([(word, json.loads(line)) for (word, _), line in zip(rows[at:at + count], lines[at:at + count])])
        at += count
    return answers, None


def summary(answers):
    log = {"links": [], "lines": [], "states": {}, "statuses": {}, "records": {}}
    current = None
    for word, answer in answers:
        error, result = answer["error"], answer["result"] or {}
        log["lines"] += [row["text"] for row in answer["console"]]
        if word == "define" and error:
            log["refused"] = error["message"]
        if word == "link" or word.startswith("evaluate "):
            current = word.removeprefix("evaluate ")
        if current and (word == "step" or word.split()[0] in ("link", "evaluate")):
            # An operation without a step has no result.
            is_over = bool(error) or result.get("done", True)
            if is_over and current == "link":
                log["links"].append(f"{error['name']}: {error['message']}" if error else "linked")
            elif current != "link":
                # `continue` may have left it waiting.
                log["states"][current] = "rejected" if error else None if result.get("pending") else (
                    "fulfilled" if is_over else "pending")
            if is_over:
                current = None
        if word == "told":
            shown = result["text"][1:-1]
            told = json.loads(shown.replace("\\'", "'").replace("\\\\", "\\"))
            log["statuses"] = told["statuses"]
            log["states"] |= told["states"]
        elif word == "records":
            log["records"] = {row["name"]: row["record"] for row in result["modules"]}
    return log


def node_answers(node, graphs):
    """What Node said of each graph; None where V8 itself aborted."""
    answers = node_run(node, graphs)
    if len(answers) == len(graphs):
        return answers
    return [(node_run(node, [graph]) or [None])[0] for graph in graphs]


def node_run(node, graphs):
    with tempfile.TemporaryDirectory() as folder:
        program, data = os.path.join(folder, "graphs.cjs"), os.path.join(folder, "graphs.json")
        Path(program).write_text(NODE_PROGRAM)
        Path(data).write_text(json.dumps([
            {"modules": graph.sources,
             "plan": [row for row in graph.plan]} for graph in graphs]))
        done = subprocess.run(
            [node, "--experimental-vm-modules", "--no-warnings", program, data], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=600)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def differences(graph, said, expected, who):
    found = []
    if "crash" in expected:
        return [f"{who}: {expected['crash']}"]
    for key in expected:
        ours, theirs = said[key], expected[key]
        if key == "states":
            theirs = {name: state for name, state in theirs.items() if ours.get(name, state) is not None}
            ours = {name: state for name, state in ours.items() if state is not None}
        # When import() links, and how many jobs it needs for that, is the host's own.
        if key == "lines" and graph.imports:
            ours, theirs = sorted(ours), sorted(theirs)
        if ours != theirs:
            found.append(f"{key}: modlab {ours}\n    {who} {theirs}")
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("modlab")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seconds", type=float)
    options.add_argument("--show", type=int, default=2)
    options = options.parse_args()
    try:
        node = node_24()
    except Skip:
        node = None
    end = time.monotonic() + options.seconds if options.seconds else None
    seed, done, by_node, owns, aborts, failed = options.seed, 0, 0, 0, [], []
    while time.monotonic() < end if end else done < options.count:
        size = BATCH if end else min(BATCH, options.count - done)
        graphs = [Graph(seed + n, bool(node)) for n in range(size)]
        seed, done = seed + size, done + size
        for_node = [graph for graph in graphs if not graph.defers and not graph.is_hosts_own] if node else []
        by_node += len(for_node)
        theirs = dict(zip(map(id, for_node), node_answers(node, for_node))) if for_node else {}
        aborts += [graph.seed for graph in for_node if theirs[id(graph)] is None]
        answers, problem = modlab_answers(options.modlab, graphs)
        if problem:
            alone = [(graph, modlab_answers(options.modlab, [graph])[1]) for graph in graphs]
            failed += [(graph, [words]) for graph, words in alone if words] or [(graphs[0], [f"with its followers: {problem}"])]
            continue
        for graph, answer in zip(graphs, answers):
            said, found = summary(answer), []
            if "refused" in said:
                found.append(f"refused: {said['refused']}")
            if graph.is_hosts_own:
                owns += 1
                continue
            if graph.expected:
                found += differences(graph, said, graph.expected, "the text")
            if theirs.get(id(graph)):
                found += differences(graph, said, theirs[id(graph)], "Node")
            if found:
                failed.append((graph, found))
    for graph, found in failed[:options.show]:
        print(f"\nseed {graph.seed}:\n{graph.text()}\n  " + "\n  ".join(found))
        print("  commands:\n    " + "\n    ".join(line for word, line in commands(graph) if word != "define"))
    if failed:
        sys.exit(f"\n{len(failed)} of {done} graphs differ: {[graph.seed for graph, _ in failed]}")
    aborted = f", whose V8 aborted at {len(aborts)} more: {aborts[:5]}" if aborts else ""
    print(f"{done} graphs in steps: {done - owns} as in the specification's text or in Node 24, {by_node - len(aborts)} of "
          f"them in Node 24{aborted}; {owns} ran, where the host decides")


if __name__ == "__main__":
    main()
