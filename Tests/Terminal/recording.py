#!/usr/bin/env python3
"""Records sessions at the prompt, and replays them: what a person did is what `modlab test` finds.

Usage: recording.py MODLAB [PART_OF_A_NAME…]
"""

import os
import pathlib
import subprocess
import sys
import time

import prompt
from prompt import CTRL_C, CTRL_D, ENTER, MODLAB, PATIENCE, Failure, check

CASES = []


def case(*arguments, **options):
    def register(function):
        CASES.append((function, arguments, options))
        return function
    return register


def recorded(t, name="out.md"):
    """The lines of a transcript, which is as a replay has it."""
    path = pathlib.Path(t.state) / name
    text = path.read_text()
    ended = subprocess.run([MODLAB, "test", str(path)], capture_output=True, timeout=PATIENCE,
                           env={**os.environ, "TZ": "Asia/Tokyo"})
    check(ended.returncode == 0, f"{text}\n{ended.stdout.decode()}{ended.stderr.decode()}")
    return text.splitlines()


def record(t, *lines, name="out.md"):
    t.ready()
    t.type(f"transcript {name}", f"recording in {name}")
    for line in lines:
        t.type(line)
    t.type("transcript off", "recorded ")
    return recorded(t, name)


LONG = [
    "module a = import {" + ", ".join(f"name{i}" for i in range(12)) + '} from "dep"; import "b"',
    'module b = import "a"; export * from "c"; export let q = {a: 1}',
    "synthetic dep " + " ".join(f"name{i}={i}" for i in range(12)), "synthetic c r=1 s=2",
    "link a", "status", "graph a", "order a", "cycles", "states a", "show a", "bindings a",
    "why q in b", "rules", "evaluate a",
    "module z = import {nope} from 'dep'", "link z", "why z",
    'import-map = {"imports": {"x": "./y", "bad": 3}}',
    "resolve /^very-long-specifier-name-(.*)-and-more-(.*)$/ => "
    'value ({ not: "a module", but: "something" }) for a',
    'resolve "x" => nosuch', "reset a b",
    "module p = await new Promise(() => {})", "link p", "evaluate p", "undo",
    "help", "help module", "help targets", "context k", "option spec on", "status",
]


def any_width(t):
    t.type("option pager off") if t.ready() is not None else None
    t.type("transcript out.md", "recording in out.md")
    for line in LONG:
        t.type(line)
    return recorded(t)


@case(columns=34)
def a_narrow_terminal_records_what_a_wide_one_does(t):
    narrow = any_width(t)
    with prompt.Terminal(t.state, columns=200) as wide:
        wider = any_width(wide)
        check(wider == narrow, repr([pair for pair in zip(narrow, wider) if pair[0] != pair[1]]))


@case(TZ="America/New_York")
def the_clock_and_the_zone_are_those_of_a_replay(t):
    begin = time.monotonic()
    lines = record(
        t, "js [new Date(0), new Date()].map(String)", "undo", "js Date.now()",
        "js setTimeout(() => console.log('late'), 60000)",
        "js await new Promise(f => setTimeout(f, 30000)); console.log('waited')",
        "tick", "tick 29999", "tick 1", "option clock",
        'module m = import "x"', "synthetic b q=1", 'resolve "x" => delay 30000 b', "link m",
        "undo", "option clock", "link m", "js new Date()")
    check(time.monotonic() - begin < 20, "it waited")
    check("late" in lines and "clock   virtual" in lines, "\n".join(lines))
    t.type("option clock", "clock   real")


@case()
def a_clock_that_is_chosen_while_recording_is_recorded(t):
    t.ready()
    t.type("transcript out.md", "recording in out.md, on a virtual clock")
    t.type("option clock real")
    t.type("js const begin = Date.now()")
    t.type("js await new Promise(f => setTimeout(f, 60)); console.log(Date.now() - begin >= 60)", "true")
    t.type("option clock", "clock   real")
    t.type("undo 3", "undone")
    t.type("option clock", "clock   virtual")
    t.type("option clock real")
    check("again" not in t.type("transcript off", "recorded 7 commands"), "the clock was never virtual")
    recorded(t)


