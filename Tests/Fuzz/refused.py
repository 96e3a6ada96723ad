#!/usr/bin/env python3
"""Mutated modules: what the engine refuses is refused when the module is defined, never later.

usage: refused.py MODLAB [--seed N] [--seconds S] [--show N]

Pieces of every kind of syntax are put together and changed token by token. Each text is defined as a module; those that
are taken are compiled, by a look at their environment, and nothing of them runs. A SyntaxError then is a failure.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PIECES = r"""
let a = 1, { b, c: [d = 2, ...e], ...f } = {};
const g = async (h, { i } = {}, ...j) => { await h; for await (const k of j) i?.[k]?.(); };
function l(m = 1, [n] = []) { "use strict"; return new.target ?? arguments[m]; }
function* o() { const p = yield; yield* p; return yield p; }
async function* q() { for await (const r of q()) yield await r; }
class s extends (class {}) { static #t = 1; #u() { return #t in this; } static { this.v = s.#t; } get w() { return super.w; } set w(x) { } constructor() { super(); } }
class y { static async *z() { } [`aa${1}`] = () => this; static { L: for (;;) { break L; } } accessor = 1; static = 2; }
L: for (let ab = 0, ac; ab < 3; ab++) { if (ab) continue L; else break L; }
for (const ad in { ae: 1 }) ; for (var af of [1, 2]) { }
do { } while (0) while (0) { }
switch (1) { case 0: let ag; break; default: { using ah = null; } }
try { throw 1 } catch ({ ai }) { } finally { }
{ using aj = null, ak = () => 1; await using al = null; }
for (using am of []) ; for (await using an of []) { } for (using ao = null; ;) break;
async function ap() { await using aq = null; for await (using ar of []) { as(); } function as() { } function as() { } }
/a(?<at>b)\k<at>[^c-d]{1,2}?/giu.test("e"); /(?i:f)[\p{L}--g]/v; /\u{61}(?=h)(?<!i)/u;
`au${`av${1}`}` + String.raw`\unicode ${2}`;
aw ||= 1; ax ??= 2; ay **= 3; az >>>= 4; var aw, ax, ay, az;
[ba, ...bb] = [1]; ({ bc, bd = 1, ...be } = {}); var ba, bb, bc, bd, be;
export default class { } export const bf = 0x1_0n; export { bf as "bg h" }; export function bi() { }
import.meta.url; import("x"); import.defer("y"); import.source("z");
var \u0062j = "\u{62}\x62\
k"; var ébl, 𝒜bm, ℮;
eval("1"); (0, eval)("2"); (async () => { eval("await 3"); });
async () => { for await (async of []) ; }; var async, of, get, set, let_;
delete bn.bo; void 0; typeof bp; bn++; --bn.bo; var bn, bp;
({ __proto__: 1, "x": 2, [3]: 4, get bq() { return 5 }, async *br() { }, bq: 6 });
new (class { static { (() => { L: { break L; } })(); } }); new bs.bt(...[1]); var bs;
""".strip().split("\n")
WORDS = """await yield async using let static of in for new super this import export defer source get set class extends { } ( )
[ ] ; , = => ... ?. ?? ** ` / /a/ /(/ #x x 1 "s" * return break continue if else do while switch case default try catch
finally throw with delete typeof void eval arguments new.target import.meta debugger var const function enum accessor L
L: \\u0061 é ・ <!-- --> 0n 08 1_0 .5 null for(;;) break\tL /[/v static{""".split()
TOKEN = re.compile(r"`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|[\w$#\\\u0080-\U0010ffff]+|=>|\.\.\.|\s+|.", re.S)
RUN = r"""
for (const [number, text] of texts.entries()) {
  let module;
  try { module = new vm.SourceTextModule(text + "\nexport let observed$;"); } catch { continue; }
  try {
    module.linkRequests(module.moduleRequests.map(() => new vm.SyntheticModule([], () => {})));
    module.instantiate();
  } catch { continue; }
  taken++;
  try { module.namespace.observed$; } catch (error) { if (error.name === "SyntaxError") print("REFUSED", number, error.message); }
}
print("TAKEN", taken);
"""


def mutated(trial):
    tokens = TOKEN.findall("\n".join(trial.sample(PIECES, trial.randint(1, 3))))
    for _ in range(trial.randint(1, 3)):
        k, kind = trial.randrange(len(tokens)), trial.random()
        if kind < 0.25 and len(tokens) > 1:
            del tokens[k]
        elif kind < 0.5:
            tokens.insert(k, f" {trial.choice(WORDS)} ")
        elif kind < 0.7:
            tokens[k] = f" {trial.choice(WORDS)} "
        elif kind < 0.85:
            tokens[k] = trial.choice(tokens)
        else:
            other = trial.randrange(len(tokens))
            tokens[k], tokens[other] = tokens[other], tokens[k]
    return "".join(tokens)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("modlab")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--show", type=int, default=10)
    given = options.parse_args()
    trial, end = random.Random(given.seed), time.monotonic() + given.seconds
    tried = taken = refused = 0
    with tempfile.TemporaryDirectory(prefix="refused-") as folder:
        while time.monotonic() < end:
            texts = [mutated(trial) for _ in range(300)]
            file = Path(folder) / "texts.js"
            file.write_text(f"var taken = 0, texts = {json.dumps(texts)};{RUN}", encoding="utf-8")
            run = subprocess.run([given.modlab, "-c", f'script from "{file}"'], stdin=subprocess.DEVNULL,
                                 capture_output=True, timeout=120)
            output = run.stdout.decode("utf-8", "replace")
            count = re.search(r"^TAKEN (\d+)$", output, re.M)
            if run.returncode or not count:
                print(f"refused: seed {given.seed}: exit {run.returncode}: {output[-300:]}{run.stderr.decode()[-300:]}")
                return 1
            tried, taken = tried + len(texts), taken + int(count[1])
            for number, message in re.findall(r"^REFUSED (\d+) (.*)$", output, re.M):
                refused += 1
                if refused <= given.show:
                    print(f"--- {message}\n{texts[int(number)]}")
    print(f"refused: seed {given.seed}: {refused} of {taken} modules that were taken ({tried} texts) are refused later")
    return 1 if refused or not taken else 0


if __name__ == "__main__":
    sys.exit(main())
