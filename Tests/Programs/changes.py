#!/usr/bin/env python3
"""Changes what JavaScript itself consists of, as a person's code may, and does all else that modlab does.

Usage: changes.py MODLAB [NAME…] [--all]
       changes.py MODLAB --node NODE    records what Node does

Each change is made in a process of its own, once before the commands of changes/commands.modlab and once
in the program changes/program.mjs. Both must print what they print without the change. Where the change
itself is what Node meets in a person's own value (`Object.prototype.timeout`, and options that inherit it),
the program must print what Node 24 prints: changes/node.json has the steps of which that is true. Where
Node itself stumbles (it iterates over arrays of its own, and asks for species), it is no measure.
"""

import argparse
import concurrent.futures
import difflib
import json
import pathlib
import random
import re
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent / "changes"
ROOT = FOLDER.parents[2]
RECORD = FOLDER / "node.json"
SECONDS = 30

# Objects of the language, by an expression that finds them.
OBJECTS = {
    name: name
    for name in """Object Object.prototype Function Function.prototype Array Array.prototype String
    String.prototype Number Number.prototype Boolean.prototype BigInt.prototype Symbol Symbol.prototype
    Math JSON Reflect Proxy RegExp RegExp.prototype Promise Promise.prototype Map Map.prototype Set
    Set.prototype WeakMap WeakMap.prototype WeakSet.prototype WeakRef.prototype Error Error.prototype
    TypeError.prototype RangeError.prototype ReferenceError.prototype SyntaxError.prototype Date
    Date.prototype ArrayBuffer ArrayBuffer.prototype DataView.prototype Uint8Array Uint8Array.prototype
    Intl.DateTimeFormat.prototype""".split()
}
OBJECTS |= {
    "%ArrayIterator%": "Object.getPrototypeOf([][Symbol.iterator]())",
    "%Iterator%": "Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()))",
    "%AsyncIterator%": "Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype)))",
    "%Generator%": "Object.getPrototypeOf((function* () {}).prototype)",
    "%AsyncGenerator%": "Object.getPrototypeOf((async function* () {}).prototype)",
    "%GeneratorFunction%": "Object.getPrototypeOf(function* () {})",
    "%AsyncFunction%": "Object.getPrototypeOf(async function () {})",
    "%StringIterator%": "Object.getPrototypeOf(''[Symbol.iterator]())",
    "%RegExpStringIterator%": "Object.getPrototypeOf('a'.matchAll(/a/g))",
    "%MapIterator%": "Object.getPrototypeOf(new Map().entries())",
    "%SetIterator%": "Object.getPrototypeOf(new Set().entries())",
    "%TypedArray%": "Object.getPrototypeOf(Uint8Array)",
    "%TypedArray%.prototype": "Object.getPrototypeOf(Uint8Array.prototype)",
}
GLOBALS = """AggregateError Array ArrayBuffer Atomics BigInt Boolean DataView Date Error EvalError
Function Intl Iterator JSON Map Math Number Object Promise Proxy RangeError ReferenceError Reflect RegExp
Set String Symbol SyntaxError TypeError URIError Uint8Array Int8Array Float64Array WeakMap WeakRef WeakSet
isNaN isFinite parseInt parseFloat""".split()

GROUPS = {name: [name] for name in """Object Object.prototype Function Function.prototype Array
    Array.prototype Promise Promise.prototype RegExp RegExp.prototype Symbol Reflect""".split()}
GROUPS |= {
    "primitives": ["String", "String.prototype", "Number", "Number.prototype", "Boolean.prototype", "BigInt.prototype",
                   "Symbol.prototype"],
    "collections": [name for name in OBJECTS if name.split(".")[0] in ("Map", "Set", "WeakMap", "WeakSet", "WeakRef")],
    "errors": [name for name in OBJECTS if "Error" in name],
    "iterators": [name for name in OBJECTS if "Iterator%" in name],
    "generators": [name for name in OBJECTS if "Generator" in name or name == "%AsyncFunction%"],
    "buffers": [name for name in OBJECTS if re.search("Array%|ArrayBuffer|DataView|Uint8", name)],
    "others": ["Math", "JSON", "Proxy", "Date", "Date.prototype", "Intl.DateTimeFormat.prototype"],
}

# What is done to a property: `d` is its descriptor, `o` and `k` say which it is.
WAYS = {
    "throws": "if (d.get) define(o, k, { __proto__: null, get: fail, set: fail }); else if (typeof d.value === 'function') define(o, k, { __proto__: null, value: fail })",
    "does nothing": "if (typeof d.value === 'function') define(o, k, { __proto__: null, value() {} })",
    "is deleted": "remove(o, k)",
    "is a getter": "define(o, k, { __proto__: null, get: fail, set: fail })",
}
BEGIN = (
    "const { ownKeys, getOwnPropertyDescriptor: own, defineProperty: define, deleteProperty: remove } = Reflect;"
    " const fail = () => { throw 'changed' }; "
)