@case()
def timers_that_are_pending_keep_their_time(t):
    t.ready()
    t.type("js setTimeout(() => console.log('first'), 60000)")
    # Real time, which the clock of the recording must not lose.
    time.sleep(0.3)
    t.type("transcript out.md", "what came before is not in it")
    t.type("js setTimeout(() => console.log('second'), 59999)")
    check("first" not in t.type("tick 59000"), "too early")
    t.type("tick 1000", "first\r\nsecond")
    t.type("js setTimeout(() => console.log('third'), 100)")
    t.type("transcript off", "the clock is real again")
    t.type("js await new Promise(f => setTimeout(f, 300))", "third")


@case()
def ctrl_c_is_pressed_in_the_replay_too(t):
    t.ready()
    t.type("transcript out.md")
    # The clock is virtual: the intervals follow one another without a pause.
    for line in ["js var n = 0; while (true) n++",
                 "js setInterval(() => {}, 1); await new Promise(() => {})"]:
        t.send(line, ENTER)
        t.computes()
        t.send(CTRL_C)
        t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
        t.ready()
    t.type("js n > 5", "true")
    t.type("module endless = console.log('it', 'runs'); for (;;);")
    t.type("link endless")
    t.send("evaluate endless", ENTER)
    t.expect("it runs")
    t.send(CTRL_C)
    t.expect("ERR_SCRIPT_EXECUTION_INTERRUPTED")
    t.ready()
    t.type("status", "errored")
    recorded(t)


@case(files={"a.modlab": "js 1\njs console.log('it', 'runs'); for (;;);\njs 2\n"})
def ctrl_c_in_a_script_is_pressed_in_the_replay_too(t):
    t.ready()
    t.type("transcript out.md")
    t.send("source a.modlab", ENTER)
    t.expect("it runs")
    t.send(CTRL_C)
    t.expect("a.modlab:2 failed")
    t.ready()
    t.type("js 3")
    recorded(t)


def asked(t, *answers):
    """`a` asks for x and for y."""
    t.send("link a", ENTER)
    for answer in answers:
        t.question()
        for index, line in enumerate(answer if isinstance(answer, list) else [answer]):
            if index:
                t.expect("   ...> ")
            t.send(line, *([] if line in (CTRL_C, CTRL_D) else [ENTER]))
    t.ready()


def asks(t):
    t.ready()
    t.type("transcript out.md", "recording")
    t.type('module a = import "x"; import "y"', "a ")
    t.type("resolve /./ => ask", "rule 1")
    t.type("synthetic b q=1", "b ")


@case()
def answers_of_several_lines_are_one_answer(t):
    asks(t)
    asked(t, "b", ["js (specifier) => { // the line ends", "return modules.b }"])
    lines = recorded(t)
    check(lines[9:12] == ["answer> b", 'a      asks for "x"           rule 1 answers the module b',
                          "answer> js (specifier) => { // the line ends"], "\n".join(lines))
    check(lines[12] == "   ...> return modules.b }", "\n".join(lines))
    t.type("transcript off")
    t.type("save a.modlab")
    path = pathlib.Path(t.state) / "a.modlab"
    saved = path.read_text()
    check("answer> js (specifier) => { // the line ends\n   ...> return modules.b }\n" in saved, saved)
    ended = subprocess.run([MODLAB, str(path), "-c", f"status\nsave '{path}'"],
                           capture_output=True, timeout=PATIENCE)
    check(ended.returncode == 0 and "linked" in ended.stdout.decode(), repr(ended))
    check(path.read_text() == saved, "saved again it is another")


