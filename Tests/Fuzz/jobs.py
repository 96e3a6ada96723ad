#!/usr/bin/env python3
"""Random programs of promises, microtasks, timers and node:vm modules: their lines come in Node's order.

Usage: jobs.py MODLAB [--seed N] [--seconds N | --trials N]
A trial is a file of programs, which run one after the other. Each logs while promise jobs, queueMicrotask,
setImmediate, setTimeout, links with linkers of all kinds, evaluations and import() go on beside each other; a loop
that awaits nothing logs its turns, so that one turn more or less shows. Without Node 24 nothing is compared.
"""

import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

import fuzzing
from harness import Skip, node_24

PROGRAMS = 20
BEGIN = """import vm from 'node:vm';
const programs = [];
const words = (error) => error === null || error === undefined ? String(error) : `${error.name} ${error.code} ${error.message}`;
const told = (log, name, promise) => promise.then(() => log(name), (error) => log(`${name} ${words(error)}`));
const thenable = (value) => ({ then(done) { done(value); } });
const ticker = async (log, turns) => { for (let i = 0; i < turns; i++) { await null; log(`turn ${i}`); } };
"""
END = """
const immediate = () => new Promise((done) => setImmediate(done));
const quiet = async (lines) => {
  for (let count = -1; count !== lines.length;) {
    count = lines.length;
    for (let i = 0; i < 10; i++) await immediate();
    await new Promise((done) => setTimeout(done, 15));
  }
};
for (const [seed, program] of programs) {
  const lines = [];
  globalThis.log = (line) => { lines.push(line); };
  try { await program(globalThis.log); } catch (error) { lines.push(`thrown ${words(error)}`); }
  await quiet(lines);
  console.log(`seed ${seed}\\n${lines.join('\\n')}`);
}
"""


