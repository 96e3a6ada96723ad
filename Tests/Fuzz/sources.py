#!/usr/bin/env python3
"""Mutations of module sources: modlab's parser never crashes or hangs, and takes what JavaScriptCore's own parser
takes as a module. What only one of the two takes is a failure, unless it is known below.

Usage: sources.py [MODLAB] [--seed N] [--seconds S] [--trials N]
(TEST262=DIR adds the sources of test262.)
"""

import ctypes
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import fuzzing

given = fuzzing.arguments(__doc__.splitlines()[0])
ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = tempfile.TemporaryDirectory()
PATIENCE = 60
PER_TRIAL = 120


class Engine:
    """JavaScriptCore's parser of modules, from its library."""

    def __init__(self):
        library = ctypes.CDLL("libjavascriptcoregtk-4.1.so.0")
        library.jsc_context_new.restype = ctypes.c_void_p
        library.jsc_exception_get_message.restype = ctypes.c_char_p
        library.jsc_exception_get_message.argtypes = [ctypes.c_void_p]
        library.jsc_context_check_syntax.argtypes = [
            ctypes.c_void_p, ctypes.c_char_p, ctypes.c_ssize_t, ctypes.c_uint, ctypes.c_char_p, ctypes.c_uint,
            ctypes.POINTER(ctypes.c_void_p)]
        self.library, self.context = library, library.jsc_context_new()

    def mistake(self, text):
        """Its words; None for a module."""
        exception = ctypes.c_void_p()
        result = self.library.jsc_context_check_syntax(
            self.context, text, len(text), 1, b"check", 1, ctypes.byref(exception))
        if result == 0:
            return None
        return (self.library.jsc_exception_get_message(exception) or b"?").decode(errors="replace")


# What is known to differ: why, modlab's words or None where it takes the text, the engine's likewise, and a
# pattern of the text.
KNOWN = [
    # Taken by both in the end: the body that the engine gets has none of it.
    ("import defer, source and their calls are written otherwise for the engine", None, "import|Import", r"defer|source"),
    ("using declarations likewise", None, ".", r"\busing\b"),
    ("with on a line of its own behind a specifier, likewise", None, "'with' statements", r"with\s*\{"),
    ("a class field that is called static or async, last in its class, likewise", None, ".",
     r"\b(static|async)(\s|//[^\n]*\n|/\*.*?\*/)*\}"),
    ("async with a default in a pattern, likewise", None, "Unexpected token '='",
     r"\basync(\s|//[^\n]*\n|/\*.*?\*/)*="),
    # Refused by the engine when the module is defined, piece by piece.
    ("V8 lets calls be assigned to, which throws at run time", None, "not a reference", r"\)|`"),
    ("for await (async of …)", None, "Unexpected identifier 'of'", r"for\s+await\s*\(\s*async\s+of"),
    ("__proto__ twice in a pattern", None, "redefine __proto__", r"__proto__"),
    ("letters of later editions of Unicode", None, "[Ii]nvalid (unicode|character)", r"[^\x00-\x7f]|\\u"),
    # Refused by modlab, as by V8 and ECMA-262.
    ("comments as in HTML", "HTML comments", None, r"<!--|-->"),
    ("a pattern without an initializer in the head of a for", "Missing initializer", None, r"for\b"),
    ("await in a function that is not async", "Unexpected reserved word", None, r"\bawait\b"),
    ("a reserved word of strict code with an escape", "Keyword must not contain escaped", None, r"\\u"),
    # Deeper than anybody writes.
    ("nesting", "nest|too deep|stack", None, r"."),
]


def known(ours, engines, text):
    for _, our_words, engine_words, pattern in KNOWN:
        if (ours is None) != (our_words is None) or (engines is None) != (engine_words is None):
            continue
        if our_words and not re.search(our_words, ours):
            continue
        if engine_words and not re.search(engine_words, engines):
            continue
        if re.search(pattern, text, re.S):
            return True
    return False


