"""Runs programs and measures them."""

import os
import statistics
import time


class Sample:
    """One run, from start to exit: seconds of wall time and of processor time, MiB at most."""

    def __init__(self, command, directory):
        output = os.path.join(directory, "output")
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, os.path.join(directory, "errors"),
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        ]
        start = time.perf_counter()
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(process, 0)
        self.wall = time.perf_counter() - start
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        self.succeeded = status == 0
        with open(output, encoding="utf8", errors="replace") as file:
            self.output = file.read()

    def number(self):
        """The number that the program printed on a line of its own."""
        for line in self.output.splitlines():
            try:
                return float(line)
            except ValueError:
                pass
        return None


class Program:
    """A command, and its runs so far."""

    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.samples = []

    @property
    def succeeded(self):
        return all(sample.succeeded for sample in self.samples)

    def median(self, quantity):
        return statistics.median(quantity(sample) for sample in self.samples)


def interleave(programs, times, directory):
    """A B A B …: what else the machine does at a time meets all of them. One that fails is not
    run again."""
    for _ in range(times):
        for program in programs:
            if program.succeeded:
                program.samples.append(Sample(program.command, directory))
    return programs