class Program:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.seed = seed
        self.labels = 0
        # The two have no order among each other.
        self.later = self.chance.choice(["setImmediate", "setTimeout"])
        self.modules = [f"m{i}" for i in range(self.chance.randint(1, 5))]

    def label(self, kind):
        self.labels += 1
        return f"{kind} {self.labels}"

    def text(self):
        lines = ["const modules = new Map();"]
        lines += [line for name in self.modules for line in self.module(name)]
        lines.append(f"const linker = {self.linker()};")
        lines.append(f"const beside = ticker(log, {self.chance.randint(4, 40)});")
        for _ in range(self.chance.randint(2, 7)):
            lines.append(self.statement(0))
        lines.append("await beside;")
        body = "\n".join("  " + line for line in lines)
        return f"programs.push([{self.seed}, async (log) => {{\n{body}\n}}]);"

    def module(self, name):
        pick = self.chance.random()
        if pick < 0.15:
            return [f"modules.set('{name}', new vm.SyntheticModule(['x'], function () {{ log('synthetic {name}');"
                    f" this.setExport('x', 1); }}, {{ identifier: '{name}' }}));"]
        imports = [it for it in self.modules if self.chance.random() < 0.35]
        source = "".join(f"import {{ x as {it}_x }} from '{it}'; " for it in imports)
        source += f"log('body {name}'); "
        if self.chance.random() < 0.3:
            source += self.chance.choice([
                "await 0; ", "await Promise.resolve(); ", "for (let i = 0; i < 3; i++) await i; ",
                "await { then(done) { done(1); } }; ", "await new Promise((done) => setImmediate(done)); "
                if self.later == "setImmediate" else "await null; "])
            source += f"log('waited {name}'); "
        if self.chance.random() < 0.25:
            target = self.chance.choice(self.modules)
            source += (f"import('{target}').then(() => log('imported {target}'), (e) => log('import {target} '"
                       " + e.name + ' ' + e.code)); ")
        if self.chance.random() < 0.2:
            source += f"queueMicrotask(() => log('microtask of {name}')); "
        if self.chance.random() < 0.1:
            source += "throw new Error('thrown'); "
        source += "export let x = 1;"
        importer = self.chance.choice([
            "(s) => modules.get(s)", "async (s) => modules.get(s)",
            "async (s) => { const m = modules.get(s); if (m.status === 'unlinked') await m.link(linker);"
            " if (m.status === 'linked') await m.evaluate(); return m; }"])
        return [f"modules.set('{name}', new vm.SourceTextModule({source!r}, {{ identifier: '{name}',"
                f" importModuleDynamically: {importer} }}));"]

    def linker(self):
        log = "log(`asked ${s} of ${r.identifier}`)"
        return self.chance.choice([
            f"(s, r) => {{ {log}; return modules.get(s); }}",
            f"(s, r) => {{ {log}; return Promise.resolve(modules.get(s)); }}",
            f"async (s, r) => {{ {log}; return modules.get(s); }}",
            f"async (s, r) => {{ await null; {log}; await null; return modules.get(s); }}",
            f"(s, r) => {{ {log}; return thenable(modules.get(s)); }}",
            f"(s, r) => {{ {log}; queueMicrotask(() => log(`microtask ${{s}}`)); return modules.get(s); }}",
            f"(s, r) => {{ {log}; Promise.resolve().then(() => log(`job ${{s}}`)); return modules.get(s); }}",
            f"(s, r) => new Promise((done) => {{ {log}; {self.later}(() => done(modules.get(s))); }})",
            f"(s, r) => {{ {log}; if (s === 'm1') throw new Error('refused'); return modules.get(s); }}",
            f"(s, r) => {{ {log}; return s === 'm1' ? Promise.reject(new Error('refused')) : modules.get(s); }}",
            f"(s, r) => {{ {log}; return s === 'm2' ? 7 : modules.get(s); }}",
        ])

    def statement(self, depth):
        chance, name = self.chance, self.chance.choice(self.modules)
        kinds = ["await", "job", "microtask", "later", "chain", "link", "link", "evaluate", "evaluate", "both", "status"]
        kind = chance.choice(kinds[:5] if depth > 2 else kinds)
        wait = chance.choice(["", "", "await "])
        if kind == "await":
            return chance.choice([
                "await null;", "await Promise.resolve(1);", "await thenable(1);", "await (async () => {})();",
                "await Promise.all([1, Promise.resolve(2)]);"]) + f" log('{self.label('after')}');"
        if kind == "job":
            return f"{wait}Promise.resolve().then(() => {{ {self.inner(depth)} }});"
        if kind == "microtask":
            return f"queueMicrotask(() => {{ {self.inner(depth)} }});"
        if kind == "later":
            return f"{self.later}(() => {{ {self.inner(depth)} }});"
        if kind == "chain":
            label = self.label("chain")
            return wait + "Promise.resolve()" + "".join(
                f".then(() => log('{label} {i}'))" for i in range(chance.randint(1, 6))) + ";"
        if kind == "status":
            return f"log('{name} ' + modules.get('{name}').status);"
        module = f"modules.get('{name}')"
        link = f"told(log, '{self.label('link ' + name)}', (async () => {module}.link(linker))())"
        evaluate = f"told(log, '{self.label('evaluate ' + name)}', (async () => {module}.evaluate())())"
        if kind == "both":
            return f"{wait}{link}.then(() => {evaluate});"
        return f"{wait}{link if kind == 'link' else evaluate};"

    def inner(self, depth):
        inner = f"log('{self.label('in')}');"
        if self.chance.random() < 0.4:
            text = self.statement(depth + 1)
            inner += " " + (f"(async () => {{ {text} }})();" if "await " in text else text)
        return inner


def run(command, folder, text):
    """The lines of each program, by its seed; and how it ended."""
    path = pathlib.Path(folder) / "programs.mjs"
    path.write_text(text)
    ended = subprocess.run(
        [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    found, lines = {}, []
    for line in ended.stdout.splitlines():
        if line.startswith("seed "):
            lines = found[line] = []
        else:
            lines.append(line)
    return found, f"status {ended.returncode}\n{ended.stderr[-400:]}"


def difference(modlab, node, programs):
    text = BEGIN + "\n".join(program.text() for program in programs) + END
    with tempfile.TemporaryDirectory() as folder:
        ours, end = run([modlab], folder, text)
        wanted = [f"seed {program.seed}" for program in programs]
        if list(ours) != wanted:
            return f"only {len(ours)} of {len(wanted)} programs ended: {end}"
        if node is None:
            return None
        flags = ["--no-warnings", "--experimental-vm-modules", "--unhandled-rejections=none"]
        theirs, end = run([node, *flags], folder, text)
        for seed in wanted:
            if seed not in theirs:
                return f"{seed}: Node did not end it: {end}"
            if ours[seed] != theirs[seed]:
                return f"{seed}\n  modlab {ours[seed]}\n  node   {theirs[seed]}"
    return None


def main():
    given = fuzzing.arguments(__doc__)
    try:
        node = node_24()
    except Skip:
        node = None

    def trial(seed):
        first = seed * PROGRAMS
        programs = [Program(first + n) for n in range(PROGRAMS)]
        failure = difference(given.modlab, node, programs)
        return len(programs), failure

    what = "programs, lines as in Node 24" if node else "programs (there is no Node 24 to compare with)"
    sys.exit(fuzzing.run(given, trial, what))


main()
