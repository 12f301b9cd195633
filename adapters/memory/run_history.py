"""Users' runs in memory, to be read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from adapters.memory.copies import apart
from adapters.memory.database import Kept
from application.ports.run_history import Place
from domain.errors import RunNotFound
from domain.identity import RunId
from domain.kept_result import TAKEN_OVER, KeptResult
from domain.ledger import UserId
from domain.provenance import Provenance
from domain.reuse import answers
from domain.run import ComponentRun, Run
from domain.run_filter import RunFilter
from domain.video import Platform


class MemoryRunHistory:
    """Runs of one unit of work's copy (port `RunHistory`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def of(self, user_id: UserId, run_id: RunId) -> Run:
        run = self._kept.runs.get(run_id)
        if run is None or run.user_id != user_id:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
        return apart(run)

    def page(
        self, user_id: UserId, *, chosen: RunFilter, after: Place | None, limit: int
    ) -> Sequence[Run]:
        def rank(place: Place) -> tuple[object, str]:
            return place.created_at, place.run_id.hex

        runs = [
            run
            for run in self._kept.runs.values()
            if run.user_id == user_id
            and chosen.lets_through(run)
            and (after is None or rank(Place.of(run)) < rank(after))
        ]
        runs.sort(key=lambda run: rank(Place.of(run)), reverse=True)
        return apart(runs[:limit])

    def fresh(self, asked: Run, *, since: datetime) -> Run | None:
        found = [run for run in self._kept.runs.values() if answers(run, asked, since=since)]
        newest = max(found, key=lambda run: run.finished_at or run.created_at, default=None)
        return apart(newest)

    def kept_results(
        self, user_id: UserId, *, keys: Collection[str], since: datetime
    ) -> Sequence[KeptResult]:
        ended_last = sorted(
            ((run, ended) for run in self._kept.runs.values() for ended in run.components.values()),
            key=lambda pair: pair[1].finished_at or pair[0].created_at,
            reverse=True,
        )
        found = [
            _kept(run, ended, ended.provenance, user_id=user_id)
            for run, ended in ended_last
            if (user_id == run.user_id or run.identity.platform_id is Platform.YOUTUBE)
            and ended.provenance is not None
            and ended.status in TAKEN_OVER
            and ended.provenance.key in keys
            and ended.provenance.measured_at >= since
        ]
        found.sort(key=lambda result: (result.measured_at, result.is_own), reverse=True)
        first: dict[tuple[str, str], KeptResult] = {}
        for result in found:
            first.setdefault((result.key, result.content), result)
        return list(first.values())

    def unended(self, run_ids: Collection[RunId]) -> Mapping[RunId, Run]:
        known = self._kept.runs
        found = [known[run_id] for run_id in run_ids if run_id in known]
        return {run.id: apart(run) for run in found if not run.is_terminal}

    def sequences(self, run_ids: Collection[RunId]) -> Mapping[RunId, int]:
        events = self._kept.events
        return {run_id: len(events[run_id]) for run_id in run_ids if events.get(run_id)}


def _kept(run: Run, ended: ComponentRun, provenance: Provenance, *, user_id: UserId) -> KeptResult:
    return KeptResult(
        component=ended.name,
        key=provenance.key,
        content=provenance.content,
        run_id=run.id,
        is_own=run.user_id == user_id,
        status=ended.status,
        measured_at=provenance.measured_at,
    )
