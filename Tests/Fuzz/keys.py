#!/usr/bin/env python3
"""Random keys, pastes, sizes, Ctrl-C, Ctrl-Z and Ctrl-D at the prompt, in a pseudo-terminal. modlab never ends by a
signal, never hangs, sends the terminal only what its editor needs, and answers afterwards.

Usage: keys.py [MODLAB] [--seed N] [--seconds S] [--trials N]
"""

import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

import fuzzing

given = fuzzing.arguments(__doc__.splitlines()[0])
PATIENCE = 60
# What libedit, the prompt and the painter send: moves, erasing, insertion, colours, bracketed paste, the bell.
EDITING = re.compile(rb"\x1b\[[0-9;]*[A-HJKLMPXdm@]|\x1b\[\?2004[hl]|\x1b\[\?1[hl]|\x1b[=>M78]|[\r\x07\x08]|\x1b\[[0-9]*[hl]")

KEYS = [b"\r", b"\n", b"\t", b"\x7f", b"\x08", b"\x01", b"\x05", b"\x0b", b"\x15", b"\x17", b"\x19", b"\x12", b"\x10",
        b"\x0e", b"\x06", b"\x02", b"\x14", b"\x1b", b"\x1f", b"\x0c", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D",
        b"\x1b[H", b"\x1b[F", b"\x1b[3~", b"\x1b[5~", b"\x1b[6~", b"\x1b[1;5C", b"\x1b[1;5D", b"\x1bb", b"\x1bf",
        b"\x1bd", b"\x1bOA", b"\x1b[200~", b"\x1b[201~", b"\x1b[", b"\x00", b"\x16", b"\x18\x05", b"\xff", b"\xc3",
        b"\x9b", b"\xf0\x9f", b"\x1d", b"\x11", b"\x1b[99~", b"\x1b[98~", b"\x1b[95~", b"\x1bx", b"\x1b<"]
# Ctrl-\\ ends every program.
BYTES = [byte for byte in range(256) if byte != 0x1C]
TEXTS = ["module a = export let x = 1", "module b = import { x } from 'a'; console.log(x)", "link b", "evaluate b",
         "status", "js [1, 2, 3]", "js '\\x1b[2J\\u009b'", "module c = export let o = {", "};", "}", "module d <<END",
         "END", "resolve 'q' => ask", "module e = import 'q'", "link e", "a", "help", "history", "undo", "why b",
         "js throw new Error('\\x1b')", "\u00e9\u6f22\U0001f600", "e\u0301\u200d", "\u202e", "\x9b31m", "\ufeff",
         "js `", "`", "edit a", "graph", "option color always", "save x", "js await new Promise((r) => setTimeout(r, 50))",
         "x" * 300, "((((", "\"", "'", "timeline", "module '\x1b[31m' = 1", "load x", "st", "mo"]


class Session:
    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.output, self.sent, self.status = b"", [], None
        self.child, self.master = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.chdir(folder)
            os.execve(given.modlab, [given.modlab], {
                "PATH": os.environ["PATH"], "HOME": folder, "XDG_STATE_HOME": folder, "TERM": "xterm", "LC_ALL": "C.UTF-8",
                "EDITOR": "true", "PAGER": "cat", "SWIFT_BACKTRACE": "enable=no"})

    def pull(self, timeout=0.0):
        while select.select([self.master], [], [], timeout)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return False
            if not data:
                return False
            self.output += data
            timeout = 0.0
        return True

    def send(self, data):
        self.sent.append(data)
        end = time.monotonic() + PATIENCE
        while data and time.monotonic() < end:
            if select.select([], [self.master], [], 0.05)[1]:
                data = data[os.write(self.master, data[:512]):]
            self.pull()

    def has_ended(self):
        if self.status is None:
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def do(self, action):
        kind, value = action
        if kind == "size":
            fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", *value, 0, 0))
        elif kind == "wait":
            self.pull(value)
        else:
            self.send(value)
        self.pull()

    def answers(self):
        """Out of whatever it is in, and an answer."""
        end = time.monotonic() + PATIENCE
        number = 0
        while time.monotonic() < end:
            if self.has_ended():
                return self.status == 0
            number += 1
            words = f"sen{number}tinel"
            # Ends a half-read key, a paste, a search, an entry, a question, what runs; Ctrl-Q after Ctrl-S.
            self.send(b"\x11\x1b[201~\x03")
            self.pull(0.2)
            self.send(b"\x03")
            self.pull(0.2)
            self.send(f"js 'sen' + {number} + 'tinel'\r".encode())
            stop = time.monotonic() + 2 + number
            while time.monotonic() < stop:
                if words.encode() in self.output:
                    return True
                if not self.pull(0.05):
                    break
        return False

    def close(self):
        if self.status is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.master)


def actions(seed):
    chance = random.Random(seed)
    made = []
    for _ in range(chance.randrange(5, 80)):
        kind = chance.randrange(20)
        if kind < 7:
            made.append(("keys", chance.choice(TEXTS).encode() + chance.choice([b"\r", b"\r", b"", b"\t"])))
        elif kind < 13:
            made.append(("keys", b"".join(chance.choice(KEYS) for _ in range(chance.randrange(1, 6)))))
        elif kind < 15:
            text = "\r".join(chance.choice(TEXTS) for _ in range(chance.randrange(1, 40))).encode()
            made.append(("keys", b"\x1b[200~" + text + chance.choice([b"\x1b[201~", b"\x1b[201~\r", b""])))
        elif kind == 15:
            made.append(("size", (chance.choice([1, 2, 3, 5, 24, 60]), chance.choice([1, 2, 8, 9, 20, 80, 300]))))
        elif kind == 16:
            made.append(("keys", chance.choice([b"\x03", b"\x03\x03", b"\x1a", b"\x03"])))
        elif kind == 17:
            made.append(("wait", chance.choice([0.0, 0.01, 0.05])))
        elif kind == 18:
            made.append(("keys", bytes(chance.choice(BYTES) for _ in range(chance.randrange(1, 12)))))
        elif chance.randrange(8) == 0:
            made.append(("keys", b"\x04"))
    return made


def failure_of(steps, seed):
    with tempfile.TemporaryDirectory() as folder:
        session = Session(seed, folder)
        try:
            end = time.monotonic() + PATIENCE
            while b"modlab>" not in session.output and time.monotonic() < end:
                session.pull(0.05)
            for step in steps:
                if session.has_ended():
                    break
                session.do(step)
            answers = session.answers()
            session.pull()
            # A second Ctrl-C while the first is not answered ends modlab, which is meant.
            if session.has_ended() and session.status not in (0, 130):
                return f"exit status {session.status}: {session.output[-300:]!r}"
            if not answers and session.status != 130:
                return f"does not answer: {session.output[-300:]!r}"
            # While a command runs the terminal itself echoes what is typed.
            printed = EDITING.sub(b"", session.output)
            for echoed in set(fuzzing.RAW.findall(b"".join(session.sent))):
                printed = printed.replace(echoed, b"")
            raw = fuzzing.raw_byte(printed)
            return f"raw: {raw}" if raw else None
        finally:
            session.close()


def trial(seed):
    steps = actions(seed)
    failure = failure_of(steps, seed)
    if not failure:
        return len(steps), None
    fewest = fuzzing.shrink(steps, lambda parts: failure_of(parts, seed) is not None)
    return len(steps), f"{failure_of(fewest, seed) or failure}\n     steps: {fewest!r}"


sys.exit(fuzzing.run(given, trial, "keys and pastes"))
