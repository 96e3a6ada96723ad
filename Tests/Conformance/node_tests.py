#!/usr/bin/env python3
"""Runs Node's own tests of node:vm through modlab.

Usage: node_tests.py PROGRAM TREE [--node] [--only TEXT]

TREE is an unpacked tree of Node's tests (the repository denoland/node_test has them). Of each
test/FOLDER/test-vm* one program is made, in front of which node_tests_harness.js stands: small
stand-ins for assert, test/common, node:test and process. With --node PROGRAM is a real Node: the
harness is sound where that passes. Tests that need a child process, workers, the garbage collector or
Node's internals are out of reach. Exits 1 when a test fails, known or not.
"""

import json
import pathlib
import re
import shutil
import sys
import tempfile

from running import each, options_of, run

HARNESS = (pathlib.Path(__file__).resolve().parent / "node_tests_harness.js").read_text()
FOLDERS = ["parallel", "es-module", "sequential", "known_issues", "pummel"]
OUT_OF_REACH = {
    "child_process": "child process", "worker_threads": "workers", "internal/util": "internals",
    "../common/gc": "gc", "../common/measure-memory": "gc", "../common/tmpdir": "files",
}
IMPORTS = [
    (r"^import \* as (\w+) from '([^']+)';", r"const \1=$H.require('\2');"),
    (r"^import (\w+) from '([^']+)';", r"const \1=$H.require('\2');"),
    (r"^import (\{[^}]+\}) from '([^']+)';", r"const \1=$H.require('\2');"),
]
# What a CommonJS file has in its scope.
PARAMETERS = ["require", "module", "exports", "__filename", "__dirname"]


class Test:
    def __init__(self, tree, file):
        self.tree, self.file = tree, file
        self.name = f"{file.parent.name}/{file.name}"
        self.source = file.read_text()
        self.flags = " ".join(re.findall(r"^// Flags:(.*)$", self.source, re.MULTILINE)).split()
        self.requires = [name.replace("node:", "")
                         for name in re.findall(r"require\('([^']+)'\)", self.source)]

    @property
    def kind(self):
        return "vm-module" if "test-vm-module" in self.name else "other"

    @property
    def is_out_of_reach(self):
        return ("--abort-on-uncaught-exception" in self.flags
                or any(name in OUT_OF_REACH for name in self.requires))

    def program(self):
        """The test and the harness as the text of one module."""
        head = f"const $SOFT=false, $FIXTURES={json.dumps(str(self.tree / 'fixtures'))};\n{HARNESS}"
        if "../common/globals" in self.requires:
            text = (self.tree / "common/globals.js").read_text()
            head += ("$H.extra['../common/globals']=(()=>{const module={exports:{}};" + text
                     + "\n;return module.exports})();\n")
        arguments = (f"({{}},$H.require,{{exports:{{}}}},{{}},{json.dumps(str(self.file))},"
                     f"{json.dumps(str(self.file.parent))});")
        if self.file.suffix == ".mjs":
            body = self.source
            for pattern, text in IMPORTS:
                body = re.sub(pattern, text, body, flags=re.MULTILINE)
        elif re.search(r"^['\"]use strict['\"]", self.source, re.MULTILINE):
            body = f"(function({','.join(PARAMETERS)}){{{self.source}\n}}).call{arguments}"
        else:
            names = ",".join(map(json.dumps, PARAMETERS))
            body = f"new Function({names},{json.dumps(self.source)}).call{arguments}"
        return f"{head}try {{\n{body}\n}} catch (e) {{ $H.record(e); }}\n"

    def command(self, program, is_node):
        """What runs the program in front of its file."""
        if not is_node:
            return [program]
        own = ("--experimental-vm-modules", "--harmony-import-attributes")
        return [program, "--no-warnings",
                *([] if "missing-flag" in self.name else ["--experimental-vm-modules"]),
                *(flag for flag in self.flags if flag not in own)]

    def failure(self, program, is_node):
        """What was seen that should not be; None when it passes."""
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / f"{self.file.stem}.mjs"
            target.write_text(self.program())
            ended = run([*self.command(program, is_node), str(target)], folder)
        output = ended.output + ended.errors
        wrong = complaints(output)
        if ended.status == 0 and "@@DONE ok" in output and not wrong:
            return None
        state = "it did not end" if ended.status is None else f"exit status {ended.status}"
        return f"{state}: " + (wrong or output.splitlines()[-1:] or [""])[0][:300]


def complaints(output):
    """What the harness says is wrong. Texts of util.inspect are compared here: modlab prints a value
    between marks, and the harness prints what was expected of it."""
    shown = {number: text.rstrip("\n") for number, text in re.findall(
        r"@@INSPECT (\d+)\n(.*?)@@END", output, re.DOTALL)}
    lines = [line for line in output.split("\n") if line.startswith("@@FAIL")]
    for number, text in re.findall(r"^@@EXPECT (\d+) (.*)$", output, re.MULTILINE):
        if shown.get(number) != json.loads(text):
            lines.append(f"inspect: {shown.get(number)!r}, not {text}")
    for number, pattern in re.findall(r"^@@MATCH (\d+) (.*)$", output, re.MULTILINE):
        if not re.search(pattern, shown.get(number, "")):
            lines.append(f"inspect: {shown.get(number)!r}, not /{pattern}/")
    return lines


def tests_of(tree):
    """All tests of node:vm, in the order of their paths."""
    tree = tree / "test" if (tree / "test").is_dir() else tree
    tests = [Test(tree, file) for folder in FOLDERS for file in sorted((tree / folder).glob("test-vm*"))
             if file.suffix in (".js", ".mjs")]
    return tests or sys.exit(f"there are no tests of vm below {tree}: a tree of Node's tests is wanted")


def failures(program, tests, is_node=False):
    """{name: what was seen} of the tests in reach that fail."""
    tried = [test for test in tests if not test.is_out_of_reach]
    seen = each(lambda test: test.failure(program, is_node), tried)
    return {test.name: why for test, why in zip(tried, seen) if why}


def main():
    options = options_of(__doc__)
    options.add_argument("program")
    options.add_argument("tree", type=pathlib.Path)
    options.add_argument("--node", action="store_true")
    options.add_argument("--only", default="")
    given = options.parse_args()
    tests = [test for test in tests_of(given.tree.resolve()) if given.only in test.name]
    program = shutil.which(given.program) or sys.exit(f"there is no program {given.program}")
    failed = failures(str(pathlib.Path(program).resolve()), tests, given.node)
    for name, why in failed.items():
        print(f"FAIL {name}\n  {why}")
    tried = sum(not test.is_out_of_reach for test in tests)
    print(f"{tried - len(failed)} of {tried} tests pass, {len(tests) - tried} are out of reach")
    return 1 if failed or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
