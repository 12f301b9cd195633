"""What Prometheus is told (R-903): figures of the installation, and counts of this process.

Figures of the installation are read from the database when they are asked for, so they are the
same whoever is asked: take one process's, do not add up several. How long runs waited and took is
counted from the start of the process that is asked, as Prometheus expects of counters.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from application.errors import AdapterError
from application.ports.clock import Clock
from application.ports.figures import EndedRun, Totals
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.sweep_uploads import Swept
from domain.identity import RunId
from domain.run import RunStatus

COMPONENT_BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800)
WAIT_BUCKETS_S = (0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)
LATE = timedelta(minutes=2)
"""A commit may come so much later than the moment that it writes down."""
ENDED_MAX = 10_000


@dataclass(slots=True)
class Counts:
    """What this process counts by itself, and everything that it tells."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    refusals: Counter = field(init=False)
    rate_limit_hits: Counter = field(init=False)
    swept_uploads: Counter = field(init=False)
    swept_upload_bytes: Counter = field(init=False)

    def __post_init__(self) -> None:
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self.refusals = Counter(
            "refusals",
            "Requests that a rule said no to.",
            ["code"],
            registry=self.registry,
        )
        self.rate_limit_hits = Counter(
            "rate_limit_hits",
            "Runs that a plan's hourly limit kept from starting.",
            registry=self.registry,
        )

        self.swept_uploads = Counter(
            "swept_uploads",
            "Uploads that were abandoned and removed.",
            registry=self.registry,
        )
        self.swept_upload_bytes = Counter(
            "swept_upload_bytes",
            "Bytes of them.",
            registry=self.registry,
        )

    def swept(self, swept: Swept) -> None:
        """What a sweep of uploads took away (hardening 28)."""
        self.swept_uploads.inc(swept.uploads)
        self.swept_upload_bytes.inc(swept.size_bytes)

    def refused(self, code: str) -> None:
        """A rule said no to a person."""
        self.refusals.labels(code).inc()
        if code == "rate_limited":
            self.rate_limit_hits.inc()


class InstallationFigures(Collector):
    """Reads the database when it is asked; a database that is away is told as such, not as zero."""

    def __init__(
        self, reading: Callable[[], UnitOfWork], clock: Clock, *, registry: CollectorRegistry
    ) -> None:
        self._reading = reading
        self._clock = clock
        self._turn = threading.Lock()
        self._seen: dict[RunId, datetime] = {}
        self._began_at = self._since = clock.now()
        self._own = own = CollectorRegistry()
        self._waits = Histogram(
            "queue_wait_seconds",
            "From a person's start to a worker's, of runs that ended since this process began.",
            buckets=WAIT_BUCKETS_S,
            registry=own,
        )
        self._durations = Histogram(
            "component_duration_seconds",
            "Seconds a component took, in runs that ended since this process began.",
            ["component", "status"],
            buckets=COMPONENT_BUCKETS_S,
            registry=own,
        )
        self._errors = Counter(
            "errors",
            "Failures of runs and of components, in runs that ended since this process began.",
            ["code", "what"],
            registry=own,
        )
        registry.register(self)

    def describe(self) -> Iterable[Metric]:
        """Nothing is read to be registered."""
        return ()

    def collect(self) -> Iterable[Metric]:
        with self._turn:
            try:
                totals = self._read()
            except AdapterError:
                yield GaugeMetricFamily("database_up", "Whether the database answers.", value=0)
                return
            yield GaugeMetricFamily("database_up", "Whether the database answers.", value=1)
            yield from _families(totals)
            yield from self._own.collect()

    def _read(self) -> Totals:
        now = self._clock.now()
        with self._reading() as work:
            totals = work.figures.totals(now)
            ended = work.figures.ended(since=self._since - LATE, limit=ENDED_MAX)
        for run in ended:
            if run.run_id not in self._seen and run.finished_at >= self._began_at:
                self._observe(run)
            self._seen[run.run_id] = run.finished_at
            self._since = max(self._since, run.finished_at)
        kept_from = self._since - LATE
        self._seen = {run_id: at for run_id, at in self._seen.items() if at >= kept_from}
        return totals

    def _observe(self, run: EndedRun) -> None:
        if run.wait_s is not None:
            self._waits.observe(run.wait_s)
        if run.code and run.status == RunStatus.ERROR:
            self._errors.labels(run.code, "run").inc()
        for one in run.components:
            if one.status != "skipped":
                self._durations.labels(one.name, one.status).observe(one.duration_ms / 1000)
            if one.code and one.code != run.code:
                self._errors.labels(one.code, "component").inc()


def _families(totals: Totals) -> Iterable[Metric]:
    runs = CounterMetricFamily("runs", "Runs that have ended.", labels=["status"])
    ended = {status: totals.runs.get(status, 0) for status in ("ok", "error", "cancelled")}
    for status, count in ended.items():
        runs.add_metric([status], count)
    yield runs
    judged = ended["ok"] + ended["error"]
    if judged:
        yield GaugeMetricFamily(
            "runs_success_rate", "Share of ok, of ok and error.", ended["ok"] / judged
        )
    yield GaugeMetricFamily("runs_running", "Runs at work.", totals.runs.get("running", 0))
    yield GaugeMetricFamily(
        "queue_length", "Runs that no worker has taken up.", totals.queue_length
    )
    yield GaugeMetricFamily("worker_count", "Workers at a run.", totals.workers)
    yield _by_state("webhook_deliveries", "Deliveries to webhooks.", totals.deliveries)
    yield _by_state("uploads", "Uploads that are kept.", totals.uploads)


def _by_state(name: str, meaning: str, counts: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, meaning, labels=["state"])
    for state, count in sorted(counts.items()):
        family.add_metric([state], count)
    return family
