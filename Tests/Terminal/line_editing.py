#!/usr/bin/env python3
"""Drives lineEditingProbe in a pseudo-terminal: each promise of the line editor once.

Usage: line_editing.py PROBE
"""

import fcntl
import os
import pty
import re
import select
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import time

PROBE = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/debug/lineEditingProbe")
PATIENCE = 20.0
CASES = []
SIGINT, EOT, TAB, ESC = b"\x03", b"\x04", b"\t", b"\x1b"
UP, DOWN, RIGHT, LEFT = b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D"


class Failure(Exception):
    pass


class Terminal:
    """The probe in a terminal of its own, and what it wrote."""

    def __init__(self, state, rows=24, columns=80, **environment):
        base = {
            "PATH": os.environ["PATH"], "HOME": state, "XDG_STATE_HOME": state,
            "TERM": "xterm", "LC_ALL": "C.UTF-8",
            # Swift's own crash report would wait for a key.
            "SWIFT_BACKTRACE": "enable=no",
        }
        base.update(environment)
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.execve(PROBE, [PROBE], {k: v for k, v in base.items() if v is not None})
        self.resize(rows, columns)
        self.output, self.place, self.status = b"", 0, None
        self.expect("modlab>")

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, *keys):
        for key in keys:
            os.write(self.master, key if isinstance(key, bytes) else key.encode())

    def pull(self, timeout):
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        self.output += data
        return bool(data)

    def expect(self, text):
        """Waits for the text, and goes on behind it."""
        wanted, end = text.encode(), time.monotonic() + PATIENCE
        while wanted not in self.output[self.place:]:
            if time.monotonic() > end or not self.pull(max(0.0, end - time.monotonic())):
                if wanted in self.output[self.place:]:
                    break
                raise Failure(f"expected {text!r} in {self.output[self.place:]!r}")
        start = self.output.index(wanted, self.place)
        passed = self.output[self.place:start]
        self.place = start + len(wanted)
        return passed.decode(errors="replace")

    def line(self, expected):
        self.expect("LINE:" + expected + "\r\n")
        self.ready()

    def ready(self):
        """The next prompt: only now is the terminal raw again."""
        self.expect("modlab>")
        end = time.monotonic() + PATIENCE
        while self.is_cooked():
            if time.monotonic() > end:
                raise Failure("the terminal stays cooked")
            self.pull(0.01)

    def is_cooked(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ICANON)

    def wait(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            # Draining, because a child that still writes does not end.
            self.pull(0.02)
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self.status = status
                return status
        raise Failure("the probe does not end")

    def close(self):
        if self.status is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.master)


def case(**options):
    def register(function):
        CASES.append((function, options))
        return function
    return register


def check(condition, message):
    if not condition:
        raise Failure(message)


@case()
def a_line_and_the_end_of_input(t):
    t.send("hello\r")
    t.line('"hello"')
    t.send(EOT)
    t.expect("END")
    check(os.WEXITSTATUS(t.wait()) == 0, "exit status")


@case()
def typed_utf8_and_invalid_bytes(t):
    t.send("é漢😀\x7fx\r")
    t.line('"é漢x"')
    t.send(b"a\xffb\xc3(\r")
    t.line('"a\ufffdb\ufffd("')


@case(LC_ALL="C")
def a_locale_that_is_not_utf8(t):
    t.send("é漢\r")
    t.line('"é漢"')


@case()
def incomplete_text_opens_another_line(t):
    t.send("a {\r")
    t.expect("   ...> ")
    t.send("b\r")
    t.expect("   ...> ")
    t.send("}\r")
    t.line('"a {\\nb\\n}"')


@case()
def a_block_is_recalled_and_edited_as_one_entry(t):
    t.send("a {\rb\r}\r")
    t.line('"a {\\nb\\n}"')
    t.send(UP, UP, "X", UP, "Y\r")
    t.line('"a Y{\\nbX\\n}"')


@case()
def backspace_joins_rows(t):
    t.send("a {\rb", LEFT, b"\x7f", "}\r")
    t.line('"a {}b"')


@case()
def delete_joins_rows(t):
    t.send("a {\r}", UP, b"\x05", b"\x1b[3~", "\r")
    t.line('"a {}"')


@case()
def moving_left_crosses_a_row_start(t):
    t.send("a {\r}", LEFT, LEFT, "X\r")
    t.line('"a {X\\n}"')


@case()
def moving_down_from_the_last_row_keeps_the_text(t):
    t.send("text", DOWN, "\r")
    t.line('"text"')


@case()
def a_draft_survives_a_look_at_the_history(t):
    t.send("old\r")
    t.line('"old"')
    t.send("draft", UP, DOWN, "!\r")
    t.line('"draft!"')


@case()
def bracketed_paste_executes_nothing(t):
    t.send(b"\x1b[200~one\r\ttwo\rthree\r\x1b[201~", "!\r")
    t.line('"one\\n\\ttwo\\nthree!"')
    check(b"\x1b[?2004h" in t.output, "paste mode was not asked for")


