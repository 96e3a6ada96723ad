#!/usr/bin/env python3
"""Ends modlab at the worst moments, in a pseudo-terminal, and looks at what comes back.

Usage: recovery.py MODLAB [PART_OF_A_NAME…]
"""

import json
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import time

import prompt
from prompt import CTRL_C, CTRL_D, ENTER, Failure, Terminal, check
from harness import skip, until

CASES = []
# Long enough to be interrupted on a slow machine.
LONG = "for (const end = Date.now() + 3000; Date.now() < end;);"
NOBODY = 65534


def case(*arguments, **options):
    def register(function):
        CASES.append((function, arguments, options))
        return function
    return register


def journals(t):
    directory = os.path.join(t.state, "modlab", "sessions")
    return sorted(os.path.join(directory, name) for name in os.listdir(directory)
                  if name.endswith(".journal"))


def resumed(t, *expected, **options):
    """A session that was brought back, at its prompt."""
    session = Terminal(t.state, "--resume", **options)
    try:
        for text in expected:
            session.expect(text)
        session.ready()
    except BaseException:
        session.close()
        raise
    return session


def refused(t, message, status=2, **options):
    """--resume that does not come to a prompt."""
    with Terminal(t.state, "--resume", **options) as session:
        session.expect(message)
        session.ends_with(status)
        return session.output.decode()


def value(t, expression):
    """What an expression is, as JSON."""
    t.send(f"js 'is' + ': ' + JSON.stringify({expression})", ENTER)
    t.expect("'is: ")
    answer = t.expect("'\r\n")
    t.ready()
    return json.loads(answer)


# kill -9 at any moment.


class Model:
    """The commands that a session has, as groups of numbers, and what a command may make of them."""

    def __init__(self):
        self.groups, self.undone = [], []

    def copy(self):
        other = Model()
        other.groups, other.undone = list(self.groups), list(self.undone)
        return other

    def numbers(self):
        return [number for group in self.groups for number in group]

    def add(self, group):
        self.groups.append(group)
        self.undone = []

    def undo(self, count):
        for _ in range(min(count, len(self.groups))):
            self.undone.append(self.groups.pop())

    def redo(self, count):
        for _ in range(min(count, len(self.undone))):
            self.groups.append(self.undone.pop())


def some_command(source, model, number, state):
    """A command, what it makes of the model, and what it may leave when it is cut off."""
    done, busy = model.copy(), source.choice([0, 0, 5, 30])
    work = f"for (const end = Date.now() + {busy}; Date.now() < end;); "
    note = f"(globalThis.seen ??= []).push({number})"
    kind = source.choice(["js", "js", "js", "evaluate", "evaluate", "source", "undo", "redo", "wait"])
    if kind == "undo" and model.groups:
        count = source.randint(1, 3)
        done.undo(count)
        return f"undo {count}", done, [model]
    if kind == "redo" and model.undone:
        count = source.randint(1, 2)
        done.redo(count)
        return f"redo {count}", done, [model]
    if kind == "source":
        lines, parts, half = [], [], []
        for part in range(4):
            lines.append(f"js {work}(globalThis.seen ??= []).push({number + part / 10})\n")
            parts.append(number + part / 10)
            cut = model.copy()
            cut.add(list(parts))
            half.append(cut)
        with open(os.path.join(state, f"{number}.modlab"), "w") as file:
            file.writelines(lines)
        done.add(parts)
        return f"source {number}.modlab", done, [model, *half]
    done.add([number])
    if kind == "wait":
        return f"js await new Promise(r => setTimeout(r, {busy})); {note}", done, [model]
    if kind == "evaluate":
        # Three commands, of which the last one does it: see Life.give.
        return f"module m{number} = {note}; {work}\nlink m{number}\nevaluate m{number}", done, [model]
    return f"js {work}{note}", done, [model]


def live(t, source, model, first, state):
    """Gives commands until the session is killed in the middle of one. What it may have been then."""
    last = source.randint(1, 9)
    for index in range(last + 1):
        text, done, cut = some_command(source, model, first + index, state)
        lines = text.split("\n")
        # A module and its link are commands too, for undo: an evaluate alone shall count.
        if len(lines) > 1:
            with open(os.path.join(state, f"m{first + index}.modlab"), "w") as file:
                file.write(text + "\n")
            lines = [f"source m{first + index}.modlab"]
            cut = [model, *cut]
            before = model.copy()
            before.add([])
            cut.append(before)
        if index == last:
            t.send(lines[0], ENTER)
            if source.random() < 0.5:
                t.expect("\r\n")
            # At any moment: there is nothing to wait for.
            time.sleep(source.choice([0, 0.001, 0.005, source.uniform(0, 0.15)]))
            t.kill()
            return [*cut, done]
        t.type(lines[0])
        model = done
    return [model]


