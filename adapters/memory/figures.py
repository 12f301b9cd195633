"""Figures of what is kept in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from adapters.memory.database import Kept
from application.ports.figures import EndedComponent, EndedRun, Totals
from domain.run import Run, RunStatus


class MemoryFigures:
    """Counts one unit of work's copy (port `Figures`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def totals(self, now: datetime) -> Totals:
        runs = Counter(str(run.status) for run in self._kept.runs.values())
        return Totals(
            runs=dict(runs),
            queue_length=runs[str(RunStatus.QUEUED)],
            workers=len({one.owner for one in self._kept.leases.values() if one.is_live(now=now)}),
            deliveries=dict(Counter(str(one.state) for one in self._kept.deliveries.values())),
            uploads=dict(Counter(str(one.state) for one in self._kept.uploads.values())),
        )

    def ended(self, *, since: datetime, limit: int) -> Sequence[EndedRun]:
        found = [
            _ended(run, run.finished_at)
            for run in self._kept.runs.values()
            if run.finished_at is not None and run.finished_at >= since
        ]
        found.sort(key=lambda run: (run.finished_at, run.run_id.hex))
        return found[:limit]


def _ended(run: Run, finished_at: datetime) -> EndedRun:
    components = [
        EndedComponent(
            name, str(one.status), one.duration_ms, one.failure.code if one.failure else ""
        )
        for name, one in sorted(run.components.items())
    ]
    return EndedRun(
        run_id=run.id,
        status=str(run.status),
        code=run.failure.code if run.failure else "",
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=finished_at,
        components=tuple(components),
    )
