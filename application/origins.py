"""Where an exception came from: enough to find a bug, nothing of what was being worked on."""


def origin_of(error: BaseException) -> str:
    """Module and line of the innermost frame, as `module:line`; `?` of what was never raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "?"
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
