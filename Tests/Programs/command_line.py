#!/usr/bin/env python3
"""Runs the program with scripts, -c, standard input and transcripts, and checks output and exit status.

Usage: command_line.py MODLAB [WORD]
Every session runs five times, in other surroundings and folders, and must print the same bytes.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))

from harness import PATIENCE, Failure, cpu_seconds, until

SECONDS = PATIENCE
FAIL = "link nobody\n"
SURROUNDINGS = [
    {"HOME": "/nowhere", "TERM": "dumb", "COLUMNS": "20", "LANG": "C", "TZ": "Asia/Tokyo"},
    {"HOME": "/", "TERM": "xterm-256color", "COLUMNS": "300", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Lima"},
    {"HOME": "", "TERM": "", "COLUMNS": "0", "LINES": "3", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"},
    {"HOME": "/root", "TERM": "linux", "COLUMNS": "words", "LANG": "de_DE.UTF-8", "TZ": ":Europe/Paris"},
]


class Runs:
    """A folder of files, and the program run in it."""

    def __init__(self, modlab):
        self.modlab = modlab

    def files(self, **contents):
        for name, text in contents.items():
            path = self.folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(self, *arguments, input="", environment=None):
        ended = subprocess.run(
            [self.modlab, *arguments], cwd=self.folder, input=input.encode(), capture_output=True,
            timeout=SECONDS, env={**os.environ, **(environment or {})})
        return ended.returncode, ended.stdout.decode(), ended.stderr.decode()

    def awaits_loop(self, process):
        """Waits until the command `rules > begun` has run, and what follows it does not end."""
        begun = self.folder / "begun"
        until(begun.exists, "the loop begins")
        begun.unlink()
        before = cpu_seconds(process.pid)
        until(lambda: cpu_seconds(process.pid) - before >= 0.3, "the loop runs")

    def expect(self, status, output, *arguments, input="", errors=""):
        """What a run ends with; `...` in the output stands for anything."""
        got = self.run(*arguments, input=input)
        for what, wanted, came in zip(("status", "output", "errors"), (status, output, errors), got):
            same = came == wanted
            if isinstance(wanted, str) and "..." in wanted:
                pieces = wanted.split("...")
                same = came.startswith(pieces[0]) and came.endswith(pieces[-1]) and all(
                    piece in came for piece in pieces)
            if not same:
                raise Failure(f"{' '.join(arguments)}\n{what}: expected {wanted!r}, got {came!r}")


# What is printed

def test_names_of_files_and_words_of_options_are_not_obeyed(it):
    """What a person's words put into messages is escaped, wherever it comes from."""
    escape = "\x1b[31m\x9b"
    it.files(**{f"a{escape}_modlab": FAIL, f"t{escape}_md": "```modlab\nmodlab> js 1\n2\n```\n",
                f"e{escape}_md": "nothing\n", f"m{escape}_mjs": f"throw new Error('{escape}')\n"})
    for words in ([f"a{escape}.modlab"], [f"no{escape}.modlab"], [f"--{escape}"], [f"--color={escape}"],
                  [f"--seed={escape}"], ["--format", escape], ["graph", f"no{escape}.mjs"], ["graph", f"m{escape}.mjs"],
                  ["graph", "--format", escape, "x"], ["test", f"t{escape}.md"], ["test", f"e{escape}.md"],
                  ["test", "--format", "tap", f"t{escape}.md"], ["test", "--format", "junit", f"t{escape}.md"],
                  ["test", f"no{escape}.md"], ["test", "--update", f"t{escape}.md"], [f"m{escape}.mjs"],
                  ["graph", "--format", "svg", f"m{escape}.mjs"], ["graph", "--format", "json", f"m{escape}.mjs"],
                  ["--json", f"m{escape}.mjs"], ["-c", f"source 'a{escape}.modlab'"],
                  ["-c", f"save '{escape}/x'"], ["-c", f"transcript 'o{escape}.md'"], ["-c", f"export html '{escape}.html'"]):
        for colors in (["--color=always"], ["--color=never"]):
            _, out, errors = it.run(*words, *(colors if words[0] not in ("--json",) else []))
            for text in (out, errors):
                raw = [c for c in text.replace("\x1b[1;31m", "").replace("\x1b[0m", "") if
                       (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f"]
                if raw and (colors == ["--color=never"] or "\x9b" in raw):
                    raise Failure(f"{words}: {text!r}")


# Scripts

def test_a_script_stops_at_its_first_failure(it):
    it.files(a_modlab="js 1\nlink nobody\njs 2\n")
    it.expect(1, "1\nerror: there is no module nobody\n  try   status\n", "a.modlab",
              errors="modlab: stopped at a.modlab:2\n")
    it.expect(1, "1\nerror: there is no module nobody\n  try   status\n2\n", "--keep-going", "a.modlab")


def test_the_line_of_a_failure_after_text_of_many_lines(it):
    it.files(a_modlab="# c\n\nmodule a <<END\n1\n\n2\nEND\njs `\n`\nlink b\n")
    it.expect(1, "...", "a.modlab", errors="modlab: stopped at a.modlab:10\n")


def test_an_expected_failure_is_a_success(it):
    it.files(a_modlab="expect-error CommandError link nobody\n")
    it.expect(0, "error: there is no module nobody...", "a.modlab")
    it.files(a_modlab="expect-error CommandError js 1\njs 2\n")
    it.expect(1, "1\nerror: CommandError was expected, but the command succeeded\n", "a.modlab",
              errors="modlab: stopped at a.modlab:1\n")
    it.files(a_modlab="expect-error SyntaxError link nobody\n")
    it.expect(1, "...error: SyntaxError was expected, but it was CommandError\n", "a.modlab",
              errors="modlab: stopped at a.modlab:1\n")


def test_files_and_texts_run_in_order_in_one_session(it):
    it.files(a_modlab="js var s = 'a'\n", b_modlab="js s += 'b'\n")
    it.expect(0, "undefined\n'ac'\n'acb'\n'acbi'\n'acbid'\n", "a.modlab", "-c", "js s += 'c'", "b.modlab", "-",
              "-c", "js s += 'd'", input="js s += 'i'\n")


def test_the_first_failure_ends_all_of_them(it):
    it.expect(1, "error: there...", "-c", "link nobody", "-c", "js 1")
    it.expect(1, "error: there...1\n", "--keep-going", "-c", FAIL, "-c", "js 1")


def test_the_place_of_a_failure_in_texts_without_a_name(it):
    it.expect(1, "1\nerror...", "-c", "js 1\n" + FAIL, errors="modlab: stopped at -c:2\n")
    it.expect(1, "1\nerror...", "-", input="js 1\n" + FAIL, errors="modlab: stopped at standard input:2\n")


def test_standard_input_is_a_script_without_a_terminal(it):
    it.expect(0, "1\n", input="js 1")
    it.expect(0, "", input="")
    it.expect(0, "1\n2\n", "-i", "-c", "js 1", input="js 2\n")
    it.expect(0, "1\n2\n", "-ic", "js 1", input="js 2\n")
    it.expect(0, "1\n2\n", "-cjs 1", "-c", "js 2")
    it.expect(1, "error...2\n", "-i", "-c", "link nobody", input="js 2\n")
    it.expect(2, "2\n", "-i", "nothere.modlab", input="js 2\n", errors="modlab: cannot read ...\n")


def test_quit_ends_the_session_with_its_status(it):
    it.expect(7, "1\n", "-c", "js 1\nquit 7\njs 2", "-c", "js 3")
    it.expect(0, "1\n", "-c", "js 1\nquit", "-c", "js 3")
    it.expect(255, "", "-c", "quit 255")
    it.expect(1, "error: STATUS must be a whole number, from 0 to 255, not 256\n...", "-c", "quit 256")


def test_wrong_usage_and_unreadable_files(it):
    it.files(bad_modlab=b"js 1\n\xff\n", sub__a_modlab="")
    for arguments, words in [
        (["--colour"], "there is no option '--colour'"), (["-c"], "-c needs a value"),
        (["nothere.modlab"], "there is no such file"), (["sub"], "it is a directory"),
        (["bad.modlab"], "not UTF-8 (byte 6, line 2)"), (["test"], "test needs a transcript"),
        (["test", "--json", "a.md"], "test has no --json"), (["test", "-c", "js 1"], "test takes files"),
        (["test", "--format", "xml", "a"], "--format is one of text, tap, junit"), (["graph"], "needs the entry"),
    ]:
        it.expect(2, "", *arguments, errors=f"modlab: ...{words}...\n")


def test_arguments_that_are_no_text(it):
    it.expect(2, "", "-c", b'js "\xff"', errors="modlab: argument 2 is not UTF-8 (byte 5).\n...")


def test_output_that_nobody_takes(it):
    it.files(a_mjs="console.log(1)", a_md="```modlab\nmodlab> js 1\n1\n```\n")
    for words in ["-c 'js 1'", "--json -c 'js 1'", "a.mjs", "graph a.mjs", "test a.md", "--help", "--json-schema"]:
        for place, problem in [(">/dev/full", b"no space left on the device"), (">&-", b"it is closed")]:
            got = subprocess.run(["sh", "-c", f"{it.modlab} {words} {place}"], cwd=it.folder, capture_output=True)
            if got.returncode != 2 or got.stderr != b"modlab: cannot write standard output: " + problem + b"\n":
                raise Failure(f"{words} {place}: {got}")
    got = subprocess.run(["sh", "-c", f"{it.modlab} <&-; echo $?; {it.modlab} -c 'js 1' <&- 2>&-"], cwd=it.folder,
                         capture_output=True)
    if got.stdout != b"0\n1\n" or got.stderr:
        raise Failure(got)
    text = "js for (let i = 0; i < 1e5; i++) console.log(i)"
    got = subprocess.run(["bash", "-c", f"{it.modlab} -c '{text}' | head -1; echo ${{PIPESTATUS[0]}}"],
                         capture_output=True)
    if got.stdout != b"0\n141\n" or got.stderr:
        raise Failure(got)


def test_the_rc_file_is_for_people(it):
    it.files(modlab__rc="js 'rc'\n", a_modlab="js 1\n")
    got = it.run("a.modlab", environment={"XDG_CONFIG_HOME": str(it.folder)})
    if got != (0, "1\n", ""):
        raise Failure(repr(got))


def test_interrupted(it):
    for arguments in (["-c", "js 1\nrules > begun\njs for (;;);"], ["a.modlab"]):
        it.files(a_modlab="js 1\nmodule a = for (;;);\nlink a\nrules > begun\nevaluate a\n")
        process = subprocess.Popen([it.modlab, *arguments], cwd=it.folder, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        it.awaits_loop(process)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        if process.returncode != 130 or not output.startswith(b"1\n"):
            raise Failure(f"{arguments}: {process.returncode} {output!r}")


def test_what_a_script_interrupts_does_not_end_it(it):
    it.files(a_modlab="""module a = import "x"
resolve "x" => ask
link a
answer> ^C
js 1
js throw { code: "ERR_SCRIPT_EXECUTION_INTERRUPTED" }
js 2
""")
    _, output, _ = it.run("--keep-going", "a.modlab")
    if "\n1\n" not in output or not output.endswith("\n2\n"):
        raise Failure(output)


def test_scripts_answer_ask_rules(it):
    text = """module a = import "x"; import "y"
synthetic b
resolve /./ => ask
link a
answer> nonsense here
answer> b
answer> ^D
reset a
expect-error ERR_SCRIPT_EXECUTION_INTERRUPTED link a
answer> ^C
unresolve all
"""
    it.files(a_modlab=text)
    answers = answers_of(it, 1, text)
    if [request["answer"] for request in answers[3]["requests"]] != ["b", "an error"]:
        raise Failure(answers[3])
    it.run("--keep-going", "a.modlab", "-c", "save saved.modlab")
    got = (it.folder / "saved.modlab").read_text()
    if got != text.replace("link a\nanswer> n", "expect-error Error link a\nanswer> n"):
        raise Failure(got)
    it.expect(0, "...", "saved.modlab", "-c", "save again.modlab")
    if (it.folder / "again.modlab").read_text() != got:
        raise Failure("saved again it is another")
    # What is not asked for, and answers to no command.
    it.expect(0, "...warning: nobody asked for the answer b\n", "-c", "js 1\nanswer> b")
    it.expect(1, "error: there is no command answer>...", "-c", "answer> b", errors="")
    it.files(b_modlab="transcript out.md\n" + text)
    it.run("--keep-going", "b.modlab")
    it.expect(0, "...all as recorded\n", "test", "out.md")


# source

def test_source_runs_a_script_relative_to_the_one_that_names_it(it):
    it.files(a_modlab="source sub/b.modlab\njs x\n", sub__b_modlab="source c.modlab\n", sub__c_modlab="js var x = 3\n")
    it.expect(0, "undefined\n3\n", "a.modlab")


def test_a_failure_inside_source_has_its_place(it):
    it.files(a_modlab="js 0\nsource b.modlab\n", b_modlab="js 1\n\nlink b\n")
    it.expect(1, "0\n1\nerror: there is no module b\n  try   status\nerror: b.modlab:3 failed: there is no module b\n",
              "a.modlab", errors="modlab: stopped at a.modlab:2\n")
    it.expect(1, "0\n1\nerror: ...error: b.modlab:3 failed: there is no module b\n", "--keep-going", "a.modlab")


def test_source_of_itself_ends(it):
    it.files(a_modlab="source a.modlab\n", b_modlab="source c.modlab\n", c_modlab="source b.modlab\n")
    it.expect(1, "error: a.modlab sources itself: a.modlab → a.modlab.\n", "a.modlab",
              errors="modlab: stopped at a.modlab:1\n")
    it.expect(1, "error: b.modlab sources itself: b.modlab → c.modlab → b.modlab.\nerror: c.modlab:1 failed: ...", "b.modlab",
              errors="modlab: stopped at b.modlab:1\n")
    it.expect(1, "error: b.modlab sources itself: b.modlab → c.modlab → b.modlab.\n...7\n", "--keep-going", "-c",
              "source b.modlab\nsource ./c.modlab\njs 7")


def test_source_of_no_file(it):
    it.expect(1, "error: cannot read no.modlab: there is no such file\n", "-c", "source no.modlab")
    it.files(sub__a_modlab="source no.modlab\nstatus > no/a\n")
    it.expect(1, "error: cannot read sub/no.modlab: there is no such file\n"
              "error: cannot write sub/no/a: there is no directory sub/no\n", "--keep-going", "sub/a.modlab")


def test_the_source_of_a_wrong_command_is_no_list_of_commands(it):
    it.files(a_modlab="module a --bogus = function f() {\n  link(b);\n}\nsynthetic s x x do {\n  f();\n}\n"
             "modul b = `\njs 1\n`\njs 2\n")
    it.expect(1, "error: there is no option --bogus...error ERR_INVALID_ARG_VALUE: The property 'exportNames.x' is duplicated. Received 'x'...error: there is no command modul...\n2\n",
              "--keep-going", "a.modlab")


def test_commands_of_source_come_before_it_in_json(it):
    it.files(a_modlab="source b.modlab\n", b_modlab="js 1\n")
    it.expect(0, '{"file": "b.modlab", "line": 1, ...}\n{"file": "a.modlab", "line": 1, ...}\n', "--json", "a.modlab")


# Programs

def test_a_program_that_waits_for_nothing_fails(it):
    it.files(a_mjs="await 1; await new Promise(() => {})\n")
    it.expect(13, "...", "a.mjs", errors="""\
error: The program waits for something that never comes.
  a.mjs:1:10
  1 │ await 1; await new Promise(() => {})
    │          ^^^^^ a.mjs waits at this await of its top level
  Nothing is due that could settle that promise.
""")
    it.expect(13, '{..."phase": "evaluate"...}\n', "--json", "a.mjs")


def test_a_program_that_waits_for_itself_shows_the_ring(it):
    it.files(
        loader_mjs='export async function boot() {\n  await import("./plugin.mjs");\n}\n',
        plugin_mjs='import "./main.mjs";\n',
        main_mjs='const { boot } = await import("./loader.mjs");\nawait boot();\n')
    it.expect(13, "...", "main.mjs", errors="""\
error: The program waits for something that never comes.
  main.mjs:2:1
  2 │ await boot();
    │ ^^^^^ main.mjs waits at this await
  loader.mjs:2:9
  2 │   await import("./plugin.mjs");
    │         ^^^^^^ code of loader.mjs, which it called, waits here for the end of plugin.mjs
  plugin.mjs:1:8
  1 │ import "./main.mjs";
    │        ^^^^^^^^^^^^ plugin.mjs waits for main.mjs, which it imports
  It waits for itself: a deadlock, which nothing can end.
  Each of them is settled only after the next, and the last only after the first.
""")


# Transcripts

def test_a_recorded_session_is_checked(it):
    it.files(a_modlab="transcript FILE\nmodule a <<END\nexport let x\n\nEND\nlink a\nlink nobody\njs console.log('```')\n"
                      "option timer on\nstatus\ntranscript off\njs 1\n".replace("FILE", "out.md"))
    it.run("--keep-going", "--color", "always", "a.modlab", environment={"COLUMNS": "30"})
    it.expect(0, "1 file, 6 commands, all as recorded\n", "test", "out.md")
    first = (it.folder / "out.md").read_text()
    it.run("--keep-going", "--json", "a.modlab")
    if (it.folder / "out.md").read_text() != first or "\x1b" in first:
        raise Failure("recorded anew it is another")
    it.run("-c", "transcript out.modlab-transcript\njs 1")
    if (it.folder / "out.modlab-transcript").read_text() != "modlab> js 1\n1\n":
        raise Failure("a plain transcript that nothing ended")


NASTY = """synthetic b
js console.log('modlab> js 1'); console.log('   ...>'); console.log('answer> x'); console.log('...')
js console.log('   ...> first'); console.log('a [..] b  '); console.log('````')
bogus
js 1
link
js )
history
history 2
module a = import 'x'
resolve x => ask
link a
answer> b
js console.log('answer> b')
expect-error TypeError link nobody
source c.modlab
js [Math.random(), new Date(2020, 1, 1)]
evaluate a
"""


def test_what_is_recorded_in_a_script_is_replayed(it):
    it.files(a_modlab="js 0\n" + NASTY.replace("synthetic b", "transcript out.md\nsynthetic b"),
             c_modlab="js 1\nbogus\n")
    it.run("--keep-going", "a.modlab")
    it.expect(0, "1 file, 17 commands, all as recorded\n", "test", "out.md")
    # Written anew it is the same: nothing is a command, or a pattern, that was output.
    path = it.folder / "out.md"
    recorded = path.read_text().splitlines()
    path.write_text("\n".join(line for line in recorded if line.startswith(("modlab>", "answer>", "```"))) + "\n")
    it.expect(0, "...all as recorded\n", "test", "--update", "out.md", errors="modlab: updated out.md, ...\n")
    it.expect(0, "...all as recorded\n", "test", "out.md")


def test_the_time_of_a_command_is_no_part_of_a_transcript(it):
    it.files(a_modlab="js 1\nsource b.modlab\n", b_modlab="js 2\n")
    it.run("-c", "transcript out.md\noption timer on\nsource a.modlab\ntranscript off")
    lines = (it.folder / "out.md").read_text().splitlines()
    if lines.count("time   [..]") != 5 or sum("time" in line for line in lines) != 6:
        raise Failure(lines)
    it.expect(0, "...all as recorded\n", "test", "out.md")


def test_a_transcript_knows_chance_and_whether_it_went_on(it):
    it.files(a_modlab="js 1\nlink nobody\njs Math.random()\n")
    for file, head in [("out.md", "```modlab seed=7 keep-going"), ("o.modlab-transcript", "# modlab seed=7 keep-going")]:
        it.run("--seed", "7", "--keep-going", "-c", f"transcript {file}\nsource a.modlab\ntranscript off")
        path = it.folder / file
        if path.read_text().splitlines()[0] != head:
            raise Failure(path.read_text())
        it.expect(0, "1 file, 1 command, all as recorded\n", "test", file)
        it.expect(0, "1 file, 1 command, all as recorded\n", "--color", "always", "test", file)
        path.write_text(path.read_text().replace(" seed=7 keep-going", ""))
        it.expect(3, "...", "test", file)
        it.expect(0, "1 file, 1 command, all as recorded\n", "test", "--seed", "7", "--keep-going", file)
        it.expect(0, "1 file, 1 command, all as recorded\n", "--seed", "7", "--keep-going", "test", file)


def test_a_transcript_that_fails_to_begin_ends_none(it):
    text = "transcript a.md\njs 1\ntranscript no/b.md\njs 2\ntranscript b.md\njs 3\ntranscript b.md\njs 4\ntranscript off\n"
    it.expect(1, "recording in a.md\n1\nerror: cannot write no/b.md: there is no directory no\n2\n"
              "recorded 3 commands in a.md\nrecording in b.md\n"
              "what came before is not in it, and a replay begins with an empty session\n"
              "3\nrecording in b.md anew\n...4\nrecorded 1 command in b.md\n", "--keep-going", "-c", text)
    it.expect(0, "2 files, 4 commands, all as recorded\n", "test", "a.md", "b.md")


def test_a_check_that_is_interrupted(it):
    text = "```modlab\nmodlab> js 1\n2\nmodlab> rules > begun\nmodlab> js console.log('runs'); for (;;);\nmodlab> js 3\n3\n```\n"
    for options, last in [([], "1 of 2 commands differ, interrupted before the rest"),
                          (["--format", "tap"], "Bail out! interrupted at a.md:5"),
                          (["--format", "junit"], "</testsuites>"), (["--update"], "interrupted before the rest")]:
        it.files(a_md=text, b_md=text)
        run = subprocess.Popen([it.modlab, "test", *options, "a.md", "b.md"], cwd=it.folder, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
        it.awaits_loop(run)
        run.send_signal(signal.SIGINT)
        output, errors = run.communicate(timeout=SECONDS)
        if run.returncode != 130 or not output.decode().endswith(last + "\n"):
            raise Failure(f"{options} {run.returncode} {output}")
        if errors.decode() != "modlab: interrupted at a.md:5   js console.log('runs'); for (;;);\n":
            raise Failure(errors)
        if (it.folder / "a.md").read_text() != text:
            raise Failure("it was updated")


def test_an_update_of_nothing(it):
    text = "```modlab\nmodlab> quit\nmodlab> js 1\n```\n"
    it.files(a_md=text)
    it.expect(3, "a.md:3\n...", "test", "--update", "a.md", errors="")
    if (it.folder / "a.md").read_text() != text:
        raise Failure("it was updated")


def test_a_script_with_other_line_ends_means_the_same(it):
    text = ("module a = export let x = `1\n2`;\nmodule b <<END\nexport let y = 1\n\nEND\nshow a\nresolve /./ => ask\n"
            "module c = import 'b'\nlink c\nanswer> js () =>\n   ...> modules.b\njs 'x'\nhistory\nsave FILE\n")
    it.files(a_modlab=text.replace("FILE", "a.saved"), b_modlab=text.replace("FILE", "b.saved").replace("\n", "\r\n"))
    status, output, _ = it.run("a.modlab")
    it.expect(status, output.replace("a.saved", "b.saved"), "b.modlab")
    saved = [(it.folder / name).read_bytes() for name in ("a.saved", "b.saved")]
    if status != 0 or saved[0] != saved[1]:
        raise Failure(f"{output} {saved}")


def test_a_transcript_that_cannot_be_written(it):
    (it.folder / "dir").mkdir()
    os.mkfifo(it.folder / "pipe")
    for name, words in [("dir", "it is a directory"), ("pipe", "it is a pipe or a device"),
                        ("no/a.md", "there is no directory no"), ("/dev/full", "it is a pipe or a device")]:
        it.expect(1, f"error: cannot write {name}: {words}\n", "-c", f"transcript {name}")
    it.expect(0, "no transcript is being recorded\n", "-c", "transcript off")


def test_transcripts_that_differ(it):
    it.files(a_md="```modlab\nmodlab> js 1\n2\n```\n", b_md="```modlab\nmodlab> js 1\n1\n```\n")
    it.expect(3, "a.md:3\n...2 files, 1 of 2 commands differ\n", "test", "b.md", "a.md")
    it.expect(2, "a.md:3\n...", "test", "no.md", "a.md", errors="modlab: cannot read no.md: there is no such file\n")
    it.expect(0, "...all as recorded\n", "test", "--update", "a.md", errors="modlab: updated a.md, 1 command\n")
    if (it.folder / "a.md").read_text() != (it.folder / "b.md").read_text():
        raise Failure("the update is wrong")


def test_files_that_are_no_transcripts(it):
    it.files(empty_md="", text_md="no fence\n", bad_md=b"\xff", open_md="```modlab\nmodlab> js 1\n1\n")
    it.expect(2, "...", "test", "empty.md", errors="modlab: empty.md has no session: ...\n")
    it.expect(2, "...", "test", "text.md", errors="modlab: text.md has no session: ...\n")
    it.expect(2, "", "test", "bad.md", errors="modlab: cannot read bad.md: not UTF-8 (byte 1, line 1)\n")
    it.expect(2, "", "test", ".", errors="modlab: cannot read .: it is a directory\n")
    it.expect(3, "open.md:1\n  nothing closes this fence\n1 file, 1 flaw\n", "test", "open.md")


def test_a_transcript_from_standard_input(it):
    it.files(b_modlab="js 2\n")
    text = "```modlab\nmodlab> source b.modlab\n2\n```\n"
    it.expect(0, "...all as recorded\n", "test", "-", input=text)
    it.expect(3, "-:3\n...", "test", "-", input=text.replace("2\n`", "1\n`"))
    it.expect(2, "", "test", "--update", "-", errors="modlab: standard input cannot be updated.\n...")
    for option in ["-i", "--resume"]:
        it.expect(2, "", "test", option, "a.md", errors="modlab: test has no prompt.\n...")


def test_output_that_would_close_a_fence(it):
    it.files(a_md="```modlab\nmodlab> js console.log('  ```  \\n~~~')\n```\n~~~modlab\n"
                  "modlab> js console.log(' ~~~~ \\n```')\n~~~\n")
    it.expect(0, "...all as recorded\n", "test", "--update", "a.md", errors="modlab: updated a.md, 2 commands\n")
    it.expect(0, "...all as recorded\n", "test", "a.md")


def test_reports_that_programs_read(it):
    it.files(a_md="```modlab\nmodlab> js 1\n\x01 ]]> & < 2\nmodlab> js '# \x02 \\\\'\n```\n")
    it.run("test", "a.md", "--format", "tap")
    for number in [3, 0]:
        status, tap, _ = it.run("test", "a.md", "--format", "tap")
        status, junit, _ = it.run("test", "a.md", "--format", "junit")
        cases = xml.etree.ElementTree.fromstring(junit).findall(".//testcase")
        names = [line.split(" - ", 1)[1] for line in tap.splitlines() if "ok " in line[:7]]
        if status != number or len(cases) != 2 or not names[0].startswith("a.md:2 js 1"):
            raise Failure(f"{status} {tap} {junit}")
        if [case.get("name") for case in cases][0] != "2: js 1":
            raise Failure(junit)
        it.run("test", "a.md", "--update")


def test_reports_have_the_files_that_were_not_checked(it):
    it.files(a_md="```modlab\nmodlab> js 1\n1\n```\n", text_md="text\n")
    it.expect(2, "TAP version 14\n1..3\nok 1 ...not ok 2 - no.md\n...there is no such file\n...ok 3 - text.md # SKIP ...",
              "test", "--format", "tap", "a.md", "no.md", "text.md", errors="...")
    _, junit, _ = it.run("test", "--format", "junit", "a.md", "no.md", "text.md")
    suites = xml.etree.ElementTree.fromstring(junit)
    if [suites.get(key) for key in ("tests", "failures", "errors", "skipped")] != ["3", "0", "1", "1"]:
        raise Failure(junit)
    it.expect(2, "1 file, 1 command, all as recorded; 1 file without a session, 1 file unread\n",
              "test", "a.md", "no.md", "text.md", errors="...")


def test_paths_in_a_transcript_begin_at_its_folder(it):
    it.files(sub__a_md="```modlab\nmodlab> js 1\n1\nmodlab> source b.modlab\n2\n```\n", sub__b_modlab="js 2\n")
    it.expect(0, "...all as recorded\n", "test", "sub/a.md", "sub/../sub/a.md")


def test_an_update_keeps_permissions_links_and_unwritable_files(it):
    it.files(a_md="```modlab\nmodlab> js 1\n2\n```")
    (it.folder / "a.md").chmod(0o640)
    (it.folder / "link.md").symlink_to("a.md")
    it.expect(0, "...all as recorded\n", "test", "--update", "link.md", errors="modlab: updated link.md, 1 command\n")
    path = it.folder / "a.md"
    if path.read_text() != "```modlab\nmodlab> js 1\n1\n```" or path.stat().st_mode & 0o777 != 0o640:
        raise Failure("the update changed more")
    if not (it.folder / "link.md").is_symlink() or len(list(it.folder.iterdir())) != 2:
        raise Failure("the link is gone, or something was left behind")


# The same everywhere

def sessions():
    for path in sorted((ROOT / "Examples").glob("*.modlab")):
        yield path, []
        yield path, ["--json"]
    for path in [ROOT / "README.md", *sorted((ROOT / "Tests/Transcripts").glob("*.md"))]:
        yield path, ["--json", "--keep-going", "-"]


def commands(path):
    """The commands of a document, as a script."""
    lines, inside = [], False
    for line in path.read_text().splitlines():
        if line.startswith("```"):
            inside = line == "```modlab"
        elif inside and line.startswith(("modlab>", "   ...>")):
            lines.append(line[8:])
    return "\n".join(lines)


def outcome_everywhere(it, path, arguments, input=b"", written=None):
    """What a run prints and writes, which must be the same everywhere; every second run is in a copy."""
    copy = it.folder / "elsewhere" / path.parent.name
    if path.parent != ROOT and not copy.exists():
        shutil.copytree(path.parent, copy)
    outcomes = set()
    for index, environment in enumerate([{}, *SURROUNDINGS]):
        folder = copy if index % 2 and copy.exists() else path.parent
        if written:
            written.unlink(missing_ok=True)
        ended = subprocess.run(
            [it.modlab, *arguments], cwd=folder, input=input, capture_output=True, timeout=SECONDS,
            env={**os.environ, **environment})
        outcomes.add((ended.returncode, ended.stdout, ended.stderr, written.read_bytes() if written else b""))
    if len(outcomes) != 1:
        raise Failure(f"{path.name} {arguments} differs from run to run")
    outcome = outcomes.pop()
    text = (outcome[1] + outcome[3]).decode()
    if str(ROOT) in text or "0x7f" in text:
        raise Failure(f"{path.name} {arguments} shows a path or an address of this machine")


def test_sessions_are_the_same_in_any_surroundings(it):
    for path, arguments in sessions():
        if path.suffix == ".modlab":
            outcome_everywhere(it, path, [*arguments, path.name])
        else:
            outcome_everywhere(it, path, arguments, commands(path).encode())
            outcome_everywhere(it, path, ["--seed", "5", *arguments[1:]], commands(path).encode())


def test_programs_and_graphs_are_the_same_in_any_surroundings(it):
    for path in sorted((ROOT / "Examples").glob("*.mjs")):
        for arguments in [[path.name], ["--json", path.name], ["graph", path.name]]:
            outcome_everywhere(it, path, arguments)


def test_exports_are_the_same_in_any_surroundings(it):
    for path in sorted((ROOT / "Examples").glob("*.modlab")):
        for kind in ["node", "html"]:
            written = it.folder / f"exported.{kind}"
            outcome_everywhere(it, path, [path.name, "-c", f"export {kind} '{written}'"], written=written)


def test_a_seed_makes_chance_the_same(it):
    script = "js [Math.random(), Math.random()]\ncontext c\nmodule a --context c = console.log(Math.random())\n" \
             "link a\nevaluate a"
    first, second = (it.run("--seed", "7", "-c", script) for _ in range(2))
    if it.run("-c", script) != it.run("-c", script):
        raise Failure("a script has other numbers each time")
    if first != second or first == it.run("--seed", "8", "-c", script):
        raise Failure(f"{first} {second}")


def test_the_schema_is_the_one_of_the_documentation(it):
    it.expect(0, (ROOT / "Documentation/json-schema.json").read_text(), "--json-schema")


THROWN = [
    ('"text"', None, None, "text"), ("1", None, None, "1"), ("{ a: 1 }", None, None, "{ a: 1 }"),
    ("Object.create(null)", None, None, "[Object: null prototype] {}"), ("() => 1", "Function", None, "[Function (anonymous)]"),
    ("new (class Mine extends Error {})('m')", "Error", None, "m"), ("new (class Mine {})", "Mine", None, "Mine {}"),
    ("Object.assign(new TypeError('m'), { code: 'E_X' })", "TypeError", "E_X", "m"),
    ("Object.assign(new TypeError('m'), { code: null, name: '' })", "TypeError", None, "m"),
    ("Object.assign(new Error('m'), { code: '' })", "Error", None, "m"),
]


def test_what_was_thrown_in_json(it):
    for code, name, word, message in THROWN:
        error = answers_of(it, 1, f"js throw {code}")[0]["error"]
        if (error["name"], error["code"], error["message"], error["phase"]) != (name, word, message, "evaluate"):
            raise Failure(f"{code}: {error}")
    error = answers_of(it, 1, "expect-error RangeError js throw new TypeError('t')")[0]["error"]
    if error["message"] != "RangeError was expected, but it was TypeError" or error["cause"]["name"] != "TypeError":
        raise Failure(error)
    it.files(a_modlab="link nobody\n")
    error = answers_of(it, 1, "source a.modlab")[1]["error"]
    if error["cause"]["message"] != "there is no module nobody":
        raise Failure(error)


# Programs from disk

KINDS = """import json from "./a.json" with { type: "json" };
import text from "./a.json#text" with { type: "text" };
import bytes from "./a.json?bytes" with { type: "bytes" };
bytes[0] = 33;
console.log(json.a, text, bytes instanceof Uint8Array, String.fromCharCode(...bytes));
"""


def test_files_are_read_as_their_type_attribute_says(it):
    it.files(main_mjs=KINDS, a_json='{"a": 1}')
    it.expect(0, """1 {"a": 1} true !"a": 1}\n""", "main.mjs")
    answers = answers_of(it, 0, "load main.mjs --as m\nlink m")
    if answers[0]["result"] != {"entry": "m", "modules": ["m", "a.json", "a.json#2", "a.json#3"]}:
        raise Failure(answers[0]["result"])
    asked = [(one["specifier"], one["attributes"], one["answer"]) for one in answers[1]["requests"]]
    if asked != [("./a.json", {"type": "json"}, "a.json"), ("./a.json#text", {"type": "text"}, "a.json#2"),
                 ("./a.json?bytes", {"type": "bytes"}, "a.json#3")]:
        raise Failure(asked)


def test_queries_and_fragments_name_the_same_file(it):
    it.files(main_mjs='import { x } from "./a.mjs?1"; import { x as y } from "./a.mjs#2"; import "./b%20c.mjs"; '
             'console.log(x === y)', a_mjs="console.log('once'); export const x = {}")
    (it.folder / "b c.mjs").write_text("console.log('blank')")
    it.expect(0, "once\nblank\ntrue\n", "main.mjs")
    # The entry is a path, not a specifier.
    it.expect(1, "error: cannot read a.mjs?1: there is no such file\n", "-c", "load a.mjs?1")


def test_a_file_that_may_not_be_read(it):
    it.files(main_mjs='import "./secret.mjs"', secret_mjs="")
    (it.folder / "secret.mjs").chmod(0)
    if os.geteuid() == 0:
        return
    it.expect(1, "error: cannot read secret.mjs: ...", "-c", "load main.mjs")


def test_files_outside_have_the_names_that_were_asked_for(it):
    it.files(app__main_mjs='import "../lib/a.mjs"', lib__a_mjs='import "../app/main.mjs"')
    text = "load ../lib/a.mjs\nlink ../lib/a.mjs\ncycles"
    got = subprocess.run([it.modlab, "-c", text], cwd=it.folder / "app", capture_output=True, timeout=SECONDS)
    if b"cycle 1   2 modules   ../lib/a.mjs \xe2\x86\x92 main.mjs \xe2\x86\x92 ../lib/a.mjs" not in got.stdout:
        raise Failure(got)


def test_graphs_of_programs_that_are_not_well(it):
    it.files(good_mjs="export let x = 1", mistaken_mjs="let let = 1",
             bad_mjs='import { y } from "./good.mjs"; import "./none.mjs"; import "./mistaken.mjs"; import "bare"')
    for status, entries, errors in [
            (0, ["good.mjs"], []), (1, ["bad.mjs"], 4 * [None]), (1, ["good.mjs", "bad.mjs"], 4 * [None])]:
        for form in ["text", "dot", "mermaid", "json", "svg"]:
            got = it.run("graph", *entries, "--format", form, "--json")
            result = json.loads(got[1])["result"]
            if got[0] != status or len(result["linkErrors"]) != len(errors) or got[2]:
                raise Failure(f"{entries} {form}: {got}")
            got = it.run("graph", *entries, "--format", form)
            # A picture has no text behind it.
            told = got[1] if form == "text" else got[2]
            if got[0] != status or told.count("\nerror") + told.startswith("error") != len(errors) \
                    or "good.mjs" not in got[1]:
                raise Failure(f"{entries} {form}: {got}")
        kinds = [error["phase"] for error in result["linkErrors"]]
        if kinds != (["resolve", "parse", "resolve", "instantiate"] if errors else []):
            raise Failure(kinds)
    it.expect(2, "", "graph", "none.mjs", errors="modlab: cannot read none.mjs: there is no such file\n")
    it.expect(2, "", "graph", "good.mjs", "none.mjs", errors="modlab: cannot read none.mjs: there is no such file\n")
    it.expect(2, '{...cannot read none.mjs...}\n', "graph", "--json", "none.mjs")
    it.expect(1, "error SyntaxError: ...  mistaken.mjs:1:5...", "graph", "mistaken.mjs")


def test_what_loads_and_rules_say_in_json(it):
    it.files(main_mjs='import "a"', a_mjs="")
    answers = answers_of(it, 0, 'load a.mjs\nimport-map = {"imports": {"a": "./a.mjs"}}\nload main.mjs --as m\n'
                         "which a for m\ngraph m --format svg\nlink m\ngraph m --format dot\ncycles")
    if answers[2]["result"] != {"entry": "m", "modules": ["m", "a.mjs"]}:
        raise Failure(answers[2])
    for before, after in zip(answers[4]["result"]["unanswered"], answers[6]["result"]["edges"]):
        if before["specifier"] != "a" or after != {"from": "m", "to": "a.mjs", "specifier": "a"}:
            raise Failure(answers)
    for answer in answers:
        if answer["result"] is None and answer["command"] != "link m":
            raise Failure(answer)


def answers_of(it, status, script):
    got = it.run("--json", "-c", script)
    if got[0] != status:
        raise Failure(got)
    return [json.loads(line) for line in got[1].splitlines()]


def main():
    modlab = pathlib.Path(sys.argv[1]).resolve()
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    passed = failed = 0
    for name, test in list(globals().items()):
        if not name.startswith("test_") or word not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            runs = Runs(modlab)
            runs.folder = pathlib.Path(folder)
            try:
                test(runs)
                passed += 1
            except (Failure, subprocess.TimeoutExpired) as failure:
                failed += 1
                print(f"FAIL {name[5:].replace('_', ' ')}\n  {failure}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
