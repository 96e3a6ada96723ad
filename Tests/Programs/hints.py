#!/usr/bin/env python3
"""Types every hint that modlab prints, and looks whether it does what it promises.

Usage: hints.py MODLAB [WORD] [--random N] [--seed N]
Sessions are those below, those of every document (README, Documentation, Examples, Tests/Transcripts), and N
random ones. WORD chooses those whose name has it, and prints them. Where a session prints lines under `try`, they are
typed in their order in a fresh copy of the session as it was then, and one that has no place there any more by itself:

- each is a command that modlab reads as it stands, names only what there is, and comes to an end;
- none of them ends in the error that they are offered for.
"""

import argparse
import concurrent.futures
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from random_session import FILES as RANDOM_FILES, RandomSession

SECONDS = 20
MARK = "option timer"
MARKED = "timer   "

CYCLE = """\
module a = import { b } from "b"; export const a = 1; console.log(b)
module b = import { a } from "a"; export const b = a
"""
DEEP = """\
module main = import "mid"
module mid = import "leaf"
module leaf = throw new Error("no")
"""
STARS = """\
module one = export const x = 1
module two = export const x = 2
module both = export * from "one"; export * from "two"
module main = import { x } from "both"
"""
LOCK = """\
module a = await import("b")
module b = import "a"; export const x = 1
"""

