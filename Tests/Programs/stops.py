#!/usr/bin/env python3
"""Stops code in 42 ways, and compares what the calling code sees with what it sees in Node 24.

Usage: stops.py MODLAB [NUMBER…]
       stops.py --record NODE24
Each scenario of stops/scenarios.js runs as a program behind stops/host.mjs. stops/expected.json is what
Node 24 printed; --record writes it anew, from several runs: Node itself loses a limit now and then.
"""

import collections
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

FOLDER = pathlib.Path(__file__).resolve().parent / "stops"
SECONDS = 60
# What Node has and modlab has not; they must end all the same.
OTHERWISE = {
    "33": "no WebAssembly: nothing would stop its loops",
    "38": "Node takes a global whose getter throws for one that is not defined",
    "39": "one queue of jobs: those of the caller run before the ones of the context that came later",
}
# Node 24 loses the outer limit each time, and goes on for ever: what is expected is written by hand.
ENDLESS_IN_NODE = {"41"}


def scenarios():
    """Number, title and code of each."""
    title, lines = None, []
    for line in (FOLDER / "scenarios.js").read_text().splitlines():
        if line.startswith("//# "):
            if title:
                yield title[:2], title[3:], "\n".join(lines)
            title, lines = line[4:], []
        else:
            lines.append(line)
    yield title[:2], title[3:], "\n".join(lines)


def run(command, code, folder):
    """The lines that it printed, and how it ended; `SIGINT in 300` is done, and is no line."""
    path = folder / "scenario.mjs"
    path.write_text(f"const code = {json.dumps(code)};\n{(FOLDER / 'host.mjs').read_text()}")
    child = subprocess.Popen(
        [*command, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, cwd=folder)
    ended = threading.Event()
    lines, errors = [], []  # of the output, and of what modlab says

    def interrupt(milliseconds):
        if not ended.wait(milliseconds / 1000):
            child.send_signal(signal.SIGINT)

    def read_errors():
        for line in child.stderr:
            if line.startswith("SIGINT in "):
                threading.Thread(target=interrupt, args=(float(line[10:]),)).start()
            else:
                errors.append(line.rstrip("\n"))

    def kill():
        if not ended.wait(SECONDS):
            child.kill()

    threads = [threading.Thread(target=read_errors), threading.Thread(target=kill)]
    for thread in threads:
        thread.start()
    lines.extend(child.stdout.read().splitlines())
    child.wait()
    ended.set()
    for thread in threads:
        thread.join()
    # Node says it by its hook, modlab by itself.
    words = ""
    for line in errors:
        if line.startswith(("error ", "warning ")):
            words = line.split(": ", 1)[-1]
        elif "A promise was rejected with it" in line:
            lines.append("unhandled Error: " + words)
    if child.returncode not in (0, 1):
        lines.append(f"ended with {child.returncode}")
    return lines


def record(node):
    expected = json.loads((FOLDER / "expected.json").read_text())
    command = [node, "--experimental-vm-modules", "--no-warnings", "--import",
               "data:text/javascript,process.on('unhandledRejection', e => console.log('unhandled ' + e))"]
    with tempfile.TemporaryDirectory() as folder:
        for number, title, code in scenarios():
            if number in ENDLESS_IN_NODE:
                continue
            runs = collections.Counter(
                json.dumps(run(command, code, pathlib.Path(folder))) for _ in range(3))
            expected[number] = json.loads(runs.most_common(1)[0][0])
            print(number, title, "" if len(runs) == 1 else "(not the same each time)")
    text = ",\n".join(f'"{n}": {json.dumps(lines)}' for n, lines in expected.items())
    (FOLDER / "expected.json").write_text("{\n" + text + "\n}\n")


def main():
    if sys.argv[1] == "--record":
        return record(sys.argv[2])
    modlab, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    expected = json.loads((FOLDER / "expected.json").read_text())
    same, count, failed = 0, 0, False
    with tempfile.TemporaryDirectory() as folder:
        for number, title, code in scenarios():
            if wanted and number not in wanted:
                continue
            count += 1
            lines = run([modlab], code, pathlib.Path(folder))
            if lines == expected[number]:
                same += 1
            elif number not in OTHERWISE or "ended with" in (lines or [""])[-1]:
                failed = True
                print(f"{number} {title}\n  in Node  {expected[number]}\n  here     {lines}")
    print(f"{same} of {count} as in Node")
    sys.exit(1 if failed else 0)


main()
