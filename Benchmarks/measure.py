"""Runs programs and measures them."""

import os
import pty
import re
import select
import shutil
import statistics
import subprocess
import time

INSTRUCTIONS = re.compile(r"Collected : (\d+)")


class Failed(Exception):
    """A program did not do what was to be measured; its message says what it said."""


class Sample:
    """One run, from start to exit: seconds of wall time and of processor time, MiB at most."""

    def __init__(self, program, directory):
        output = os.path.join(directory, "output")
        errors = os.path.join(directory, "errors")
        writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, output, writing, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, errors, writing, 0o600),
        ]
        start = time.perf_counter()
        process = os.posix_spawnp(program.command[0], program.command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        self.wall = time.perf_counter() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        code = os.waitstatus_to_exitcode(status)
        if code not in program.statuses:
            with open(errors, encoding="utf8", errors="replace") as file:
                raise Failed(f"{program.name} ends with {code}: {file.read().strip()[:200]}")


class Program:
    """A command, the exit statuses of a run that did its work, and its runs so far."""

    def __init__(self, name, command, statuses=(0,)):
        self.name = name
        self.command = command
        self.statuses = statuses
        self.samples = []

    def wall(self):
        return statistics.median(sample.wall for sample in self.samples)

    def memory(self):
        return statistics.median(sample.memory for sample in self.samples)


def interleave(programs, times, directory):
    """A B A B …: what else the machine does at a time meets all of them."""
    for _ in range(times):
        for program in programs:
            program.samples.append(Sample(program, directory))


def instructions(program, directory):
    """Instructions that a run executes, which no other load of the machine changes; None without
    valgrind."""
    if shutil.which("valgrind") is None:
        return None
    profile = os.path.join(directory, "profile")
    # valgrind does not read Swift's debugging information.
    stripped = os.path.join(directory, "stripped")
    if not os.path.exists(stripped):
        subprocess.run(["strip", "--strip-debug", "-o", stripped, program.command[0]], check=True)
    command = [
        "valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", stripped, *program.command[1:]]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    found = INSTRUCTIONS.search(done.stderr.decode(errors="replace"))
    if found is None or done.returncode not in program.statuses:
        raise Failed(f"{program.name} under valgrind ends with {done.returncode}")
    return int(found.group(1))


def seconds_to_prompt(command, prompt, environment):
    """Seconds from the start of a program in a terminal to its first prompt."""
    start = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(command[0], command, environment)
    text = b""
    deadline = start + 10
    while prompt not in text and time.perf_counter() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            text += os.read(terminal, 4096)
    seconds = time.perf_counter() - start
    os.write(terminal, b"quit\r")
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass
    os.close(terminal)
    os.waitpid(process, 0)
    if prompt not in text:
        raise Failed(f"no prompt, but {text[:200]!r}")
    return seconds


def resident_after(command, mark):
    """MiB that are resident when the program has printed the mark; it is ended then."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    try:
        for line in process.stdout:
            if mark in line:
                with open(f"/proc/{process.pid}/statm", encoding="ascii") as file:
                    return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        raise Failed(f"the session ended with {process.wait()} before {mark!r}")
    finally:
        process.kill()
        process.wait()