# name: (the session, the last command of it)
SCENARIOS = {
    # Words and usage
    "unknown command": ("", "lnik main"),
    "nothing like it": ("", "xyzzy"),
    "a program's file": ("", "./good.mjs"),
    "a file that is not there": ("", "shop/main.mjs"),
    "no name": ("", "link"),
    "too many": ("module a = 1", "link a b c"),
    "bad option": ("module a = 1", "link a --stpe"),
    "bad number": ("module a = 1", "evaluate a --timeout none"),
    "no source": ("", "module a"),
    "glued equals": ("", "module a =1"),
    "unclosed quote": ("", "status 'a"),
    "no arrow": ("", 'resolve "dep" dep'),
    "no target": ("", 'resolve "dep" =>'),
    "bad pattern": ("", 'resolve "a*b*" => dep'),
    "bad regex": ("", "resolve /(/ => dep"),
    "bad expression": ("", 'resolve "dep" => value )'),
    "two stars in json": ("", "json a = {,}"),
    "unknown format": ("module a = 1", "graph a --format png"),
    "export format": ("", "export pdf x"),
    "unknown option": ("", "option nmaes off"),
    "unknown value": ("", "option names maybe"),
    "unknown topic": ("", "help nosuch"),
    "near topic": ("", "help lnik"),
    "redirected action": ("module a = 1", "link a > out.txt"),
    "bad expect-error": ("", "expect-error"),
    "expected but fine": ("module a = 1", "expect-error SyntaxError link a"),
    # Names
    "unknown module": ("module main = 1", "link mian"),
    "no modules": ("", "status main"),
    "odd name": ("module 'a b' = 1", "link 'a c'"),
    "unknown context": ("", "module a --context other = 1"),
    "context twice": ("context c", "context c"),
    "unknown rule": ("", "unresolve 3"),
    "unknown export": ("synthetic s x=1", "set s.y = 2"),
    "near export": ("synthetic s value=1", "set s.valu = 2"),
    "set a source": ("module 'a b' = export let x = 1", "set 'a b'.x = 2"),
    "which of nobody": ("", 'which "dep" for nobody'),
    "nothing pending": ("module a = 1", 'answer "dep" => a'),
    "unknown transition": ("module a = 1", "at 9 status"),
    "at zero of nobody": ("module a = 1\nlink a", "at 1 bindings nobody"),
    "at no looking": ("module a = 1\nlink a", "at 1 link a"),
    "nothing to undo": ("", "undo"),
    "nothing to redo": ("", "redo"),
    "edit a script": ("module a = 1", "edit a"),
    "reset what JavaScript made": ("js globalThis.m = new vm.SourceTextModule('1')", "reset 'vm:module(0)'"),
    # Parsing
    "module syntax": ("", "module a = import { from 'x'"),
    "early error": ("", "module a = let x; let x"),
    "script syntax": ("", "js let = ="),
    "json syntax": ("", 'json a = {"a": }'),
    "import in a script": ("", 'script = import "x"'),
    # Linking
    "not a module": ('module main = import { x, y } from "dep"', "link main"),
    "not a module from a rule": ('module main = import { x } from "dep"\nresolve "dep" => value 42', "link main"),
    "not a module, odd": ('module \'a "b" 💥\' = import { x } from "de p"', "link 'a \"b\" 💥'"),
    "throws": ('module main = import { x } from "dep"\nresolve "dep" => throw new Error("no")', "link main"),
    "throws a string": ('module main = import "dep"\nresolve "dep" => throw "no"', "link main"),
    "rejects": ('module main = import * as n from "dep"\nresolve "dep" => reject new Error("no")', "link main"),
    "linked twice": ("module main = 1\nlink main", "link main"),
    "link a synthetic": ("synthetic s x=1", "link s"),
    "link again after failure": ('module main = import "dep"\nlink main', "link main"),
    "missing export": ('module dep = export const value = 1\nmodule main = import { valeu } from "dep"', "link main"),
    "missing, nothing near": ('module dep = export const v = 1\nmodule main = import { zzzzzz } from "dep"', "link main"),
    "missing default": ('module dep = export const v = 1\nmodule main = import d from "dep"', "link main"),
    "missing in odd": ("module 'd p' = export const v = 1\nmodule main = import { w } from 'd p'", "link main"),
    "ambiguous": (STARS, "link main"),
    "circular": ('module a = export { x } from "b"\nmodule b = export { x } from "a"', "link a"),
    "another context": ('context c\nmodule dep --context c = export let x\nmodule main = import "dep"', "link main"),
    "errored dependency": (DEEP + "link leaf\nevaluate leaf", "link main"),
    "source phase": ('module dep = 1\nmodule main = import source s from "dep"', "link main"),
    "ask in a script": ('module main = import "dep"\nresolve "dep" => ask', "link main"),
    "pending": ('module main = import { x } from "dep"\nresolve "dep" => pending', "link main"),
    "pending, odd": ('module \'m n\' = import { x } from "de\'p"\nresolve "de\'p" => pending', "link 'm n'"),
    "linker's own promise": ('module main = import "dep"\nresolve "dep" => js () => new Promise(() => {})', "link main"),
    "a promise of a number": ('module main = import "dep"\nresolve "dep" => js async () => 5', "link main"),
    "link-requests count": ('module dep = 1\nmodule main = import "dep"', "link-requests main"),
    "link-requests too many": ("module dep = 1\nmodule main = 1", "link-requests main dep"),
    "link-requests, none there": ('module main = import "nobody"', "link-requests main"),
    "link-requests of a linked": ("module main = 1\nlink main", "link-requests main"),
    "link-requests of another context": (
        'context c\nmodule dep --context c = 1\nmodule main = import "dep"', "link-requests main dep"),
    "instantiate first": ('module main = import "dep"\nmodule dep = 1', "instantiate main"),
    "instantiate, nobody": ('module main = import "nobody"', "instantiate main"),
    "instantiate a linked": ("module main = 1\nlink main", "instantiate main"),
    "instantiate an errored": ('module main = import "dep"\nlink main', "instantiate main"),
    "deep not linked": (
        'module main = import "dep"\nmodule dep = import "leaf"\nmodule leaf = 1\nlink-requests main dep',
        "instantiate main"),
    "same request, other module": (
        'module a = 1\nmodule b = 1\nmodule main = import "d"; import "d"', "link-requests main a b"),
    # Evaluating
    "evaluate unlinked": ("module main = 1", "evaluate main"),
    "throws in a body": (DEEP + "link main", "evaluate main"),
    "throws a primitive": ('module main = throw 42\nlink main', "evaluate main"),
    "throws a primitive, below": ('module dep = throw 42\nmodule main = import "dep"\nlink main', "evaluate main"),
    "uninitialised": (CYCLE + "link a", "evaluate a"),
    "evaluated again": (DEEP + "link main\nevaluate main", "evaluate main"),
    "timeout": ("module main = for (;;);\nlink main", "evaluate main --timeout 20"),
    "after a timeout": ("module main = for (;;);\nlink main\nevaluate main --timeout 20", "evaluate main"),
    "import of a stopped": (
        'module dep = for (;;);\nmodule main = import "dep"\nlink main\nevaluate main --timeout 20', "evaluate dep"),
    "bad timeout": ("module main = 1\nlink main", "evaluate main --timeout 0"),
    "never settles": ("module main = await new Promise(() => {})\nlink main", "evaluate main"),
    "deadlock": (LOCK + "link a", "evaluate a"),
    "waits for a timer": (
        "option clock virtual\nmodule main = await new Promise(r => setTimeout(r, 1e12))\nlink main", "evaluate main"),
    "a rejected import": ('module main = await import("nobody")\nlink main', "evaluate main"),
    "import() in JavaScript": ("", 'js await import("nobody")'),
    "set too early": ("js globalThis.s = new vm.SyntheticModule(['x'], () => {})", "set 'vm:module(0)'.y = 1"),
    "bad vm argument": ("", "js new vm.SourceTextModule(5)"),
    "js throws": ("", "js null.x"),
    "script throws": ("", 'script = throw new Error("no")'),
    "no callback": ("js globalThis.m = new vm.SourceTextModule('await import(\"x\")')", "js await m.link(() => {}); await m.evaluate()"),
    # Looking
    "bindings of an unlinked": ("module main = 1", "bindings main"),
    "namespace of an unlinked": ("module 'a b' = 1", "namespace 'a b'"),
    "namespace of an errored": ('module main = import "dep"\nlink main', "namespace main"),
    "bindings of an errored": ('module main = import "dep"\nlink main', "bindings main"),
    "which none": ("module dep = 1", 'which "dpe"'),
    "which one": ('module dep = 1\nresolve "x" => nobody', 'which "x" for dep'),
    "which pending": ('resolve "x" => pending', 'which "x"'),
    "order of an unlinked": ('module main = import "dep"', "order main"),
    "past bindings": ("module a = export let x = 1\nlink a\nevaluate a", "at 1 bindings a"),
    "past evaluation": ("module a = export let x = 1\nlink a\nevaluate a", "at 3 why a"),
    "nobody in the past": ("module a = export let x = 1\nlink a\nevaluate a", "at 1 bindings nobody"),
    "past why": ("module a = export let x = 1\nlink a\nevaluate a", "at 1 why a"),
    # why
    "why unlinked": ('module main = import { x } from "dep"', "why main"),
    "why linked": ("module main = 1\nlink main", "why main"),
    "why evaluated": ("module main = 1\nlink main\nevaluate main", "why main"),
    "why not a module": ('module main = import { x } from "dep"\nlink main', "why main"),
    "why missing": ('module dep = export let v\nmodule main = import { w } from "dep"\nlink main', "why main"),
    "why ambiguous": (STARS + "link main", "why main"),
    "why circular": ('module a = export { x } from "b"\nmodule b = export { x } from "a"\nlink a', "why a"),
    "why inherited": (DEEP + "link main\nevaluate main", "why main"),
    "why thrown": (DEEP + "link main\nevaluate main", "why leaf"),
    "why uninitialised": (CYCLE + "link a\nevaluate a", "why a"),
    "why pending": ('module main = import { x } from "dep"\nresolve "dep" => pending\nlink main', "why main"),
    "why delayed": ('module dep = 1\nmodule main = import "dep"\nresolve "dep" => js () => new Promise(() => {})\nlink main', "why main"),
    "why deadlock": (LOCK + "link a\nevaluate a", "why a"),
    "why never": ("module main = await new Promise(() => {})\nlink main\nevaluate main", "why main"),
    "why stopped": ("module main = for (;;);\nlink main\nevaluate main --timeout 20", "why main"),
    "why another context": ('context c\nmodule dep --context c = 1\nmodule main = import "dep"\nlink main', "why main"),
    "why rejected": ('module main = import "dep"\nresolve "dep" => reject 5\nlink main', "why main"),
    "why threw": ('module main = import "dep"\nresolve "dep" => throw 5\nlink main', "why main"),
    "why synthetic": ("synthetic s x=1", "why s"),
    "why synthetic evaluated": ("synthetic s x=1\nevaluate s", "why s"),
    "why synthetic threw": ("synthetic s x do throw new Error('no')\nevaluate s", "why s"),
    "why half linked": ('module dep = 1\nmodule main = import "dep"\nlink-requests main dep', "why main"),
    "why of JavaScript": ("js globalThis.m = new vm.SourceTextModule('import \"x\"'); 1", "why 'vm:module(0)'"),
    "why the failed of JavaScript": (
        "js globalThis.m = new vm.SourceTextModule('import \"x\"'); m.link(() => 5).catch(() => {}); 1",
        "why 'vm:module(0)'"),
    "why export": ("module a = export let x = 1", "why x in a"),
    "why export linked": ("module a = export let x = 1\nlink a", "why x in a"),
    "why no export": ("module a = export let value = 1", "why valeu in a"),
    "why odd export": ("synthetic odd 'a b'=1", "why 'a c' in odd"),
    "why star export": (STARS, "why x in both"),
    "why default behind a star": ('module one = export default 1\nmodule all = export * from "one"\nlink all', "why default in all"),
    "why circular export": ('module a = export { x } from "b"\nmodule b = export { x } from "a"', "why x in a"),
    "why unknown": ("module main = 1", "why mian"),
    # Stepping
    "nothing stepped": ("", "step"),
    "nothing to continue": ("", "continue"),
    "link while stepped": ("module a = 1\nmodule b = 1\nlink a --step", "link b"),
    "reset while stepped": ("module a = 1\nlink a --step\nstep", "reset a"),
    "step to failure": ('module main = import "dep"\nlink main --step', "step 5"),
    "why while linking": ('module dep = 1\nmodule main = import "dep"\nlink main --step\nstep', "why main"),
    "why while evaluating": ('module dep = 1\nmodule main = import "dep"\nlink main\nevaluate main --step\nstep', "why main"),
    "why dep while evaluating": ('module dep = 1\nmodule main = import "dep"\nlink main\nevaluate main --step\nstep', "why dep"),
    "statement of linking": ("module a = 1\nlink a --step", "step --statement"),
    "step zero": ("module a = 1\nlink a --step", "step 0"),
    "evaluate --step unlinked": ("module a = 1", "evaluate a --step"),
    "undo while stepped": ("module a = 1\nlink a --step", "undo"),
    # Files and import maps
    "no file": ("", "module a from nowhere.mjs"),
    "no script": ("", "source nowhere.modlab"),
    "a folder": ("", "module a from ."),
    "load nothing": ("", "load nowhere.mjs"),
    "load a broken": ("", "load broken.mjs"),
    "load without its import": ("", "load lonely.mjs"),
    "load without an export": ("", "load missing.mjs"),
    "load bare": ("", "load bare.mjs"),
    "load twice": ("load good.mjs", "load good.mjs"),
    "file rule": ('module main = import "./nowhere.mjs"\nresolve "./*" => file .', "link main"),
    "file without extension": ('module main = import "./good"\nresolve "./*" => file .', "link main"),
    "file of odd type": ('module main = import "./good.mjs" with { type: "json" }\nresolve "./*" => file .', "link main"),
    "broken map": ("", "import-map = {"),
    "odd map": ("", 'import-map = {"imports": 5}'),
    "map to nothing": ('import-map = {"imports": {"dep": null}}\nmodule main = import { x } from "dep"', "link main"),
    "map to a file that is not": ('import-map = {"imports": {"dep": "./no.mjs"}}\nmodule main = import { x } from "dep"', "link main"),
    "which in a map": ('import-map = {"imports": {"dep": null}}', 'which "dep"'),
    "why after a file": ('module main = import "./nowhere.mjs"\nresolve "./*" => file .\nlink main', "why main"),
    "unwritable": ("module a = 1", "status > /nowhere/out"),
    "save nowhere": ("", "save /nowhere/out"),
    "transcript nowhere": ("", "transcript /nowhere/out"),
    "program of JavaScript": ("js globalThis.m = new vm.SourceTextModule('1')", "edit 'vm:module(0)'"),
}
FILES = {
    "good.mjs": "export const x = 1\n",
    "broken.mjs": "import { from\n",
    "lonely.mjs": 'import "./nowhere.mjs"\n',
    "missing.mjs": 'import { y } from "./good.mjs"\n',
    "bare.mjs": 'import { y } from "bare"\n',
}
# A hint that repeats what has to be edited by the person has one of these in it.
PLACEHOLDERS = {"NAME", "EXPR", "SOURCE", "FILE", "TARGET", "SPECIFIER", "MODULE", "EXPORT", "COMMAND", "VALUE"}
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOCUMENTS = ["README.md", "Documentation/*.md", "Examples/*.md", "Tests/Transcripts/*.md",
             "Tests/Transcripts/*.modlab-transcript"]


