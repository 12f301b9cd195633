"""Where an exception came from: enough to find a bug, nothing of what was being worked on."""

import re

_KIND_AND_ORIGIN = re.compile(r"\w+ (?:at|in [\w.]+) \(?(?:[\w.]+:\d+|\?)\)?")


def origin_of(error: BaseException) -> str:
    """Module and line of the innermost frame, as `module:line`; `?` of what was never raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def kind_and_origin(error: BaseException, *, where: str | None = None) -> str:
    """An exception without its words: its kind, its origin, and the step that it ended."""
    kind, origin = type(error).__name__, origin_of(error)
    return f"{kind} at {origin}" if where is None else f"{kind} in {where} ({origin})"


def is_for_menders(message: str) -> bool:
    """Whether a message is what `kind_and_origin` says: names of our code, which tell a user
    nothing."""
    return _KIND_AND_ORIGIN.fullmatch(message) is not None
