"""A user's runs: one, a page of them, and what has happened to one."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from application.ports.run_history import Place
from application.ports.unit_of_work import UnitOfWork
from domain.events import RunEvent
from domain.identity import RunId
from domain.ledger import UserId
from domain.remaining_time import seconds_left
from domain.run import Run
from domain.run_filter import RunFilter

PAGE_MAX = 100


@dataclass(frozen=True, slots=True)
class RunPage:
    """Runs of a list, the newest first, and whether there are more."""

    runs: tuple[Run, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run, and the events after those that the reader has; `sequence` is the newest of all.

    `share` is how much of the estimated time is done, `seconds_left` what is usually still needed;
    None where no estimate tells.
    """

    run: Run
    events: tuple[tuple[int, RunEvent], ...]
    sequence: int
    share: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class ReadRuns:
    """Reads runs of one user; another's run is as unknown as one that never was (R-902)."""

    unit_of_work: Callable[[], UnitOfWork]

    def one(self, user_id: UserId, run_id: RunId) -> Run:
        """Raises RunNotFound."""
        with self.unit_of_work() as work:
            return work.history.of(user_id, run_id)

    def several(self, user_id: UserId, run_ids: Sequence[RunId]) -> list[Run]:
        """In the order asked for. Raises RunNotFound for the first that is not the user's."""
        with self.unit_of_work() as work:
            return [work.history.of(user_id, run_id) for run_id in run_ids]

    def page(
        self, user_id: UserId, *, chosen: RunFilter, after: Place | None, limit: int
    ) -> RunPage:
        """At most `limit` runs (and never more than `PAGE_MAX`) after a place of the list."""
        limit = min(limit, PAGE_MAX)
        with self.unit_of_work() as work:
            found = work.history.page(user_id, chosen=chosen, after=after, limit=limit + 1)
        return RunPage(tuple(found[:limit]), len(found) > limit)

    def sequences(self, run_ids: Collection[RunId]) -> Mapping[RunId, int]:
        """The number of the newest event of each run, whoever's they are."""
        with self.unit_of_work() as work:
            return work.history.sequences(run_ids)

    def snapshot(self, user_id: UserId, run_id: RunId, *, after: int) -> Snapshot:
        """The run as it stands with its events, both of one moment. Raises RunNotFound."""
        with self.unit_of_work() as work:
            run = work.history.of(user_id, run_id)
            events = tuple(work.runs.events(run_id, after=after))
            estimate = None
            if run.estimate_id is not None:
                estimate = work.estimates.get(run.estimate_id, user_id=user_id)
        sequence = events[-1][0] if events else after
        if estimate is None:
            return Snapshot(run, events, sequence, 1.0 if run.is_terminal else 0.0, None)
        left_s = seconds_left(run, estimate)
        share = 1 - left_s / estimate.seconds_p50 if estimate.seconds_p50 else 1.0
        return Snapshot(run, events, sequence, share, left_s)
