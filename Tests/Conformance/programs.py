#!/usr/bin/env python3
"""Runs programs that Node 24 has run: modlab must print the same and end the same.

Usage: programs.py MODLAB [WORD]

Each folder below Programs that has an `expected.json` has entries, and for each of them the exit
status, the lines of standard output, and for a failure the first line of the error, as `node
--experimental-vm-modules ENTRY` gave them. `modlab ENTRY` runs in a copy of the folder. What fails is
in programs.failures.txt, with the reason; what begins to pass must leave it. With WORD only those run
whose GROUP/FOLDER/ENTRY has it in its name.
"""

import difflib
import json
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Support"))

import harness  # noqa: F401  for the signals
from running import SECONDS, KnownFailures, each, run

PROGRAMS = HERE / "Programs"
FAILURES = HERE / "programs.failures.txt"


def says(errors, first):
    """Whether modlab told the error that Node printed as `first`: its code or else its name, and its
    message up to where paths begin. modlab breaks long lines."""
    errors = " ".join(errors.split())
    parts = re.match(r"^(?:Uncaught )?(\w+)(?: \[(\w+)\])?: ?(.*)$", first)
    if not parts:
        return first in errors
    name, code, message = parts.groups()
    message = re.split(r" imported from | '?[\w./-]*/[\w./-]+'?", message)[0].strip()
    return (code or name) in errors and " ".join(message.split()) in errors


def cases():
    """{GROUP/FOLDER/ENTRY: (the folder, the entry, what Node did)}"""
    found = {}
    for file in sorted(PROGRAMS.rglob("expected.json")):
        folder = file.parent
        for entry, expected in json.loads(file.read_text()).items():
            found[f"{folder.relative_to(PROGRAMS)}/{entry}"] = (folder, entry, expected)
    return found


def differences(modlab, case):
    """What modlab does otherwise than Node did: no lines when nothing is."""
    folder, entry, expected = case
    with tempfile.TemporaryDirectory() as top:
        copy = pathlib.Path(top) / "case"
        shutil.copytree(folder, copy)
        ended = run([modlab, entry], copy)
    if ended.status is None:
        return [f"still running after {SECONDS} s"]
    lines = []
    if ended.status != expected["exit"]:
        lines.append(f"exit status {ended.status}, Node's is {expected['exit']}")
    lines += list(difflib.unified_diff(
        expected["stdout"], ended.output.splitlines(), "Node", "modlab", "", "", 0, ""))[2:]
    if expected.get("error") and not says(ended.errors, expected["error"]):
        told = ended.errors.strip().splitlines()[:1]
        lines.append(f"Node says {expected['error']!r}, modlab {told}")
    return lines


def failures(modlab, chosen):
    """{name: what differs} of the cases that do not pass."""
    seen = each(lambda case: differences(modlab, case), chosen.values())
    return {name: "\n".join("  " + line[:200] for line in lines[:12])
            for name, lines in zip(chosen, seen) if lines}


def main():
    modlab = str(pathlib.Path(sys.argv[1]).resolve())
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    everything = cases()
    chosen = {name: case for name, case in everything.items() if word in name}
    failed = failures(modlab, chosen)
    if word:
        print("".join(f"FAIL {name}\n{seen}\n" for name, seen in failed.items()), end="")
    known = KnownFailures(FAILURES)
    surprises = known.surprises(failed, chosen) + known.lost(everything)
    print("".join(line + "\n" for line in surprises), end="")
    print(f"{len(chosen) - len(failed)} of {len(chosen)} programs pass, {len(failed)} fail for known reasons"
          if not surprises else f"{len(surprises)} of {len(chosen)} programs are not as expected")
    return 1 if surprises or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