@case()
def killed_at_any_moment_it_has_what_was_acknowledged(t):
    for seed in range(int(os.environ.get("MODLAB_KILLS", "8"))):
        source = random.Random(seed)
        state = os.path.join(t.state, str(seed))
        os.mkdir(state)
        possible, number = [Model()], 1
        for life in range(3):
            arguments = ["--resume"] if life else []
            with Terminal(state, *arguments) as session:
                try:
                    session.ready()
                except (Failure, OSError):
                    # Killed before its first command was in the journal.
                    check(b"no session to resume" in session.output
                          and any(not m.numbers() for m in possible), session.output)
                    break
                found = value(session, "globalThis.seen ?? []")
                session.type("undo")
                fitting = [m for m in possible if m.numbers() == found]
                check(fitting or not life, f"seed {seed}, life {life}: {found} is none of "
                      f"{[m.numbers() for m in possible]}")
                # What can be done again is not seen: begin from a point where nothing can.
                model = Model()
                model.groups = fitting[0].groups if life else []
                model.add([number])
                session.type(f"js (globalThis.seen ??= []).push({number})")
                possible = live(session, source, model, number + 1, state)
                number += 20
    t.ready()


@case()
def a_killed_session_comes_back(t):
    t.ready()
    t.type("module main = console.log('once')")
    t.type("link main")
    t.type("evaluate main", "once")
    t.type("undo", "undone   evaluate main")
    t.type("js var n = Math.random(); n", "0.")
    t.send("js for (;;);", ENTER)
    t.computes()
    t.kill()
    [path] = journals(t)
    mode = stat.S_IMODE(os.stat(path).st_mode)
    check(mode == 0o600, f"the journal's mode is {mode:o}")
    with Terminal(t.state) as second:
        second.expect("modlab --resume brings it back")
        second.ready()
        second.send(CTRL_D)
        second.ends_with(0)
    with Terminal(t.state, "--resume") as third:
        third.expect("resumed   3 commands")
        third.expect("not run again, because the session ended in it:   js for (;;);")
        check("once" not in third.ready(), "a side effect came again")
        third.type("status", "main", "linked")
        third.type("undo", "undone   js var n")
        third.type("redo", "done again")
        third.type("module b = 1")
        third.send("quit", ENTER)
        third.ends_with(0)
    check(journals(t) == [], "a clean end leaves a journal")


# Several sessions.


@case()
def two_sessions_have_a_journal_each(t):
    t.ready()
    t.type("module a = 1")
    with Terminal(t.state) as second:
        check("--resume" not in second.ready(), "a living session is offered")
        second.type("module b = 1")
        second.kill()
    check(len(journals(t)) == 2, "one journal")
    with resumed(t, "resumed   1 command ") as third:
        third.type("status", "b ")
        # Now both live.
        refused(t, "there is no session to resume: 2 are running")
    t.type("module c = 1")


def file_time(t):
    """The time that a file gets now, in nanoseconds: file systems tell it in steps of milliseconds."""
    path = os.path.join(t.state, "now")
    with open(path, "w") as file:
        file.write("now")
    return os.stat(path).st_mtime_ns


@case()
def the_session_that_was_cut_off_last_comes_first(t):
    t.ready()
    t.type("module a = 1")
    with Terminal(t.state) as second:
        second.ready()
        second.type("module b = 1")
        [path] = [path for path in journals(t) if str(second.child) in path]
        until(lambda: file_time(t) > os.stat(path).st_mtime_ns, "the time of files goes on")
        t.type("module c = 1")
        second.kill()
    t.kill()
    with resumed(t, "resumed   2 commands", "1 older session can be resumed after it") as third:
        third.type("status", "a ", "c ")
        with resumed(t, "resumed   1 command ") as fourth:
            fourth.type("status", "b ")
            refused(t, "there is no session to resume: 2 are running")
            fourth.kill()
        with resumed(t, "resumed   1 command ") as fifth:
            fifth.type("status", "b ")


@case()
def the_same_session_is_resumed_again_and_again(t):
    t.ready()
    t.type("js var n = 0")
    t.kill()
    for count in range(1, 5):
        with resumed(t, f"resumed   {count} command") as session:
            session.type("js ++n", str(count))
            session.kill()
    check(len(journals(t)) == 1, "a journal for each time")


@case()
def sessions_that_begin_at_once_do_not_take_each_others_journals(t):
    sessions = [t] + [Terminal(t.state) for _ in range(4)]
    try:
        for session in sessions:
            session.ready()
        for index, session in enumerate(sessions):
            session.send(f"module m{index} = 1", ENTER)
        for session in sessions:
            session.ready()
        check(len(journals(t)) == 5, "a journal is missing")
        for session in sessions[1:]:
            session.kill()
    finally:
        for session in sessions[1:]:
            session.close()
    found = set()
    living = []
    try:
        for _ in range(4):
            living.append(resumed(t, "resumed   1 command "))
            found.update(value(living[-1], "Object.keys(modules)"))
    finally:
        for session in living:
            session.close()
    check(found == {"m1", "m2", "m3", "m4"}, repr(found))


@case()
def there_is_nothing_to_resume(t):
    refused(t, "modlab: there is no session to resume\r\n")
    t.ready()
    t.type("status")
    refused(t, "modlab: there is no session to resume\r\n")
    t.send(CTRL_D)
    t.ends_with(0)
    check(not os.path.exists(os.path.join(t.state, "modlab/sessions")), "a directory for nothing")


