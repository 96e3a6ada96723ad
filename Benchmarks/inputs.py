"""The inputs of the benchmarks: session scripts that both programs read, one definition a line."""

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