@case()
def odd_answers_are_replayed(t):
    asks(t)
    for answers in [["", "  ", "value 1 2", "ask", " b ", "^C"], ["^D", "b"], ["b", CTRL_D], ["b", CTRL_C]]:
        asked(t, *answers)
        t.type("reset a")
    t.type("js console.log('answer> b'); console.log('answer>'); console.log('   ...> b')")
    t.type("resolve 'y' => js s => { console.log('answer> b'); console.log('   ...>'); return modules.b }")
    asked(t, "b")
    lines = recorded(t)
    check("answer>  ^C" in lines and "answer> ^C" in lines and "answer> ^D" in lines, "\n".join(lines))
    check(lines.count("[..]answer> b") == 2 and lines.count("[..]answer>") == 1, "\n".join(lines))


@case(VISUAL="STATE/editor", files={"editor": "#!/bin/sh\nsed -i s/42/43/ $1\n"})
def an_edit_is_recorded_as_the_definition_that_it_made(t):
    lines = record(t, "module main = export const x = 42", "edit main", "edit main", "edit nobody", "history",
                   "show main")
    check("edit" not in "\n".join(lines) and "modlab> module main <<END" in lines, "\n".join(lines))


@case(VISUAL="STATE/editor", files={"editor": "#!/bin/sh\necho 'export {' >> $1\n"})
def an_edit_that_is_given_up_is_not_recorded(t):
    t.ready()
    t.type("transcript out.md")
    t.type("module main = export const x = 42")
    t.send("edit main", ENTER)
    t.expect("Edit again? [Y/n] ")
    t.send("n", ENTER)
    t.ready()
    t.type("history")
    lines = recorded(t)
    check(lines[3:6] == ["modlab> history", "1  module main = export const x = 42", "2  history"],
          "\n".join(lines))


@case()
def prefixes_are_recorded_as_whole_words(t):
    lines = record(
        t, "mod a = export let x = 1", "rese a", "eval a", "namesp a", ".stat", "stat", "sta a b",
        "lin a b", "s", "link?", "expect-e CommandError eval nobody", "at 2 statu", "hist", "q x",
        "opt nams", "mod b = )")
    words = [line.split()[1] for line in lines if line.startswith("modlab> ")]
    check(words == ["module", "reset", "evaluate", "namespace", ".stat", "stat", "sta", "lin", "s",
                    "help", "expect-error", "at", "history", "quit", "option", "module"], repr(words))
    check("modlab> at 2 status" in lines, "\n".join(lines))
    check("modlab> expect-error CommandError evaluate nobody" in lines, "\n".join(lines))
    check("error: there is no command s" in "\n".join(lines), "\n".join(lines))


@case("--seed", "5")
def chance_is_the_same_in_the_replay(t):
    lines = record(t, "js [Math.random(), Math.random()]")
    check(lines[0] == "```modlab seed=5", lines[0])
    with prompt.Terminal(t.state, "--seed", "5") as other:
        lines = record(other, "js Math.random()", name="out.modlab-transcript")
        check(lines[0] == "# modlab seed=5", lines[0])


@case(files={"sub/x": "", "sub/a.modlab": "js 1\n"})
def the_folder_of_the_replay_is_told(t):
    t.ready()
    t.type("transcript sub/out.md", "recording in sub/out.md, on a virtual clock; "
           "modlab test will look for files in sub\r\n")
    t.type("transcript none/out.md", "error: cannot write none/out.md")
    t.type("js 1")
    t.type("transcript out.md", "recorded 2 commands in sub/out.md\r\n"
           "recording in out.md, on a virtual clock\r\n")
    t.type("transcript out.md", "recording in out.md anew")
    t.type("js 2")
    t.type("transcript off", "recorded 1 command in out.md\r\nthe clock is real again")
    check(recorded(t) == ["```modlab", "modlab> js 2", "2", "```"], "not anew")


if __name__ == "__main__":
    sys.exit(prompt.main(CASES))
