#!/usr/bin/env python3
"""Stops code of many kinds at random moments, and looks whether the calling code goes on.

Usage: stops.py MODLAB [--seed N] [--seconds N]
Nothing may abort, hang, or end otherwise than by its limit.
"""

import argparse
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOST = HERE.parent / "Programs" / "stops" / "host.mjs"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modlab")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    code = f"const SEED = {given.seed}, SECONDS = {given.seconds};\n{(HERE / 'stops.js').read_text()}"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "stops.mjs"
        path.write_text(f"const code = {json.dumps(code)};\n{HOST.read_text()}")
        try:
            ended = subprocess.run(
                [os.path.abspath(given.modlab), str(path)], stdin=subprocess.DEVNULL,
                capture_output=True, text=True, timeout=2 * given.seconds + 60)
        except subprocess.TimeoutExpired:
            sys.exit(f"seed {given.seed}: it hangs")
    told = re.search(r"stops (\d+) others (\d+) wrong (\d+)", ended.stdout)
    if ended.returncode != 0 or not told or told[1] == "0" or told.group(2, 3) != ("0", "0"):
        sys.exit(f"seed {given.seed}: status {ended.returncode}\n{ended.stdout}{ended.stderr}")
    print(f"{told[1]} stops")


main()
