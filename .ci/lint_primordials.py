#!/usr/bin/env python3
"""Holds the JavaScript that shares a realm with a person's code to copies of the language's own functions.

Usage: lint_primordials.py
Sources/JavaScriptRuntime/Prelude/primordials.js takes the copies and says the rule. Its readers are here. What
runs in a realm of its own is free: internal.js says why.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PRELUDE = ROOT / "Sources/JavaScriptRuntime/Prelude"
SHARED = [PRELUDE / name for name in ("values.js", "realm.js", "date.js", "random.js", "timers.js", "disposable.js", "globals.js")] + [
    ROOT / "Sources/VMModules/vmObject.js", ROOT / "Sources/Session/Export/Program/realm.js"]

GLOBALS = """AggregateError Array ArrayBuffer Atomics BigInt Boolean DataView Date Error EvalError
FinalizationRegistry Function Intl Iterator JSON Map Math Number Object Promise Proxy RangeError
ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint8Array
WeakMap WeakRef WeakSet isFinite isNaN parseFloat parseInt""".split()
METHODS = """apply at bind call catch charCodeAt concat copyWithin delete endsWith entries every exec fill
filter finally find findIndex findLast flat flatMap forEach includes indexOf isPrototypeOf join keys lastIndexOf map match
matchAll next normalize padEnd padStart pop propertyIsEnumerable push reduce reduceRight repeat replace
replaceAll return reverse search shift slice some sort splice split startsWith substring test then throw
toFixed toLocaleString toLowerCase toReversed toSorted toString toUpperCase trim unshift valueOf values
hasOwnProperty""".split()

# What consults a prototype, by what it is called, and what may stand there all the same.
RULES = [
    (r"\bfor\s+await\b|\bfor\s*\([^;)]*\bof\b", "for ... of asks for an iterator"),
    (r"\b(?:const|let|var)\s*\[|[(,]\s*\[[\w\s,]*\]\s*(?:=>|\)\s*=>)|^\s*\[[\w\s,]+\]\s*=[^=]", "an array pattern asks for an iterator"),
    (r"\binstanceof\b", "instanceof asks for Symbol.hasInstance"),
    (r"\b(?:const|let|var|for)\b[^;=]*\bin\s+\w+\)", "for ... in walks the prototypes"),
    (rf"\.(?:{'|'.join(METHODS)})\(", "a method is looked up in a prototype"),
    (r"[dD]efineProperty\((?:[^(){{}};]|\([^()]*\))*\{{(?!\s*__proto__: null)".replace("{{", "{").replace("}}", "}"),
     "a descriptor inherits from Object.prototype"),
    (r"new \w*\.?Proxy\w*\([^;]*?,\s*\{(?!\s*__proto__: null)", "a handler inherits from Object.prototype"),
    (r"\bArray\.from\b|\bnew Array\b", "use newList"),
]
# File: texts that break a rule and are right.
ALLOWED = {
    # The iterator of a person, whose methods the language looks up, too.
    "realm.js": ["body.next(", "native.print("],
    "vmObject.js": [],
}


def code(text):
    """The text without comments and the contents of strings; templates keep what they evaluate."""
    out, index, depth = [], 0, []
    while index < len(text):
        rest = text[index:]
        if found := re.match(r"//[^\n]*|/\*.*?\*/", rest, re.S):
            out.append(re.sub(r"[^\n]", " ", found[0]))
        elif found := re.match(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', rest):
            out.append('"' + " " * (len(found[0]) - 2) + '"')
        elif found := re.match(r"(?<![\w)\]])/(?![*/ ])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[a-z]*", rest):
            out.append("/" * len(found[0]))
        elif rest[0] == "`" or (rest[0] == "}" and depth and depth[-1] == 0):
            if rest[0] == "}":
                depth.pop()
            found = re.match(r".(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", rest, re.S)
            if found[0].endswith("${"):
                depth.append(0)
            out.append(re.sub(r"[^\n]", " ", found[0]))
        else:
            if depth and rest[0] in "{}":
                depth[-1] += 1 if rest[0] == "{" else -1
            found = [rest[0]]
            out.append(rest[0])
        index += len(found[0])
    return "".join(out)


def spreads(plain):
    """Where lists are spread: not objects, and not the rest of parameters."""
    open_brackets = []
    for index, character in enumerate(plain):
        if character in "([{":
            open_brackets.append(character)
        elif character in ")]}" and open_brackets:
            open_brackets.pop()
        elif plain.startswith("...", index) and open_brackets[-1:] != ["{"]:
            if not re.match(r"\.\.\.\w+\)\s*(?:=>|\{)", plain[index:]):
                yield index


def faults(path):
    text = path.read_text()
    plain = code(text)
    allowed = ALLOWED.get(path.name, [])

    def place(offset):
        line = text[:offset].count("\n") + 1
        return line, text.splitlines()[line - 1].strip()

    for pattern, words in RULES:
        for found in re.finditer(pattern, plain, re.M | re.S):
            line, shown = place(found.start())
            if not any(part in shown for part in allowed):
                yield line, words, shown
    for offset in spreads(plain):
        line, shown = place(offset)
        yield line, "a spread asks for an iterator", shown
    for name in GLOBALS:
        for found in re.finditer(rf"(?<![\w.$#]){name}\b(?!\s*:)", plain):
            line, shown = place(found.start())
            if not any(part in shown for part in allowed):
                yield line, f"{name} is looked up when it is used: take it from primordials", shown
    lists = set(re.findall(r"(\w+) = \(?(?:\w+\.\w+ = )?newList\(\)", plain))
    for found in re.finditer(r"(\w+)\[\1\.length\] =", plain):
        if found[1] not in lists:
            line, shown = place(found.start())
            yield line, "a setter of Array.prototype can meet this: use newList", shown


def main():
    found = [(path, *fault) for path in SHARED for fault in faults(path)]
    for path, line, words, shown in found:
        print(f"{path.relative_to(ROOT)}:{line}: {words}\n  {shown}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