# What options, descriptors, records and results of iterators have as names.
READ_NAMES = """get set value writable enumerable configurable then timeout breakOnSigint identifier context
lineOffset columnOffset cachedData initializeImportMeta importModuleDynamically filename name origin
contextName contextOrigin microtaskMode codeGeneration with type attributes assert specifier phase status
error namespace link evaluate slot done next return throw constructor code message stack cause errors
line column sourceURL transfer depth colors compact sorted getters showHidden customInspect maxArrayLength
length size index input lastIndex flags source exec raw toJSON toString valueOf 0 1 2 3 prototype call
apply bind g made w l body meta metaReady ns dropped deferred cells names bindings n r d v e t z y s i f
keys entries list open close base empty alwaysShown isList stylize indent seen circular remaining kind
members async native url hasRef ref unref refresh""".split()


# By these values are shown, and errors get their stacks: what becomes of them is seen, as in Node.
SHOWN = "['constructor', 'name', 'prototype', Symbol.toStringTag, Symbol.hasInstance, 'stackTraceLimit']"


def each(expression, way):
    return (
        f"{{ {BEGIN}const o = {expression}, ks = ownKeys(o), shown = {SHOWN}; let kept; "
        f"for (let n = 0; n < ks.length; n++) {{ const k = ks[n], d = own(o, k); kept = false; "
        f"for (let i = 0; i < 6; i++) if (shown[i] === k) kept = true; if (!kept) {{ {WAYS[way]} }} }} }}"
    )


def one(expression, key, way):
    return f"{{ {BEGIN}const o = {expression}, k = {key}, d = own(o, k); if (d) {{ {WAYS[way]} }} }}"


def added(expression, key, descriptor):
    return f"{{ {BEGIN}define({expression}, {key}, {{ __proto__: null, configurable: true, {descriptor} }}) }}"


def source_names():
    """Every name of a property in modlab's own JavaScript."""
    names = set(READ_NAMES)
    for path in sorted((ROOT / "Sources").rglob("*.js")):
        text = path.read_text()
        names |= set(re.findall(r"[.{,]\s*([A-Za-z]\w*)", text)) | set(re.findall(r"([A-Za-z]\w*)\??:", text))
    kept = {"cause", "errors", "constructor", "prototype", "__proto__", "toString", "valueOf"}
    return sorted(names - kept)


