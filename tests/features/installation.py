"""An installation over PostgreSQL, RabbitMQ and S3, served over HTTP, with its worker beside.

Only time, the components and the moment of a death are made: everything else is what is shipped.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Semaphore

import httpx
from dependency_injector import providers
from sqlalchemy import URL, text

from adapters.components.catalogue import ShippedComponents
from adapters.memory.clock import FixedClock
from adapters.memory.remote_videos import MemoryRemoteVideos
from adapters.memory.ticker import ManualTicker
from adapters.memory.workers import NamedWorkers
from adapters.process.analyst import ProcessAnalyst
from application.local_analyst import LocalAnalyst
from application.ports.analyst import Measured
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from application.progress import Progress
from application.use_cases.work_on_run import Worked
from domain.calibration import CostSource, KnownCost
from domain.identity import RunId
from domain.kept_video import KeptVideoId
from domain.lease import Lease
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.features.api_door import CountedPasswords
from tests.features.app_ground import PRICE, MadeCosts, Token
from tests.features.app_work import WorkerDied
from tests.features.model_notes import Notes
from tests.features.real_clips import EitherDecoder, EitherProbe, EitherRepair
from tests.features.served_components import EVERY, made_models
from tests.servers.postgres import made_database
from tests.servers.s3 import S3Access
from tests.servers.web import served
from tests.workers.rabbit import consuming, forget_queues

WORK_LIMIT_S = 120.0


def build(settings: Settings) -> LocalAnalyst:
    """What the worker's child process builds: the analyst with the made parts."""
    return _with_made_parts(Container(settings=settings)).local_analyst()


def _with_made_parts(container: Container) -> Container:
    notes = Notes(container.settings().data_dir)
    container.inference.override(providers.Object(notes.noted(made_models())))
    container.shipped.override(providers.Object(ShippedComponents(EVERY)))
    container.decoder.override(providers.Object(EitherDecoder(container.decoder())))
    container.repair.override(providers.Object(EitherRepair(container.repair())))
    container.probe.override(providers.Object(EitherProbe(container.probe())))
    return container


@dataclass
class CountedAnalyst:
    """The analyst in its child process, and how often it was asked for what (`Analyst`)."""

    analyst: ProcessAnalyst
    measured: list[str] = field(default_factory=list)
    runs: list[RunId] = field(default_factory=list)
    segmented: int = 0

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        done = self.analyst.segment(order, on_progress=on_progress, cancellation=cancellation)
        self.segmented += 1
        return done

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        self.measured.append(order.component)
        self.runs.append(order.run_id)
        return self.analyst.measure(order, cancellation=cancellation)

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        self.measured += [order.component for order in orders]
        self.runs += [order.run_id for order in orders]
        return self.analyst.measure_together(orders, at_once=at_once, cancellation=cancellation)

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        return self.analyst.jpegs(run_id, indices)

    def start(self) -> None:
        self.analyst.start()


class NobodyLooks:
    """In place of `Resolving`: a scenario says by itself when a link is looked at."""

    def soon(self, video_id: KeptVideoId) -> None:
        """Leaves it to be asked for."""

    def close(self) -> None:
        """Nothing is under way."""


