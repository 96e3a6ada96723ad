#!/usr/bin/env python3
"""Holds Documentation/behaviour.md to its word: each line names a test that exists.

Usage: lint_behaviour.py
A name is that of a suite (its file is in a folder of Tests), of a transcript, or of a program. The page's own
session is run with those of the other documents.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
NAMES = {path.name for path in (ROOT / "Tests").rglob("*")} | {
    path.stem for path in (ROOT / "Tests").rglob("*.swift")}

wrong = []
for number, line in enumerate((ROOT / "Documentation/behaviour.md").read_text().splitlines(), 1):
    if not line.startswith("| ") or line.startswith("| what |"):
        continue
    cell = line.rstrip("| ").rsplit(" | ", 1)[-1]
    if cell == "the session below":
        continue
    tests = re.findall(r"`([^`]+)`", cell)
    missing = [name for name in tests if name.rsplit("/", 1)[-1] not in NAMES]
    if not tests or missing:
        wrong.append(f"Documentation/behaviour.md:{number}: no test: {', '.join(missing) or cell}")
for line in wrong:
    print(line, file=sys.stderr)
sys.exit(bool(wrong))
