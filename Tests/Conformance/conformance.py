#!/usr/bin/env python3
"""Measures modlab against Node and test262, and writes what came out into Documentation/conformance.md.

Usage: conformance.py MODLAB TEST262 NODE_TESTS --scratch-path BUILD

The prose is in the document, and only there; what stands between `<!-- measured: NAME -->` and
`<!-- end -->` is written anew. The reasons of what fails are in the files *.failures.txt beside this
program. Exits 1 when something fails that has no reason, or passes that has one.
"""

import pathlib
import re
import sys
from collections import Counter

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Support"))

import harness  # noqa: F401  for the signals
import node_cases
import node_tests
import programs
import test262
from running import KnownFailures, options_of

DOCUMENT = HERE.parents[1] / "Documentation/conformance.md"
DIRECTORIES = ["module-code", "export", "import", "expressions/import.meta", "expressions/dynamic-import",
               "statements/using", "statements/await-using"]


def table(head, rows):
    lines = ["| " + " | ".join(row) + " |" for row in [head, *rows]]
    return "\n".join([lines[0], "|---" * len(head) + "|", *lines[1:]])


def failure_table(known, failed, head):
    """What fails, grouped by its reason; one row for each reason."""
    rows = [(", ".join(f"`{name}`" for name in names), reason or "not known")
            for reason, names in known.grouped(failed)]
    return table(head, rows) if rows else "Nothing fails."


def passed(count, failed):
    return f"{count - len(failed)} of {count}"


class Measurement:
    def __init__(self, given):
        self.modlab = str(given.modlab.resolve())
        self.given = given
        self.parts, self.surprises = {}, []

    def judge(self, name, failed, names):
        """What is known of the failures, after what is wrong with the list has been noted."""
        known = KnownFailures(HERE / f"{name}.failures.txt")
        self.surprises += known.surprises(failed, names) + known.lost(names)
        return known

    def measure_node_cases(self):
        results = node_cases.results(self.given.scratch_path)
        count = Counter(results.values())
        failed = [name for name, result in results.items() if result == "failed"]
        self.surprises += [f"FAIL {name}" for name in failed]
        self.parts["Node cases"] = (
            f"{len(results) - len(failed)} of {len(results)} scenarios agree; "
            f"{count['passed']} of them to the letter, {count['passed in other words']} in the engine's "
            "own words.")

    def measure_programs(self):
        cases = programs.cases()
        failed = programs.failures(self.modlab, cases)
        known = self.judge("programs", failed, cases)
        groups = Counter(name.split("/")[0] for name in cases)
        wrong = Counter(name.split("/")[0] for name in failed)
        rows = [(f"`{group}`", f"{count - wrong[group]} of {count}") for group, count in groups.items()]
        self.parts["programs"] = (
            table(["group", "passed"], [*rows, ("all", passed(len(cases), failed))]) + "\n\n"
            + failure_table(known, failed, ["program", "reason"]))

    def measure_node_tests(self):
        tests = node_tests.tests_of(self.given.node_tests.resolve())
        tried = [test for test in tests if not test.is_out_of_reach]
        failed = node_tests.failures(self.modlab, tests)
        known = self.judge("node-tests", failed, [test.name for test in tried])
        rows = []
        for kind, title in [("vm-module", "`test-vm-module*`"), ("other", "the others")]:
            names = [test.name for test in tried if test.kind == kind]
            out = sum(test.kind == kind and test.is_out_of_reach for test in tests)
            rows.append((title, passed(len(names), [n for n in names if n in failed]), str(out)))
        self.parts["Node tests"] = (
            table(["tests", "passed", "out of reach"], rows) + "\n\n"
            + failure_table(known, failed, ["test", "reason"]))

    def measure_test262(self):
        root = self.given.test262.resolve()
        rows, everything, names = [], {}, []
        for directory in DIRECTORIES:
            tests = test262.tests_of(root, directory)
            failed = test262.failures(self.modlab, tests)
            rows.append((f"`test/language/{directory}`", passed(len(tests), failed)))
            everything.update(failed)
            names += [test.name for test in tests]
        known = self.judge("test262", everything, names)
        self.parts["test262"] = (
            table(["directory", "passed"], rows) + "\n\n"
            + failure_table(known, everything, ["test, below `test`", "reason"]))

    def write(self):
        text = DOCUMENT.read_text()
        for name, part in self.parts.items():
            mark = f"<!-- measured: {name} -->\n"
            if text.count(mark) != 1:
                sys.exit(f"{DOCUMENT} has no {mark.strip()}")
            text = re.sub(re.escape(mark) + ".*?<!-- end -->",
                          lambda _: f"{mark}\n{part}\n\n<!-- end -->", text, flags=re.DOTALL)
        DOCUMENT.write_text(text)


def main():
    options = options_of(__doc__)
    options.add_argument("modlab", type=pathlib.Path)
    options.add_argument("test262", type=pathlib.Path)
    options.add_argument("node_tests", type=pathlib.Path)
    options.add_argument("--scratch-path", default=".build")
    measurement = Measurement(options.parse_args())
    for name, measure in [
            ("programs", measurement.measure_programs), ("Node cases", measurement.measure_node_cases),
            ("Node tests", measurement.measure_node_tests), ("test262", measurement.measure_test262)]:
        print(f"{name} …", flush=True)
        measure()
        print(measurement.parts[name].partition("\n\n")[0], flush=True)
    measurement.write()
    print("".join(line + "\n" for line in measurement.surprises), end="")
    print(f"{len(measurement.surprises)} surprises; {DOCUMENT.name} is written")
    return 1 if measurement.surprises else 0


if __name__ == "__main__":
    sys.exit(main())
