"""What the test programs in Python share: awaiting, what a machine may lack, signals, processes.

A program that imports it has `Tests/Support` on its path, and may be run by itself, from anywhere.
"""

from .cases import Failure, Skip, check
from .processes import cpu_seconds
from .requirements import chromium, node_24, skip
from .signals import answer_ignored_signals
from .waiting import PATIENCE, until

__all__ = [
    "Failure", "PATIENCE", "Skip", "check", "chromium", "cpu_seconds", "node_24", "skip", "until",
]

answer_ignored_signals()
