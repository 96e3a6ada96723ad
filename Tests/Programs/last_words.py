#!/usr/bin/env python3
"""Ends modlab by signals while a command runs and output is a pipe or a file: what finished commands said is there.

Usage: last_words.py MODLAB
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

from harness import PATIENCE, cpu_seconds, until

MODLAB = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/modlab")
SIGNALS = ["SEGV", "ABRT", "BUS", "ILL", "FPE", "TRAP", "TERM", "HUP", "QUIT", "KILL"]
ENVIRONMENT = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
failures = []
count = 0

# How a command stays at work: in JavaScript, waiting for a timer, reading a pipe, in a script.
SESSIONS = {
    "js for (;;) 1": "",
    "js await new Promise((done) => setTimeout(done, 100000))": "option clock real\n",
    "module p from pipe": "",
    "source inner.modlab": "",
}


def is_at_work(child):
    """Waits until it computes on and on, or has waited at 20 looks."""
    looks = 0

    def works_or_waits():
        nonlocal looks
        with open(f"/proc/{child.pid}/stat") as file:
            looks = looks + 1 if file.read().rpartition(")")[2].split()[0] == "S" else 0
        return looks == 20 or cpu_seconds(child.pid) > 0.3

    until(works_or_waits, "modlab is at work")


def run(name, command, setup, as_json, to_file, folder):
    global count
    count += 1
    script = f"module a = export let x = 1\nmodule b = import 'a'\njs 'first ' + 'words'\n{setup}{command}\n"
    arguments = [MODLAB, *(["--json"] if as_json else []), "-c", script]
    output = open(os.path.join(folder, "out"), "wb+") if to_file else subprocess.PIPE
    child = subprocess.Popen(arguments, cwd=folder, stdin=subprocess.DEVNULL, stdout=output,
                             stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    is_at_work(child)
    number = getattr(signal, "SIG" + name)
    child.send_signal(number)
    said = child.communicate(timeout=PATIENCE)[0]
    if to_file:
        output.seek(0)
        said = output.read()
        output.close()
    what = f"{name}, {command!r}, json {as_json}, file {to_file}"
    if child.returncode != -number:
        failures.append(f"{what}: exit status {child.returncode}")
    words = b'"text": "\'first words\'"' if as_json else b"'first words'\n"
    if said.count(words) != 1 or said.count(b"exports x" if not as_json else b'"line": 1,') != 1:
        failures.append(f"{what}: {said!r}")


def a_pipe_that_nobody_reads(folder):
    """The last words do not keep it from ending."""
    global count
    count += 1
    script = "js for (let i = 0; i < 3000; i++) console.log('x'.repeat(100))\n"
    child = subprocess.Popen([MODLAB, "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    is_at_work(child)
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        failures.append("a full pipe keeps modlab from ending")
        child.kill()
    child.stdout.close()


with tempfile.TemporaryDirectory() as folder:
    os.mkfifo(os.path.join(folder, "pipe"))
    with open(os.path.join(folder, "inner.modlab"), "w") as file:
        file.write("js for (;;) 1\n")
    for index, name in enumerate(SIGNALS):
        for position, (command, setup) in enumerate(SESSIONS.items()):
            if name != "KILL" and name != "ABRT" and position != index % len(SESSIONS):
                continue
            run(name, command, setup, (index + position) % 2 == 1, (index + position) % 3 == 0, folder)
    a_pipe_that_nobody_reads(folder)
for failure in failures:
    print("FAIL", failure)
print(f"{count - len(failures)} passed, {len(failures)} failed")
sys.exit(1 if failures else 0)
