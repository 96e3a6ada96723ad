#!/usr/bin/env python3
"""Runs what `export` writes: the Node program of each session in Examples and of random sessions must
print what modlab prints with `option trace node`; the web page must work in a browser.

Usage: exports.py MODLAB [--random COUNT] [--seed FIRST]
What is not there (Node 24, Chromium) is skipped, with a line that says so.
"""

import difflib
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from random_session import FILES, RandomSession

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 10


def node_24():
    for name in ["node24", "node"]:
        path = shutil.which(name)
        if not path:
            continue
        version = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
        if version.startswith("v24."):
            return path
    return None


def run(arguments, folder, seconds=SECONDS):
    try:
        ended = subprocess.run(
            arguments, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as expired:
        return (expired.stdout or b"").decode() + "it did not end\n"
    return ended.stdout.decode() + ended.stderr.decode("utf-8", "replace")


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


def check_node(modlab, count, first):
    node = node_24()
    if not node:
        print("export node    skipped, there is no Node 24")
        return 0
    failed = passed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for path, text in FILES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        scripts = [(path, path.name, None) for path in sorted((ROOT / "Examples").glob("*.modlab"))]
        for seed in range(first, first + count):
            path = folder / f"random-{seed}.modlab"
            session = RandomSession(seed)
            path.write_text(session.text())
            noisy = folder / f"random-{seed}-undo.modlab"
            noisy.write_text(session.text(noisy=True))
            scripts.append((path, f"random session --seed {seed}",
                            noisy if session.noisy != session.lines else None))
        for path, title, noisy in scripts:
            problem = compare(modlab, node, path, folder, noisy)
            if problem:
                failed += 1
                print(f"FAIL {title}\n{problem}")
            else:
                passed += 1
    print(f"export node    {passed} passed, {failed} failed")
    return failed


# Moves the slider and presses keys, and leaves what it saw in the page.
DRIVER = """<script>
const seen = [];
const look = () => seen.push(document.getElementById("said").textContent + " @ " +
  [...document.querySelectorAll("#modules tr")].map((row) => row.children[0].textContent + "=" +
    row.children[2].firstChild.textContent).join(",") + " @ " +
  document.querySelectorAll("#console .entry").length + " @ " +
  document.querySelectorAll(".stage .module:not(.gone)").length);
const at = document.getElementById("at");
const press = (key) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
at.value = 0; at.dispatchEvent(new Event("input")); look();
at.value = at.max; at.dispatchEvent(new Event("input")); look();
press("Home"); look(); press("ArrowRight"); look(); press("End"); press("ArrowLeft"); look();
document.body.append(Object.assign(document.createElement("pre"),
  { id: "seen", textContent: seen.join("\\n") }));
</script></body>"""

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
    "dep=● evaluated,main=● evaluated,bad=✗ errored @ 2 @ 3",
    "The session is empty. @  @ 0 @ 0",
    "New: dep. @ dep=○ unlinked @ 0 @ 1",
    "Transition 11 of 12: bad goes from linked to evaluating. @ "
    "dep=● evaluated,main=● evaluated,bad=◕ evaluating @ 2 @ 3",
]


def check_browser(modlab):
    browser = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])),
                   None)
    if not browser:
        print("export html    skipped, there is no Chromium")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        script = folder / "session.modlab"
        script.write_text(SESSION)
        page = folder / "page.html"
        run([modlab, "--keep-going", str(script), "-c", f'export html "{page}"'], folder)
        page.write_text(page.read_text().replace("</body>", DRIVER))
        shown = run(
            [browser, "--headless=new", "--no-sandbox", "--disable-gpu",
             f"--user-data-dir={folder}/profile", "--dump-dom", f"file://{page}"], folder,
            seconds=60)  # the first start of a browser on a busy machine
    match = re.search(r'<pre id="seen">(.*?)</pre>', shown, re.DOTALL)
    seen = html.unescape(match.group(1)).splitlines() if match else ["the page's script has failed"]
    if seen == SEEN:
        print("export html    1 passed, 0 failed")
        return 0
    print("FAIL the page in a browser\n" + "\n".join(difflib.unified_diff(SEEN, seen, lineterm="")))
    return 1


def number(option, default):
    return int(sys.argv[sys.argv.index(option) + 1]) if option in sys.argv else default


def main():
    modlab = str(pathlib.Path(sys.argv[1]).resolve())
    failed = check_node(modlab, number("--random", 20), number("--seed", 1))
    failed += check_browser(modlab)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