@case()
def a_large_paste_is_whole(t):
    text = "x" * 20000
    t.send(b"\x1b[200~")
    for start in range(0, len(text), 1000):
        t.send(text[start:start + 1000])
        t.pull(0)
    t.send(b"\x1b[201~\r")
    t.line('"' + text + '"')


@case()
def control_c_discards_a_line(t):
    t.send("text")
    t.expect("text")
    t.send(SIGINT)
    t.expect("^C")
    t.expect("INTERRUPTED:true")
    t.ready()
    t.send(SIGINT)
    t.expect("INTERRUPTED:false")
    t.ready()
    t.send("ok\r")
    t.line('"ok"')


@case()
def control_c_discards_a_block(t):
    t.send("a {\r")
    t.expect("   ...> ")
    t.send(SIGINT)
    t.expect("INTERRUPTED:true")
    t.ready()
    t.send("ok\r")
    t.line('"ok"')


@case()
def control_c_leaves_a_search(t):
    t.send("needle\r")
    t.line('"needle"')
    t.send(b"\x12nee")
    t.expect("bck:")
    t.expect("needle")
    t.send(SIGINT)
    t.expect("INTERRUPTED:true")
    t.ready()
    t.send("ok\r")
    t.line('"ok"')


@case()
def control_d_deletes_or_gives_up_a_block(t):
    t.send("ab", b"\x01", EOT, "\r")
    t.line('"b"')
    t.send("a {\r")
    t.expect("   ...> ")
    t.send(EOT)
    t.expect("INTERRUPTED:true")
    t.ready()


@case()
def keys_move_by_character_word_and_row(t):
    for name, keys in {
        "Ctrl-Left": (b"\x1b[1;5D", b"\x1b[1;5D"), "Alt-Left": (b"\x1b[1;3D", b"\x1b[1;3D"),
    }.items():
        t.send("one two", *keys, "X\r")
        t.line('"Xone two"')
    for keys in (b"\x1b[1;5C", b"\x1b[1;3C"):
        t.send("one two", b"\x01", keys, "X\r")
        t.line('"oneX two"')
    for keys in (b"\x1b[H", b"\x1bOH", b"\x1b[1~"):
        t.send("ab", keys, "X\r")
        t.line('"Xab"')
    for keys in (b"\x1b[F", b"\x1bOF", b"\x1b[4~"):
        t.send("ab", b"\x01", keys, "X\r")
        t.line('"abX"')
    t.send("abc", b"\x01", b"\x1b[3~", "\r")
    t.line('"bc"')
    t.send(b"\x1b[5~", b"\x1b[5~", b"\x1b[6~", "\r")
    t.line('"bc"')


@case()
def search_word_deletion_and_undo(t):
    t.send("find the needle\r")
    t.line('"find the needle"')
    t.send("other\r")
    t.line('"other"')
    t.send(b"\x12need")
    t.expect("needle")
    t.send("\r")
    t.line('"find the needle"')
    t.send("one two", b"\x17", "X\r")
    t.line('"one X"')
    t.send("one two", b"\x17", b"\x1f", "\r")
    t.line('"one two"')


@case()
def completion_inserts_or_lists(t):
    t.send("ev", TAB, "x\r")
    t.line('"evaluate x"')
    t.send("d", TAB, TAB)
    t.expect("define  delete")
    t.send("f", TAB, "\r")
    t.line('"define "')


@case(rows=10, columns=40)
def a_long_list_is_paged(t):
    t.send("many", TAB)
    t.expect("--More--")
    t.send("q")
    t.expect("modlab>")
    t.send("1\r")
    t.line('"many1"')


@case()
def the_prompt_is_coloured(t):
    t.send("x\r")
    t.line('"x"')
    check(b"\x1b[1;36m" in t.output or b"\x1b[36m" in t.output, "no colour")


@case(NO_COLOR="1")
def no_color_is_obeyed(t):
    t.send("x\r")
    t.line('"x"')
    check(b"36m" not in t.output, "colour")


@case()
def there_is_no_command_line_of_libedit(t):
    for key in (b"\x1bx", b"\x1bX"):
        t.send(key, "'\r")
        t.line("\"'\"")


@case(TERM="dumb")
def a_dumb_terminal_is_read_plainly(t):
    t.send("x\n")
    t.expect('LINE:"x"')
    check(ESC not in t.output, "escape sequences")


@case()
def a_resize_wraps_at_the_new_width(t):
    t.send("abc")
    t.expect("abc")
    t.resize(24, 20)
    t.expect("abc")
    t.send("d" * 30 + "\r")
    t.line('"abc' + "d" * 30 + '"')


@case()
def the_terminal_is_cooked_after_each_way_out(t):
    t.send("quit\r")
    t.wait()
    check(t.is_cooked(), "raw")


@case()
def a_crash_restores_the_terminal(t):
    t.send("crash\r")
    check(os.WTERMSIG(t.wait()) == signal.SIGSEGV, "not the signal")
    check(t.is_cooked(), "raw")