class Session:
    """A session up to a command that printed hints: its lines, and what stood there."""

    def __init__(self, name, lines, output, folder, options=()):
        self.name, self.lines, self.output = name, lines, output
        self.folder, self.options = folder, list(options)
        self.hints = hints_of(output)


def run(modlab, folder, text, *options):
    return subprocess.run(
        [modlab, "--keep-going", *options], cwd=folder, input=text.encode(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=SECONDS).stdout.decode()


def hints_of(output):
    """The lines under the last `try`."""
    hints, inside = [], False
    for line in output.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word == "try" and line.startswith("  "):
            inside, margin = True, len(line) - len(rest.lstrip())
            hints = [rest.strip()]
        elif inside and line[:margin].strip() == "" and line.strip():
            hints.append(line.strip())
        else:
            inside = False
    return hints


# Where sessions come from


def chosen(modlab, folder_of, word):
    """The sessions above; what they print is read from a run."""
    for name, (before, command) in SCENARIOS.items():
        if word not in name:
            continue
        lines = before.splitlines() + [MARK, command]
        output = run(modlab, folder_of(FILES), "\n".join(lines) + "\n").rpartition(MARKED)[2]
        yield Session(name, before.splitlines() + [command], output, FILES)


def documents(word):
    """Each command of a document that has hints below it."""
    for pattern in DOCUMENTS:
        for path in sorted(ROOT.glob(pattern)):
            name = str(path.relative_to(ROOT))
            steps = steps_of(path)
            for index, (begin, _, output, options, line) in enumerate(steps):
                # A command that its own line does not end takes what follows it for its own in a script.
                before = [line for step in steps[begin:index] for line in step[2]]
                if any("Unexpected end of input" in line for line in before):
                    continue
                if word in name and hints_of("\n".join(output)):
                    lines = [text for step in steps[begin:index + 1] for text in step[1]]
                    yield Session(f"{name}:{line}", lines, "\n".join(output), path.parent, options)


def steps_of(path):
    """`[(first step of its session, lines of the command, output, options, line number)]`"""
    steps, begin, options = [], 0, []
    inside = path.suffix != ".md"
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if path.suffix == ".md" and line.lstrip().startswith("```"):
            words = line.strip().lstrip("`").split()
            inside = not inside and words[:1] == ["modlab"]
            if inside and "new" in words:
                begin, options = len(steps), []
            if inside:
                options = options + [f"--{word.replace('=', ' ')}" for word in words[1:] if "=" in word]
        elif inside:
            read_line(line, steps, begin, options, number)
    return steps


def read_line(line, steps, begin, options, number):
    if line.startswith("modlab> ") or line == "modlab>":
        steps.append((begin, [line[8:]], [], " ".join(options).split(), number))
    elif steps and line.startswith("   ...>") and not steps[-1][2]:
        steps[-1][1].append(line[8:])
    elif steps and line.startswith("answer> "):
        steps[-1][1].append(line)
    elif steps:
        steps[-1][2].append(line)


def random_sessions(modlab, folder_of, count, first):
    """Random sessions; each command that printed hints is looked at."""
    for seed in range(first, first + count):
        # A command that its own line does not end takes what follows it for its own.
        commands = [each for each in RandomSession(seed).commands() if not each.endswith("= {\n")]
        text = "".join(f"js console.log('{MARKER}')\n" + command for command in commands)
        parts = run(modlab, folder_of(RANDOM_FILES), text).split(MARKER + "\n")[1:]
        for index, output in enumerate(parts):
            if hints_of(output):
                lines = "".join(commands[:index + 1]).splitlines()
                yield Session(f"random {seed}, command {index + 1}", lines, output, RANDOM_FILES)


MARKER = "-- a command of the session --"


# Looking at the hints


def check(modlab, session, folder_of):
    """What is wrong with the hints of a session."""
    wrong = [f"{hint}: a placeholder" for hint in session.hints
             if PLACEHOLDERS & set(hint.replace("(", " ").split())]
    if wrong:
        return wrong
    wrong = faults(modlab, session, session.hints, folder_of)
    return [fault for hint, fault in wrong
            if hint in session.hints[:1] or "the error for which" in fault
            or faults(modlab, session, [hint], folder_of)]


def faults(modlab, session, hints, folder_of):
    """`[(hint, what is wrong with it)]`, when they are typed one after the other."""
    text = "\n".join(session.lines + hints) + "\n"
    try:
        lines = run(
            modlab, folder_of(session.folder), text, "--json", *session.options).splitlines()
    except subprocess.TimeoutExpired:
        return [(hints[-1], f"{' · '.join(hints)}: has no end")]
    answers = [json.loads(line) for line in lines[-len(hints):]]
    wrong = []
    for hint, answer in zip(hints, answers):
        error = answer["error"]
        if answer["command"].split() != hint.split():
            wrong.append((hint, f"{hint}: was read as {answer['command']!r}"))
        elif error and error["phase"] in ("command", "parse"):
            wrong.append((hint, f"{hint}: {error['message']}"))
        elif error and is_told(error, session.output):
            wrong.append((hint, f"{hint}: ends in the error for which it is offered"))
    return wrong


def is_told(error, output):
    """Whether an output has the error of an answer."""
    told = f"error {error['code'] or error['name'] or 'thrown'}: {error['message']}".split()
    words = output[output.find(" ".join(told[:2])):].split() if " ".join(told[:2]) in output else []
    return words[:len(told)] == told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("modlab")
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--random", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    modlab = str(pathlib.Path(given.modlab).resolve())
    count = typed = failed = 0
    with tempfile.TemporaryDirectory() as top:
        folders = iter(range(10**9))
        documents_copy = pathlib.Path(top) / "documents"
        for part in ["Documentation", "Examples", "Tests/Transcripts"]:
            shutil.copytree(ROOT / part, documents_copy / part)

        def folder_of(content):
            """A new folder with files by their names; a document's own is in the one copy of all."""
            if isinstance(content, pathlib.Path):
                return documents_copy / content.relative_to(ROOT)
            folder = pathlib.Path(top) / str(next(folders))
            folder.mkdir()
            for name, text in content.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text)
            return folder

        sessions = [*chosen(modlab, folder_of, given.word), *documents(given.word)]
        if not given.word or "random" in given.word:
            sessions += random_sessions(modlab, folder_of, given.random, given.seed)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for session, wrong in zip(
                    sessions, pool.map(lambda each: check(modlab, each, folder_of), sessions)):
                count, typed, failed = count + 1, typed + len(session.hints), failed + bool(wrong)
                if wrong or given.word:
                    print(f"\n{session.name}: {session.lines[-1]}\n{session.output}")
                for line in wrong:
                    print(f"  WRONG  {line}")
    print(f"{count} sessions, {typed} hints typed, {failed} failed")
    sys.exit(1 if failed or (not given.word and typed < len(SCENARIOS)) else 0)


main()
