#!/usr/bin/env python3
"""Random sessions, exported: Node 24 must print of each what modlab prints with `option trace node`.

Usage: exports.py MODLAB [--seed FIRST] [--seconds S]
Each session has the next seed; what differs is shown with it, and tried again by that seed.
"""

import argparse
import pathlib
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "Support"), str(TESTS / "Programs")]

from exports import compare, random_script, write_files
from harness import Skip, node_24


def main():
    options = argparse.ArgumentParser(description="Exports random sessions, and runs them in Node 24.")
    options.add_argument("modlab", type=pathlib.Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=60)
    given = options.parse_args()
    try:
        node = node_24()
    except Skip as reason:
        print(f"skipped, {reason}")
        return 0
    modlab, end = str(given.modlab.resolve()), time.monotonic() + given.seconds
    seed, failed = given.seed, 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_files(folder)
        while time.monotonic() < end:
            script, noisy = random_script(seed, folder)
            problem = compare(modlab, node, script, folder, noisy)
            if problem:
                failed += 1
                print(f"FAIL --seed {seed}\n{problem}", flush=True)
            seed += 1
    print(f"{seed - given.seed - failed} sessions passed, {failed} failed, seeds {given.seed} to {seed - 1}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
