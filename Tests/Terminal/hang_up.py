#!/usr/bin/env python3
"""Closes the terminal under modlab, at every place where it may wait: that is no Ctrl-D, and `--resume` brings
the session back.

Usage: hang_up.py MODLAB [PART_OF_A_NAME…]
(MODLAB_TRIALS=200 for more trials.)
"""

import fcntl
import functools
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time

import prompt
from prompt import CTRL_D, ENTER, MODLAB, Failure, Terminal, check
from harness import PATIENCE, skip, until
from recovery import journals

CASES = []
TRIALS = int(os.environ.get("MODLAB_TRIALS", "12"))
SHELL = ("bash", "-c", f"{shlex.quote(MODLAB)}; true")
# As a terminal's own shell: it waits for modlab, and ends without passing SIGHUP on.
DEAF_SHELL = ("bash", "-c", f"trap : HUP; {shlex.quote(MODLAB)}; true")


def case():
    """The session that every test begins with has nothing to be kept, and is ended."""
    def register(function):
        @functools.wraps(function)
        def without_it(t):
            t.ready()
            t.send(CTRL_D)
            t.ends_with(0)
            function(t)
        CASES.append((without_it, (), {}))
        return function
    return register


def modlabs(state):
    """Processes of modlab whose state is here."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environment, \
                    open(f"/proc/{pid}/stat") as stat_file:
                mine = f"XDG_STATE_HOME={state}\0".encode() in environment.read()
                fields = stat_file.read().rpartition(")")
                name, status = fields[0].partition("(")[2], fields[2].split()[0]
        except OSError:
            continue
        if mine and status != "Z" and name == os.path.basename(MODLAB)[:15]:
            found.append(int(pid))
    return found


def close(t):
    """The window is closed: modlab ends by itself."""
    os.close(t.master)
    t.master = os.open(os.devnull, os.O_RDWR)
    until(lambda: not modlabs(t.state), "modlab ends without a terminal")
    if t.exit_status is None:
        os.kill(t.child, signal.SIGKILL)
        os.waitpid(t.child, 0)
        t.exit_status = -signal.SIGKILL


def is_free(journal):
    """Whether nobody has a journal: a process that ends lets go of its files last."""
    with open(journal, "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def comes_back(t, *expected):
    check(len(journals(t)) == 1, f"the journals are {journals(t)}")
    until(lambda: all(map(is_free, journals(t))), "nobody has the journal")
    session = Terminal(t.state, "--resume")
    try:
        for text in expected:
            session.expect(text)
        session.ready()
        session.type("js 'it is ' + x", "it is 1")
        session.send("quit", ENTER)
        session.ends_with(0)
    finally:
        session.close()
    check(not journals(t), "quit keeps the journal")


def trials(t, bring, *expected, shells=(SHELL, DEAF_SHELL, ()), count=TRIALS, **options):
    """Again and again: a session that `bring` takes to the place, and its end."""
    for number in range(count):
        shell = shells[number % len(shells)]
        with Terminal(t.state, *shell, **options) as session:
            session.ready()
            session.type("js var x = 1", "undefined")
            bring(session, number)
            close(session)
        try:
            comes_back(t, *expected)
        except Failure as failure:
            raise Failure(f"trial {number + 1} ({shell}): {failure}") from failure


@case()
def at_the_prompt(t):
    # The window may be closed at any moment.
    trials(t, lambda s, n: time.sleep(n % 4 * 0.01), "resumed   1 command")


@case()
def at_a_plain_prompt(t):
    def bring(s, n):
        time.sleep(n % 4 * 0.01)
    for number in range(TRIALS):
        shell = (SHELL, DEAF_SHELL, ())[number % 3]
        with Terminal(t.state, *shell, TERM="dumb") as session:
            session.expect("modlab> ")
            session.send("js var x = 1\n")
            session.expect("undefined")
            session.expect("modlab> ")
            bring(session, number)
            close(session)
        comes_back(t, "resumed   1 command")


@case()
def in_a_line(t):
    def bring(s, n):
        s.send("js var x = 2")
        s.expect("x = 2")
    trials(t, bring, "resumed   1 command")


@case()
def in_a_continuation(t):
    def bring(s, n):
        s.send("module m = export let y = {", ENTER, "js var x = 2")
        s.expect("x = 2")
    trials(t, bring, "resumed   1 command")


@case()
def in_a_search_and_a_half_paste(t):
    def bring(s, n):
        s.send(b"\x12js" if n % 2 else b"\x1b[200~js var x = 2\r")
        # A paste shows nothing before its end.
        s.pull(0.05)
    trials(t, bring, "resumed   1 command")


@case()
def in_an_ask(t):
    def bring(s, n):
        s.type("module m = import 'y'")
        s.type("resolve 'y' => ask")
        s.send("link m", ENTER)
        s.question()
    trials(t, bring, "resumed   3 commands", "not run again, because the session ended in it:   link m")


@case()
def while_code_runs(t):
    def bring(s, n):
        s.send("js for (const end = Date.now() + 400; Date.now() < end;); 'over'", ENTER)
        s.until(s.is_cooked, "the code runs")
    # With a shell that keeps SIGHUP to itself the code runs to its end.
    trials(t, bring, "resumed   ")


@case()
def in_a_pager_and_an_editor(t):
    def bring(s, n):
        if n % 2:
            s.send("help", ENTER)
        else:
            s.type("module m = 1")
            s.send("edit m", ENTER)
        s.expect("waiting")
    command = "sh -c 'trap : HUP; echo waiting; cat >/dev/null; read line </dev/tty'"
    trials(t, bring, "resumed   ", rows=10, PAGER=command,
           EDITOR="sh -c 'trap : HUP; echo waiting; read line </dev/tty; false'")


@case()
def where_sighup_is_ignored(t):
    ignoring = ("bash", "-c", f"trap '' HUP; {shlex.quote(MODLAB)}; true")
    trials(t, lambda s, n: None, "resumed   1 command", shells=(ignoring,), count=3)


@case()
def in_script(t):
    if not shutil.which("script"):
        raise skip("script is not installed")
    through = ("bash", "-c", f"script -qc {shlex.quote(MODLAB)} /dev/null; true")
    trials(t, lambda s, n: None, "resumed   1 command", shells=(through,))


@case()
def in_tmux(t):
    if not shutil.which("tmux"):
        raise skip("tmux is not installed")
    environment = {**os.environ, "HOME": t.state, "XDG_STATE_HOME": t.state, "LC_ALL": "C.UTF-8",
                   "TERM": "xterm", "NO_COLOR": "1"}
    environment.pop("TMUX", None)

    def tmux(*words):
        return subprocess.run(
            ["tmux", "-L", f"modlab-{os.getpid()}", "-f", "/dev/null", *words], env=environment,
            capture_output=True, text=True, timeout=PATIENCE)

    def shows(text):
        until(lambda: text in tmux("capture-pane", "-p").stdout, f"{text!r} in tmux")

    for number in range(TRIALS // 2):
        for kill in ("kill-pane", "kill-window", "kill-server"):
            tmux("new-session", "-d", "-x", "100", "-y", "30", f"{shlex.quote(MODLAB)}; true")
            shows("modlab>")
            tmux("send-keys", "js var x = 1", "Enter")
            shows("undefined")
            tmux(kill)
            until(lambda: not modlabs(t.state), f"modlab ends after {kill}")
            comes_back(t, "resumed   1 command")


@case()
def a_typed_ctrl_d_is_one(t):
    for shell in (SHELL, ()):
        for term in ("xterm", "dumb"):
            with Terminal(t.state, *shell, TERM=term) as session:
                session.expect("modlab> ")
                if term == "xterm":
                    session.until(lambda: not session.is_cooked(), "the prompt reads")
                session.send("js var x = 1", ENTER if term == "xterm" else "\n")
                session.expect("undefined")
                session.expect("modlab> ")
                if term == "xterm":
                    session.until(lambda: not session.is_cooked(), "the prompt reads")
                session.send(CTRL_D)
                session.ends_with(0)
            check(not journals(t), f"the journal is kept (TERM={term})")


if __name__ == "__main__":
    sys.exit(prompt.main(CASES))
