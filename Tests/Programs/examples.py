#!/usr/bin/env python3
"""Runs every example with the program itself and compares what it prints with the file beside it.

Usage: examples.py MODLAB [--update]
An example is Examples/NAME.modlab or Examples/NAME.mjs with Examples/NAME.out, and in a folder of its
own main.mjs with main.out, and graph.out for what `modlab graph main.mjs` prints. It must end with status 0.
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
            yield path, path.with_suffix(".out"), [path.name]
        elif path.name == "graph.out":
            yield path, path, ["graph", "main.mjs"]


def run(modlab, path, words):
    """Exit status, output and diagnostics. The working directory is the example's, as a reader's is."""
    ended = subprocess.run(
        [modlab, *words], cwd=path.parent, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=SECONDS)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def check(modlab, path, recorded, words, updates):
    """What is wrong with an example; nothing when all is well."""
    try:
        status, printed, errors = run(modlab, path, words)
    except subprocess.TimeoutExpired:
        return f"it did not end in {SECONDS} seconds\n"
    if updates and status == 0:
        recorded.write_text(printed)
    expected = recorded.read_text() if recorded.exists() else ""
    problem = "" if status == 0 else f"exit status {status}\n{errors}"
    return problem + "".join(difflib.unified_diff(
        expected.splitlines(True), printed.splitlines(True), str(recorded.relative_to(ROOT)),
        "what it printed"))


def main():
    updates = "--update" in sys.argv
    modlab = pathlib.Path(sys.argv[1]).resolve()
    passed = failed = 0
    for path, recorded, words in examples():
        problem = check(modlab, path, recorded, words, updates)
        if problem:
            failed += 1
            print(f"FAIL {path.relative_to(ROOT)}\n{problem}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
