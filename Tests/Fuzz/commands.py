#!/usr/bin/env python3
"""Random commands, from the grammar and far from it, as scripts, `-c`, standard input, transcripts and options.
modlab never ends by a signal, never hangs, prints no raw control character, its JSON is JSON, and the session
answers afterwards.

Usage: commands.py [MODLAB] [--seed N] [--seconds S] [--trials N]
"""

import json
import os
import random
import subprocess
import sys
import tempfile

import fuzzing

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Programs"))
from random_session import RandomSession

given = fuzzing.arguments(__doc__.splitlines()[0])
PATIENCE = 60
FOLDER = tempfile.TemporaryDirectory()

WORDS = """module synthetic json set context reset remove clear load resolve rules unresolve import-map which answer
link link-requests instantiate evaluate step continue finish abort js script tick status states show bindings
namespace graph order cycles why timeline at save source transcript undo redo export history option help edit
explain expect-error""".split()
BITS = """= => from in as do for with all --step --timeout --context --identifier --meta --line-offset --as --format
svg dot json mermaid text html node 1 0 -1 99999999999999999999 2 1e3 NaN * /x/ /(a)*b$/ /[/ "a" 'b' `c` ${x} { } ( )
[ ] ; , . : ! @ # $ % ^ & | \\ ~ ? < > >> << <<END END a b c m n x y a.x ns vm modules value throw reject ask pending
undefined file names loader color timer pager spec trace clock seed on off auto real virtual x=1 y=2
import export default let const class function await async yield new.target import.meta import("a") "use strict"
main -- - ... // /* */ <!-- --> #! #x /dev/null . .. ./a nowhere/x""".split()
HOSTILE = [
    "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x00", "\x07", "\x08", "\x0b", "\x0c", "\r", "\x7f", "\x85", "\u200e",
    "\u202e", "\u2028", "\u2066", "\ufeff", "\ufff9", "\u061c", "\U0001f600", "e\u0301", "\U000e0041", "\u0300" * 50,
    "\ud7ff", "\uffff", "\U0010ffff", "\u3000", "\t", "'", '"', "`", "\\", "\\u001b[2J", "\\x1b", "x" * 5000,
    "[" * 700, "(" * 3000, "{" * 50, "a" * 70 + ".mjs"]
CODE = [
    "module {0} = export let x = 1; console.log('\\x1b[1m{1}', `\\u009b`, '\\u202e')", "js '{1}' + '\\x1b[2J'",
    "js throw new Error('{1}\\x1b[7m')", "js ({{ ['{1}\\x07']: 1, get a() {{ throw '\\x1b' }} }})",
    "module '{1}' = import '{1}'; export let y = 1", "link '{1}'", "synthetic {0} '{1}'=1", "why '{1}' in {0}",
    "resolve '{1}' => throw new Error('\\x1b[1m')", "resolve '{1}' => value '\\x1b{1}'", "why {0}", "show {0}",
    "module {0} = export {{ x as '{1}' }}; let x = 1", "module {0} = throw '{1}\\x1b'", "evaluate {0}",
    "js Object.assign(globalThis, {{ n: Symbol('\\x1b{1}') }}).n", "js console.error('%s\\x9b', '{1}')",
    "context '{1}'", "js new (class extends Error {{ name = '\\x1b{1}' }})", "load '{1}'", "source '{1}'",
    "import-map = {{\"imports\": {{\"{1}\": \"./x\"}}}}", "json {0} = \"{1}\\u001b\"", "option trace node",
    "module {0} --identifier '{1}' = await 1; throw new TypeError(import.meta.url + '\\x1b')", "namespace {0}",
    "expect-error '{1}' link {0}", "js JSON.parse('\"\\u001b{1}\"')", "json {0} from '{1}'", "at 1 show {0}",
    "js eval('//# sourceURL=\\x1b{1}\\nthrow new Error(1)')", "bindings {0}", "help '{1}'", "graph {0} --format dot",
    "graph --format svg", "graph --format json", "graph --format mermaid", "timeline", "states {0}", "save '{1}'",
    "which '{1}' from {0}", "transcript '{1}'", "export node '{1}'", "module {0} from '{1}'", "show {0} > '{1}'"]


class Lines:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        kind = self.random.randrange(10)
        if kind < 5:
            return self.random.choice(BITS)
        if kind < 7:
            return self.random.choice(HOSTILE)
        if kind == 7:
            return self.random.choice(BITS) + self.random.choice(HOSTILE)
        if kind == 8:
            return "".join(chr(self.random.randrange(1, 0x250)) for _ in range(self.random.randrange(1, 9)))
        return self.random.choice(WORDS)

    def line(self):
        kind = self.random.randrange(12)
        if kind < 5:
            filled = "".join(self.random.choice(HOSTILE[:24] + ["a", "b", "x"])
                             for _ in range(self.random.randrange(3)))
            return self.random.choice(CODE).format(
                self.random.choice(["a", "b", "c", "main"]), filled.replace("'", ""))
        if kind < 10:
            words = [self.random.choice(WORDS)] + [self.word() for _ in range(self.random.randrange(8))]
            return self.random.choice([" ", " ", " ", "", "\t"]).join(words)
        return "".join(self.word() for _ in range(self.random.randrange(6)))

    def script(self):
        count = self.random.randrange(1, 120)
        lines = [self.line() for _ in range(count)]
        if self.random.randrange(3) == 0:
            session = RandomSession(self.random.randrange(1 << 30))
            session.generate()
            lines += session.lines
        encoded = []
        for line in lines:
            # What is endless, or ends the session, is not what is looked for.
            if "for (;;)" in line or line.strip().lstrip(".:").startswith(("q", "exit")):
                continue
            data = line.encode("utf-8", "surrogatepass")
            if self.random.randrange(40) == 0:
                place = self.random.randrange(len(data) + 1)
                data = data[:place] + bytes([self.random.randrange(256)]) + data[place:]
            encoded.append(data)
        return encoded


