#!/usr/bin/env python3
"""Presses Ctrl-C once where modlab works without JavaScript: what runs ends, the session is as before.

Usage: interrupts.py MODLAB [PART_OF_A_NAME…]
"""

import os
import random
import signal
import subprocess
import sys
import time

import prompt
from prompt import CTRL_C, ENTER, MODLAB, Failure, check
from harness import PATIENCE, until

CASES = []
CODE = "ERR_SCRIPT_EXECUTION_INTERRUPTED"
# Modules of a session that takes some seconds to be drawn as a page.
MANY = 1200


def case(**options):
    def register(function):
        CASES.append((function, (), options))
        return function
    return register


def interrupted(t, command, *expected, computes=None, status=None):
    """Runs a command that does not end soon, and ends it when it waits, or has computed for some seconds; the
    modules are those from before."""
    before = status if status is not None else t.type("status")
    t.send(command, ENTER)
    t.expect("\r\n")
    t.until(t.is_cooked, "the command runs")
    t.waits() if computes is None else t.computes(computes)
    check(t.prompt.encode() not in t.output[t.place:], f"{command} is done already")
    t.send(CTRL_C)
    t.expect("interrupted")
    for text in expected:
        t.expect(text)
    t.ready()
    if status is None:
        check(t.type("status") == before, f"{command} has changed the session")
    t.type("js 'still ' + 'there'", "still there")


def pipe(t, *names):
    for name in names:
        os.mkfifo(os.path.join(t.state, name))


@case()
def reading_what_never_comes(t):
    pipe(t, "pipe", "pipe.mjs", "pipe.json", "pipe.modlab")
    t.ready()
    t.type("module m = import './pipe.mjs'")
    for command in ("module p from pipe", "source pipe.modlab", "load pipe.mjs", "import-map from pipe.json",
                    "json j from pipe.json", "script from pipe"):
        interrupted(t, command)
    t.type("resolve './pipe.mjs' => file .", "rule 1")
    t.send("link m", ENTER)
    t.waits()
    t.send(CTRL_C)
    t.expect("interrupted")
    t.ready()
    t.type("js 'still ' + 'there'", "still there")


@case()
def reading_what_never_ends(t):
    t.ready()
    for command in ("module p from /dev/zero", "source /dev/zero", "json j from /dev/zero"):
        interrupted(t, command, computes=0.05)


@case()
def a_writer_that_comes_late_is_read(t):
    pipe(t, "pipe")
    t.ready()
    t.send("module p from pipe", ENTER)
    t.waits()
    with open(os.path.join(t.state, "pipe"), "w") as writer:
        writer.write("export let a = 1\n")
        writer.flush()
        t.waits()
        writer.write("export let b = 2\n")
    t.expect("exports a, b")
    t.ready()


@case()
def writing_where_nobody_reads(t):
    pipe(t, "pipe")
    t.ready()
    for command in ("save pipe", "status > pipe"):
        interrupted(t, command)


@case()
def parsing_a_long_text(t):
    line = "export function f%d(a) { return [a, a * 2, { b: a }].map((x) => x.b ?? `t${x}`); }\n"
    for name, text in (
            ("long.mjs", "".join(line % n for n in range(500_000))),
            ("array.mjs", "export default [" + "{ a: [1, 'x', 2.5] }," * 2_000_000 + "]\n")):
        with open(os.path.join(t.state, name), "w") as file:
            file.write(text)
    t.ready()
    for command in ("module m from long.mjs", "load long.mjs", "module m from array.mjs"):
        interrupted(t, command, computes=0.1)


def many(t, count):
    """Modules in layers, linked."""
    chance = random.Random(1)
    with open(os.path.join(t.state, "many.modlab"), "w") as script:
        for n in range(count):
            requests = sorted({chance.randrange(n) for _ in range(3)}) if n else []
            script.write(f"module m{n} = " + "".join(f'import "m{r}"; ' for r in requests)
                         + f"export let x{n} = {n}\n")
        script.write(f"link m{count - 1}\n")
    t.ready()
    t.send("source many.modlab", ENTER)
    t.expect(f"m{count - 1} ")
    t.expect("linking → linked")
    t.ready()


@case()
def writing_a_page(t):
    many(t, MANY)
    for computes in (0.2, 0.8):
        interrupted(t, "export html page.html", computes=computes, status="")
    check(not os.path.exists(os.path.join(t.state, "page.html")), "there is a page")