def seeds():
    """Texts to begin with."""
    found = []
    for path in sorted((ROOT / "Tests" / "ModuleSyntaxTests").rglob("*.swift")):
        text = path.read_text()
        found += re.findall(r'"""\n(.*?)\n\s*"""', text, re.S)
        for literal in re.findall(r'"((?:[^"\\\n]|\\.)+)"', text):
            if "\\(" not in literal and len(literal) > 3:
                found.append(literal.replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\"))
    for pattern in ("Tests/**/*.mjs", "Examples/**/*.mjs"):
        found += [path.read_text(errors="ignore") for path in sorted(ROOT.glob(pattern))]
    tree = os.environ.get("TEST262")
    if tree:
        for path in sorted(pathlib.Path(tree, "test", "language").rglob("*.js")):
            text = path.read_text(errors="ignore")
            found.append(re.sub(r"/\*---.*?---\*/", "", text, flags=re.S))
    return [text for text in found if 0 < len(text) < 20_000]


SEEDS = seeds()
TOKEN = re.compile(r"\s+|[A-Za-z_$][\w$]*|\d[\w.]*|//[^\n]*|/\*.*?\*/|'[^'\n]*'|\"[^\"\n]*\"|`[^`]*`|"
                   r"[-+*/%&|^<>=!?.]{1,4}|.", re.S)
EXTRA = """await yield async function * class extends static # get set let const var using of in import export default
from as with { } ( ) [ ] ; , : ? ?. ?? ... => = == += **= &&= / /x/ /(?<a>)/ `a` `${ } 'use strict' 0 08 1n 1_0 .5 new
super this new.target import.meta import( delete typeof void instanceof try catch finally switch case break continue
a: if else do while for throw return debugger null true arguments eval enum implements package \\u0061 \\u{61} @ !
<!-- --> // /* */ \u2028 \u00a0 \ufeff \U0001d538 defer source type accessor""".split()


class Mutation:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        parts = TOKEN.findall(self.random.choice(SEEDS))
        for _ in range(self.random.choice([0, 1, 1, 1, 2, 2, 3, 6])):
            if not parts:
                break
            place = self.random.randrange(len(parts))
            kind = self.random.randrange(9)
            if kind == 0:
                del parts[place]
            elif kind == 1:
                parts.insert(place, parts[self.random.randrange(len(parts))])
            elif kind == 2:
                other = self.random.randrange(len(parts))
                parts[place], parts[other] = parts[other], parts[place]
            elif kind == 3:
                parts[place] = self.random.choice(EXTRA)
            elif kind == 4:
                parts.insert(place, " " + self.random.choice(EXTRA) + " ")
            elif kind == 5:
                other = TOKEN.findall(self.random.choice(SEEDS))
                start = self.random.randrange(len(other)) if other else 0
                parts[place:place] = other[start:start + self.random.randrange(1, 9)]
            elif kind == 6:
                del parts[place:place + self.random.randrange(1, 9)]
            elif kind == 7:
                parts[place:place] = ["\n"]
            else:
                parts = parts[:place] + parts[place:place + 6] * self.random.randrange(1, 4) + parts[place + 6:]
        return "".join(parts)


ENGINE = Engine()


def ours(texts):
    """What modlab says of each text: None for a module, words for an error; or how the process failed."""
    commands = []
    for number, text in enumerate(texts):
        path = os.path.join(FOLDER.name, f"s{number}.mjs")
        with open(path, "w", newline="") as file:
            file.write(text)
        commands.append(f"module m from {path}\n")
    try:
        ended = subprocess.run([given.modlab, "--json", "--keep-going", "-"], input="".join(commands).encode(),
                               capture_output=True, timeout=PATIENCE,
                               env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
    except subprocess.TimeoutExpired:
        return "hangs"
    if ended.returncode not in (0, 1):
        return f"exit status {ended.returncode}: {ended.stderr[-300:]!r}"
    reports = [json.loads(line) for line in ended.stdout.splitlines()]
    if len(reports) != len(texts):
        return f"{len(reports)} answers to {len(texts)} sources"
    return [report["error"]["message"] if report["error"] else None for report in reports]


def failure_of(text):
    answers = ours([text])
    if isinstance(answers, str):
        return answers
    engines = ENGINE.mistake(text.encode())
    if (answers[0] is None) == (engines is None) or known(answers[0], engines, text):
        return None
    return f"modlab: {answers[0] or 'a module'}; the engine: {engines or 'a module'}"


def trial(seed):
    texts = []
    for number in range(PER_TRIAL):
        text = Mutation(seed * PER_TRIAL + number).text()
        try:
            text.encode()
        except UnicodeEncodeError:
            continue
        if "\0" not in text:
            texts.append(text)
    answers = ours(texts)
    if isinstance(answers, str):
        fewest = fuzzing.shrink(texts, lambda parts: isinstance(ours(parts), str))
        if len(fewest) == 1:
            parts = fuzzing.shrink(TOKEN.findall(fewest[0]), lambda p: isinstance(ours(["".join(p)]), str))
            fewest = ["".join(parts)]
        return len(texts), f"{answers}\n     sources: {fewest!r}"
    for text, answer in zip(texts, answers):
        engines = ENGINE.mistake(text.encode())
        if (answer is None) == (engines is None) or known(answer, engines, text):
            continue
        words = f"modlab: {answer or 'a module'}; the engine: {engines or 'a module'}"
        # Smaller with the same answers, as far as they are quick to get.
        def same(parts):
            shorter = failure_of("".join(parts))
            return shorter is not None and shorter.startswith("modlab: a module") == (answer is None)
        fewest = "".join(fuzzing.shrink(TOKEN.findall(text), same, patience=15))
        return len(texts), f"{failure_of(fewest) or words}\n     source: {fewest!r}"
    return len(texts), None


sys.exit(fuzzing.run(given, trial, "sources"))
