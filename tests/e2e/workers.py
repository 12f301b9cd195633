"""Workers as processes, and an installation that they share with a test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from application.use_cases.start_run import Request
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.run import Run
from domain.video import Metadata
from entrypoints.container import Container
from entrypoints.session import Session
from entrypoints.settings import Settings
from tests.e2e.program import environment_of
from tests.outside import ROOT

LIMIT_S = 240.0


@dataclass(slots=True)
class Installation:
    """One data directory; `environment` names the servers that it uses."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    container: Container = field(init=False)

    def __post_init__(self) -> None:
        settings = Settings.read(self.environment, data_dir=self.data_dir)
        self.container = Session(lambda: settings, "en").installation

    def start(self, clip: Path, profile: Path, *, title: str = "Talk") -> RunId:
        """A run that waits."""
        run = self.container.accept_video().upload(
            clip,
            metadata=Metadata(title=title),
            profile=self.container.profiles().read(profile),
            request=Request(user_id=LOCAL_USER, key=str(uuid4()), is_anew=True),
        )
        return run.id

    def run(self, run_id: RunId) -> Run:
        """The run as it stands, read without a lock: its worker may stand still with one."""
        found: Run = self.container.read_runs().one(LOCAL_USER, run_id)
        return found

    def tries(self, run_id: RunId) -> int:
        with self.container.unit_of_work() as work:
            lease = work.leases.current(run_id)
        return 0 if lease is None else int(lease.tries)

    def was_tried(self, run_id: RunId, times: int) -> bool:
        return self.tries(run_id) == times

    def ended(self, run_id: RunId) -> Run:
        """The run once it has ended and its disk is tidy."""
        wait_until(lambda: self.run(run_id).is_terminal, "the run to end")
        wait_until(lambda: not self._is_leased(run_id), "its worker to let go of it")
        return self.run(run_id)

    def _is_leased(self, run_id: RunId) -> bool:
        with self.container.unit_of_work() as work:
            lease = work.leases.current(run_id)
        return lease is not None and lease.owner != ""

    def measured(self, run_id: RunId) -> int:
        return len(self.run(run_id).components)


@dataclass(slots=True)
class Worker:
    """A process of ours that works in the background."""

    process: subprocess.Popen[bytes]
    err: Path

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Asks it to end; how it ended."""
        self.process.send_signal(number)
        return self.process.wait(LIMIT_S)

    def kill(self) -> None:
        """As a crash would: nothing it has begun is finished."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        self.process.wait(LIMIT_S)
        for child in children:
            _await_end(child.pid)


@contextmanager
def working(at: Installation, *arguments: str, name: str = "worker") -> Iterator[Worker]:
    """A worker, or another command of ours that goes on until it is asked to end."""
    err = at.data_dir.parent / f"{name}-{uuid4().hex}.err"
    command = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(at.data_dir)]
    with err.open("wb") as out:
        process = subprocess.Popen(
            [*command, name, *arguments],
            cwd=ROOT,
            env={**environment_of(at.data_dir), **at.environment, "PATH": os.environ["PATH"]},
            stdout=out,
            stderr=out,
        )
    worker = Worker(process, err)
    try:
        yield worker
    finally:
        if process.poll() is None:
            worker.kill()


def wait_until(is_so: Callable[[], Any], what: str, *, limit_s: float = LIMIT_S) -> None:
    """Waits until it is so; the test fails past the limit."""
    deadline_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < deadline_s, f"waited {limit_s:.0f} s for {what}"
        time.sleep(0.05)


def _await_end(pid: int) -> None:
    """Until an orphan has ended: reaping it is not our part, and some systems are slow to."""
    try:
        end = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert wait([end], LIMIT_S), f"the process {pid} outlives its worker"
    finally:
        os.close(end)
