"""Runs that wait to be handed to a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identity import RunId


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run's place, which no other coming of it ever has."""

    number: int
    run_id: RunId


class Outbox(Protocol):
    """What is to be carried out, committed together with the hold that pays for it.

    Contract (tests/contracts/outbox.py): a run stands in it once; `waiting`, `ready`,
    `unpublished` and `published` are in the order of arrival; `take` of a run that is not in it
    does nothing.
    """

    def add(self, run_id: RunId, *, ready_at: datetime | None = None) -> None:
        """Puts a run at the end, not to be taken up before `ready_at`."""
        ...

    def waiting(self, *, limit: int) -> Sequence[RunId]: ...

    def ready(self, *, now: datetime, limit: int) -> Sequence[RunId]:
        """Those that may be taken up now."""
        ...

    def unpublished(self, *, now: datetime, before: datetime, limit: int) -> Sequence[Waiting]:
        """Those that may be taken up now and were not published, or last before a moment."""
        ...

    def published(self, *, now: datetime, before: datetime, limit: int) -> Sequence[RunId]:
        """Those that may be taken up now and were last published before a moment."""
        ...

    def mark_published(self, numbers: Sequence[int], *, at: datetime) -> None:
        """Writes that a broker keeps messages for these places.

        A place belongs to one coming of a run: of what was taken meanwhile nothing is written, also
        where the run has come again.
        """
        ...

    def take(self, run_id: RunId) -> None: ...
