#!/usr/bin/env python3
"""Uses modlab in a pseudo-terminal as a person does.

Usage: prompt.py MODLAB [PART_OF_A_NAME…]
"""

import fcntl
import os
import pathlib
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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Support"))

from harness import PATIENCE, Failure, Skip, check, cpu_seconds, until

MODLAB = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/modlab")
PROMPT = "modlab> "
ENTER, CTRL_C, CTRL_D, TAB, UP = b"\r", b"\x03", b"\x04", b"\t", b"\x1b[A"
CASES = []


class Terminal:
    """modlab in a terminal of its own, and what it wrote."""

    def __init__(self, state, *arguments, rows=50, columns=100, files=(), prepare=None,
                 **environment):
        """`prepare` is called in the child before it becomes modlab. A variable whose value is None is
        not there."""
        base = {
            "PATH": os.environ["PATH"], "HOME": state, "XDG_STATE_HOME": state, "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "SWIFT_BACKTRACE": "enable=no",
        }
        base.update(environment)
        self.state = state
        # The colour ends before the space.
        self.prompt = PROMPT if base["NO_COLOR"] else "modlab>"
        for path, text in dict(files).items():
            path = os.path.join(state, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text)
            if text.startswith("#!"):
                os.chmod(path, 0o700)
        self.child, self.master = pty.fork()
        if self.child == 0:
            # The size is there before the program can ask for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(state)
            command = list(arguments) if "bash" in arguments else [MODLAB, *arguments]
            if prepare:
                prepare()
            variables = {k: v.replace("STATE", state) for k, v in base.items() if v is not None}
            os.execvpe(command[0], command, variables)
        self.output, self.place, self.exit_status = b"", 0, None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def is_cooked(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ICANON)

    def is_waiting(self):
        """Whether all threads of modlab sleep: it has nothing left to compute."""
        for thread in os.listdir(f"/proc/{self.child}/task"):
            try:
                with open(f"/proc/{self.child}/task/{thread}/stat") as stat_file:
                    if stat_file.read().rpartition(")")[2].split()[0] not in "SID":
                        return False
            except FileNotFoundError:
                pass
        return True

    def switches(self):
        """How often its threads began to wait."""
        total = 0
        for thread in os.listdir(f"/proc/{self.child}/task"):
            with open(f"/proc/{self.child}/task/{thread}/status") as status:
                total += int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read(), re.M)[1])
        return total

    def until(self, condition, what):
        return until(condition, what, self.pull)

    def computes(self, seconds=0.3):
        """Waits until modlab has computed for so long from here on: it is in the midst of something."""
        begin = cpu_seconds(self.child)
        self.until(lambda: cpu_seconds(self.child) - begin >= seconds, f"it computes {seconds} s")

    def waits(self):
        """Waits until a command runs and has nothing to compute: at 30 looks, one after the other."""
        looks = 0

        def has_nothing_to_do():
            nonlocal looks
            looks = looks + 1 if self.is_cooked() and self.is_waiting() else 0
            return looks == 30

        self.until(has_nothing_to_do, "a command waits")

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
        wanted = text.encode()
        try:
            self.until(lambda: wanted in self.output[self.place:], repr(text))
        except Failure:
            raise Failure(f"expected {text!r} in {self.output[self.place:]!r}") from None
        start = self.output.index(wanted, self.place)
        passed = self.output[self.place:start]
        self.place = start + len(wanted)
        return passed.decode(errors="replace").replace("\r\n", "\n")

    def ready(self):
        """Waits until the prompt takes keys; what was printed before it."""
        passed = self.expect(self.prompt)
        self.until(lambda: not self.is_cooked(), "the prompt reads")
        return passed

    def question(self):
        """Waits until a question takes keys."""
        self.expect("answer> ")
        self.until(lambda: not self.is_cooked(), "the question is read")

    def type(self, line, *expected):
        """Types a line; what it prints must have the expected texts in this order."""
        self.send(line, ENTER)
        for text in expected:
            self.expect(text)
        return self.ready()

    def ends_with(self, status):
        # Draining, because a child that still writes does not end.
        self.until(self.has_ended, "modlab ends")
        check(self.exit_status == status, f"exit status {self.exit_status}, not {status}")

    def has_ended(self):
        child, wait_status = os.waitpid(self.child, os.WNOHANG)
        if child:
            self.exit_status = os.waitstatus_to_exitcode(wait_status)
        return bool(child)

    def kill(self):
        os.kill(self.child, signal.SIGKILL)
        self.ends_with(-signal.SIGKILL)

    def close(self):
        if self.exit_status is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.master)


def case(*arguments, **options):
    def register(function):
        CASES.append((function, arguments, options))
        return function
    return register


