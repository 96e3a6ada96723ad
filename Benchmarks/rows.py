"""The rows of the table: what is run, beside what, and the bound."""

import os
import subprocess

import inputs
from measure import Failed, Program, instructions, interleave, resident_after, seconds_to_prompt

HERE = os.path.dirname(os.path.abspath(__file__))
TYPESCRIPT = "/usr/share/nodejs/typescript/lib/typescript.js"


class Missing(Exception):
    """A program or file that the machine does not have; its message names it."""


class Bench:
    """What the rows share: a directory of their own, the programs, and the table."""

    def __init__(self, directory, is_quick, modlab, node24, esbuild, table):
        self.directory = directory
        self.is_quick = is_quick
        self.modlab = modlab
        self.node24 = node24
        self.esbuild = esbuild
        self.table = table

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf8") as file:
            file.write(text)
        return path

    def times(self, whole):
        return max(whole // 4, 1) if self.is_quick else whole

    def run(self, programs, times):
        interleave(programs, self.times(times), self.directory)

    def ours(self, *arguments):
        return Program("modlab", [self.modlab, *arguments])

    def node(self, *arguments):
        if self.node24 is None:
            raise Missing("Node 24 (set NODE24)")
        return Program("node", [self.node24, "--no-warnings", "--experimental-vm-modules", *arguments])

    def milliseconds(self, title, ours, theirs, bound=None):
        self.table.compare(title, "ms", ours.wall() * 1000, theirs.wall() * 1000, bound)

    def memory(self, ours, theirs, bound=None):
        self.table.compare("  memory", "MiB", ours.memory(), theirs.memory(), bound)

    def counted(self, title, program, bound):
        """Millions of instructions of a run in which no JavaScript runs."""
        count = instructions(program, self.directory)
        if count is None:
            self.table.not_measured("instructions", "valgrind")
        else:
            self.table.state(f"  instructions, {title}", "M", count / 1e6, bound)

    def net(self, with_it, without, times):
        """Seconds of what one program does and the other does not, from whole processes."""
        self.run([with_it, without], times)
        return with_it.wall() - without.wall()


# Modules by commands


def layers(bench):
    text = inputs.layered(layers=10) if bench.is_quick else inputs.layered()
    title = "1,000 modules" if bench.is_quick else "10,000 modules"
    links = bench.write("link.modlab", text + "link main\n")
    evaluates = bench.write("evaluate.modlab", text + "link main\nevaluate main\n")
    session = os.path.join(HERE, "node/session.mjs")
    programs = [
        bench.ours(links), bench.node(session, links, "link"),
        bench.ours(evaluates), bench.node(session, evaluates, "link", "evaluate")]
    bench.run(programs, 12)
    bench.milliseconds(f"{title}, layers: define and link", *programs[:2], bound=0.42)
    bench.memory(*programs[:2], bound=0.8)
    bench.milliseconds(f"{title}, layers: and evaluate", *programs[2:], bound=0.75)
    bench.memory(*programs[2:], bound=0.8)
    small = bench.write("small.modlab", inputs.layered(layers=10) + "link main\n")
    bench.counted("define and link 1,000", bench.ours(small), COUNTS["link"])


def program(bench):
    text = inputs.layered(layers=10) if bench.is_quick else inputs.layered()
    path = bench.write("program.mjs", inputs.vm_program(text))
    programs = [bench.ours(path), bench.node(path)]
    bench.run(programs, 9)
    bench.milliseconds("  the same as a program of node:vm", *programs, bound=0.9)
    bench.memory(*programs)


def deep(bench):
    large = 10_000 if bench.is_quick else 100_000
    start = bench.ours("-c", "js 1")
    for name, shape in (("chain", inputs.chain), ("cycle", inputs.cycle)):
        each = []
        for count, times in ((1_000, 12), (large, 3)):
            path = bench.write("deep.modlab", shape(count) + "link main\nevaluate main\n")
            each.append(bench.net(bench.ours(path), start, times) / count * 1e6)
        bench.table.state(f"{name} of 1,000: a module", "µs", each[0])
        bench.table.state(f"{name} of {large:,}: a module", "µs", each[1], bound=2 * each[0])


def awaits(bench):
    path = bench.write("awaits.modlab", inputs.chain(1000, awaits=True) + "link main\nevaluate main\n")
    session = os.path.join(HERE, "node/session.mjs")
    programs = [bench.ours(path), bench.node(session, path, "link", "evaluate")]
    bench.run(programs, 9)
    bench.milliseconds("a chain of 1,000 that await", *programs)


def looks(bench):
    """One step, `status` and `why` among 10,000 modules: what a hundred of them add to a session."""
    text = inputs.layered() + "link main --step\n"
    without = bench.ours(bench.write("without.modlab", text + "abort\n"))
    steps = bench.ours(bench.write("steps.modlab", text + "step\n" * 1000 + "abort\n"))
    bench.table.state("a step at 10,000 modules", "ms", bench.net(steps, without, 4), bound=1)
    linked = inputs.layered() + "link main\n"
    without = bench.ours(bench.write("without.modlab", linked))
    for command in ("status", "why m5000"):
        path = bench.write("look.modlab", linked + f"{command}\n" * 20)
        seconds = bench.net(bench.ours(path), without, 4) / 20
        bench.table.state(f"{command.split()[0]} at 10,000 modules", "ms", seconds * 1000, bound=50)


# Sessions


def start(bench):
    prompts = [
        seconds_to_prompt([bench.modlab], b"modlab>", prompt_environment(bench))
        for _ in range(bench.times(24))]
    bench.table.state("start to the first prompt", "ms", sorted(prompts)[len(prompts) // 2] * 1000, bound=15)
    programs = [bench.ours("-c", "quit"), bench.ours("-c", "js 1+1"), bench.node("-e", "1")]
    bench.run(programs, 40)
    bench.milliseconds("-c quit", programs[0], programs[2], bound=0.3)
    bench.memory(programs[0], programs[2])
    bench.milliseconds('-c "js 1+1"', programs[1], programs[2], bound=0.6)
    bench.memory(programs[1], programs[2])
    bench.counted("-c quit", programs[0], COUNTS["quit"])


def prompt_environment(bench):
    """No journal of the person's own is read or written."""
    home = os.path.join(bench.directory, "home")
    return {**os.environ, "TERM": "xterm", "HOME": home, "XDG_STATE_HOME": home}


def replay(bench):
    count = 1_000 if bench.is_quick else 10_000
    lines = "".join(f"modlab> {line}\n" for line in inputs.commands(count).splitlines())
    recorded = bench.write("recorded.modlab-transcript", lines)
    interleave([bench.ours("test", "--update", recorded)], 1, bench.directory)
    replays = bench.ours("test", recorded)
    bench.run([replays], 4)
    bench.table.state(f"{count:,} commands replayed", "s", replays.wall(), bound=count / 10_000)
    commands = inputs.commands(1000)
    undoes = bench.ours(bench.write("undo.modlab", commands + "undo\n"))
    without = bench.ours(bench.write("without.modlab", commands))
    bench.table.state("undo of one in 1,000 commands", "s", bench.net(undoes, without, 4), bound=0.3)


def rounds(bench):
    """Resident memory after 20 rounds and after 100: what is not given back."""
    modules = 100 if bench.is_quick else 1000
    waiting = 'option clock real\nmodule waits = console.log("all rounds"); await new Promise(() => setTimeout(() => {}, 1e8))\n'
    # The text of a script stays while it runs: a round is a file that is run again.
    one = bench.write("round.modlab", inputs.one_round(modules))
    after = []
    for count in (20, 100):
        script = bench.write("rounds.modlab", f"source {one}\n" * count + waiting + "link waits\nevaluate waits\n")
        after.append(resident_after([bench.modlab, script], b"all rounds"))
    bench.table.state(f"memory after 20 rounds of {modules:,} modules", "MiB", after[0])
    bench.table.grows("  more after 100 rounds", "MiB", after[1] - after[0], bound=5)


# Sources


def source(bench):
    text = inputs.big_source(4_000 if bench.is_quick else 40_000)
    path = bench.write("big.mjs", text)
    script = bench.write("big.modlab", f"module big from {path}\n")
    programs = [bench.ours(script), bench.node(os.path.join(HERE, "node/source.mjs"), path)]
    bench.run(programs, 9)
    bench.milliseconds(f"a source of {len(text) / 1e6:.1f} MB", *programs, bound=0.75)
    bench.memory(*programs)


def parsing(bench):
    """Megabytes a second of processor time, of the parser alone."""
    program = os.path.join(os.path.dirname(bench.modlab), "parsingBench")
    if not os.access(program, os.X_OK):
        raise Missing("parsingBench (make bench builds it)")
    speeds = []
    for functions in (320, 3_200, 32_000) if bench.is_quick else (320, 3_200, 32_000, 128_000):
        text = inputs.big_source(functions)
        speed = megabytes_per_second(program, bench.write("parsed.mjs", text), 400_000 // functions)
        bench.table.state(f"parsing alone, {len(text) / 1e6:.1f} MB", "MB/s", speed, least=60)
        speeds.append(speed)
    bench.table.state("  the fastest of them beside the slowest", "×", max(speeds) / min(speeds), bound=1.5)
    if not os.path.exists(TYPESCRIPT):
        raise Missing("typescript.js (Debian's node-typescript)")
    speed = megabytes_per_second(program, TYPESCRIPT, 8)
    bench.table.state("parsing alone, typescript.js", "MB/s", speed, least=60)


def megabytes_per_second(program, path, times):
    done = subprocess.run(
        [program, path, str(max(times, 4))], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(done.stdout + done.stderr)
    return float(done.stdout)


# JavaScript


def loops(bench):
    """Real time of what the loop adds to the process."""
    count = 10_000_000 if bench.is_quick else 100_000_000
    bench.write("dep.mjs", inputs.LOOP_DEPENDENCY)
    for title in inputs.LOOPS:
        full = bench.write("full.mjs", inputs.loop(title, count))
        empty = bench.write("empty.mjs", inputs.loop(title, 0))
        programs = [bench.ours(full), bench.node(full), bench.ours(empty), bench.node(empty)]
        bench.run(programs, 8)
        ours, theirs = (programs[i].wall() - programs[i + 2].wall() for i in (0, 1))
        bench.table.compare(title, "ns", ours * 1e9 / count, theirs * 1e9 / count, bound=1.0)


# Files


def graph(bench):
    tree = os.path.join(bench.directory, "tree")
    entry = inputs.tree(tree, 100 if bench.is_quick else 1300)
    if bench.esbuild is None:
        raise Missing("esbuild")
    out = os.path.join(bench.directory, "out")
    theirs = Program("esbuild", [
        bench.esbuild, entry, "--bundle", "--format=esm", f"--outfile={out}.js", f"--metafile={out}.json"])
    ours = bench.ours("graph", entry)
    bench.run([ours, theirs], 12)
    bench.milliseconds(f"graph of {100 if bench.is_quick else 1300:,} files", ours, theirs, bound=1.5)


# Millions of instructions, a little above what was counted on x86-64 when the row was written.
COUNTS = {"link": 260, "quit": 20}

ALL = [start, layers, program, deep, awaits, looks, replay, rounds, source, parsing, loops, graph]