def changes(every):
    """The changes by name: those of `make test`, or every one that this file can name."""
    made = {}
    # A getter that throws is the strictest: it is met by a look, too.
    for name, members in GROUPS.items():
        made[f"all of {name} is a getter"] = " ".join(each(OBJECTS[member], "is a getter") for member in members)
    for way in WAYS if every else []:
        for name, expression in OBJECTS.items():
            made[f"all of {name} {way}"] = each(expression, way)
    names = json.dumps(GLOBALS)
    for way in WAYS:
        made[f"all globals: {way}"] = (
            f"{{ {BEGIN}const o = globalThis, ks = {names}; for (let n = 0; n < ks.length; n++) "
            f"{{ const k = ks[n], d = own(o, k); {WAYS[way]} }} }}")
    for name in GLOBALS if every else ["Object", "Array", "Promise", "Error", "Reflect", "Proxy"]:
        made[f"global {name} throws"] = one("globalThis", repr(name), "throws")
        made[f"global {name} is deleted"] = one("globalThis", repr(name), "is deleted")
    for name, key in [
        ("Array.prototype", "Symbol.iterator"), ("Array.prototype", "'push'"), ("Array.prototype", "'constructor'"),
        ("%ArrayIterator%", "'next'"), ("%Generator%", "'next'"), ("%Generator%", "'throw'"), ("Promise", "'resolve'"),
        ("Promise.prototype", "'then'"), ("RegExp.prototype", "'exec'"), ("Number", "'isInteger'"), ("Array", "'isArray'"),
        ("Object", "'keys'"), ("Object", "'defineProperty'"), ("String.prototype", "'includes'"), ("WeakMap.prototype", "'get'"),
        ("Function.prototype", "'call'"), ("Function.prototype", "'apply'"), ("Function.prototype", "'bind'"),
        ("Function.prototype", "'toString'"),
    ]:
        made[f"{key} of {name} throws"] = one(OBJECTS[name], key, "throws")
    made["Array.prototype has its own iterator"] = "Array.prototype[Symbol.iterator] = function* () { yield 'changed' }"
    species = "{ __proto__: null, get() { return function () { throw 'changed' } } }"
    for name in ["Promise", "Array", "Map", "RegExp", "ArrayBuffer"]:
        made[f"species of {name}"] = f"Object.defineProperty({name}, Symbol.species, {species})"
    made["own promises"] = "globalThis.Promise = class extends Promise { constructor() { throw 'changed' } }"
    made["instances"] = (
        "for (const C of [TypeError, ReferenceError, SyntaxError, Proxy]) "
        "Object.defineProperty(C, Symbol.hasInstance, { value() { throw 'changed' } })")
    made["vm. classes are asked for instances"] = (
        "{ const { Module, SourceTextModule, SyntheticModule } = globalThis.nodeVM ?? vm; "
        "for (const C of [Module, SourceTextModule, SyntheticModule]) "
        "Object.defineProperty(C, Symbol.hasInstance, { value() { throw 'changed' } }) }")
    indices = json.dumps([str(n) for n in range(60)])
    for name in ["Array.prototype", "Object.prototype"]:
        made[f"setters of indices on {name}"] = (
            f"{{ {BEGIN}const ks = {indices}; for (let n = 0; n < 60; n++) define({name}, ks[n], "
            "{ __proto__: null, get() {}, set: fail, configurable: true }) }")
    mentioned = json.dumps(source_names())
    for holder in ["Object.prototype", "Function.prototype", "Array.prototype", "Error.prototype", "Promise.prototype"]:
        made[f"setters of every name on {holder}"] = (
            f"{{ {BEGIN}const ks = {mentioned}; for (let n = 0; n < ks.length; n++) if (!own({holder}, ks[n])) "
            f"define({holder}, ks[n], {{ __proto__: null, get() {{}}, set: fail, configurable: true }}) }}")
    main_names = ["get", "set", "value", "slot", "timeout", "then", "status", "name", "done", "context", "identifier", "0"]
    for name in READ_NAMES if every else [*main_names, "breakOnSigint", "importModuleDynamically", "lineOffset", "cachedData",
                                          "enumerable", "writable", "configurable", "filename", "with", "type", "code", "depth"]:
        key = json.dumps(name)
        made[f"Object.prototype.{name} is a value"] = added("Object.prototype", key, "value: 'changed', writable: true")
        if name in main_names:
            made[f"Object.prototype.{name} is a getter"] = added("Object.prototype", key, "get: fail, set: fail")
            made[f"Object.prototype.{name} is a function"] = added("Object.prototype", key, "value: fail, writable: true")
    made["all is frozen"] = "for (const o of [" + ", ".join(OBJECTS.values()) + "]) Object.freeze(o)"
    made["globals are frozen"] = (
        f"for (const k of {names}) Object.defineProperty(globalThis, k, {{ writable: false, configurable: false }})")
    made["globalThis is frozen"] = "Object.freeze(globalThis)"
    made["globalThis is closed"] = "Object.preventExtensions(globalThis)"
    for member in ["status", "error", "namespace", "identifier", "context", "link", "evaluate", "constructor"]:
        for holder in ["Module", "SourceTextModule", "SyntheticModule"] if every else ["Module"]:
            made[f"vm.{holder}.prototype.{member} throws"] = (
                f"{{ {BEGIN}define((globalThis.nodeVM ?? vm).{holder}.prototype, '{member}', "
                "{ __proto__: null, configurable: true, get: fail, set: fail }) }")
    made["no prototypes"] = (
        "Object.setPrototypeOf(Array.prototype, null); Object.setPrototypeOf(Function.prototype, null); "
        "Object.setPrototypeOf(Promise.prototype, null)")
    made["a Proxy below arrays"] = (
        "Object.setPrototypeOf(Array.prototype, new Proxy({ __proto__: null }, { __proto__: null, "
        "get(_, k) { if (k !== 'toJSON') throw 'changed' }, has() { throw 'changed' }, set() { throw 'changed' } }))")
    return made


# --- Running ---------------------------------------------------------------------------------------


def run(words, text=None):
    try:
        ended = subprocess.run(
            words, input=None if text is None else text.encode(), capture_output=True, timeout=SECONDS,
            cwd=FOLDER, stdin=subprocess.DEVNULL if text is None else None)
    except subprocess.TimeoutExpired:
        return None, "", f"it did not end in {SECONDS} seconds"
    return ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace")


# Commands in which a change is met by the code of the person who made it, by the names of such changes.
MET = {
    "": "^$",
    # The promise of an asynchronous function resolves to a module, which inherits it.
    "Object.prototype.then is": r"called later|\bm4\b|nothing|\b(made|given)\b",
    "vm.": r"called later|^(expect-error \S+ )?js .*\b(modules|vm|made|given)\b",
    "'constructor' of Array.prototype": r"^js .*(\[|values)|=\[|ij\b|ns\b",
}


