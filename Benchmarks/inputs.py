"""The inputs of the benchmarks: session scripts that both programs read, one definition a line."""

import json
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


def cycle(count, first="main", others="m"):
    """A ring: the last module imports the first again, and reads its function."""
    lines = []
    for i in range(count):
        name = f"{others}{i}" if i else first
        after = f"{others}{i + 1}" if i + 1 < count else first
        source = f'import {{ f as g }} from "{after}"; export function f() {{ return g; }} typeof g;'
        lines.append(definition(name, source))
    return "".join(lines)


LOOPS = {
    "reads of an imported let": ("step", "sum += step"),
    "calls of an imported function": ("next", "sum = next(sum)"),
    "reads of ns.x": ("* as ns", "sum += ns.step"),
}


def loop(title, count):
    """The source of a module that imports from `./dep.mjs` and does it `count` times."""
    clause, body = LOOPS[title]
    clause = clause if clause.startswith("*") else f"{{ {clause} }}"
    return (f'import {clause} from "./dep.mjs"; let sum = 0; for (let i = 0; i < {count}; i++) {body}; '
            f"if (sum !== {count}) throw new Error(String(sum));\n")


LOOP_DEPENDENCY = (
    "export let step = 1; export function next(n) { return n + step; } "
    "export const grow = () => { step++; };\n")


def vm_program(text):
    """The definitions of a session as a program of `node:vm` that links and evaluates `main`."""
    sources = [line[len("module "):].split(" = ", 1) for line in text.splitlines()]
    return (
        'import vm from "node:vm";\n'
        f"const sources = {json.dumps(sources)};\n"
        "const modules = new Map();\n"
        "for (const [name, source] of sources)\n"
        "  modules.set(name, new vm.SourceTextModule(source, { identifier: name }));\n"
        'const main = modules.get("main");\n'
        "await main.link((specifier) => modules.get(specifier));\n"
        "await main.evaluate();\n"
        'if (main.status !== "evaluated") throw main.error;\n')


def one_round(modules=1000):
    """Defines, links, evaluates and resets modules; half of them are in a cycle."""
    text = layered(10, modules // 20) + cycle(modules // 2, "ring", "r")
    return text + "link main\nevaluate main\nlink ring\nevaluate ring\nreset\n"


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


def commands(count):
    """A session of so many commands of every kind, in groups of ten."""
    lines = []
    for i in range(count // 10):
        lines += [
            f"module a{i} = export let x = {i}; export function f() {{ return x; }}\n",
            f'module b{i} = import {{ f }} from "a{i}"; export const y = f();\n',
            f"link b{i}\n", f"status b{i}\n", f"bindings b{i}\n", f"evaluate b{i}\n",
            f"namespace b{i}\n", f"why b{i}\n", f"order b{i}\n", f"graph b{i}\n",
        ]
    return "".join(lines)


def tree(directory, count=1300):
    """Writes files that import 1 to 12 of the files after them; the path of the entry."""
    chosen = random.Random(1)
    os.makedirs(directory, exist_ok=True)
    for i in range(count):
        after = range(i + 1, count)
        names = sorted({i + 1, *chosen.sample(after, min(chosen.randint(0, 11), len(after)))} - {count})
        lines = [f'import {{ value as value{k} }} from "./m{k}.js";\n' for k in names]
        total = " + ".join(["1"] + [f"value{k}" for k in names])
        lines.append(f"export const value = ({total}) % 1009;\n")
        for k in range(chosen.randint(1, 12)):
            lines.append(
                f"export function f{k}(list, {{ limit = {k} }} = {{}}) {{\n"
                f"  return list.filter((item) => item.size > limit).map((item) => `${{item.name}}: {k}`);\n}}\n")
        with open(os.path.join(directory, f"m{i}.js"), "w", encoding="utf8") as file:
            file.write("".join(lines))
    with open(os.path.join(directory, "package.json"), "w", encoding="utf8") as file:
        file.write('{"type": "module"}\n')
    return os.path.join(directory, "m0.js")
