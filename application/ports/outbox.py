"""Runs that wait to be handed to a worker."""

from collections.abc import Sequence
from typing import Protocol

from domain.identity import RunId


class Outbox(Protocol):
    """What is to be carried out, committed together with the hold that pays for it.

    Contract (tests/contracts/outbox.py): a run stands in it once; `waiting` is in the order of
    arrival; `take` of a run that is not in it does nothing.
    """

    def add(self, run_id: RunId) -> None: ...

    def waiting(self, *, limit: int) -> Sequence[RunId]: ...

    def take(self, run_id: RunId) -> None: ...