@case(files={".config/modlab/rc": "option timer off\njs globalThis.rc = 1\n"})
def the_rc_file_alone_is_no_session(t):
    t.ready()
    t.type("js globalThis.hours = rc")
    t.kill()
    for _ in range(6):
        with Terminal(t.state) as other:
            other.ready()
            other.type("status")
            other.kill()
    check(len(journals(t)) == 1, repr(journals(t)))
    with resumed(t, "resumed   3 commands") as last:
        check(value(last, "[rc, hours]") == [1, 1], "not as it was")


@case()
def a_journal_that_is_removed_comes_back(t):
    t.ready()
    t.type("js var a = 1")
    [path] = journals(t)
    os.unlink(path)
    t.type("js var b = 2")
    [path] = journals(t)
    os.rename(path, path + ".mine")
    with open(path, "w") as file:
        file.write("precious")
    t.type("js var c = 3")
    check(len(journals(t)) == 2, repr(journals(t)))
    t.kill()
    with resumed(t, "resumed   3 commands") as second:
        check(value(second, "[a, b, c]") == [1, 2, 3], "not as it was")
        second.send(CTRL_D)
        second.ends_with(0)
    with open(path) as file:
        check(file.read() == "precious", "another's file was changed")


@case()
def a_journal_that_is_replaced_stays_at_the_end(t):
    t.ready()
    t.type("js var a = 1")
    [path] = journals(t)
    os.unlink(path)
    with open(path, "w") as file:
        file.write("precious")
    t.send(CTRL_D)
    t.ends_with(0)
    check(os.path.exists(path), "another's file was removed")


@case()
def answers_are_kept_as_they_are_given(t):
    t.ready()
    t.type("synthetic s x=1")
    t.type("module a = import 'b'; import 'c'")
    t.type("resolve /.*/ => ask")
    t.send("link a", ENTER)
    t.question()
    t.send("s", ENTER)
    t.question()
    t.kill()
    with resumed(t, "resumed   3 commands", "the session ended in it:   link a\r\n",
                 "it had been answered:   s\r\n"):
        pass


@case()
def what_registers_nothing_leaves_redo_as_it_is(t):
    t.ready()
    t.type("js var a = 1")
    t.type("undo", "undone")
    t.type("module m = let let", "SyntaxError")
    t.type("redo", "done again   js var a = 1")


@case()
def the_trace_is_that_of_the_session(t):
    t.ready()
    t.type("module a = 1")
    t.type("option trace node")
    t.type("js 5", "js: ok | a unlinked")
    t.type("undo")
    t.type("js 6", "js: ok | a unlinked")
    t.kill()
    with resumed(t) as second:
        second.type("js 7", "js: ok | a unlinked")
        second.type("undo 3")
        second.type("js 8", "8")


# A disk that is full.


