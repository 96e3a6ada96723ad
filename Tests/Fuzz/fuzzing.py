"""What the fuzzers share: options, seeds, what may be printed, and shrinking what fails."""

import argparse
import os
import re
import sys
import time

# The painter's own, and nothing else.
STYLES = re.compile(rb"\x1b\[(?:0|1|2|33|36|34|32|31|1;31)m")
# C0 but line breaks and tabs, DEL, C1 in UTF-8, separators and marks of direction, U+FEFF, annotations.
RAW = re.compile(
    rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
    rb"|\xef\xbb\xbf|\xef\xbf[\xb9-\xbb]")


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("modlab", nargs="?", default=".build/release/modlab")
    parser.add_argument("--seed", type=int, default=1, help="of the first trial; each has the next one")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--trials", type=int, help="so many, whatever the time")
    given = parser.parse_args()
    given.modlab = os.path.abspath(given.modlab)
    return given


def raw_byte(output, has_color=False):
    """The first raw control character in what was printed, in words; None where there is none."""
    if has_color:
        output = STYLES.sub(b"", output)
    found = RAW.search(output)
    if not found:
        return None
    return f"{found.group()!r} in {output[max(0, found.start() - 60):found.end() + 40]!r}"


def shrink(parts, fails, patience=40.0):
    """Fewer parts that still fail."""
    end = time.monotonic() + patience
    size = max(1, len(parts) // 2)
    while size:
        start = 0
        while start < len(parts):
            if time.monotonic() > end:
                return parts
            fewer = parts[:start] + parts[start + size:]
            if fewer and fails(fewer):
                parts = fewer
            else:
                start += size
        size //= 2
    return parts


def run(given, trial, what):
    """Trials with the seeds that follow, until time is up; the exit status. `trial` takes a seed, and returns how
    much it tried and None or what failed."""
    begin, seed, tried = time.monotonic(), given.seed, 0
    while True:
        if given.trials is None and time.monotonic() - begin >= given.seconds:
            break
        if given.trials is not None and seed - given.seed >= given.trials:
            break
        count, failure = trial(seed)
        tried += count
        if failure:
            print(f"FAIL {failure}\n     again: {sys.argv[0]} MODLAB --seed {seed} --trials 1")
            return 1
        seed += 1
    print(f"{tried} {what}, seeds {given.seed} to {seed - 1}, none failed")
    return 0
