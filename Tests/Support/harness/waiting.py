"""Awaiting a condition, in place of sleeping as long as it may take."""

import time

from .cases import Failure

# Seconds. Nothing takes as long, even where four builds run beside the tests.
PATIENCE = 60.0


def until(condition, what, pause=time.sleep, seconds=PATIENCE):
    """Polls the condition, and returns what it has when that is true. `pause` gets the seconds to
    the next look, and may do something useful in them."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > end:
            raise Failure(f"{what}: never")
        pause(0.01)
    return value
