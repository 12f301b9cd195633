"""A process that has the program loaded and forks it: what is tested is the run, not the loading.

It takes one order a line on standard input and answers with two: the process that carries it out,
and how that ended. Orphans come to it, so whatever a killed run leaves alive is seen.
"""

import ctypes
import json
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import psutil

from tests.e2e.moments import Moment

# The program, and what it loads only once it is wanted: nearly every call wants it.
_LOADED = (
    "entrypoints.cli",
    "entrypoints.container",
    "adapters.components.catalogue",
    "adapters.html.reports",
    "adapters.model_repository.repository",
    "adapters.preparation.segments",
    "adapters.sql.ping",
    "adapters.sql.schema",
    "adapters.sql.unit_of_work",
    "adapters.youtube.remote_videos",
    # What makes the tables of an installation that is new, as nearly every one here is.
    "alembic.command",
    "alembic.config",
)
_PR_SET_CHILD_SUBREAPER = 36
_ORPHANS_GONE_S = 30.0


def serve() -> None:
    """Carries out orders until standard input ends."""
    # Here and not above: the program's own child loads this file too.
    for module in _LOADED:
        import_module(module)

    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(order)
        _answer({"pid": pid})
        _, status = os.waitpid(pid, 0)
        _answer({"exit_code": os.waitstatus_to_exitcode(status), "left": _left()})


def _become(order: dict[str, Any]) -> None:
    """The program itself, as if started by `trendflow`."""
    from entrypoints.cli import main  # noqa: PLC0415

    # A shell that starts the tests in the background has them ignore Ctrl-C, and whatever they
    # start inherits that: this is the program as a person starts it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for number, name in ((1, "out"), (2, "err")):
        with Path(order[name]).open("wb") as file:
            os.dup2(file.fileno(), number)
    if order["moment"] is not None:
        Moment(**order["moment"]).await_here()
    code = 70
    try:
        main(order["arguments"])
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.setprofile(None)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _left() -> list[str]:
    """What of a run is still alive after a while; it is killed, so that it harms no other test."""
    deadline_s = time.monotonic() + _ORPHANS_GONE_S
    while time.monotonic() < deadline_s:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return []
        if pid == 0:
            time.sleep(0.01)
    left = psutil.Process().children(recursive=True)
    names = [" ".join(process.cmdline()) for process in left]
    for process in left:
        process.send_signal(signal.SIGKILL)
    return names


def _answer(content: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
