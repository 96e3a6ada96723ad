#!/usr/bin/env python3
"""Runs a suite and says how many seconds it took.

Usage: suite.py NAME [--closing] COMMAND…
The name and the seconds stand in the last line of what the command prints; with --closing they stand
in a line before it, and the last line is the command's own.
"""

import os
import signal
import subprocess
import sys
import time

from harness.signals import answer_ignored_signals

WIDTH = 15


def run(command, told):
    """Runs the command and gives `told` its last line; its exit status."""
    # What nohup protects is protected still: a session of its own gets no signal of the terminal.
    protected = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    answer_ignored_signals()
    # No suite reads: in the background it would be stopped.
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=protected)
    last = b""
    try:
        for line in process.stdout:
            sys.stdout.buffer.write(last)
            sys.stdout.flush()
            last = line
        status = process.wait()
    except KeyboardInterrupt:
        if protected:
            os.killpg(process.pid, signal.SIGINT)
        status = process.wait() or 130
    told(last.decode(errors="replace").rstrip("\n"))
    return status if status >= 0 else 128 - status


def main():
    name, command = sys.argv[1], sys.argv[2:]
    closing = command[0] == "--closing"
    begin = time.monotonic()

    def told(last):
        seconds = f"{time.monotonic() - begin:.1f} s"
        if closing:
            print(f"{name:{WIDTH}}{seconds}\n{last}", flush=True)
        else:
            print(f"{name:{WIDTH}}{last}{', ' if last else ''}{seconds}", flush=True)

    sys.exit(run(command[1:] if closing else command, told))


if __name__ == "__main__":
    main()
