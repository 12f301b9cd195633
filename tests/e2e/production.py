"""An installation as in production, which a test may harm: every server its own, two workers."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import psutil

from adapters.memory.clock import FixedClock
from application.artifact_format import decode
from domain.identity import RunId
from domain.ledger import LOCAL_USER, Entry, HoldState, OperationKind
from domain.run import Run, RunStatus
from tests.e2e.kills import leftovers
from tests.e2e.workers import Installation, Worker, wait_until, working
from tests.outside import require
from tests.servers.postgres import PrivatePostgres, private_postgres
from tests.servers.rabbitmq import PrivateRabbit, private_rabbit
from tests.servers.s3 import PrivateS3, private_s3
from tests.workers.rabbit import dead_letters

WORKERS = 2


@dataclass(slots=True)
class Production:
    """PostgreSQL, RabbitMQ and S3, a relay, maintenance, and workers that a test may kill."""

    at: Installation
    database: PrivatePostgres
    broker: PrivateRabbit
    storage: PrivateS3
    clip: Path
    profile: Path
    stack: ExitStack
    workers: list[Worker] = field(default_factory=list)

    def start(self, count: int) -> list[RunId]:
        """Runs that wait, each with words of its own."""
        titles = [f"Talk {uuid4()}" for _ in range(count)]
        return [self.at.start(self.clip, self.profile, title=title) for title in titles]

    def hire(self) -> None:
        """As many workers as there should be."""
        self.workers[:] = [worker for worker in self.workers if worker.process.poll() is None]
        while len(self.workers) < WORKERS:
            self.workers.append(self.stack.enter_context(working(self.at)))

    def worker_of(self, run_id: RunId) -> Worker | None:
        """The worker of ours that has the run at work."""
        with self.at.container.unit_of_work() as work:
            lease = work.leases.current(run_id)
        pid = lease.owner.split(":")[-2] if lease is not None and lease.owner else ""
        return next((w for w in self.workers if str(w.process.pid) == pid), None)

    def at_work(self, runs: Sequence[RunId]) -> list[RunId]:
        """Those of the runs that a worker of ours has at work now."""
        return [run_id for run_id in runs if self.worker_of(run_id) is not None]

    def unended(self, runs: Sequence[RunId]) -> list[RunId]:
        """Those of the runs that wait or are at work."""
        return [run_id for run_id in runs if not self.at.run(run_id).is_terminal]

    def ended(self, runs: Sequence[RunId]) -> list[Run]:
        """The runs once all have ended and nobody holds any."""
        for run_id in runs:
            wait_until(partial(self._has_ended, run_id), "a run to end")
        wait_until(lambda: not self.at_work(runs), "the workers to let go of them")
        return [self.at.run(run_id) for run_id in runs]

    def settle_down(self) -> None:
        """Waits until nothing is under way; who was killed while tidying up is tidied up after.

        `maintain` does that too, an hour after the run has ended.
        """
        ledger, sweep = self.at.container.read_ledger(), self.at.container.sweep()
        wait_until(lambda: ledger.balance(LOCAL_USER).held.kopecks == 0, "all runs to end")
        later = FixedClock(self.at.container.clock().now() + timedelta(hours=2))
        replace(sweep, clock=later)(language="en")

    def _has_ended(self, run_id: RunId) -> bool:
        return self.at.run(run_id).is_terminal


@contextmanager
def frozen(worker: Worker) -> Iterator[None]:
    """A worker that stands still meanwhile: what is read of it is so when it is killed."""
    process = psutil.Process(worker.process.pid)
    process.suspend()
    try:
        yield
    finally:
        if process.is_running():
            process.resume()


@contextmanager
def production(folder: Path, *, clip: Path, profile: Path) -> Iterator[Production]:
    """Everything up, and everything gone afterwards."""
    with (
        private_postgres() as database,
        private_rabbit(require("rabbitmq")) as broker,
        private_s3(require("s3")) as storage,
    ):
        environment = {
            "TRENDFLOW_DATABASE_URL": database.url.render_as_string(hide_password=False),
            "TRENDFLOW_BROKER_URL": broker.url,
            "TRENDFLOW_GATHERING_S": "0.2",
            "TRENDFLOW_ARTIFACTS_URL": storage.access.url(f"test-{uuid4().hex}"),
            "TRENDFLOW_S3_ACCESS_KEY": storage.access.access_key,
            "TRENDFLOW_S3_SECRET_KEY": storage.access.secret_key,
        }
        at = Installation(folder / "data", environment)
        with ExitStack() as stack:
            stack.callback(lambda: at.container.engine().dispose())
            made = Production(at, database, broker, storage, clip, profile, stack)
            stack.enter_context(working(at, name="relay"))
            stack.enter_context(working(at, name="maintain"))
            made.hire()
            # The queues are there once the first run has gone through.
            made.ended(made.start(1))
            yield made


@dataclass(frozen=True, slots=True)
class Books:
    """What must be true of an installation after whatever befell it, against what was before."""

    here: Production
    available_kopecks: int
    held_kopecks: int
    dead: int

    @classmethod
    def opened(cls, here: Production) -> "Books":
        balance = here.at.container.read_ledger().balance(LOCAL_USER)
        dead = _dead_letters(here)
        return cls(here, balance.available.kopecks, balance.held.kopecks, dead)

    def check(self, runs: Sequence[RunId], told: str = "") -> None:
        """Nothing lost, nothing charged twice, every run at its end, every artifact whole."""
        ended = self.here.ended(runs)
        assert [run.status for run in ended] == [RunStatus.OK] * len(runs), told
        charged = sum(self._charged_once(run, told) for run in ended)
        balance = self.here.at.container.read_ledger().balance(LOCAL_USER)
        assert balance.held.kopecks == self.held_kopecks, told
        assert balance.available.kopecks == self.available_kopecks - charged, told
        entries = self.here.at.container.read_ledger().entries(LOCAL_USER)
        assert _sum(entries) == 0, told
        arrays = [self._arrays(run) for run in ended]
        assert all(found == arrays[0] for found in arrays), told
        with self.here.at.container.unit_of_work() as work:
            assert list(work.outbox.waiting(limit=9)) == [], told
        assert _dead_letters(self.here) == self.dead, told
        self.here.settle_down()
        # Frames that were being kept when their worker was killed lie there for seven days.
        left = [path for path in leftovers(self.here.at.data_dir) if path.suffix != ".part"]
        assert left == [], f"{told} {left}"

    def _charged_once(self, run: Run, told: str) -> int:
        """Kopecks that a run was charged, settled by one act."""
        ledger = self.here.at.container.read_ledger()
        entries = ledger.entries(LOCAL_USER, run.id)
        acts = {(entry.kind, entry.operation_id) for entry in entries}
        kinds = sorted(kind for kind, _ in acts)
        assert kinds == [OperationKind.HOLD, OperationKind.SETTLE], told
        assert _sum(entries) == 0, told
        bill = ledger.bill(LOCAL_USER, run.id)
        assert bill is not None
        with self.here.at.container.unit_of_work() as work:
            hold = work.ledger.hold_of(LOCAL_USER, run.id)
        assert hold is not None
        assert hold.state is HoldState.SETTLED
        assert 0 < bill.charged.kopecks <= hold.kopecks
        return int(bill.charged.kopecks)

    def _arrays(self, run: Run) -> dict[str, dict[str, tuple[Any, ...]]]:
        """Every array of a run, read back from the storage and verified."""
        container = self.here.at.container
        container.check_results()(run)
        with container.unit_of_work() as work:
            artifacts = work.runs.artifacts(run.id)
        assert sorted(artifacts) == sorted(run.profile.component_names)
        return {name: _content(container.store().read(a)) for name, a in artifacts.items()}


def _content(stored: bytes) -> dict[str, tuple[Any, ...]]:
    arrays, _ = decode(stored)
    return {
        key: (array.dtype.str, array.shape, np.ascontiguousarray(array).tobytes())
        for key, array in arrays.items()
    }


def _sum(entries: Sequence[Entry]) -> int:
    return sum(entry.posting.kopecks for entry in entries)


def _dead_letters(here: Production) -> int:
    return dead_letters(here.broker.url)


def soon(is_so: Callable[[], object], what: str) -> None:
    """Waits for what a broken installation never comes to."""
    wait_until(is_so, what, limit_s=60)
