"""Finding the run of a user that already answers what is asked (R-509)."""

from datetime import datetime

from application.ports.unit_of_work import UnitOfWork
from domain.run import Run


def fresh_run(work: UnitOfWork, asked: Run, *, now: datetime) -> Run | None:
    """The newest run that answers and is younger than the user's freshness setting, if any."""
    freshness = work.user_settings.of(asked.user_id).freshness
    return work.history.fresh(asked, since=now - freshness) if freshness else None
