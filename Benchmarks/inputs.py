"""The inputs of the benchmarks: session scripts that both programs read, one definition a line."""

import os
import random


def definition(name, source):
    return f"module {name} = {source}\n"


def layered(layers=100, width=100, imports=4):
    """Layers of modules, each importing from the layer before it."""
    random.seed(1)
    lines = []
    names = []
    for layer in range(layers):
        before, names = names, [f"m{layer * width + i}" for i in range(width)]
        for name in names:
            chosen = random.sample(before, imports) if before else []
            clauses = [f'import {{ a as a{i}, b as b{i} }} from "{it}";' for i, it in enumerate(chosen)]
            sum_a = " + ".join([f"a{i}" for i in range(len(chosen))] + ["1"])
            sum_b = " + ".join([f"b{i}(1)" for i in range(len(chosen))] + ["1"])
            body = f"export const a = ({sum_a}) % 1009; export function b(n) {{ return n + a; }}"
            use = f"let sum = ({sum_b}) % 1009;"
            lines.append(definition(name, " ".join(clauses + [body, use])))
    clauses = [f'import {{ a as a{i} }} from "{name}";' for i, name in enumerate(names)]
    total = " + ".join(f"a{i}" for i in range(len(names)))
    lines.append(definition("main", " ".join(clauses + [f"export const a = {total};"])))
    return "".join(lines)


def chain(count, awaits=False):
    """`main` imports m1, which imports m2, and so on."""
    keyword = "await " if awaits else ""
    lines = []
    for i in range(count - 1):
        name = f"m{i}" if i else "main"
        lines.append(
            definition(name, f'import {{ a as b }} from "m{i + 1}"; export const a = {keyword}(b + 1);'))
    lines.append(definition(f"m{count - 1}", f"export const a = {keyword}0;"))
    return "".join(lines)


def cycle(count):
    """A ring: the last module imports `main` again, and reads its function."""
    lines = []
    for i in range(count):
        name = f"m{i}" if i else "main"
        after = f"m{i + 1}" if i + 1 < count else "main"
        source = f'import {{ f as g }} from "{after}"; export function f() {{ return g; }} typeof g;'
        lines.append(definition(name, source))
    return "".join(lines)


def hot_loop(count=100_000_000):
    source = (
        'import { step } from "dep"; let sum = 0; const start = Date.now(); '
        f"for (let i = 0; i < {count}; i++) sum += step; "
        f"console.log((Date.now() - start) * 1e6 / {count});")
    return definition("dep", "export let step = 1; export const grow = () => { step++ };") + definition(
        "main", source)


def big_source(functions=40_000):
    """A source as a bundler writes it."""
    text = []
    for i in range(functions):
        text.append(
            f"export function f{i}(first, {{ second = {i}, ...rest }} = {{}}) {{\n"
            f"  const list = [first, second, `n${{rest.length}}`].map((x) => x ?? /a[b/]c/.test(x));\n"
            f"  if (list.length > {i}) {{ return list.filter((x, i) => x && i % 2 === 0)[0]; }}\n"
            f"  for (const value of list) {{ try {{ value.call(null, 'text'); }} catch {{ break; }} }}\n"
            "}\n")
    return "".join(text)


def tree(directory, count=1300):
    """A program of so many files, in folders, as people write them: 1 to 12 imports a file, a few of them in
    cycles, 1 to 6 KB of functions. Returns the path of its entry."""
    chosen = random.Random(3)
    places = ["main.mjs"] + [f"part{i % 26}/section{i % 7}/file{i}.mjs" for i in range(1, count)]
    imports = [set() for _ in range(count)]
    for i in range(1, count):
        # One that has room for it, so that the entry reaches every file.
        importer = chosen.randrange(max(0, i - 40), i)
        while len(imports[importer]) == 12:
            importer = chosen.randrange(i)
        imports[importer].add(i)
    for i, found in enumerate(imports):
        wanted = chosen.randint(1, 12)
        while len(found) < wanted:
            before = chosen.random() < 0.02
            other = chosen.randrange(count) if before or i == count - 1 else chosen.randrange(i + 1, count)
            if other != i:
                found.add(other)
    for i, place in enumerate(places):
        path = os.path.join(directory, place)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        lines = ["// " + "What this file is for, in a sentence. " * 3]
        for other in sorted(imports[i]):
            specifier = os.path.relpath(places[other], os.path.dirname(place))
            if not specifier.startswith("."):
                specifier = "./" + specifier
            lines.append(f'import {{ make{other}, limit{other} as most{other} }} from "{specifier}";')
        lines.append(f"\nexport const limit{i} = {i % 90 + 10};")
        steps = chosen.randint(2, 12)
        for k in range(steps):
            other = chosen.choice(sorted(imports[i]))
            lines.append(
                f"\n/** Adds what is given to what another file makes, up to its limit. */\n"
                f"function step{k}(values, {{ first = {k}, ...others }} = {{}}) {{\n"
                f"  const found = values.filter((value) => value.length > first && /^[a-z]+$/i.test(value));\n"
                f"  for (const [name, value] of Object.entries(others)) {{\n"
                f"    if (found.length >= most{other}) break;\n"
                f"    found.push(`${{name}}: ${{value ?? 'nothing'}}`);\n"
                f"  }}\n"
                f"  return found.length ? [...found, ...make{other}(found.slice(1))] : [];\n"
                f"}}")
        names = ", ".join(f"step{k}" for k in range(steps))
        lines.append(
            f"\nexport function make{i}(values) {{\n"
            f"  return [{names}].flatMap((step) => step(values, {{ size: limit{i} }}));\n}}\n")
        with open(path, "w", encoding="utf8") as file:
            file.write("\n".join(lines))
    return os.path.join(directory, places[0])
