#!/usr/bin/env python3
"""Runs every example with the program itself and compares what it prints with the file beside it.

Usage: examples.py MODLAB [--update]
A program is Examples/NAME.mjs with Examples/NAME.out, and in a folder of its own main.mjs with
main.out, and graph.out for what `modlab graph main.mjs` prints. A script is Examples/NAME.modlab; Examples/NAME.md explains it, its sessions have the same
commands, and `modlab test` checks their output. An example must end with status 0.
"""

import difflib
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 60


def examples():
    folder = ROOT / "Examples"
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".modlab" or (path.suffix == ".mjs" and path.with_suffix(".out").exists()):
            yield path
        elif path.name == "graph.out":
            yield path


def run(modlab, path):
    """Exit status, output and diagnostics. The working directory is the example's, as a reader's is."""
    words = ["graph", "main.mjs"] if path.name == "graph.out" else [path.name]
    ended = subprocess.run(
        [modlab, *words], cwd=path.parent, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=SECONDS)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def session(path):
    """The lines of commands and the lines of output in the sessions of a document."""
    commands, output, inside = [], [], False
    for line in path.read_text().splitlines(True):
        if line.startswith("```"):
            inside = line == "```modlab\n"
        elif inside and line.startswith(("modlab>", "   ...>")):
            commands.append(line[8:] or "\n")
        elif inside:
            output.append(line)
    return commands, output


def check_script(path, printed):
    """How a script differs from the document beside it."""
    document = path.with_suffix(".md")
    if not document.exists():
        return f"there is no {document.name} beside it\n"
    commands, output = session(document)
    written = [line for line in path.read_text().splitlines(True) if line[0] not in "#\n"]
    commands = [line for line in commands if line != "\n"]
    return difference(written, commands, path.name, document.name) + difference(
        output, printed.splitlines(True), document.name, "what it printed")


def difference(expected, came, expected_name, came_name):
    return "".join(difflib.unified_diff(expected, came, expected_name, came_name))


def check(modlab, path, updates):
    """What is wrong with an example; nothing when all is well."""
    try:
        status, printed, errors = run(modlab, path)
    except subprocess.TimeoutExpired:
        return f"it did not end in {SECONDS} seconds\n"
    problem = "" if status == 0 else f"exit status {status}\n{errors}"
    if path.suffix == ".modlab":
        return problem + check_script(path, printed)
    recorded = path.with_suffix(".out")
    if updates and status == 0:
        recorded.write_text(printed)
    expected = recorded.read_text() if recorded.exists() else ""
    return problem + difference(
        expected.splitlines(True), printed.splitlines(True), recorded.name, "what it printed")


def main():
    updates = "--update" in sys.argv
    modlab = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for path in examples():
        problem = check(modlab, path, updates)
        if problem:
            failed += 1
            print(f"FAIL {path.relative_to(ROOT)}\n{problem}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