def execute(arguments, stdin=b"", environment=()):
    """The exit status (None for a hang) and what was printed."""
    try:
        ended = subprocess.run(
            [given.modlab.encode(), *arguments], input=stdin, capture_output=True, timeout=PATIENCE, cwd=FOLDER.name,
            env={"PATH": os.environ["PATH"], "HOME": FOLDER.name, "LC_ALL": "C.UTF-8",
                 "SWIFT_BACKTRACE": "enable=no", **dict(environment)})
    except subprocess.TimeoutExpired as late:
        return None, late.stdout or b"", late.stderr or b""
    return ended.returncode, ended.stdout, ended.stderr


def judge(status, out, errors, has_color, is_json, what):
    if status is None:
        return f"{what}: hangs; printed {out[-200:]!r}"
    if status not in (0, 1, 2, 3):
        return f"{what}: exit status {status}, {errors[-300:]!r}"
    for name, output in (("standard output", out), ("standard error", errors)):
        raw = fuzzing.raw_byte(output, has_color)
        if raw:
            return f"{what}: raw on {name}: {raw}"
        try:
            output.decode()
        except UnicodeDecodeError as error:
            return f"{what}: {name} is no UTF-8: {error}"
    if is_json:
        for line in out.splitlines():
            try:
                json.loads(line)
            except ValueError as error:
                return f"{what}: no JSON ({error}): {line[:300]!r}"
    return None


def as_script(lines, mode, has_color, is_json):
    text = b"\n".join(lines) + b"\n"
    options = [b"--keep-going", b"--no-rc", b"--color", b"always" if has_color else b"never"]
    options += [b"--json"] if is_json else []
    # With the trace on nothing else is shown.
    after = [b"-c", b"option trace off", b"-c", b"js 'sen' + 'tinel'", b"-c", b"status"]
    stdin = b""
    if mode == "-c":
        if b"\0" in text or len(text) > 100_000:
            mode = "file"
        else:
            item = [b"-c", text]
    if mode == "file":
        with open(os.path.join(FOLDER.name, "script.modlab"), "wb") as file:
            file.write(text)
        item = [b"script.modlab"]
    if mode == "stdin":
        item, stdin = [b"-"], text
    status, out, errors = execute(options + item + after, stdin)
    failure = judge(status, out, errors, has_color, is_json, mode)
    if failure:
        return failure
    try:
        text.decode()
    except UnicodeDecodeError:
        return None
    # A command that is not finished takes what follows in its own text only.
    if b"sentinel" not in out:
        return f"{mode}: the session does not answer: {(out[-200:], errors[-200:])!r}"
    return None


def as_transcript(lines):
    text = b"```modlab\n" + b"".join(b"modlab> " + line + b"\n" for line in lines) + b"```\n"
    with open(os.path.join(FOLDER.name, "transcript.md"), "wb") as file:
        file.write(text)
    return judge(*execute([b"test", b"transcript.md"]), False, False, "modlab test")


def as_options(lines, seed):
    chance = random.Random(seed)
    words = [word for line in lines for word in line.split()[:3]][:6]
    known = [b"--json", b"--color", b"--seed", b"-c", b"--format", b"graph", b"test", b"--import-map", b"--resume",
             b"--", b"-x", b"-ic", b"--color=\x1b[1m", b"--seed=7"]
    arguments = [chance.choice([chance.choice(known), word]) for word in words]
    arguments = [word.replace(b"\0", b"") for word in arguments]
    # A colour that was asked for is one.
    return judge(*execute(arguments), b"always" in arguments, False, f"options {arguments!r}")


def trial(seed):
    lines = Lines(seed).script()
    chance = random.Random(~seed)
    has_color, is_json = chance.randrange(4) == 0, chance.randrange(3) == 0
    mode = chance.choice(["file", "file", "-c", "stdin"])
    trials = [lambda parts: as_script(parts, mode, has_color, is_json)]
    if seed % 5 == 0:
        trials.append(as_transcript)
    if seed % 3 == 0:
        trials.append(lambda parts: as_options(parts, seed))
    for attempt in trials:
        failure = attempt(lines)
        if failure:
            fewest = fuzzing.shrink(lines, lambda parts: attempt(parts) is not None)
            return len(lines), f"{attempt(fewest) or failure}\n     lines: {fewest!r}"
    return len(lines), None


sys.exit(fuzzing.run(given, trial, "lines"))
