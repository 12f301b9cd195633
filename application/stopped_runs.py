"""Runs that stopped without an end: their worker is gone, and nothing has taken them up since."""

from datetime import datetime

from application.ports.unit_of_work import UnitOfWork
from application.ports.workers import Workers
from domain.identity import RunId

RUNS_MAX = 1000
"""So many at a time: more are never at work at once, and it is asked again soon."""


def stopped_runs(work: UnitOfWork, workers: Workers, *, now: datetime) -> list[RunId]:
    """What has neither ended nor waits, and whose lease is over.

    A lease is over when its time is, or at once when its owner surely is dead.
    """
    return [
        run_id
        for run_id, lease in work.runs.unattended(limit=RUNS_MAX)
        if lease is None or not lease.is_live(now=now) or workers.is_dead(lease.owner)
    ]