@dataclass
class Installation:
    """What outlives a scenario; `clear` makes it as if nobody had been there."""

    container: Container
    http: httpx.Client
    clock: FixedClock
    child: ProcessAnalyst
    done: Queue[Worked | BaseException] = field(default_factory=Queue)
    ticker: ManualTicker = field(default_factory=ManualTicker)
    watch: Callable[[Progress], None] = lambda _: None
    cancellation: Cancellation = field(default_factory=Token)
    analyst: CountedAnalyst = field(init=False)
    workers: NamedWorkers = field(init=False)
    remote: MemoryRemoteVideos = field(init=False)
    lost: Lease | None = None
    published: int = 0
    """Messages that the broker has, and that nobody has answered."""
    turns: Semaphore = field(default_factory=lambda: Semaphore(0))
    """So many messages the worker answers; then it is busy elsewhere."""

    @property
    def notes(self) -> Notes:
        """Of the models in the child process."""
        return Notes(self.container.settings().data_dir)

    def clear(self) -> None:
        """Nobody has signed up, nothing was measured, and it is now."""
        container = self.container
        self.clock.moment = datetime.now(UTC)
        self.watch, self.cancellation = lambda _: None, Token()
        self.analyst = CountedAnalyst(self.child)
        self.workers, self.remote = NamedWorkers(), MemoryRemoteVideos()
        container.analyst.override(providers.Object(self.analyst))
        container.workers.override(providers.Object(self.workers))
        container.remote.override(providers.Object(self.remote))
        container.reports.reset_override()
        container.equipment.reset_override()
        for staged in container.uploads().staged():
            container.uploads().discard(staged.id)
        data_dir: Path = container.settings().data_dir
        for left in data_dir.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
        self._empty_database()
        # What is left with the broker is of runs that never were.
        self.answered()

    def _empty_database(self) -> None:
        listed = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        with self.container.engine().begin() as connection:
            tables = [str(row[0]) for row in connection.execute(listed)]
            names = ", ".join(name for name in tables if name != "alembic_version")
            # History refuses to be emptied, rightly; a scenario begins before there was any.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {names} CASCADE"))
        costs, now = MadeCosts(EVERY).models(), self.clock.now()
        with self.container.unit_of_work() as work:
            known = {name: KnownCost(cost, CostSource.SHIPPED) for name, cost in costs.items()}
            work.costs.add(known, valid_from=now)
            work.prices.add(dict.fromkeys(costs, PRICE), valid_from=now)
            work.commit()
        self.container.seed_requirements()()

    @property
    def probed(self) -> int:
        """How often a file was looked at."""
        probe = self.container.probe()
        assert isinstance(probe, EitherProbe)
        return probe.asked

    def work_on(self, run_id: RunId) -> Worked:
        """What the worker behind the broker does with a run, and with others in its company."""
        self.turns.acquire()
        try:
            worked: Worked = self.container.work_in_company()(
                run_id, language="en", cancellation=self.cancellation
            )
        except WorkerDied as death:
            self._bury()
            self.done.put(death)
            return Worked.PUT_BACK
        except BaseException as bug:
            self.done.put(bug)
            raise
        self.done.put(worked)
        return worked

    def watched(self, progress: Progress) -> None:
        """What the worker tells of a run that is at work goes to the scenario of the moment."""
        self.watch(progress)

    def die(self, run_id: RunId) -> None:
        """The worker of a run is killed: what it does while it falls does not count."""
        with self.container.unit_of_work() as work:
            self.lost = work.leases.current(run_id)
        raise WorkerDied

    def _bury(self) -> None:
        """A killed process gives no lease back, and is known to be dead."""
        if self.lost is not None:
            change = text(
                "UPDATE leases SET owner = :owner, expires_at = :until WHERE run_id = :id"
            )
            given = {
                "owner": self.lost.owner,
                "until": self.lost.expires_at,
                "id": self.lost.run_id,
            }
            with self.container.engine().begin() as connection:
                connection.execute(change, given)
        self.workers.dead.add(self.workers.me)
        self.workers.me += "+"
        self.lost = None

    def work_until_nothing_waits(self) -> list[Worked | BaseException]:
        """What maintenance, relay and worker do until nothing is to be done; what came of each."""
        came: list[Worked | BaseException] = []
        while round_of_work := self.work_once():
            came += round_of_work
        return came

    def work_once(self) -> list[Worked | BaseException]:
        """Maintenance and relay make a round, and the worker takes what they publish."""
        self.publish()
        return self.answered()

    def publish(self) -> None:
        """Maintenance and relay make a round; the worker is busy."""
        self.container.reclaim_runs()()
        self.published += self.container.relay_runs()()

    def answered(self, count: int | None = None) -> list[Worked | BaseException]:
        """What came of the first messages, so many or all, once the worker has answered them."""
        taken = self.published if count is None else count
        self.published -= taken
        for _ in range(taken):
            self.turns.release()
        return [self.done.get(timeout=WORK_LIMIT_S) for _ in range(taken)]


@contextmanager
def installed(
    postgres: URL, rabbit_url: str, s3: S3Access, *, bucket: str, data_dir: Path
) -> Iterator[Installation]:
    """Yield an installation on servers that run."""
    with ExitStack() as stack:
        forget_queues(rabbit_url)
        stack.callback(forget_queues, rabbit_url)
        environment = {
            "TRENDFLOW_DATABASE_URL": stack.enter_context(made_database(postgres)),
            "TRENDFLOW_BROKER_URL": rabbit_url,
            "TRENDFLOW_ARTIFACTS_URL": s3.url(bucket),
            "TRENDFLOW_S3_ACCESS_KEY": s3.access_key,
            "TRENDFLOW_S3_SECRET_KEY": s3.secret_key,
        }
        settings = Settings.read(environment, data_dir=data_dir)
        container, clock = Container(settings=settings), FixedClock(datetime.now(UTC))
        child = ProcessAnalyst(
            "tests.features.installation:build",
            (settings,),
            memory_bytes=settings.analyst_memory_bytes,
        )
        child.start()
        stack.callback(child.close)
        installation = Installation(container, httpx.Client(), clock, child)
        container.clock.override(providers.Object(clock))
        container.passwords.override(providers.Object(CountedPasswords()))
        container.resolving.override(providers.Object(NobodyLooks()))
        container.ticker.override(providers.Object(installation.ticker))
        _with_made_parts(container)
        container.work_on_run.add_kwargs(on_progress=installation.watched)
        container.migrate()
        container.prepare_storage()
        stack.callback(lambda: container.engine().dispose())
        url = stack.enter_context(served(application(container, is_open=False)))
        installation.http = stack.enter_context(httpx.Client(base_url=url, timeout=60))
        stack.enter_context(consuming(rabbit_url, installation.work_on))
        stack.callback(installation.clear)
        yield installation
