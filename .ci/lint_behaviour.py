#!/usr/bin/env python3
"""Holds Documentation/behaviour.md to its word: each line of it names a test that exists.

Usage: lint_behaviour.py
The last cell of a row names one or more tests: `Suite › name of a test` (a Swift suite and a raw identifier of it),
`program.py` or `program.py › case` (a function of it), `transcript.md › heading`, or "the session below". Between the
first section and the end only tables, and sessions, stand: a sentence would be a line without a test.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = "Documentation/behaviour.md"
# A name may be that of suites of two targets.
FILES = {}
for path in (ROOT / "Tests").rglob("*"):
    if path.suffix in (".swift", ".py", ".md"):
        FILES.setdefault(path.stem if path.suffix == ".swift" else path.name, []).append(path)


def problem(test):
    """Why a name is not that of a test; None when it is."""
    file, _, case = (part.strip() for part in test.partition("›"))
    paths = FILES.get(file.rsplit("/", 1)[-1])
    if not paths:
        return "there is no such file"
    if not case:
        return None if file.endswith(".py") else "names no test of the file"
    pattern = {
        ".swift": f"func `{re.escape(case)}`",
        ".py": rf"^def {re.escape(case)}\(",
        ".md": rf"^#+ {re.escape(case)}$",
    }[paths[0].suffix]
    is_there = any(re.search(pattern, path.read_text(), re.M) for path in paths)
    return None if is_there else "the file has no such test"


wrong, section, in_fence = [], False, False
for number, line in enumerate((ROOT / PAGE).read_text().splitlines(), 1):
    if line.startswith("```"):
        in_fence = not in_fence
    section = section or line.startswith("## ")
    if in_fence or not section or not line or line.startswith(("```", "## ", "| what", "|---")):
        continue
    if not line.startswith("| "):
        wrong.append(f"{PAGE}:{number}: a sentence without a test: {line}")
        continue
    cell = line.rstrip("| ").rsplit(" | ", 1)[-1]
    if cell == "the session below":
        continue
    tests = re.findall(r"`([^`]+)`", cell)
    if not tests:
        wrong.append(f"{PAGE}:{number}: no test: {cell}")
    wrong += [f"{PAGE}:{number}: {test}: {words}" for test in tests if (words := problem(test))]
for line in wrong:
    print(line, file=sys.stderr)
sys.exit(bool(wrong))
