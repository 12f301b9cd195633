"""A worker as a child of the process that serves: started anew when it dies, gone with us."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entrypoints.operation import HEALTH_PORT

STOP_S = 60
RESTART_PAUSE_S = 1.0


@contextmanager
def companion(data_dir: Path) -> Iterator[None]:
    """A worker over the same data directory, asked to end when the context does.

    Its standard input is a pipe from us: when we are killed, it ends and the worker ends in order.
    """
    command = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir)]
    command += ["worker", "--beside"]
    ending = threading.Event()

    def started() -> subprocess.Popen[bytes]:
        # The port of health and figures is ours: one port, one process.
        theirs = {name: value for name, value in os.environ.items() if name != HEALTH_PORT}
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=theirs)

    workers = [started()]

    def keep() -> None:
        while not ending.is_set():
            workers[-1].wait()
            if not ending.wait(RESTART_PAUSE_S):
                workers[:] = [started()]

    keeper = threading.Thread(target=keep, daemon=True, name="companion")
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        _end(workers[-1])
        keeper.join()


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(STOP_S)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