@case()
def a_signal_at_the_prompt_restores_the_terminal(t):
    t.send("x\r")
    t.line('"x"')
    os.kill(t.child, signal.SIGSEGV)
    check(os.WTERMSIG(t.wait()) == signal.SIGSEGV, "not the signal")
    check(t.is_cooked(), "raw")
    check(t.output.rstrip().endswith(b"\x1b[?2004l"), "paste mode stays on")


@case()
def termination_restores_the_terminal(t):
    t.send("x\r")
    t.line('"x"')
    os.kill(t.child, signal.SIGTERM)
    check(os.WTERMSIG(t.wait()) == signal.SIGTERM, "not the signal")
    check(t.is_cooked(), "raw")


@case()
def exit_restores_the_terminal(t):
    t.send("exit\r")
    check(os.WEXITSTATUS(t.wait()) == 3, "exit status")
    check(t.is_cooked(), "raw")


@case()
def control_c_reaches_what_runs(t):
    t.send("busy\r")
    t.expect("BUSY")
    t.send(SIGINT)
    t.expect("STOPPED")
    t.ready()


@case()
def a_second_control_c_leaves(t):
    t.send("hang\r")
    t.expect("HANGING")
    t.send(SIGINT)
    # Two signals that follow too closely are one.
    t.expect("UNANSWERED")
    t.send(SIGINT)
    check(os.WEXITSTATUS(t.wait()) == 130, "exit status")
    check(t.is_cooked(), "raw")


@case(VISUAL="sed -i s/old/new/")
def the_editor_of_the_person(t):
    t.send("edit\r")
    t.expect('EDITED:"new text"')
    t.ready()


@case(PAGER="head -n 2")
def a_pager_that_stops_reading(t):
    t.send("page\r")
    t.expect("row 1\r\n")
    t.expect("PAGED:true")
    t.ready()


def history_is_private_unique_and_shared(state):
    first, second = Terminal(state), Terminal(state)
    try:
        for text in ("one", "two", "one"):
            first.send(text + "\r")
            first.line(f'"{text}"')
        second.send("a {\r}\r")
        second.line('"a {\\n}"')
    finally:
        first.close()
        second.close()
    path = os.path.join(state, "modlab", "history")
    check(stat.S_IMODE(os.stat(path).st_mode) == 0o600, "file mode")
    check(stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) == 0o700, "directory mode")
    third = Terminal(state)
    try:
        third.send(UP, "\r")
        third.line('"a {\\n}"')
        # Up twice: once from the last row to the first, once to the older entry.
        third.send(b"\x1b[5~", b"\x1b[5~", "\r")
        third.line('"one"')
        third.send(b"\x1b[5~" * 3, "\r")
        third.line('"two"')
    finally:
        third.close()


def a_stop_gives_the_terminal_back(state):
    """Under a shell with job control, because an orphaned group cannot be stopped."""
    t = Terminal.__new__(Terminal)
    t.output, t.place, t.status = b"", 0, None
    t.child, t.master = pty.fork()
    if t.child == 0:
        os.environ.update(PS1="shell$ ", TERM="xterm", XDG_STATE_HOME=state, LC_ALL="C.UTF-8")
        os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting"])
    try:
        t.resize(24, 80)
        t.expect("shell$")
        t.send(f"'{PROBE}'\n")
        t.ready()
        t.send("half")
        t.expect("half")
        t.send(b"\x1a")
        t.expect("\x1b[?2004l")
        t.expect("shell$")
        check(t.is_cooked(), "raw in the shell")
        t.send("fg\n")
        t.expect("\x1b[?2004h")
        t.expect("half")
        t.send("!\r")
        t.line('"half!"')
    finally:
        t.close()


def plain_input_is_read_as_it_is(state):
    long = b"y" * 300000
    data = b"one\r\n\n" + long + b"\nnul\x00 bad\xff\nlast"
    result = subprocess.run(
        [PROBE], input=data, capture_output=True, env={**os.environ, "XDG_STATE_HOME": state},
        timeout=PATIENCE)
    wanted = ["one", "", long.decode(), "nul\ufffd bad\ufffd", "last"]
    expected = "".join(f'LINE:"{text}"\n' for text in wanted) + "END\nREPLACED\n"
    check(result.stdout.decode() == expected, f"got {result.stdout[-300:]!r}")
    check(not os.path.exists(os.path.join(state, "modlab")), "a history was written")


ON_THEIR_OWN = [
    history_is_private_unique_and_shared, a_stop_gives_the_terminal_back,
    plain_input_is_read_as_it_is,
]


def run(function, options):
    with tempfile.TemporaryDirectory() as state:
        if options is None:
            function(state)
            return
        t = Terminal(state, **options)
        try:
            if options.get("TERM") != "dumb":
                t.place = 0
                t.ready()
            function(t)
        finally:
            t.close()


def main():
    passed = failed = 0
    for function, options in CASES + [(each, None) for each in ON_THEIR_OWN]:
        try:
            run(function, options)
            passed += 1
        except (Failure, OSError, subprocess.SubprocessError, AssertionError) as error:
            failed += 1
            print(f"FAIL {function.__name__.replace('_', ' ')}: {str(error)[:600]}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
