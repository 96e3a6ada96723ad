#!/usr/bin/env python3
"""Runs test262 through modlab.

Usage: test262.py MODLAB ROOT DIRECTORY… [--only REGEX] [--show N]

ROOT is an unpacked tree of tc39/test262; a DIRECTORY is below its test/language, or below test. Each
test is one process: a script loads the harness of test262, attaches the rule `"*" => file DIRECTORY`,
and registers, links and evaluates the test. It is judged by the test's frontmatter alone. Exits 1 when a
test fails, known or not.
"""

import json
import pathlib
import re
import sys
import tempfile

from running import SECONDS, each, options_of, run

# `$262` of INTERPRETING.md, of what node:vm has.
HOST = (
    "var $262 = { global: globalThis, gc() {}, evalScript(s) { return vm.runInThisContext(s); }, "
    "detachArrayBuffer(b) { structuredClone(b, { transfer: [b] }); }, "
    "createRealm() { const c = vm.createContext({}); const global = vm.runInContext('globalThis', c); "
    "return { global, evalScript: (s) => vm.runInContext(s, c), createRealm: $262.createRealm }; } };")
# The phases of modlab's errors, in test262's words.
PHASES = {"resolve": "resolution", "instantiate": "resolution", "evaluate": "runtime"}
DONE = "Test262:AsyncTest"
LISTS = ("flags", "includes", "features")


def words(text):
    return [word.strip().strip("'\"") for word in text.split(",") if word.strip()]


def frontmatter(source):
    """The fields of the YAML block that decide how a test runs: `negative`, and lists, which stand in
    brackets or have a dash before each item."""
    block = re.search(r"/\*---(.*?)---\*/", source, re.DOTALL)
    meta = {"flags": [], "includes": [], "features": [], "negative": None}
    key = None
    for line in block.group(1).splitlines() if block else []:
        top = re.match(r"(\w+):\s*(.*)$", line)
        if top:
            key, rest = top.group(1), top.group(2).split(" #")[0].strip()
            if key in LISTS and rest:
                meta[key] = words(rest.strip("[]"))
                key = None if rest.endswith("]") else key
            elif key == "negative":
                meta["negative"] = {}
            continue
        text = line.strip()
        if key in LISTS and text:
            meta[key] += words(text.lstrip("-").strip().strip("[],"))
        elif key == "negative" and ":" in text:
            field, value = text.split(":", 1)
            meta["negative"][field.strip()] = value.strip()
    return meta


