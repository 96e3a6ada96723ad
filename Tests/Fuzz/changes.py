#!/usr/bin/env python3
"""Changes any properties of any of the language's own objects: see Programs/changes.py.

Usage: changes.py MODLAB [--seed N] [--seconds S]
"""

import argparse
import json
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Programs"))

from changes import OBJECTS, SHOWN, WAYS, Checks, added, one, run, source_names


def keys_of_objects(modlab):
    """The keys of each object, as expressions."""
    keys = {}
    for name, expression in OBJECTS.items():
        code = (
            f"Reflect.ownKeys({expression}).filter((k) => !{SHOWN}.includes(k))"
            ".map((k) => typeof k === 'symbol' ? k.description : JSON.stringify(k))")
        _, out, _ = run([modlab, "-c", f"js console.log(JSON.stringify({code}))"])
        keys[name] = json.loads(out.splitlines()[0])
    return keys


def main():
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("modlab", type=lambda path: str(pathlib.Path(path).resolve()))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seconds", type=float, default=60)
    given = options.parse_args()
    checks, keys, names = Checks(given.modlab), keys_of_objects(given.modlab), source_names()
    end, seed = time.monotonic() + given.seconds, given.seed
    while time.monotonic() < end:
        dice = random.Random(seed)
        parts = []
        for _ in range(dice.choice([1, 1, 2, 4])):
            name = dice.choice(list(OBJECTS))
            if keys[name] and dice.random() < 0.8:
                parts.append(one(OBJECTS[name], dice.choice(keys[name]), dice.choice(list(WAYS))))
            else:
                parts.append(added("Object.prototype", json.dumps(dice.choice(names)), "get() {}, set: fail"))
        if faults := checks.faults("", " ".join(parts)):
            print(f"FAIL seed {seed}", *parts, *faults[:8], sep="\n  ")
            return 1
        seed += 1
    print(f"{seed - given.seed} changes, from seed {given.seed} on")
    return 0


if __name__ == "__main__":
    sys.exit(main())
