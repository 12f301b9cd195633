"""What a user may read of their runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.ledger import UserId
from domain.run import Run
from domain.run_filter import RunFilter


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands in the list: by its start, the newest first, then by its id."""

    created_at: datetime
    run_id: RunId

    @classmethod
    def of(cls, run: Run) -> "Place":
        return cls(run.created_at, run.id)


class RunHistory(Protocol):
    """Runs as their owners see them, within one unit of work; reading locks nothing.

    Contract (tests/contracts/run_history.py): `of` gives the run equal in every field but `events`,
    and raises `RunNotFound` for an unknown id and for another user's run alike; `page` lists the
    user's runs that the filter lets through, the newest first, those after `after`, at most
    `limit`; pages neither repeat nor leave out a run, also of equal starts; `sequences` leaves out
    runs that nothing has happened to; `unended` leaves out unknown runs and those that have ended.
    """

    def of(self, user_id: UserId, run_id: RunId) -> Run: ...

    def page(
        self, user_id: UserId, *, chosen: RunFilter, after: Place | None, limit: int
    ) -> Sequence[Run]: ...

    def fresh(self, asked: Run, *, since: datetime) -> Run | None:
        """The newest of the same user's runs that answers what `asked` asks (domain.reuse)."""
        ...

    def kept_results(
        self, user_id: UserId, *, keys: Collection[str], since: datetime
    ) -> Sequence[KeptResult]:
        """Results of components under these keys that the user may take over, the newest first.

        `ok` or `empty`, measured at `since` or later, in the user's own runs or in anybody's of a
        YouTube video (R-102). Of equal key and content only the newest measured, of those the
        user's own before another's, and of those the one that was written last.
        """
        ...

    def unended(self, run_ids: Collection[RunId]) -> Mapping[RunId, Run]:
        """Those of some runs that wait or are at work, whoever's they are."""
        ...

    def sequences(self, run_ids: Collection[RunId]) -> Mapping[RunId, int]:
        """The number of the newest event of each of these runs, whoever's they are."""
        ...