@case(PAGER="cat")
def drawing_a_wide_graph(t):
    with open(os.path.join(t.state, "wide.mjs"), "w") as file:
        file.write("".join(f'import "m{n}";' for n in range(20_000)))
    t.ready()
    t.type("module wide from wide.mjs", "unlinked")
    interrupted(t, "graph wide --format svg > picture.svg", computes=0.2, status="")
    check(not os.path.exists(os.path.join(t.state, "picture.svg")), "there is a picture")


@case()
def a_long_script_of_definitions(t):
    with open(os.path.join(t.state, "long.modlab"), "w") as script:
        for n in range(400_000):
            script.write(f"module m{n % 10} = export let x = {n}\n")
    t.ready()
    t.send("source long.modlab", ENTER)
    t.until(t.is_cooked, "the script runs")
    t.computes()
    t.send(CTRL_C)
    t.expect("long.modlab was interrupted after line")
    t.ready()


@case()
def the_rest_of_an_entry_is_given_up(t):
    t.ready()
    t.send(b"\x1b[200~js for (;;) 1\rjs 'not ' + 'run'\x1b[201~", ENTER)
    t.until(t.is_cooked, "the code runs")
    t.computes()
    t.send(CTRL_C)
    t.expect(CODE)
    check("not run" not in t.ready(), "the next command ran")


@case()
def a_long_paste(t):
    t.ready()
    text = "".join(f"export let x{n} = {n};\n" for n in range(40_000)).encode()
    sender = os.fork()
    if sender == 0:
        rest = b"\x1b[200~module m = " + text + b"\x1b[201~"
        while rest:
            rest = rest[os.write(t.master, rest[:4096]):]
        os._exit(0)
    # In the midst of it, or behind it.
    time.sleep(0.3)
    t.send(CTRL_C)
    t.until(lambda: os.waitpid(sender, os.WNOHANG)[0] != 0, "the paste is taken")
    t.expect("^C")
    t.ready()
    answer = t.type("js 'still ' + 'there'", "still there")
    check("error" not in t.output.decode(errors="replace"), f"the rest of the paste was run: {answer}")


def ends_with_130(t, *arguments, stdin=subprocess.DEVNULL):
    child = subprocess.Popen([MODLAB, *arguments], cwd=t.state, stdin=stdin, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    looks = 0

    def waits():
        # At 30 looks, one after the other: it sleeps now and then while it starts, too.
        nonlocal looks
        looks = looks + 1 if sleeps() else 0
        return looks == 30

    def sleeps():
        with open(f"/proc/{child.pid}/status") as file:
            status = dict(line.split(":", 1) for line in file)
        # And takes SIGINT.
        return status["State"].split()[0] == "S" and int(status["SigCgt"], 16) >> signal.SIGINT - 1 & 1

    until(waits, f"{arguments} waits")
    check(child.poll() is None, f"{arguments} is done already")
    child.send_signal(signal.SIGINT)
    try:
        out, errors = child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        raise Failure(f"{arguments} goes on")
    check(child.returncode == 130, f"{arguments}: exit status {child.returncode}, {errors.decode()}")
    return out.decode()


@case()
def without_a_prompt_the_status_is_130(t):
    pipe(t, "pipe", "pipe.mjs", "pipe.modlab", "pipe.md")
    t.ready()
    ends_with_130(t, "pipe.modlab")
    ends_with_130(t, "pipe.mjs")
    ends_with_130(t, "graph", "pipe.mjs")
    ends_with_130(t, "test", "pipe.md")
    # Its body runs on another thread than the one that waits for signals.
    with open(os.path.join(t.state, "steps.md"), "w") as file:
        file.write("```modlab\n"
                   "modlab> module endless = for (;;);\nendless   source      unlinked\n"
                   "modlab> link endless\nendless   unlinked → linking → linked\n"
                   "modlab> evaluate endless --step\nendless   evaluate stops before its first step\n"
                   "modlab> continue\n```\n")
    ends_with_130(t, "test", "steps.md")
    ends_with_130(t, "-", stdin=subprocess.PIPE)
    said = ends_with_130(t, "-c", "js 'first'\nmodule m from pipe")
    check(said.startswith("'first'\n") and CODE in said, f"what was said is {said!r}")


if __name__ == "__main__":
    sys.exit(prompt.main(CASES))
