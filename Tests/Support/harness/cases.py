"""How a case ends that does not pass."""


class Failure(Exception):
    """What was promised and is not so, in words."""


class Skip(Exception):
    """What the case needs is not on this machine: see `requirements.skip`."""


def check(condition, message):
    if not condition:
        raise Failure(message)