def quoted(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


class Test:
    def __init__(self, root, path):
        self.root, self.path = root, path
        self.name = str(path.relative_to(root / "test"))
        self.source = path.read_text(encoding="utf-8", errors="surrogateescape")
        self.meta = frontmatter(self.source)

    @property
    def is_module(self):
        return "module" in self.meta["flags"]

    def script(self):
        """The session's script, and the role of each command: harness, register, link, run or wait."""
        flags, commands = self.meta["flags"], [("harness", "option names off")]
        if "raw" not in flags:
            names = ["assert.js", "sta.js", *(["doneprintHandle.js"] if "async" in flags else []),
                     *self.meta["includes"]]
            commands += [("harness", f"script from {quoted(self.root / 'harness' / name)}")
                         for name in dict.fromkeys(names)]
        commands += [("harness", f"script = {HOST}"),
                     ("harness", f'resolve "*" => file {quoted(self.path.parent)}')]
        if self.is_module:
            commands += [
                ("register", f"module main --id {quoted(self.path)} from {quoted(self.path)}"),
                ("link", "link main"), ("run", "evaluate main")]
        elif "onlyStrict" in flags:
            tag = "END_OF_TEST"
            while re.search(rf"^{tag}$", self.source, re.MULTILINE):
                tag += "_"
            commands.append(("run", f'script <<{tag}\n"use strict";\n{self.source}\n{tag}'))
        else:
            commands.append(("run", f"script from {quoted(self.path)}"))
        if "async" in flags:
            commands += [("wait", "tick 20"), ("wait", "tick 100")]
        return "\n".join(text for _, text in commands) + "\n", [role for role, _ in commands]

    def outcome(self, roles, answers):
        """(phase, name of the error, message) of what failed first; None when nothing did."""
        for role, answer in zip(roles, answers):
            if answer["ok"]:
                continue
            error = answer["error"]
            if role == "harness":
                return "harness", error["name"], f"{answer['command'][:80]}: {error['message']}"
            name, message = error["name"], error["message"] or ""
            # A Test262Error is no Error: its name is in what it is printed as.
            if name in (None, "", "Object", "Error"):
                word = re.match(r"(?:Uncaught )?(\w+Error)\b", message)
                name = word.group(1) if word else name
            phase = PHASES.get(error["phase"], error["phase"])
            return "runtime" if role == "run" and self.is_module else phase, name, message
        if "async" in self.meta["flags"]:
            told = [entry["text"] for answer in answers for entry in answer["console"]
                    if entry["text"].startswith(DONE)]
            if told[:1] != [DONE + "Complete"]:
                return "async", "", told[0] if told else "$DONE was not called"
        return None

    def passes(self, outcome):
        negative = self.meta["negative"]
        if not negative or not outcome:
            return not negative and not outcome
        phase, name, _ = outcome
        # A dependency's syntax error comes out in resolving; so may an early error of the entry.
        same = phase == negative["phase"] or {phase, negative["phase"]} == {"parse", "resolution"}
        return same and name == negative["type"]

    def failure(self, modlab):
        """What was seen that should not be; None when it passes."""
        script, roles = self.script()
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "test.modlab"
            file.write_text(script, encoding="utf-8", errors="surrogateescape")
            ended = run([modlab, "--json", "--keep-going", str(file)], folder)
        if ended.status is None:
            return f"still running after {SECONDS} s"
        answers = [json.loads(line) for line in ended.output.split("\n") if line]
        if len(answers) != len(roles):
            return (f"{len(answers)} answers to {len(roles)} commands, exit status {ended.status} "
                    + ended.errors.strip()[-200:])
        outcome = self.outcome(roles, answers)
        if self.passes(outcome):
            return None
        expected = self.meta["negative"]
        wanted = f"{expected['phase']} {expected['type']}" if expected else "no error"
        return f"expected {wanted}, got " + (
            f"{outcome[0]} {outcome[1]}: {outcome[2]}" if outcome else "no error")


def tests_of(root, directory):
    """The tests of a directory, in the order of their paths."""
    for base in (root / "test/language" / directory, root / "test" / directory):
        if base.exists():
            break
    else:
        sys.exit(f"there is no {directory} below {root}/test: a tree of tc39/test262 is wanted")
    files = [base] if base.is_file() else sorted(base.rglob("*.js"))
    return [Test(root, file) for file in files if "_FIXTURE" not in file.name]


def failures(modlab, tests):
    """{name: what was seen} of the tests that fail."""
    seen = each(lambda test: test.failure(modlab), tests)
    return {test.name: why for test, why in zip(tests, seen) if why}


def main():
    options = options_of(__doc__)
    options.add_argument("modlab")
    options.add_argument("root", type=pathlib.Path)
    options.add_argument("directory", nargs="+")
    options.add_argument("--only", default="")
    options.add_argument("--show", type=int, default=0, help="how many scripts of failures are shown")
    given = options.parse_args()
    root = given.root.resolve()
    tests = [test for directory in given.directory for test in tests_of(root, directory)
             if re.search(given.only, test.name)]
    failed = failures(str(pathlib.Path(given.modlab).resolve()), tests)
    shown = {test.name: test for test in tests}
    for index, (name, why) in enumerate(failed.items()):
        print(f"{name}  {why}")
        if index < given.show:
            print(shown[name].script()[0])
    print(f"{len(tests) - len(failed)} of {len(tests)} tests pass")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