@case()
def the_banner_says_how_to_get_help_and_out(t):
    banner = t.ready()
    check(banner.count("\n") == 2, repr(banner))
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
    t.send("js console.log('it', 'runs'); for(;;){}", ENTER)
    t.expect("it runs")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 40 + 2", "42")
    t.type("status", "kept")
    t.type("module endless = console.log('body', 'runs'); for(;;){}", "endless")
    t.type("link endless", "linked")
    t.send("evaluate endless", ENTER)
    t.expect("body runs")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("status endless", "errored")
    t.type("js await new Promise(done => setTimeout(done, 20, 'on time'))", "on time")


# Each goes on for ever, and not in one call that the engine could end: a command, and what it has printed
# when it is time.
ENDLESS = [
    ("js console.log('it', 'runs'); for (;;) await 0", "it runs"),
    ("js console.log('it', 'runs'); void (async () => { for (;;) await 0 })()", "it runs"),
    ("js console.log('it', 'runs'); (function again() { Promise.resolve().then(again) })()", "it runs"),
    ("js console.log('it', 'runs'); (function again() { queueMicrotask(again) })()", "it runs"),
    ("js console.log('it', 'runs'); setTimeout(() => { for (;;); }, 0); await new Promise(() => {})",
     "it runs"),
    ("js console.log('it', 'runs'); for (;;) console.log({ get [Symbol.toStringTag]() { for (;;); } })",
     "it runs"),
    ("js console.log('it', 'runs'); for (;;) try { vm.runInThisContext('for (;;);') } catch {}", "it runs"),
    ("js console.log('it', 'runs'); for (;;) vm.runInNewContext('x', { get x() { for (;;); } })", "it runs"),
    ("script = console.log('it', 'runs'); (function again() { Promise.resolve().then(again) })()", "it runs"),
    ("evaluate jobs", "jobs run"),
    ("evaluate waits", "waits runs"),
]


def ends_by_ctrl_c(t, *expected):
    begin = time.monotonic()
    t.send(CTRL_C)
    for text in expected:
        t.expect(text)
    t.ready()
    took = time.monotonic() - begin
    # It takes a tenth of a second; the machine may have others to serve.
    check(took < 3, f"it went on for {took:.1f} s")


@case()
def ctrl_c_ends_whatever_runs_without_end(t):
    t.ready()
    t.type("module jobs = console.log('jobs', 'run'); (function f() { Promise.resolve().then(f) })()", "jobs")
    t.type("module waits = console.log('waits', 'runs'); for (;;) await 0", "waits")
    t.type("link jobs", "linked")
    t.type("link waits", "linked")
    t.type("js var kept = 41", "undefined")
    for command, printed in ENDLESS:
        t.send(command, ENTER)
        t.expect(printed)
        time.sleep(0.3)
        ends_by_ctrl_c(t, "ERR_SCRIPT_EXECUTION_INTERRUPTED")
        # Nothing of it is left for the next command.
        check("ERR" not in t.type("js kept + 1", "42"), command)
    # All is done again, and ends again.
    t.type("js var last = 1", "undefined")
    t.type("undo", "undone   js var last = 1")
    t.type("js [kept, typeof last]", "[ 41, 'undefined' ]")


@case()
def ctrl_c_ends_what_shows_an_error(t):
    t.ready()
    endless = "get [Symbol.toStringTag]() { for (;;); }, toString() { for (;;); }"
    t.send("js console.log('it', 'throws'); throw Array.from({ length: 50 }, () => ({ %s }))" % endless, ENTER)
    t.expect("it throws")
    time.sleep(0.3)
    ends_by_ctrl_c(t)
    t.type("js 40 + 2", "42")


