"""Signals that were ignored when a test program began."""

import signal

# `nohup` ignores the first, a shell without job control the others for what it starts behind `&`.
INHERITED = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM]


def answer_ignored_signals():
    """A process that is started inherits what is ignored, and a test of Ctrl-C would wait for ever. What
    has a handler is by default again in a new program: so ignored signals get one that does nothing."""
    for number in INHERITED:
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
