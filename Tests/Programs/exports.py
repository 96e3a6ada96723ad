#!/usr/bin/env python3
"""Runs what `export` writes: the Node program of each session in Examples and of random sessions must
print what modlab prints with `option trace node`; the web page must work in a browser.

Usage: exports.py MODLAB
What is not there (Node 24, Chromium) is skipped, with a line that says so; on CI it is a failure. More
random sessions are tried by Tests/Fuzz/exports.py.
"""

import difflib
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Support"))

from harness import PATIENCE, Failure, Skip, chromium, node_24
from random_session import FILES, RandomSession

SECONDS = PATIENCE
# Random sessions that are the same each time; others are for `make fuzz`.
RANDOM = range(1, 21)


def run(arguments, folder, seconds=SECONDS):
    try:
        ended = subprocess.run(
            arguments, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as expired:
        return (expired.stdout or b"").decode() + "it did not end\n"
    return ended.stdout.decode() + ended.stderr.decode("utf-8", "replace")


# What random sessions seldom have: each prints the same in both.
SESSIONS = {
    "waiting for a date": r"""
js setTimeout(() => print("late", Date.now()), 50)
js { const far = Date.now() + 100; while (Date.now() < far); }
module m = const begin = Date.now(); while (Date.now() < begin + 30); await new Promise((done) => setTimeout(done, 20)); print(Date.now() - begin)
link m
evaluate m
option clock +70
option seed 7
js print(Date.now(), Math.random())
""",
    "thrown values": """js throw { a: 1 }
js throw { code: "ERR_X" }
js throw { code: "ERR_X", message: "m\\u0007", name: "a\\nb" }
js throw { get name() { throw 1 }, get message() { throw 2 }, get code() { throw 3 } }
js throw new Proxy({}, { get() { throw 1 } })
js throw Object.create(null)
js throw Object.assign(() => 1, { code: 5 })
js throw class A {}
js throw Symbol("x")
js throw { name: "", constructor: { name: "Q" } }
js throw { constructor: 5 }
js throw { name: "Object", message: "x" }
js throw { code: 1e21 }
synthetic n x do this.setExport(1, 1)
evaluate n
js new vm.SyntheticModule(["x"], function () { this.setExport(1, 1) }, { identifier: "\\u007f\\u0085\\u2028q" }); 0
js new vm.SyntheticModule(["x"], () => {}, { identifier: "\\ud800" }); 0
js import(Symbol()).catch(e => print(e.name, e.message)); 0
js import("\\ud800").catch(e => print(e.name, e.message)); 0
""",
    "a changed realm": """js console.log = () => {}; JSON.stringify = null; Array.prototype.map = null; 0
js String.prototype.slice = null; Object.entries = null; Map = null; RegExp.prototype.exec = null; 0
js globalThis.setTimeout = globalThis.modules = globalThis.vm = globalThis.Date = undefined
module a = import "./b"; console.log("not seen"); print("seen"); export const x = 1
synthetic b x=1 2=2
resolve /^.\\/(.)$/g => $1
link a
evaluate a
reset
link a
evaluate a
js await import("./b")
""",
    "globals": """context c
module b --context c = console.log(new Date(), Math.random(), typeof setTimeout); export const x = 1
js print(Object.getOwnPropertyNames(globalThis).filter((n) => n[0] !== "$").sort().join(" "))
js console.log(modules, contexts, vm, globalThis)
link b
evaluate b
js console.log(ns, Date.now(), new Date(), String(Date()), Math.random(), contexts.main === globalThis)
js setTimeout(() => console.log(Date.now()), 50); 0
tick 100
js class D extends Date {}; print(new D().getTime(), new D() instanceof D, Date.length, new Date().constructor === Date)
js vm.runInNewContext("print(Date.now(), typeof console)")
js var box = vm.createContext({ k: 1 }); vm.runInContext("print(k); setTimeout(() => print('late'), 5)", box); print(Object.keys(box).join())
js print(Object.keys(vm).join(), Object.getPrototypeOf(vm.SourceTextModule) === vm.Module, vm.isContext(contexts.c))
js "use strict"; modules.x = 1
js print("a" in modules, "b" in modules, Reflect.ownKeys(contexts).join())
js console.time("t"); console.timeEnd("t"); console.timeEnd("t"); console.count(); console.countReset("z")
js const t = setTimeout(() => print("refreshed", Date.now()), 20); t.refresh().unref(); print(t.hasRef(), +t > 0, clearTimeout(+t))
js try { setTimeout(5) } catch (error) { console.log(error) }
tick 50
js const u = await 5, { v } = { v: 6 }; function f() { return u + v } class C {}
js print(f(), typeof C)
""",
    "stacks": """module m <<END
export function g() { throw new RangeError("g") }
const h = () => { g() };
try { [1].map(h) } catch (error) { console.log(error) }
await 1;
try { h() } catch (error) { console.log(error) }
setTimeout(() => console.log(new Error("timer")), 1);
queueMicrotask(() => console.log(new Error("job")));
const o = { method() { return new Error("method") }, get value() { return new Error("value") } };
console.log(o.method(), o.value);
class Own extends Error { constructor(text) { super(text); this.name = "Own" } }
console.log(new Own("own"));
END
link m
evaluate m
tick 5
js console.log(new Error("js", { cause: new TypeError("cause") }))
js try { vm.runInContext(5) } catch (error) { console.log(error) }
script = console.log(Object.assign(new Error("script"), { code: "ERR_A" }))
synthetic s x do console.log(new Error("do"));
evaluate s
""",
    "files": """load files/entry.mjs
link files/entry.mjs
evaluate files/entry.mjs
reset
clear
load files/entry.mjs
remove files/entry.mjs
load files/entry.mjs --as e
link e
evaluate e
resolve q => file files
resolve lib/* => file files
module m = import "q"
link m
unresolve 2
module m = import "lib/dep.js"; import b from "./note.txt" with { type: "bytes" }; console.log(b)
link m
resolve ./* => file files
reset m
link m
evaluate m
option loader node
load files/lib/dep.js
reset
js await import("nowhere")
load files/nowhere.mjs
""",
}


def compare(modlab, node, script, folder, noisy=None):
    """What the two print differently. What `noisy` does beyond the script, it takes back."""
    program = folder / "session.mjs"
    program.unlink(missing_ok=True)
    export = ["-c", f'export node "{program}"']
    ours = run(
        [modlab, "--keep-going", "-c", "option trace node", script.name,
         *([] if noisy else export)], script.parent)
    if noisy:
        run([modlab, "--keep-going", noisy.name, *export], noisy.parent)
    theirs = run([node, "--no-warnings", "--experimental-vm-modules", str(program)], folder)
    return "".join(difflib.unified_diff(
        ours.splitlines(True), theirs.splitlines(True), "modlab", "Node", n=2))


# Files as they are, and what is done then.
CHANGING_FILES = [
    ({"a.mjs": 'import "./b.mjs"; console.log("a1")', "b.mjs": 'console.log("b1")'},
     "load a.mjs\nlink a.mjs\nevaluate a.mjs\nmodule z from b.mjs\n"),
    ({"a.mjs": 'import "./b.mjs"; import "./c.mjs"; console.log("a2")',
      "b.mjs": 'console.log("b2")', "c.mjs": 'console.log("c2")'},
     "reset\nlink a.mjs\nevaluate a.mjs\nlink z\nevaluate z\n"),
    ({"a.mjs": 'import "./b.mjs"; console.log("a3")', "b.mjs": 'console.log("b3")'},
     "clear\nload a.mjs\nlink a.mjs\nevaluate a.mjs\nresolve q => file .\n"
     'module m = import "./d.mjs"\nlink m\n'),
    ({"d.mjs": 'console.log("d4")'}, "reset m\nlink m\nevaluate m\n"),
]


def compare_changing_files(modlab, node, folder):
    """The program has each file as it was when it was read."""
    folder = folder / "changing"
    folder.mkdir()
    pipes = [folder / f"part-{number}" for number in range(len(CHANGING_FILES))]
    for pipe in pipes:
        os.mkfifo(pipe)
    session = subprocess.Popen(
        [modlab, "--keep-going", "-c", "option trace node", *(pipe.name for pipe in pipes),
         "-c", "export node session.mjs"], cwd=folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True)
    for pipe, (files, commands) in zip(pipes, CHANGING_FILES):
        # A part is opened when those before it have run.
        with pipe.open("w") as part:
            for name, text in files.items():
                (folder / name).write_text(text)
            part.write(commands)
    ours, _ = session.communicate(timeout=SECONDS)
    theirs = run([node, "--no-warnings", "--experimental-vm-modules", "session.mjs"], folder)
    return "".join(difflib.unified_diff(
        ours.splitlines(True), theirs.splitlines(True), "modlab", "Node", n=2))


def run_without_flag(node, folder):
    ended = subprocess.run([node, "session.mjs"], cwd=folder, capture_output=True, text=True)
    told = "node --experimental-vm-modules" in ended.stderr
    return None if ended.returncode == 1 and told else f"{ended.returncode}: {ended.stderr}"


def write_files(folder):
    """What random sessions find on the disk."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def random_script(seed, folder):
    """The script of a random session, and the same with commands that it takes back, where it has any."""
    session = RandomSession(seed)
    script, noisy = folder / f"random-{seed}.modlab", folder / f"random-{seed}-undo.modlab"
    script.write_text(session.text())
    noisy.write_text(session.text(noisy=True))
    return script, noisy if session.noisy != session.lines else None


def check_node(modlab):
    """How many of them passed and failed."""
    node = node_24()
    failed = passed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_files(folder)
        scripts = [(path, path.name, None) for path in sorted((ROOT / "Examples").glob("*.modlab"))]
        for seed in RANDOM:
            script, noisy = random_script(seed, folder)
            scripts.append((script, f"random session --seed {seed}", noisy))
        for number, (title, text) in enumerate(SESSIONS.items()):
            scripts.append((folder / f"session-{number}.modlab", title, None))
            scripts[-1][0].write_text(text)
        problems = [(title, compare(modlab, node, path, folder, noisy))
                    for path, title, noisy in scripts]
        problems.append(("files that change", compare_changing_files(modlab, node, folder)))
        problems.append(("a run without the flag", run_without_flag(node, folder)))
    for title, problem in problems:
        if problem:
            failed += 1
            print(f"FAIL {title}\n{problem}")
        else:
            passed += 1
    return passed, failed


# Moves the slider and presses keys, and leaves what it saw in the page.
PRESSES = """
const seen = [];
const look = () => seen.push(document.getElementById("said").textContent + " @ " +
  [...document.querySelectorAll("#modules tr")].map((row) => row.children[0].textContent + "=" +
    row.children[2].firstChild.textContent).join(",") + " @ " +
  document.querySelectorAll("#console .entry:not([hidden])").length + " @ " +
  document.querySelectorAll(".stage .module:not(.gone)").length);
const at = document.getElementById("at");
const press = (key, element = document.body) => element.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
at.value = 0; at.dispatchEvent(new Event("input")); look();
at.value = at.max; at.dispatchEvent(new Event("input")); look();
press("Home"); look(); press("ArrowRight"); look(); press("End"); press("ArrowLeft"); look();
const button = document.querySelector("#moments [aria-current]");
button.focus();
press("ArrowUp", button); look();
seen.push(document.activeElement.textContent.trim() + " has the focus");
document.getElementById("back").click();
seen.push("told: " + document.getElementById("told").textContent);
seen.push(document.querySelectorAll("#moments [tabindex='0']").length + " can be reached by Tab");
"""

SESSION = """module dep = export const x = "</script><b>"; console.log(x)
module main = import { x } from "dep"; console.log("main", x)
link main
evaluate main
module bad = throw new Error("no")
link bad
evaluate bad
"""

SEEN = [
    "The session is empty. @  @ 0 @ 0",
    "Transition 12 of 12: bad goes from evaluating to errored: Error: no @ "
    "dep=evaluated,main=evaluated,bad=errored @ 5 @ 3",
    "The session is empty. @  @ 0 @ 0",
    "New: dep. @ dep=unlinked @ 0 @ 1",
    "Transition 11 of 12: bad goes from linked to evaluating. @ "
    "dep=evaluated,main=evaluated,bad=evaluating @ 3 @ 3",
    "Transition 10 of 12: bad goes from linking to linked. @ "
    "dep=evaluated,main=evaluated,bad=linked @ 3 @ 3",
    "10 bad linking → linked has the focus",
    "told: Transition 9 of 12: bad goes from unlinked to linking.",
    "1 can be reached by Tab",
]

# Goes through all moments, and notes what each says of every module. Whatever way it comes to a
# moment, the page is the same.
WALK = """
const seen = [];
const panels = [];
const panel = () => [
  ...document.querySelectorAll(".stage g:is([data-node], [data-edges], [data-members]):not(.gone)"),
  ...["source", "modules", "bindings", "console"].map((id) => document.getElementById(id)),
].map((element) => element.outerHTML.replaceAll(' class=""', "")).join("\\n");
const at = document.getElementById("at");
const picked = document.getElementById("pick");
const send = (element, value, event) => {
  element.value = value;
  element.dispatchEvent(new Event(event));
};
const texts = (row) => [...row.children].map((cell) => cell.textContent);
for (let moment = 0; moment <= Number(at.max); moment++) {
  send(at, moment, "input");
  panels.push(panel());
  const number = /^Transition ([0-9]+) of/.exec(document.getElementById("said").textContent);
  const modules = [...document.querySelectorAll("#modules tr")].map((row) => {
    const [status, error] = [...row.children[2].children].map((part) => part.textContent);
    const [name, kind, , record, requests] = texts(row);
    return { node: Number(row.dataset.row), name, kind, status, error: error ?? null, record,
      requests };
  });
  for (const module of modules) {
    send(picked, module.node, "change");
    module.bindings = [...document.querySelectorAll("#bindings tr")].map(texts);
  }
  send(picked, -1, "change");
  seen.push({ transition: number ? Number(number[1]) : null, modules });
}
for (const index of panels.keys()) {
  const moment = (index * 7 + 3) % panels.length;
  send(at, moment, "input");
  if (panel() !== panels[moment]) console.error("moment " + moment + " is other than before");
}
"""

WALKED = {
    "steps": """module a <<END
import { b } from "b";
export let a = b + 1;
console.log("a", a);
END
module b <<END
import { a } from "a";
export var b = 1;
b = 2;
export function f() { return a }
END
link a --step
step 3
continue
evaluate a --step
step
step
step
continue
reset
link a
evaluate a --step
step 3
abort
""",
    "awaits": """module slow = export let v = 1; await new Promise(d => setTimeout(d, 20)); v = 2
module mid = import { v } from "slow"; export const m = await Promise.resolve(v)
module other = await new Promise(d => setTimeout(d, 5)); throw new Error("late")
module top = import { m } from "mid"; import "other"
link top
js modules.top.evaluate().catch(e => console.log(e.message)); 0
tick 6
tick 20
""",
    "replaced": """context c
module dep --context c = export let x = []
module main = import { x } from "dep"; console.log(x)
link main
evaluate main
module dep = export let x = "second"
module late = import { x } from "dep"; import { y } from "nowhere"
link late
resolve nowhere => value null
link late
synthetic nowhere y=1
reset
link late
set nowhere.y = 2
evaluate late
js new vm.SyntheticModule(["x"], function () { this.setExport("x", 3) }, { identifier: "שלום" }); 0
link שלום
evaluate שלום
remove main
module bad = import { missing } from "dep"
link bad
""",
}


def browse(browser, page, script):
    """Runs a script in a page; what it leaves in `seen`, and what the browser complained of."""
    page.write_text(page.read_text().replace("</body>", f"""<script>{script}
document.body.append(Object.assign(document.createElement("pre"),
  {{ id: "seen", textContent: JSON.stringify(seen) }}));
</script></body>"""))
    ended = subprocess.run(
        [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={page.parent}/profile", "--dump-dom", f"file://{page}"],
        capture_output=True, timeout=60, text=True)
    complaints = [line for line in ended.stderr.splitlines() if "CONSOLE" in line]
    match = re.search(r'<pre id="seen">(.*?)</pre>', ended.stdout, re.DOTALL)
    return (json.loads(html.unescape(match.group(1))) if match else ["the page's script failed"],
            complaints)


def difference(theirs, ours):
    return "\n".join(difflib.unified_diff(theirs, ours, "modlab", "the page", "", "", 0, ""))


def shown_status(module):
    """A module of `status --json`, in the words of the page."""
    requests = [
        r["specifier"] if r["specifier"] == r["resolved"]
        else f'"{r["specifier"]}" → {r["resolved"] or "?"}' for r in module["requests"]]
    error = module["error"]
    if error:
        code = f' [{error["code"]}]' if error["code"] else ""
        error = (f'{error["name"]}{code}: ' if error["name"] else "") + error["message"]
    return status_line({**module, "error": error, "requests": ", ".join(sorted(set(requests)))})


def status_line(module):
    return " | ".join(str(module[key]) for key in
                      ["name", "kind", "status", "record", "requests", "error"])


def page_lines(moment):
    """What the page says of the modules that still have their names."""
    statuses, bindings = [], {}
    for module in moment["modules"]:
        if module["name"].endswith(" (replaced)"):
            continue
        requests = [] if module["requests"] == "–" else module["requests"].split(", ")
        statuses.append(status_line({**module, "requests": ", ".join(sorted(set(requests)))}))
        bindings[module["name"]] = [" | ".join(row) for row in module["bindings"]]
    return sorted(statuses), bindings


def binding_line(row):
    origin = row["from"]
    return " | ".join([row["name"], row["kind"], row["text"],
                       f'{origin["export"]} of {origin["module"]}' if origin else "–"])


def check_moments(modlab, browser, script, folder):
    """Every transition on the page is what `at N status` and `at N bindings` say."""
    page = folder / "page.html"
    run([modlab, "--keep-going", script.name, "-c", f'export html "{page}"'], script.parent)
    seen, complaints = browse(browser, page, WALK)
    if complaints or not isinstance(seen[0], dict):
        return "\n".join(complaints or seen)
    moments = {moment["transition"]: moment for moment in seen if moment["transition"]}
    asked, before = [], {}
    for transition, moment in [*moments.items(), ("end", seen[-1])]:
        # At the last transition is now.
        if transition == len(moments):
            continue
        prefix = "" if transition == "end" else f"at {transition} "
        statuses, bindings = page_lines(moment)
        asked.append((transition, f"{prefix}status", None, statuses))
        # Values of the past take time: what changes, and another module in turn.
        turn = None if transition == "end" else sorted(bindings)[transition % len(bindings)]
        asked += [(transition, f"{prefix}bindings '{name}'", name, lines)
                  for name, lines in bindings.items()
                  if transition == "end" or name == turn or lines != before.get(name, [])]
        before = bindings
    looks = folder / "looks.modlab"
    looks.write_text("".join(f"{command}\n" for _, command, _, _ in asked))
    answers = run([modlab, "--keep-going", "--json", script.name, str(looks)], script.parent)
    answers = [json.loads(line) for line in answers.splitlines() if line.startswith("{")]
    answers = [answer for answer in answers if (answer["file"] or "").endswith(looks.name)]
    if len(answers) != len(asked):
        return f"{len(asked)} questions, {len(answers)} answers"
    for answer, (_, command, name, lines) in zip(answers, asked):
        result = answer["result"] or {}
        if name is None:
            theirs = sorted(shown_status(m) for m in result["modules"] if not m.get("replaced"))
        else:
            theirs = [binding_line(row) for row in result.get("bindings", [])]
        if theirs != lines:
            return f"{command}\n{difference(theirs, lines)}"
    return None


def check_browser(modlab):
    """How many pages passed and failed."""
    browser = chromium()
    failed = passed = 0

    def note(title, problem):
        nonlocal failed, passed
        if problem:
            failed += 1
            print(f"FAIL the page of {title}\n{problem}")
        else:
            passed += 1

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script = folder / "session.modlab"
        script.write_text(SESSION)
        page = folder / "page.html"
        run([modlab, "--keep-going", str(script), "-c", f'export html "{page}"'], folder)
        seen, complaints = browse(browser, page, PRESSES)
        note("keys", "\n".join(complaints) or difference(SEEN, seen))
        scripts = sorted((ROOT / "Examples").glob("*.modlab"))
        for title, text in WALKED.items():
            scripts.append(folder / f"{title}.modlab")
            scripts[-1].write_text(text)
        for script in scripts:
            note(script.name, check_moments(modlab, browser, script, folder))
    return passed, failed


def main():
    modlab = str(pathlib.Path(sys.argv[1]).resolve())
    told, has_failed = [], False
    for name, suite in [("node", check_node), ("html", check_browser)]:
        try:
            passed, failed = suite(modlab)
            told.append(f"{name}: {passed} passed, {failed} failed")
            has_failed = has_failed or failed > 0 or not passed
        except Skip as reason:
            told.append(f"{name}: skipped, {reason}")
        except Failure as failure:
            told.append(f"{name}: failed, {failure}")
            has_failed = True
    print("; ".join(told))
    return 1 if has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