def limited(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return limit


def counts(t, text):
    return t.output.decode().count(text)


@case(prepare=limited(1500))
def a_file_that_may_not_grow_is_told_once(t):
    t.ready()
    for index in range(1, 20):
        t.type(f"js globalThis.n = {index}", str(index))
    check(counts(t, "cannot write the journal") == 1, "not told once")
    check(counts(t, "--resume would not bring back what you do from here on") == 1, "not plain")
    t.type("undo 2", "undone   2 commands")
    t.type("js n", "17")
    t.kill()
    with resumed(t, "resumed   ") as second:
        before = value(second, "n")
        check(2 <= before < 19, f"{before}")
        # The first one that was not whole is cut off, and the journal goes on.
        second.type("js globalThis.n = 100", "100")
        second.kill()
    with resumed(t, "resumed   ") as third:
        check(value(third, "n") == 100, "the new command was lost")


@case(prepare=limited(1500))
def when_there_is_room_again_nothing_is_missing(t):
    t.ready()
    for index in range(1, 20):
        t.type(f"js globalThis.n = (globalThis.n ?? 0) + {index}")
    check(counts(t, "cannot write the journal") == 1, "not told once")
    resource.prlimit(t.child, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    t.type("undo", "the journal can be written again, and has everything", "undone")
    t.type("js n", str(sum(range(1, 19))))
    t.kill()
    with resumed(t, "resumed   19 commands") as second:
        second.type("js n", str(sum(range(1, 19))))


@case(prepare=limited(0))
def where_not_a_byte_can_be_written_the_session_goes_on(t):
    t.ready()
    t.type("js 6 * 7", "42")
    t.type("js 6 * 8", "48")
    check(counts(t, "cannot write the journal") == 1, "not told once")
    t.send(CTRL_D)
    t.ends_with(0)
    check(journals(t) == [], "an empty journal stays")


@case()
def a_real_disk_that_is_full(t):
    disk = os.path.join(t.state, "disk")
    os.mkdir(disk)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        raise skip("no small file system can be mounted here")
    try:
        with Terminal(t.state, XDG_STATE_HOME=disk) as session:
            session.ready()
            session.type("js var n = 1")
            filler = os.path.join(disk, "filler")
            try:
                with open(filler, "wb", buffering=0) as file:
                    while True:
                        file.write(b"x" * 4096)
            except OSError:
                pass
            # The rest of the journal's page is filled before the disk is.
            for _ in range(30):
                session.type("js n++")
            check(counts(session, "no space left on the device; after a crash") == 1, "not told once")
            os.remove(filler)
            session.type("js n++", "written again")
            session.kill()
        with resumed(t, "resumed   32 commands", XDG_STATE_HOME=disk) as session:
            session.type("js n", "32")
    finally:
        subprocess.run(["umount", "-l", disk])


# A state directory that cannot be used.


def goes_on_without_a_journal(t, *expected):
    before = t.ready()
    for text in expected:
        t.send("js 40 + 1", ENTER)
        t.expect(text)
        t.ready()
    t.type("js 40 + 2", "42")
    t.type("undo", "undone   js 40 + 2")
    t.type("status", "no modules")
    told = before + t.output.decode()
    check(counts(t, "--resume") == 1, f"{counts(t, '--resume')} times: {told!r}")
    t.send("quit", ENTER)
    t.ends_with(0)


@case(files={"modlab/sessions": "a file"})
def a_file_stands_where_the_journals_should(t):
    goes_on_without_a_journal(t, "a part of the path is no directory")
    refused(t, "modlab: cannot read")


@case(XDG_STATE_HOME="/proc/1")
def a_state_directory_where_nothing_can_be_made(t):
    goes_on_without_a_journal(t, "cannot write the journal /proc/1/modlab/sessions: ")


@case(XDG_STATE_HOME=None, HOME=None)
def no_home(t):
    goes_on_without_a_journal(t)
    check(counts(t, "neither XDG_STATE_HOME nor HOME says where") == 1, "not told")
    refused(t, "neither XDG_STATE_HOME nor HOME says where", XDG_STATE_HOME=None, HOME=None)


def as_nobody():
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def owned_by_nobody(t, *paths):
    """As root nothing is forbidden, so modlab runs as somebody else."""
    if os.getuid():
        return
    reachable = subprocess.run([prompt.MODLAB, "--version"], preexec_fn=as_nobody,
                               capture_output=True, check=False)
    if reachable.returncode:
        raise skip("another user cannot run modlab here")
    for path in [t.state, *paths]:
        os.chown(path, NOBODY, NOBODY)


@case()
def a_state_directory_that_may_not_be_changed(t):
    owned_by_nobody(t)
    locked = os.path.join(t.state, "locked")
    os.mkdir(locked)
    os.chmod(locked, 0o555)
    with Terminal(t.state, XDG_STATE_HOME=locked, prepare=as_nobody) as session:
        goes_on_without_a_journal(session, "permission denied; after a crash, --resume would not")


@case("bash", "-c", f"exec '{prompt.MODLAB}' 2>errors", XDG_STATE_HOME="/proc/1")
def what_is_wrong_with_the_journal_goes_to_standard_error(t):
    t.ready()
    t.type("js 1 + 1", "2")
    t.type("js 1 + 2", "3")
    with open(os.path.join(t.state, "errors")) as file:
        lines = [line for line in file if "journal" in line]
    check(len(lines) == 1 and lines[0].startswith("modlab: cannot write the journal"), repr(lines))
    check("journal" not in t.output.decode(), "on the terminal too")


# Journals that are not as they were written.


def killed(t, *commands):
    t.ready()
    for command in commands:
        t.type(command)
    t.kill()
    [path] = journals(t)
    return path


def changed(path, change):
    with open(path, "rb") as file:
        content = change(file.read())
    with open(path, "wb") as file:
        file.write(content)
    return content


@case()
def a_torn_last_line_is_cut_off(t):
    path = killed(t, "js var a = 1", "js var b = 2", "js var c = 3")
    changed(path, lambda bytes: bytes[:-20])
    with resumed(t, "resumed   2 commands", "not run again, because the session ended in it:   "
                 "js var c = 3") as session:
        check(value(session, "[a, b, globalThis.c ?? null]") == [1, 2, None], "not as it was")
        check(not counts(session, "damaged"), "a torn line is no damage")
        session.type("js var d = 4")
        session.kill()
    with resumed(t, "resumed   4 commands") as session:
        check(value(session, "[a, b, d]") == [1, 2, 4], "not as it was")


@case()
def a_journal_cut_in_its_first_line_is_none(t):
    path = killed(t, "js var a = 1")
    changed(path, lambda bytes: bytes[:30])
    refused(t, "modlab: there is no session to resume\r\n")


@case()
def damage_in_the_middle_keeps_the_rest(t):
    path = killed(t, "js var a = 1", "js var b = 2", "js var c = 3")
    before = changed(path, lambda bytes: bytes.replace(b'"js var b', b'\xff\x00js var b'))
    with resumed(t, "resumed   1 command ", "modlab: the journal is damaged",
                 ".journal.unread") as session:
        check(value(session, "globalThis.c ?? null") is None, "out of order")
    with open(path + ".unread", "rb") as file:
        rest = file.read()
    check(before.endswith(rest) and b"var c = 3" in rest, repr(rest))


@case()
def what_is_no_journal_is_left_alone(t):
    older = killed(t, "js var a = 1")
    directory = os.path.dirname(older)
    contents = {
        "9000000001-1.journal": os.urandom(5000),
        "9000000002-1.journal": b"",
        "9000000003-1.journal": b'{"session": {"version": 99, "began": "tomorrow"}}\n{"x": 1}\n',
        "9000000004-1.journal": b"# notes\n",
    }
    for name, content in contents.items():
        with open(os.path.join(directory, name), "wb") as file:
            file.write(content)
    os.mkdir(os.path.join(directory, "9000000005-1.journal"))
    os.mkfifo(os.path.join(directory, "9000000006-1.journal"))
    with Terminal(t.state) as session:
        session.expect("modlab --resume brings it back")
    with resumed(t, "resumed   1 command ") as session:
        shown = session.output.decode()
        for name, reason in {"1-1": "it is no journal of modlab",
                             "3-1": "a newer modlab wrote it (journal version 99",
                             "4-1": "it is no journal of modlab",
                             "5-1": "it is a directory"}.items():
            line = f"900000000{name}.journal is left alone: {reason}"
            check(line in shown.replace("\r\n", ""), f"{line!r} not in {shown!r}")
        check(value(session, "a") == 1, "not as it was")
    for name, content in contents.items():
        path = os.path.join(directory, name)
        with open(path, "rb") as file:
            check(file.read() == content, f"{name} was changed")


@case()
def a_journal_that_may_not_be_read_is_named(t):
    path = killed(t, "js var a = 1")
    directory = os.path.dirname(path)
    owned_by_nobody(t, os.path.dirname(directory), directory, os.path.join(
        os.path.dirname(directory), "history"))
    os.chmod(path, 0)
    shown = refused(t, "modlab: there is no session to resume", prepare=as_nobody)
    check("is left alone: permission denied" in shown, repr(shown))


@case()
def a_journal_that_may_not_be_written_is_brought_back(t):
    path = killed(t, "js var a = 1")
    directory = os.path.dirname(path)
    owned_by_nobody(t, os.path.dirname(directory), directory, os.path.join(
        os.path.dirname(directory), "history"), path)
    os.chmod(path, 0o400)
    with resumed(t, "resumed   1 command ", prepare=as_nobody) as session:
        session.type("js a", "1")
        check(counts(session, "cannot write the journal") == 1, "not told once")
        session.send(CTRL_D)
        session.ends_with(0)
    check(os.path.exists(path), "it is gone, although it could not go on")


# Ctrl-C while the log is carried out again.


def interrupt(t, command, *expected):
    """How long it takes until the prompt is back."""
    t.send(command, ENTER)
    t.computes(0.4)
    begin = time.monotonic()
    t.send(CTRL_C)
    for text in expected:
        t.expect(text)
    t.ready()
    took = time.monotonic() - begin
    check(took < 3, f"{command} went on for {took:.1f} s")


def with_a_long_evaluation(t, *more):
    t.ready()
    t.type(f"module long = globalThis.before = 1; {LONG}", "long")
    t.type("link long", "linked")
    t.type("evaluate long", "evaluating → evaluated")
    for command in more:
        t.type(command)


@case()
def ctrl_c_ends_an_undo(t):
    with_a_long_evaluation(t, "js var a = { count: 1 }", "js var b = a", "js a.count++")
    interrupt(t, "undo", "undo was interrupted: the session is as it was before it.",
              "running command 3 of the session again: evaluate long", "try   undo")
    t.type("js [a === b, a.count, before]", "[ true, 2, 1 ]")
    t.type("status long", "evaluated")
    interrupt(t, "undo 3", "undo was interrupted")
    t.type("js a.count++", "2")
    t.kill()
    # The commands that count: what was interrupted did not happen.
    with Terminal(t.state, "--resume") as second:
        second.expect("running command 3 of 8 again")
        second.send(CTRL_C)
        second.expect("modlab: interrupted in command 3 of 8:   evaluate long\r\n"
                      "Nothing is lost: modlab --resume begins again.\r\n")
        second.ends_with(130)
    with resumed(t, "resumed   8 commands") as third:
        third.type("js a.count", "3")
        third.type("undo 100", "undone   9 commands")
        interrupt(third, "redo 100", "redo was interrupted: the session is as it was before it.")
        third.type("status", "no modules")
        third.type("redo 3", "done again   3 commands")
        third.type("status", "long", "evaluated")


@case()
def ctrl_c_ends_an_undo_that_waits_for_nothing_else(t):
    t.ready()
    t.type("js var n = 0")
    for index in range(40):
        t.type("js for (const end = Date.now() + 80; Date.now() < end;); n++", str(index))
    t.send("undo", ENTER)
    t.computes()
    t.send(CTRL_C)
    t.expect("undo was interrupted")
    t.ready()
    t.type("js n", "40")


@case()
def ctrl_c_ends_an_undo_between_steps(t):
    with_a_long_evaluation(
        t, "module late = globalThis.late = 1", "module main = import 'late'; globalThis.x = 1",
        "link main --step", "js 1")
    interrupt(t, "undo", "undo was interrupted")
    t.type("continue", "main", "linking → linked")
    t.type("evaluate main", "evaluated")
    t.type("js [x, late]", "[ 1, 1 ]")


@case()
def ctrl_c_ends_what_looks_at_the_past(t):
    with_a_long_evaluation(t, "module after = 1", "link after", "evaluate after")
    path = os.path.join(t.state, "page.html")
    interrupt(t, "export html page.html", "export was interrupted: no file was written")
    check(not os.path.exists(path), "a file")
    interrupt(t, "export node page.mjs", "export was interrupted: no file was written")
    interrupt(t, "at 7 bindings after", "at was interrupted: the session has not changed")
    t.type("js 6 * 7", "42")


@case()
def a_long_resume_says_how_far_it_is(t):
    with_a_long_evaluation(t)
    t.kill()
    with Terminal(t.state, "--resume") as second:
        second.expect("running command 3 of 3 again   Ctrl-C gives up")
        shown = second.ready()
        check("resumed   3 commands" in shown.split("\x1b[K")[-1], repr(shown))


# Commands that Ctrl-C had stopped.


@case()
def interrupted_commands_are_saved_undone_and_resumed(t):
    t.ready()
    t.type("module loop = globalThis.before = 1; for (;;);")
    t.type("link loop")
    t.type("module slow = globalThis.slow = 1; await new Promise(r => setTimeout(r, 6e5)); slow = 2")
    t.type("link slow")

    def stop(command, is_there=t.computes):
        t.send(command, ENTER)
        is_there()
        t.send(CTRL_C)
        t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
        t.ready()

    stop("evaluate loop")
    stop("evaluate slow", t.waits)
    stop("js globalThis.a = 1; setTimeout(() => { a = 2 }, 60); while (true) {}")
    stop("js globalThis.b = 1; setTimeout(() => { a = 3; console.log('timer', 'ran') }, 150); "
         "await new Promise(r => setTimeout(r, 6e5)); b = 2", lambda: t.expect("timer ran"))
    stop("tick 100000", t.waits)
    look = "[before, slow, a, b]"
    expected = [1, 1, 3, 1]
    check(value(t, look) == expected, "not as thought")
    status = t.type("status")
    t.type("save saved.modlab", "saved")
    t.type("module x = 1")
    check("otherwise" not in t.type("undo", "undone"), "another way")
    check(value(t, look) == expected, "undo made it otherwise")
    t.kill()
    with Terminal(t.state, "--resume") as second:
        second.expect("run again for a moment only, as Ctrl-C had stopped it:   evaluate loop\r\n")
        second.expect("run again for a moment only, as Ctrl-C had stopped it:   js globalThis.a")
        check("otherwise" not in second.ready(), "another way")
        check(second.type("status") == status, "another status")
        check(value(second, look) == expected, "resume made it otherwise")
    run = subprocess.run(
        [prompt.MODLAB, "--json", "saved.modlab", "-c", f"js JSON.stringify({look})"],
        cwd=t.state, capture_output=True, text=True, timeout=60)
    check(run.returncode == 0, run.stdout + run.stderr)
    check(json.loads(run.stdout.splitlines()[-1])["result"]["text"] == "'[1,1,3,1]'", run.stdout)


@case()
def ctrl_c_ends_the_command_whose_job_runs_on(t):
    t.ready()
    t.type("js var n = 0")
    for code in ["await 1; n++; for (;;);", "await new Promise(r => setTimeout(r, 30)); n++; for (;;);",
                 "Promise.resolve().then(() => { n++; for (;;); }); 5",
                 "setTimeout(() => { n++; for (;;); }, 30); await new Promise(r => setTimeout(r, 6e5))"]:
        before = value(t, "n")
        interrupt(t, f"js {code}", "error ERR_SCRIPT_EXECUTION_INTERRUPTED")
        check(value(t, "n") == before + 1, f"{code}: not as thought")
    t.type("js setTimeout(() => { n++; for (;;); }, 10); 6", "6")
    interrupt(t, "tick 100", "error ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.type("module m = await new Promise(r => setTimeout(r, 30)); n++; for (;;);")
    t.type("link m")
    interrupt(t, "evaluate m", "m      linked → evaluating", "error ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.type("status m", "errored")
    status, count = t.type("timeline"), value(t, "n")
    t.type("js 1")
    t.type("undo 1", "undone   js 1")
    check(t.type("timeline") == status, "undo makes other transitions")
    check(value(t, "n") == count, "undo does something else")
    t.kill()
    with resumed(t, "resumed   ") as second:
        check("otherwise" not in second.output.decode(), "another way")
        check(second.type("timeline") == status, "--resume makes other transitions")


LINKED = {"v1/m.mjs": "export const x = 1;\n", "v2/m.mjs": "export const x = 2;\n"}


def with_a_link(t):
    """Files by a path that has a link in it, which can lead elsewhere."""
    os.symlink("v1", os.path.join(t.state, "current"))
    t.ready()
    t.type("load current/m.mjs", "v1/m.mjs")
    t.type("link v1/m.mjs", "linked")


def lead_elsewhere(t):
    os.unlink(os.path.join(t.state, "current"))
    os.symlink("v2", os.path.join(t.state, "current"))


def without_links(journal):
    """As earlier versions wrote it."""
    lines = [json.loads(line) for line in journal.decode().splitlines()]
    for line in lines:
        del line["sum"]
        if "done" in line:
            del line["done"]["taken"]["links"], line["done"]["taken"]["present"]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


@case(files=LINKED)
def paths_lead_where_they_led(t):
    with_a_link(t)
    t.type("js 1")
    lead_elsewhere(t)
    t.type("undo", "undone   js 1")
    t.type("evaluate v1/m.mjs", "evaluated")
    t.kill()
    with resumed(t, "resumed   3 commands") as second:
        check("otherwise" not in second.output.decode(), "another way")
        second.type("status", "v1/m.mjs", "evaluated")


@case(files=LINKED)
def what_would_end_otherwise_is_not_taken_back(t):
    with_a_link(t)
    t.kill()
    changed(journals(t)[0], without_links)
    with resumed(t, "resumed   2 commands") as second:
        second.type("evaluate v1/m.mjs", "evaluated")
        second.type("js 1")
        status = second.type("status")
        lead_elsewhere(t)
        second.type("undo", "undo would change what stays: the session is as it was before it.",
                    "Run again, command 1 failed with ", "; before it succeeded:",
                    "load current/m.mjs", "try   undo 4")
        check(second.type("status") == status, "the session is another")
        second.type("undo 4", "undone   4 commands")
        second.type("status", "no modules")


@case(files=LINKED)
def what_ends_otherwise_than_before_is_named(t):
    with_a_link(t)
    t.kill()
    changed(journals(t)[0], without_links)
    lead_elsewhere(t)
    with resumed(t, "resumed   2 commands", "it ended otherwise than before:   load current/m.mjs"):
        pass


@case(files={"p/m.mjs": "import './n.mjs'; export const y = import.meta.filename;\n", "p/n.mjs": "",
             "elsewhere/m.mjs": "throw 1;\n"})
def a_session_is_in_its_directory_again(t):
    place = os.path.join(t.state, "p")

    def life(directory, *arguments):
        return Terminal(t.state, *arguments, prepare=lambda: os.chdir(directory))

    with life(place) as first:
        first.ready()
        first.type("option loader node")
        first.type("load m.mjs", "m.mjs")
        first.kill()
    with life(os.path.join(t.state, "elsewhere"), "--resume") as second:
        second.expect("resumed   2 commands")
        second.expect(f"it is in {place} again\r\n")
        second.ready()
        second.type("link m.mjs", "linked")
        second.type("evaluate m.mjs", "evaluated")
        second.type("js ns['m.mjs'].y", f"'{place}/m.mjs'")
        second.type("save s.modlab")
        with open(os.path.join(place, "s.modlab")) as file:
            check("load m.mjs --as m.mjs\n" in file.read(), "another path")
        second.kill()
    os.rename(place, place + "-away")
    with life(t.state, "--resume") as third:
        third.expect(f"it is in {place} again, which is not there\r\n")
        third.ready()
        third.type("status m.mjs", "evaluated")
        third.type("load n.mjs", "n.mjs")
        third.type("save s.modlab", "s.modlab")
        check(not os.path.exists(os.path.join(t.state, "s.modlab")), "a file in another directory")


# Scripts that `save` writes.


def run_again(t, script, *commands):
    """Runs a saved script, which must be saved as it is; what the commands print as JSON."""
    again = script + ".again"
    run = subprocess.run(
        [prompt.MODLAB, "--json", script, "-c", "\n".join([f"save {again}", *commands])],
        cwd=t.state, capture_output=True, text=True, timeout=60)
    check(run.returncode == 0, run.stdout + run.stderr)
    texts = []
    for name in [script, again]:
        with open(os.path.join(t.state, name)) as file:
            texts.append(file.read())
    check(texts[0] == texts[1], f"{texts[0]}\nis saved as\n{texts[1]}")
    return [json.loads(line) for line in run.stdout.splitlines()[-len(commands):]]


@case("--seed", "7")
def a_saved_script_has_time_and_chance(t):
    t.ready()
    chance = value(t, "globalThis.r = Math.random()")
    t.type("js globalThis.order = ''; setTimeout(() => { order += 'A' }, 900); 0")
    # The time between the two is what the script has to have.
    time.sleep(0.6)
    t.type("js setTimeout(() => { order += 'B' }, 600); 0")
    t.type("tick 1500")
    check(value(t, "order") == "AB", "not as thought")
    t.type("save s.modlab", "saved")
    answers = run_again(t, "s.modlab", "js order", "js r")
    check(answers[0]["result"]["json"] == "AB", "the timers change places")
    check(answers[1]["result"]["json"] == chance, "another seed")


def is_saved_again(t, name):
    """A script that ran is the same when it is saved again."""
    run = subprocess.run([prompt.MODLAB, name, "-c", "save again.modlab"], cwd=t.state, capture_output=True,
                         text=True, timeout=60)
    check(run.returncode == 0, run.stdout + run.stderr)
    first, second = (open(os.path.join(t.state, path), encoding="utf-8").read() for path in (name, "again.modlab"))
    check(first == second, f"{first!r} is saved as {second!r}")


@case(files={"a.mjs": "export const x = 1;\n", "b.json": "[1]\n", "c.mjs": "export const z = 1;\n",
             "s.js": "var s = 1;\n"})
def what_was_read_is_saved_although_files_change(t):
    t.ready()
    t.type("module a from a.mjs")
    t.type("json b from b.json")
    t.type("script from s.js")
    t.type("load c.mjs")
    for name in ["a.mjs", "b.json", "s.js", "c.mjs"]:
        with open(os.path.join(t.state, name)) as file:
            text = file.read()
        with open(os.path.join(t.state, name), "w") as file:
            file.write(text.replace("1", "2"))
    t.type("module again from a.mjs")
    t.type("save s.modlab", "saved 5 commands in s.modlab",
           "warning c.mjs has changed since it was read, and the script reads it as it is now")
    with open(os.path.join(t.state, "s.modlab")) as file:
        saved = file.read()
    check("module a <<END\nexport const x = 1;\n\nEND\n" in saved, saved)
    check("json b <<END\n[1]\n\nEND\n" in saved, saved)
    check("module again from a.mjs\n" in saved, saved)
    check("load c.mjs --as c.mjs\n" in saved, saved)
    is_saved_again(t, "s.modlab")
    run = subprocess.run(
        [prompt.MODLAB, "--json", "s.modlab", "-c", "show a\nshow again\njs s"], cwd=t.state,
        capture_output=True, text=True, timeout=60)
    check(run.returncode == 0, run.stdout + run.stderr)
    shown = [json.dumps(json.loads(line)["result"]) for line in run.stdout.splitlines()[-3:]]
    check("x = 1" in shown[0] and "x = 2" in shown[1] and '"1"' in shown[2], repr(shown))


@case()
def what_nothing_would_stop_in_a_script_is_left_out(t):
    t.ready()
    t.type("js globalThis.n = 1")
    t.send("js await new Promise((done) => setTimeout(done, 30)); for (;;);", ENTER)
    t.computes()
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("save s.modlab", "saved 1 command in s.modlab",
           "not in the script, because nothing would stop it there as Ctrl-C did: js await new Promise")
    is_saved_again(t, "s.modlab")


@case()
def jobs_without_end_are_not_run_again_when_the_session_ended_in_them(t):
    t.ready()
    t.type("js globalThis.n = 41")
    t.send("js function again() { Promise.resolve().then(again) } again()", ENTER)
    t.computes()
    t.kill()
    with resumed(t, "resumed   1 command", "not run again, because the session ended in it") as session:
        session.type("js n + 1", "42")


# What ran before the prompt.

PROGRAM = {
    "p/main.mjs": "import { x } from './dep.mjs';\nconsole.log('x is', x, import.meta.filename);\n"
                  "setTimeout(() => console.log('late', globalThis.late = 1), 50);\n"
                  "export const y = x + 1;\n",
    "p/dep.mjs": "export let x = 41;\n",
}


def is_in_the_log(t, count):
    status = t.type("status")
    t.type("save again.modlab", f"saved {count} commands")
    t.type("js var n = 1")
    t.type("undo", "undone   js var n = 1")
    check(t.type("status") == status, "undo changes the program")
    t.kill()
    with resumed(t, f"resumed   {count} commands") as second:
        check(second.type("status") == status, "another status")
        check(counts(second, "x is") == 0, "it prints again")
        check(value(second, "globalThis.late ?? null") == 1, "its timers did not run again")
        second.type("undo", "undone   ")
        second.type("redo", "done again   ")
    run = subprocess.run([prompt.MODLAB, "again.modlab"], cwd=t.state, capture_output=True, text=True)
    check(run.returncode == 0 and "x is 41" in run.stdout and "late 1" in run.stdout, run.stdout)


@case("-i", "p/main.mjs", files=PROGRAM)
def a_program_before_the_prompt_is_in_the_log(t):
    shown = t.expect("late 1")
    check("x is 41" in shown and "p/main.mjs" in shown and "→" not in shown, repr(shown))
    t.ready()
    t.type("history", "option loader node", "load p/main.mjs", "link p/main.mjs", "evaluate p/main.mjs",
           "tick ")
    is_in_the_log(t, 5)


@case("-i", "p/failing.mjs", files={"p/failing.mjs": "globalThis.late = 1; throw new Error('no')"})
def a_program_that_fails_is_in_the_log_too(t):
    t.expect("Error: no")
    t.ready()
    t.type("status", "failing.mjs", "errored")
    t.kill()
    with resumed(t, "resumed   4 commands") as second:
        second.type("status", "failing.mjs", "errored")


@case("-i", "p/endless.mjs", files={"p/endless.mjs": "setInterval(() => console.log('turn', globalThis.late = 1), 5)"})
def a_program_that_does_not_end_is_stopped_and_in_the_log(t):
    for _ in range(50):
        t.expect("turn 1")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    count = int(t.type("save s.modlab", "saved ").split()[0])
    check(count < 40, f"{count} commands")
    t.kill()
    with resumed(t, f"resumed   {count} commands") as second:
        check(value(second, "late") == 1, "it did not run")


@case("-i", "p/setup.modlab", "-c", "link main\nevaluate main",
      files={"p/setup.modlab": "module main = globalThis.late = 1; console.log('x is', 41, 'late 1')\n"})
def scripts_before_the_prompt_are_in_the_log(t):
    t.expect("evaluating → evaluated")
    t.ready()
    is_in_the_log(t, 3)


@case("-i", "p/setup.modlab", files={"p/setup.modlab": f"js var a = 1\njs var b = 2\njs {LONG}\n"})
def a_script_that_is_killed_has_what_ran(t):
    t.until(lambda: b"undefined\r\nundefined" in t.output, "two commands ran")
    t.computes()
    t.kill()
    with resumed(t, "resumed   2 commands", "not run again, because the session ended in it:   "
                 "js for (const end") as second:
        check(value(second, "[a, b]") == [1, 2], "not as it was")


if __name__ == "__main__":
    sys.exit(prompt.main(CASES))
