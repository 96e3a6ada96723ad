"""Running a program many times, and lists of what is known to fail."""

import argparse
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

# Processes at once, and seconds for each: on a busy machine a run takes ten times as long.
JOBS = 2
SECONDS = 60


def options_of(description):
    """A reader of options that shows the program's docstring as it is."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


@dataclass
class Ended:
    """How a process ended: `status` is None when it had to be killed."""

    status: int | None
    output: str
    errors: str


def run(command, folder, seconds=SECONDS):
    try:
        ended = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as expired:
        return Ended(None, (expired.stdout or b"").decode("utf-8", "replace"), "")
    return Ended(ended.returncode, ended.stdout.decode("utf-8", "replace"),
                 ended.stderr.decode("utf-8", "replace"))


def each(function, cases):
    """What the function answers for each case, in their order."""
    with ThreadPoolExecutor(JOBS) as pool:
        return list(pool.map(function, cases))


class KnownFailures:
    """A text file: a reason at the margin, and below it, indented, the names of what fails for it. Lines
    that begin with # are for the reader."""

    def __init__(self, path):
        self.path = path
        self.reasons = {}
        reason = None
        for line in path.read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                reason = line
            elif line.strip() in self.reasons:
                raise ValueError(f"{path}: {line.strip()} stands there twice")
            else:
                self.reasons[line.strip()] = reason

    def grouped(self, failures):
        """[(reason, names)] of what failed, in the order of the file; what has no reason comes last."""
        order = list(dict.fromkeys(self.reasons.values())) + [None]
        groups = {reason: [] for reason in order}
        for name in failures:
            groups[self.reasons.get(name)].append(name)
        return [(reason, names) for reason, names in groups.items() if names]

    def surprises(self, failures, names):
        """What is wrong with the file, given {name: what was seen} of the failures and the names of all
        that was run: lines for a person."""
        lines = [f"FAIL {name}\n{seen}" for name, seen in failures.items() if name not in self.reasons]
        for name in self.reasons:
            if name in names and name not in failures:
                lines.append(f"FAIL {name}\n  it passes: it must leave {self.path.name}")
        return lines

    def lost(self, names):
        """Names in the file that are nobody's."""
        return [f"FAIL {name}\n  {self.path.name} names it, and it is not there"
                for name in self.reasons if name not in names]