def kind(name):
    return next((start for start in MET if start and name.startswith(start)), "")


def commands(modlab, code, kind=""):
    text = (FOLDER / "commands.modlab").read_text().replace('import "called later"; ' if kind else "NONE", "")
    text = "".join(line for line in text.splitlines(True) if not re.search(MET[kind], line.rstrip("\n")))
    text = text.replace("CHANGE\n", f"script <<CHANGE\n{code}\nCHANGE\n", 1)
    status, out, errors = run([modlab, "--keep-going", "-"], text)
    return [f"status {status}"] + errors.splitlines() + out.splitlines()


def program(words, code):
    """What the program prints, by the names of its steps; None where it broke."""
    text = (FOLDER / "program.mjs").read_text().replace("/* CHANGE */", f"globalThis.nodeVM = vm; {code}", 1)
    path = FOLDER / f".{random.getrandbits(60):x}.mjs"
    path.write_text(text)
    try:
        status, out, errors = run([*words, str(path)])
    finally:
        path.unlink()
    names = re.findall(r'^step\("([^"]+)"', text, re.M)
    steps, lines = {}, []
    for line in out.splitlines():
        lines.append(line)
        if len(steps) < len(names) and line.startswith(names[len(steps)] + ": "):
            steps[names[len(steps)]] = "\n".join(lines)
            lines = []
    if status != 0 or len(steps) < len(names):
        return steps, f"status {status}: {errors}"
    return steps, None


# Changes that Node meets in what is a person's own, and what stumbles over them all the same.
MATTERS = re.compile(r"Object\.prototype\.|vm\.|'constructor' of Array.prototype")
STUMBLES = {"show a module", "show a namespace", "table", "log", "scripts", "clone"}


def differing(expected, came):
    return {name: text for name, text in came.items() if expected.get(name) != text}


class Checks:
    def __init__(self, modlab):
        self.modlab = modlab
        self.record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
        self.plain = {kind: commands(modlab, "0", kind) for kind in MET}
        self.steps, problem = program([modlab], "")
        if problem:
            sys.exit(f"the program breaks without a change: {problem}")

    def faults(self, name, code):
        """What is other than it should be."""
        lines = [
            line for line in difflib.unified_diff(
                self.plain[kind(name)], commands(self.modlab, code, kind(name)), n=0, lineterm="")
            if not line.startswith(("---", "+++", "@@"))]
        steps, problem = program([self.modlab], code)
        node = self.record.get(name, {})
        # Of a member of vm's own classes Node's `link` asks, too, where modlab knows.
        # What throws while it is shown is told in its place, where Node's console throws.
        for step, text in (self.steps | node).items():
            came = steps.get(step, "")
            is_right = came == text or name.startswith("vm.") and (
                came == self.steps[step] or "[value that cannot be shown: changed]" in came)
            if not is_right:
                lines += [f"-program {text}", f"+program {steps.get(step)}"]
        if problem:
            lines.append(f"+program {problem}")
        return lines


def record(node, made):
    """What Node does otherwise with a change, where it holds."""
    words = [node, "--no-warnings", "--experimental-vm-modules"]
    plain, _ = program(words, "")
    found = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, (steps, problem) in zip(made, pool.map(lambda code: program(words, code), made.values())):
            other = differing(plain, steps)
            if name.startswith("Object.prototype.") and ".then " not in name:
                other = {step: text for step, text in other.items() if step not in STUMBLES}
            if problem is None and other and MATTERS.match(name):
                found[name] = other
            elif problem or other:
                print(f"Node stumbles: {name}")
    RECORD.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("modlab", type=lambda path: str(pathlib.Path(path).resolve()))
    options.add_argument("names", nargs="*")
    options.add_argument("--all", action="store_true")
    options.add_argument("--node")
    options.add_argument("--show", type=int, default=6)
    given = options.parse_args()
    made = changes(given.all or given.node is not None)
    if given.node:
        return record(given.node, made)
    checks = Checks(given.modlab)
    if given.names:
        made = {name: code for name, code in made.items() if any(word in name for word in given.names)}
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, faults in zip(made, pool.map(checks.faults, made, made.values())):
            if faults:
                failed += 1
                print(f"FAIL {name}", *[line[:300] for line in faults[:given.show]], sep="\n  ")
    print(f"{len(made) - failed} passed, {failed} failed")
    return 1 if failed or not made else 0


if __name__ == "__main__":
    sys.exit(main())
