#!/usr/bin/env python3
"""Uses modlab in a pseudo-terminal as a person does.

Usage: prompt.py MODLAB
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time

MODLAB = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/modlab")
PATIENCE = 20.0
PROMPT = "modlab> "
ENTER, CTRL_C, CTRL_D, TAB, UP = b"\r", b"\x03", b"\x04", b"\t", b"\x1b[A"
CASES = []


class Failure(Exception):
    pass


class Terminal:
    """modlab in a terminal of its own, and what it wrote."""

    def __init__(self, state, *arguments):
        environment = {
            "PATH": os.environ["PATH"], "HOME": state, "XDG_STATE_HOME": state, "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no",
        }
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.execve(MODLAB, [MODLAB, *arguments], environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 100, 0, 0))
        self.output, self.place, self.exit_status = b"", 0, None

    def send(self, *keys):
        for key in keys:
            os.write(self.master, key if isinstance(key, bytes) else key.encode())

    def pull(self, timeout):
        if not select.select([self.master], [], [], timeout)[0]:
            return
        try:
            self.output += os.read(self.master, 65536)
        except OSError:
            pass

    def expect(self, text):
        """Waits for the text and goes on behind it; what was passed over."""
        wanted, end = text.encode(), time.monotonic() + PATIENCE
        while wanted not in self.output[self.place:]:
            if time.monotonic() > end:
                raise Failure(f"expected {text!r} in {self.output[self.place:]!r}")
            self.pull(0.05)
        start = self.output.index(wanted, self.place)
        passed = self.output[self.place:start]
        self.place = start + len(wanted)
        return passed.decode(errors="replace").replace("\r\n", "\n")

    def ready(self):
        """Waits until the prompt takes keys; what was printed before it."""
        passed = self.expect(PROMPT)
        end = time.monotonic() + PATIENCE
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            if time.monotonic() > end:
                raise Failure("the prompt does not read")
            self.pull(0.01)
        return passed

    def type(self, line, *expected):
        """Types a line; what it prints must have the expected texts in this order."""
        self.send(line, ENTER)
        for text in expected:
            self.expect(text)
        return self.ready()

    def ends_with(self, status):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.pull(0.02)
            child, wait_status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.exit_status = os.waitstatus_to_exitcode(wait_status)
                if self.exit_status != status:
                    raise Failure(f"exit status {self.exit_status}, not {status}")
                return
        raise Failure("modlab does not end")

    def close(self):
        if self.exit_status is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.master)


def case(*arguments):
    def register(function):
        CASES.append((function, arguments))
        return function
    return register


def check(condition, message):
    if not condition:
        raise Failure(message)


@case()
def the_banner_says_how_to_get_help_and_out(t):
    banner = t.ready()
    check("modlab" in banner and "help" in banner and "quit" in banner, repr(banner))


@case()
def a_wrong_answer_and_what_comes_of_it(t):
    t.ready()
    t.type('module main = import { x } from "dep"; console.log(x)',
           'main   source      unlinked   requests "dep"')
    t.type('resolve "dep" => value ({ not: "a module" })', "rule 1")
    t.type("link main", "main   unlinked → linking", "rule 1 answers { not: 'a module' }",
           "main   linking → errored", "error ERR_VM_MODULE_NOT_MODULE: "
           "Provided module is not an instance of Module", "main:1:19", "^^^^^", "unresolve 1",
           "reset main")
    t.type("unresolve 1")
    t.type("synthetic dep x=42", "dep    synthetic   linked     exports x")
    t.type("reset main", "main   source      unlinked")
    t.type("link main", "the module dep", "main   linking → linked")
    t.type("evaluate main", "\r\n42\r\n", "main   evaluating → evaluated")
    t.type("status", "● main", "● dep")
    t.send(CTRL_D)
    t.ends_with(0)


@case()
def unfinished_source_goes_on_in_the_next_line(t):
    t.ready()
    t.send("module a = export const o = {", ENTER)
    t.send("  x: 1,", ENTER)
    t.type("};", "a      source      unlinked   exports o")
    t.type("status", "a ")
    t.send("module b <<END", ENTER, "console.log(`", ENTER, "`);", ENTER)
    t.type("END", "b      source")


@case()
def ctrl_c_discards_a_line(t):
    t.ready()
    t.send("module nothing = 1")
    t.expect("nothing = 1")
    t.send(CTRL_C)
    t.ready()
    check("nothing" not in t.type("js 1 + 1", "2"), "the line was kept")
    t.send("module half = {", ENTER)
    t.send(CTRL_C)
    t.ready()
    t.type("js 2 + 2", "4")


@case()
def ctrl_c_on_an_empty_line_says_how_to_leave(t):
    t.ready()
    t.send(CTRL_C)
    hint = t.ready()
    check("quit" in hint, repr(hint))


@case()
def ctrl_c_ends_what_runs_and_the_session_goes_on(t):
    t.ready()
    t.type("synthetic kept x=1", "kept")
    t.send("js for(;;){}", ENTER)
    time.sleep(0.7)
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 40 + 2", "42")
    t.type("status", "kept")
    t.type("module endless = for(;;){}", "endless")
    t.type("link endless", "linked")
    t.send("evaluate endless", ENTER)
    time.sleep(0.7)
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("status endless", "errored")
    t.type("js await new Promise(done => setTimeout(done, 20, 'on time'))", "on time")


@case()
def ctrl_d_leaves(t):
    t.ready()
    t.send(CTRL_D)
    t.ends_with(0)


@case()
def quit_leaves_with_its_status(t):
    t.ready()
    t.send("quit 7", ENTER)
    t.ends_with(7)


@case()
def arrows_recall_what_was_typed(t):
    t.ready()
    t.type("js 'first' + 1", "first1")
    t.type("js 'second' + 2", "second2")
    t.send(UP, UP)
    t.send(ENTER)
    t.expect("first1")
    t.ready()


@case()
def tab_completes_commands_and_names(t):
    t.ready()
    t.type("synthetic lonesome x=1", "lonesome")
    t.send("namesp", TAB, "lone", TAB, ENTER)
    t.expect("EXPORT")
    t.ready()


@case()
def mistakes_are_named_and_change_nothing(t):
    t.ready()
    t.type("lnik main", "did you mean link?")
    t.type("module main = const a = 1; const a = 2", "SyntaxError")
    t.type("link main", "main")
    t.type("status")
    t.send(CTRL_D)
    t.ends_with(0)


@case("-c", "synthetic early x=1", "-i")
def scripts_run_before_the_prompt(t):
    t.expect("early")
    t.ready()
    t.type("js modules.early.status", "'linked'")


def main():
    passed = failed = 0
    for function, arguments in CASES:
        with tempfile.TemporaryDirectory() as state:
            t = Terminal(state, *arguments)
            try:
                function(t)
                passed += 1
            except (Failure, OSError) as error:
                failed += 1
                print(f"FAIL {function.__name__.replace('_', ' ')}: {str(error)[-600:]}")
            finally:
                t.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