@case()
def ctrl_c_ends_only_the_call_that_asks_for_it(t):
    t.ready()
    t.send("js try { console.log('it', 'runs'); vm.runInThisContext('for (;;);', { breakOnSigint: true }) }"
           " catch (e) { console.log('caught', e.code) } 'goes on'", ENTER)
    t.expect("it runs")
    time.sleep(0.3)
    ends_by_ctrl_c(t, "caught ERR_SCRIPT_EXECUTION_INTERRUPTED", "'goes on'")
    # It is done again as it was.
    t.type("js var after = 1", "undefined")
    t.type("undo", "undone   js var after = 1")
    # Who catches each is ended by the second.
    t.send("js for (;;) try { vm.runInThisContext('for (;;);', { breakOnSigint: true }) }"
           " catch (e) { console.log('caught', 'one') }", ENTER)
    time.sleep(0.3)
    t.send(CTRL_C)
    t.expect("caught one")
    ends_by_ctrl_c(t, "ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.type("js 40 + 2", "42")


@case()
def a_time_limit_bounds_the_jobs_of_a_command(t):
    t.ready()
    for name, source in [
        ("jobs", "(function f() { Promise.resolve().then(f) })()"),
        ("waits", "for (;;) await 0"),
        ("both", "(function f() { queueMicrotask(f) })(); for (;;);"),
        ("timer", "setTimeout(() => { for (;;); }, 0); await new Promise(() => {})"),
    ]:
        t.type(f"module {name} = {source}", name)
        t.type(f"link {name}", "linked")
        t.type(f"evaluate {name} --timeout 100", "ERR_SCRIPT_EXECUTION_TIMEOUT",
               "Script execution timed out after 100ms")
        t.type("js 40 + 2", "42")


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


# Completion, by the place in the command.


@case()
def tab_offers_modules_that_the_command_can_use(t):
    t.ready()
    t.type("synthetic mark x=1", "mark")
    t.type("module maple = export const y = 1", "maple")
    t.send("link ma", TAB, ENTER)
    t.expect("maple   unlinked → linking → linked")
    t.ready()
    t.send("evaluate ma", TAB, TAB)
    t.expect("maple  mark")
    t.send("p", TAB, ENTER)
    t.expect("→ evaluated")
    t.ready()


@case()
def tab_offers_exports_and_quotes_odd_names(t):
    t.ready()
    t.type("synthetic odd 'a b'=1 plain=2", "odd")
    t.send("set od", TAB, "pl", TAB, "= 7", ENTER)
    t.expect("odd.plain = 7")
    t.ready()
    t.send("set odd.a", TAB, "= 8", ENTER)
    t.expect('odd."a b" = 8')
    t.ready()
    t.send("set odd.'a", TAB, "= 9", ENTER)
    t.expect('odd."a b" = 9')
    t.ready()
    t.send("why 'a", TAB, "in od", TAB, ENTER)
    t.ready()
    t.type("history 2", "  why 'a b' in odd")


@case()
def tab_quotes_a_module_name_that_needs_it(t):
    t.ready()
    t.type("module 'my module' = 1", "my module")
    t.send("link my", TAB, ENTER)
    t.expect("unlinked → linking → linked")
    t.ready()


@case(files={"lib/deep/one.mjs": "export default 1", "with blank.modlab": "context blank",
             ".hidden/x": ""})
def tab_offers_files_with_their_directories(t):
    t.ready()
    t.send("module one from li", TAB, "d", TAB, "o", TAB, ENTER)
    t.expect("exports default")
    t.ready()
    t.send("source wi", TAB, ENTER)
    t.expect("context blank")
    t.ready()
    t.send("status > lib/", TAB, "status.txt", ENTER)
    t.ready()
    check(os.path.exists(os.path.join(t.state, "lib/deep/status.txt")), "the file is not there")


@case()
def tab_offers_options_and_their_values(t):
    t.ready()
    t.type("module m = 1", "m ")
    t.type("link m", "linked")
    t.send("evaluate m --ti", TAB, "100", ENTER)
    t.expect("evaluated")
    t.ready()
    t.send("option cl", TAB, "v", TAB, ENTER)
    t.ready()
    t.type("option clock", "clock   virtual")
    t.send("graph --format me", TAB, ENTER)
    t.ready()
    t.type("history 2", "  graph --format mermaid")


# Long entries and the person's own programs.


@case(rows=12, columns=60)
def a_block_taller_than_the_screen_stays_whole(t):
    t.ready()
    lines = [f"export const v{i} = {i};" for i in range(60)]
    t.send("module tall <<END", ENTER, b"\x1b[200~", "\r".join(lines), b"\x1b[201~", ENTER)
    t.send("export const last = 1;", ENTER, "END", ENTER)
    t.expect("exports v0, v1")
    t.ready()
    t.type("js Object.keys(Object).length", "0")
    shown = t.output.decode()
    check(shown.count("...> export const v30 = 30;") == 1, "a row is not shown exactly once")
    t.type("link tall", "linked")
    t.send(UP, UP, UP, "\x1b[5~", ENTER)


@case(VISUAL="sed -i s/first/second/")
def ctrl_x_ctrl_e_edits_the_entry_elsewhere(t):
    t.ready()
    t.send("js 'first' + 1", b"\x18\x05")
    t.expect("'second' + 1")
    t.send(ENTER)
    t.expect("'second1'")
    t.ready()


@case(VISUAL="sed -i s/42/43/")
def edit_defines_the_module_again(t):
    t.ready()
    t.type("module main = export const x = 42", "main")
    t.type("link main", "linked")
    t.type("edit main", "main   source      unlinked   exports x")
    t.type("show main", "export const x = 43")
    t.type("edit main", "main is unchanged")
    t.type("edit nobody", "nobody")


@case(VISUAL="STATE/editor", files={"editor": "#!/bin/sh\necho 'export {' >> $1\n"})
def edit_offers_a_mistaken_text_again(t):
    t.ready()
    t.type("module main = export const x = 42", "main")
    t.send("edit main", ENTER)
    t.expect("SyntaxError")
    t.expect("Edit again? [Y/n] ")
    t.send("y", ENTER)
    t.expect("SyntaxError")
    t.expect("Edit again? [Y/n] ")
    t.send("n", ENTER)
    t.expect("main is as it was")
    t.ready()
    t.type("show main", "export const x = 42")


@case(rows=10, PAGER="sed 's/^/paged: /'")
def long_output_goes_through_the_pager(t):
    t.ready()
    check("paged" not in t.type("js 1", "1"), "a short text was paged")
    t.type("help", "paged: ")
    t.type("option pager off")
    check("paged" not in t.type("help"), "option pager off")


@case(files={".config/modlab/rc": "synthetic early x=1\nlink nobody\nsynthetic late x=2\n"})
def the_rc_file_runs_first_and_goes_on_after_errors(t):
    before = t.ready()
    check("/.config/modlab/rc:2" in before, repr(before))
    t.type("js modules.early.status + modules.late.status", "'linkedlinked'")


@case("--no-rc", files={".config/modlab/rc": "synthetic early x=1\n"})
def no_rc_leaves_the_rc_file_alone(t):
    check("early" not in t.ready(), "it was read")
    t.type("status", "no modules")


@case(files={"rc/modlab/rc": "synthetic early x=1\n"}, XDG_CONFIG_HOME="STATE/rc")
def scripts_do_not_read_the_rc_file(t):
    check("early" in t.ready(), "it was not read")
    environment = {"HOME": t.state, "XDG_CONFIG_HOME": t.state + "/rc", "PATH": os.environ["PATH"]}
    result = subprocess.run(
        [MODLAB], input=b"status\nedit x\n", capture_output=True, env=environment,
        timeout=PATIENCE)
    check(b"early" not in result.stdout and b"modlab>" not in result.stdout, repr(result.stdout))
    check(result.returncode == 1, "the status of a failed script")
    check(b"\x1b" not in result.stdout, "escape sequences in a pipe")


@case(NO_COLOR="")
def colour_can_be_switched(t):
    t.ready()
    t.type("module main = 1", "main")
    for value, is_coloured in {"never": False, "always": True}.items():
        t.type(f"option color {value}")
        t.send("status", ENTER)
        t.expect("status")
        t.expect("RECORD")
        check(bool(re.search("\x1b\\[[0-9;]+m", t.expect("main"))) == is_coloured, value)
        t.ready()


@case()
def history_numbers_the_commands(t):
    t.ready()
    t.type("js 'one'", "'one'")
    t.type("js 'two'", "'two'")
    t.type("history", "1  js 'one'", "2  js 'two'", "3  history")
    check("js 'one'" not in t.type("history 2", "3  history"), "more than 2")


@case()
def entries_outlive_the_session(t):
    t.ready()
    t.type("js 'kept' + 1", "'kept1'")
    path = os.path.join(t.state, "modlab", "history")
    check(stat.S_IMODE(os.stat(path).st_mode) == 0o600, "file mode")
    second = Terminal(t.state)
    try:
        second.ready()
        second.send(b"\x12kep")
        second.expect("js 'kept'")
        second.send(ENTER)
        second.expect("'kept1'")
        second.ready()
    finally:
        second.close()


# Signals.


@case()
def ctrl_c_leaves_a_search(t):
    t.ready()
    t.type("js 'needle'", "'needle'")
    t.send(b"\x12nee")
    t.expect("bck:")
    t.send(CTRL_C)
    t.ready()
    t.type("js 1 + 1", "2")


@case()
def ctrl_c_ends_a_wait_for_a_timer(t):
    t.ready()
    t.send("js console.log('it', 'waits'); await new Promise(r => setTimeout(r, 600000))", ENTER)
    t.expect("it waits")
    t.until(t.is_waiting, "modlab waits")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("module slow = console.log('body', 'waits'); await new Promise(r => setTimeout(r, 6e5))")
    t.type("link slow", "linked")
    t.send("evaluate slow", ENTER)
    t.expect("body waits")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 40 + 2", "42")


@case()
def ctrl_c_ends_a_link_that_waits(t):
    t.ready()
    t.type('module main = import "far"', "main")
    t.type('resolve "far" => delay 600000 pending', "rule 1")
    t.send("link main", ENTER)
    t.expect("unlinked → linking")
    t.until(t.is_waiting, "modlab waits")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 40 + 2", "42")


@case()
def a_signal_gives_the_terminal_back(t):
    t.ready()
    os.kill(t.child, signal.SIGTERM)
    t.ends_with(-signal.SIGTERM)
    check(t.is_cooked(), "raw after SIGTERM")
    second = Terminal(t.state)
    try:
        second.ready()
        os.kill(second.child, signal.SIGHUP)
        second.ends_with(-signal.SIGHUP)
        check(second.is_cooked(), "raw after SIGHUP")
        check(second.output.rstrip().endswith(b"\x1b[?2004l"), "paste mode stays on")
    finally:
        second.close()


@case("bash", "--norc", "--noprofile", "--noediting", PS1="shell$ ")
def a_stop_and_a_return(t):
    t.expect("shell$ ")
    t.send(f"'{MODLAB}'\n")
    t.ready()
    t.send("js 'half")
    t.expect("half")
    t.send(b"\x1a")
    t.expect("shell$ ")
    check(t.is_cooked(), "raw in the shell")
    t.send("fg\n")
    t.expect("\x1b[?2004h")
    t.expect("half")
    t.send("!'", ENTER)
    t.expect("'half!'")
    t.ready()


@case("bash", "--norc", "--noprofile", "--noediting", PS1="shell$ ")
def a_stop_in_a_block_keeps_its_lines(t):
    t.expect("shell$ ")
    t.send(f"'{MODLAB}'\n")
    t.ready()
    t.send("js [1,", ENTER)
    t.expect("   ...> ")
    t.send("2,", ENTER, "3")
    t.expect("   ...> 3")
    t.send(b"\x1a")
    t.expect("shell$ ")
    check(t.is_cooked(), "raw in the shell")
    t.send("fg\n")
    t.expect("js [1,")
    t.expect("   ...> 3")
    t.send("].length + 40", ENTER)
    t.expect("43")
    t.ready()


@case(columns=80)
def a_line_as_wide_as_the_terminal_leaves_no_empty_row(t):
    t.ready()
    text = "x" * (80 - len("modlab> js ''"))
    t.send(f"js '{text}'", ENTER)
    t.expect(text)
    rows = re.sub(r"\x1b\[\?2004l", "", t.expect("'" + text))
    check(rows.count("\n") - rows.count("\x1b[A") == 0, repr(rows))
    t.ready()
    t.type("js 6 * 7", "42")


@case()
def a_resize_redraws_the_line(t):
    t.ready()
    t.send("js 'abc")
    t.expect("abc")
    t.resize(24, 20)
    t.expect("abc")
    t.send("d" * 30, "'", ENTER)
    t.expect("'abc" + "d" * 30 + "'\r\n")
    t.ready()


@case()
def ctrl_d_deletes_or_gives_up_a_block(t):
    t.ready()
    t.send("xjs 5 + 5", b"\x01", CTRL_D, ENTER)
    t.expect("10")
    t.ready()
    t.send("module half = {", ENTER)
    t.expect("   ...> ")
    t.send(CTRL_D)
    t.ready()
    t.type("status", "no modules")


# Keys, pastes, other terminals.


@case()
def a_paste_runs_nothing_and_keeps_its_lines(t):
    t.ready()
    t.send(b"\x1b[200~module a <<END\r\n\texport const x = 1\r\n\r\nEND\r\n\x1b[201~")
    t.expect("   ...> END")
    check(b"source" not in t.output[t.place:], "it ran")
    t.send(ENTER)
    t.expect("a      source      unlinked   exports x")
    t.ready()
    t.type("js JSON.stringify(modules.a.identifier)", '"a"')
    shown = t.type("show a", "export const x = 1")
    check("4  " not in shown.split("exports")[0], repr(shown))


@case()
def keys_move_and_utf8_is_typed(t):
    t.ready()
    t.send("js one", b"\x1b[1;5D", "'é漢' + '", b"\x1b[F", "'", ENTER)
    t.expect("'é漢one'")
    t.ready()
    t.send("s 6 + 6", b"\x1b[H", "j", b"\x1b[F", "x", b"\x1b[D", b"\x1b[3~", ENTER)
    t.expect("12")
    t.ready()


@case(files={".editrc": "edit on\nbind -v\n"})
def vi_mode_keeps_the_editor_working(t):
    t.ready()
    t.send("js 2 + 3", b"\x1b", "0", "x", "i", "j", ENTER)
    t.expect("5")
    t.ready()
    t.send("module a = export const o = {", ENTER, "};", ENTER)
    t.expect("exports o")
    t.ready()
    t.send(b"\x1b[200~js 'pasted'\x1b[201~", ENTER)
    t.expect("'pasted'\r\n")
    t.ready()
    t.send("namesp", TAB, CTRL_C)
    t.ready()
    t.send(CTRL_D)
    t.ends_with(0)


@case()
def undo_takes_commands_back_silently(t):
    t.ready()
    t.type("module main = console.log('once')", "main ")
    t.type("link main", "linked")
    t.type("evaluate main", "once")
    t.type("js var n = 1")
    t.type("js n++", "1")
    check("once" not in t.type("undo", "undone   js n++"), "a side effect came again")
    t.type("js n", "1")
    check("once" not in t.type("undo 3", "undone   3 commands"), "a side effect came again")
    t.type("status main", "linked")
    t.type("redo", "done again   evaluate main")
    t.type("status main", "evaluated")
    t.type("undo 1000", "undone   3 commands")
    t.type("undo", "there is nothing to take back")
    t.type("module a = 1")
    t.type("redo", "there is nothing to do again")


@case()
def undo_keeps_the_date(t):
    t.ready()
    t.type("js const begin = Date.now(), text = String(new Date(begin))")
    before = t.type("js [begin, text]")
    # The date moves on, which is what an undo must not see.
    time.sleep(0.3)
    t.type("js 1", "1")
    t.type("undo 2")
    check(t.type("js [begin, text]") == before, "another date")
    t.type("js `year ${new Date().getFullYear()}`", f"'year {time.gmtime().tm_year}'")


@case()
def undo_does_not_wait_nor_hang(t):
    t.ready()
    t.type("js await new Promise(r => setTimeout(r, 3000)); var late = 1")
    t.type("module loop = for (;;) globalThis.turns = 1")
    t.type("link loop")
    t.send("evaluate loop", ENTER)
    t.computes()
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("module a = 1")
    begin = time.monotonic()
    t.type("undo", "undone   module a = 1")
    check(time.monotonic() - begin < 2.9, "undo waited")
    t.type("status loop", "errored")
    t.type("js [late, turns]", "[ 1, 1 ]")


@case(TERM="dumb")
def a_dumb_terminal_is_read_plainly(t):
    t.expect(PROMPT)
    t.send("module a = export const o = {\n")
    t.expect("   ...> ")
    t.send("}\n")
    t.expect("exports o")
    t.expect(PROMPT)
    check(b"\x1b" not in t.output, "escape sequences")
    t.send(CTRL_D)
    t.ends_with(0)


# Ctrl-C and Ctrl-D in the middle of something.


@case()
def ctrl_c_at_a_question_discards_then_interrupts(t):
    t.ready()
    t.type('module main = import "a"; import "b"', "main")
    t.type("synthetic dep x=1", "dep")
    t.type('resolve "*" => ask', "rule 1")
    t.send("link main", ENTER)
    t.expect('main asks for "a"')
    t.question()
    t.send("half")
    t.expect("half")
    t.send(CTRL_C)
    t.expect('main asks for "a"')
    t.question()
    t.send("two words", ENTER)
    t.expect("help targets")
    t.question()
    t.send("de", TAB, ENTER)
    t.expect('main asks for "b"')
    t.question()
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("reset main", "unlinked")
    t.send("link main", ENTER)
    t.question()
    t.send(CTRL_D)
    t.expect('main asks for "b"')
    t.question()
    t.send(CTRL_D)
    t.expect("error Error: Nobody answered rule 1")
    t.ready()
    # Answers are no commands.
    t.send(UP)
    t.expect("link main")


@case(rows=10, PAGER="cat >&2; read key </dev/tty; echo left")
def ctrl_c_in_the_pager_is_the_pagers(t):
    t.ready()
    t.send("help", ENTER)
    t.expect("ends modlab")
    t.send(CTRL_C)
    t.ready()
    t.type("js 6 * 7", "42")


@case(rows=10)
def without_a_pager_variable_less_shows_it(t):
    t.ready()
    t.send("help", ENTER)
    t.expect("Defining modules")
    t.send("G")
    t.expect("help COMMAND tells more")
    t.send("q")
    t.ready()


@case(rows=10)
def ctrl_d_in_the_pager_is_the_pagers(t):
    t.ready()
    t.send("help", ENTER)
    t.expect("Defining modules")
    t.send(CTRL_D, "q")
    t.ready()
    t.type("js 6 * 7", "42")


@case()
def ctrl_d_while_code_runs_does_not_leave(t):
    t.ready()
    t.send("js console.log('it', 'runs'); for(;;){}", ENTER)
    t.expect("it runs")
    t.send(CTRL_D, CTRL_D, CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 6 * 7", "42")


@case(rows=10, PAGER="false")
def a_pager_that_fails_loses_nothing(t):
    t.ready()
    t.type("help", "Sessions", "quit")


@case(rows=10, PAGER="/no/such/pager")
def a_pager_that_is_not_there_loses_nothing(t):
    t.ready()
    t.type("help", "Sessions", "quit")


@case()
def ctrl_d_in_a_search_does_not_leave(t):
    t.ready()
    t.type("js 'needle'", "'needle'")
    t.send(b"\x12nee")
    t.expect("bck:")
    t.send(CTRL_D, CTRL_C)
    t.ready()
    t.type("js 1 + 1", "2")


@case()
def type_ahead_is_kept_for_the_next_prompt(t):
    t.ready()
    t.send("js 'a' + 1", ENTER, "js 'b' + 2", ENTER)
    t.expect("'a1'")
    t.expect("'b2'")
    t.ready()


@case()
def nothing_works_while_a_step_is_waited_for(t):
    t.ready()
    t.type("module main = console.log(1); await null; console.log(2)", "main")
    t.type("link main", "linked")
    t.type("evaluate main --step", "stops before its first step")
    t.type("step 2", "step 2")
    t.type("js 6 * 7", "42")
    # In how much of a second nothing happens is what is tested. What was watched while it ran may go
    # off once: the best of some seconds counts.
    def wakes():
        before = t.switches()
        time.sleep(1)
        return t.switches() - before

    seen = []
    while not seen or (seen[-1] >= 100 and len(seen) < 5):
        seen.append(wakes())
    check(seen[-1] < 100, f"its threads woke {seen} times a second")
    t.type("continue", "evaluated")


@case()
def ctrl_c_ends_a_body_that_is_stepped(t):
    t.ready()
    t.type("module endless = for (;;);", "endless")
    t.type("link endless", "linked")
    t.type("evaluate endless --step", "stops before its first step")
    t.send("continue", ENTER)
    t.expect("\r\n")
    t.until(t.is_cooked, "the body runs")
    t.computes(1)
    t.send(CTRL_C)
    t.expect("error ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("js 6 * 7", "42")


# The terminal is as before on every way out.


def ends_cooked(t, number):
    t.ready()
    t.send("module half = {", ENTER)
    t.expect("   ...> ")
    os.kill(t.child, number)
    t.ends_with(-number)
    check(t.is_cooked(), f"raw after signal {number}")
    modes = termios.tcgetattr(t.master)
    check(modes[3] & termios.ECHO and not modes[3] & termios.NOFLSH, "other modes than before")
    check(t.output.rstrip().endswith(b"\x1b[?2004l"), "paste mode stays on")


@case()
def a_quit_key_gives_the_terminal_back(t):
    ends_cooked(t, signal.SIGQUIT)


@case()
def a_crash_gives_the_terminal_back(t):
    ends_cooked(t, signal.SIGSEGV)


@case()
def an_abort_gives_the_terminal_back(t):
    ends_cooked(t, signal.SIGABRT)


@case()
def the_end_gives_the_terminal_back(t):
    t.ready()
    t.send(CTRL_D)
    t.ends_with(0)
    modes = termios.tcgetattr(t.master)
    check(modes[3] & termios.ECHO and not modes[3] & termios.NOFLSH, "other modes than before")


@case("bash", "--norc", "--noprofile", PS1="shell$ ")
def a_kill_leaves_a_shell_that_works(t):
    t.expect("shell$ ")
    t.send(f"'{MODLAB}' & wait; fg\r")
    t.send(f"'{MODLAB}'\r")
    t.ready()
    with open(f"/proc/{t.child}/task/{t.child}/children") as children:
        os.kill(int(children.read().split()[0]), signal.SIGKILL)
    t.expect("shell$ ")
    t.send("echo al''ive\r")
    t.expect("alive")


# The history file.


@case()
def sessions_at_once_keep_all_their_entries(t):
    t.ready()
    second = Terminal(t.state)
    try:
        second.ready()
        for i in range(10):
            t.send(f"js 'first' + {i}", ENTER)
            second.send(f"js 'second' + {i}", ENTER)
            t.ready()
            second.ready()
    finally:
        second.close()
    with open(os.path.join(t.state, "modlab", "history")) as file:
        lines = file.read().splitlines()
    check(len(lines) == 20 and len(set(lines)) == 20, repr(lines))


@case()
def a_repeated_entry_is_recalled_once(t):
    t.ready()
    t.type("js 'one'", "'one'")
    t.type("js 'two'", "'two'")
    t.type("js 'one'", "'one'")
    t.type(" js 'private'", "'private'")
    t.send(UP, UP, ENTER)
    t.expect("'two'\r\n")
    t.ready()


def works_without_history(t):
    before = t.ready()
    t.type("js 'one' + 1", "'one1'")
    t.send(UP, ENTER)
    t.expect("'one1'")
    t.ready()
    return before


@case(XDG_STATE_HOME="/proc/none")
def a_state_directory_that_cannot_be_made_is_named_once(t):
    t.ready()
    t.type("js 'one' + 1", "cannot write history file /proc/none/modlab/history", "'one1'")
    check("history" not in t.type("js 'two' + 1", "'two1'"), "named twice")
    t.send(UP, ENTER)
    t.expect("'two1'")


@case(files={"modlab/history/x": ""})
def a_history_that_is_a_directory_is_named(t):
    check("cannot read history file" in works_without_history(t), "not named")


@case(files={"modlab/history": "\"js 'kept'\"\nforeign\n"})
def foreign_lines_in_the_history_are_left_alone(t):
    t.ready()
    path = os.path.join(t.state, "modlab/history")
    with open(path, "ab") as file:
        file.write(b"\"\xff\xfe\"\n\"torn")
    second = Terminal(t.state)
    try:
        second.ready()
        second.send(UP, ENTER)
        second.expect("'kept'\r\n")
        second.ready()
        second.type("js 'new'", "'new'")
    finally:
        second.close()
    with open(path, "rb") as file:
        text = file.read()
    check(text.startswith(b"\"js 'kept'\"\nforeign\n\"\xff\xfe\"\n\"torn\n"), repr(text))
    check(text.endswith(b"\"js 'new'\"\n"), repr(text))


# What the rest of the machine may do.


@case(VISUAL="false")
def an_editor_that_fails_changes_nothing(t):
    t.ready()
    t.type("module main = export const x = 42", "main")
    t.type("edit main", "The editor failed: main is as it was", "VISUAL")
    t.type("show main", "x = 42")


@case(files={".config/modlab/rc/x": ""})
def an_rc_file_that_cannot_be_read_is_named(t):
    check("cannot read" in t.ready(), "not named")


@case()
def a_long_link_shows_how_far_it_is(t):
    t.ready()
    t.type("js for (let i = 0; i < 200; i++) new vm.SourceTextModule("
           "`import '${i + 1}'`, { identifier: `${i}` })")
    t.type("synthetic 200 x", "200")
    t.type('resolve "*" => js s => { const e = Date.now() + 8; while (Date.now() < e); '
           "return modules[s] }", "rule 1")
    t.send("link 0", ENTER)
    t.expect("\r\x1b[K")
    t.expect("linking 1")
    passed = t.ready()
    check("\r\x1b[K" in passed.replace("\n", ""), "the progress line stays")


@case(rows=24, columns=21)
def wide_characters_wrap_at_an_odd_width(t):
    t.ready()
    t.send("js '漢字漢字漢字漢字漢字", b"\x7f", "X'", b"\x1b[H", b"\x1b[F", ".length", ENTER)
    t.expect("10")
    t.ready()


@case(rows=10, columns=30)
def a_resize_in_a_block_keeps_it(t):
    t.ready()
    t.send("module a = export const o = {", ENTER, "x: 1,", ENTER)
    t.expect("x: 1,")
    t.resize(6, 15)
    t.resize(30, 90)
    t.send("y: 2", ENTER, "}", ENTER)
    t.expect("a      source      unlinked   exports o")
    t.ready()


@case()
def tab_offers_help_topics_and_export_names(t):
    t.ready()
    t.send("help stat", TAB)
    t.expect("statuses")
    t.ready()
    t.send("e", TAB, CTRL_C)
    t.ready()
    t.send("help targ", TAB, ENTER)
    t.expect("delay MS TARGET")
    t.ready()
    t.type("synthetic one first=1", "one")
    t.send("why fi", TAB, "in o", TAB, ENTER)
    t.expect("first")
    t.ready()


@case(TERM="no-such-terminal")
def an_unknown_terminal_can_be_used(t):
    t.expect("modlab")
    t.send("js 6 * 7\r")
    t.expect("42")


def main(cases):
    passed = failed = 0
    for function, arguments, options in cases:
        if len(sys.argv) > 2 and not any(word in function.__name__ for word in sys.argv[2:]):
            continue
        begin = time.monotonic()
        with tempfile.TemporaryDirectory() as state:
            t = Terminal(state, *arguments, **options)
            try:
                function(t)
                passed += 1
            except Skip as reason:
                print(f"skipped {function.__name__.replace('_', ' ')}: {reason}")
            except (Failure, OSError) as error:
                failed += 1
                print(f"FAIL {function.__name__.replace('_', ' ')}: {str(error)[-600:]}")
            finally:
                t.close()
        if os.environ.get("MODLAB_TIMES"):
            print(f"{time.monotonic() - begin:6.1f} s  {function.__name__.replace('_', ' ')}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(CASES))
