"""What the system knows of a process."""

import os

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(process):
    """The seconds that all threads of a process have computed. A loop is known by them to run, however
    many other programs want the processor."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
