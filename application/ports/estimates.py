"""Estimates that were given to somebody."""

from datetime import datetime
from typing import Protocol

from domain.estimate import Estimate, EstimateId
from domain.ledger import UserId


class Estimates(Protocol):
    """The estimates of all users, within one unit of work.

    Contract (tests/contracts/estimates.py): `get` gives what was added, equal in every field; an
    unknown id and another user's estimate raise `EstimateNotFound`. `expire` forgets those that
    ended before a moment, and keeps what any run was started by; gives how many went.
    """

    def add(self, estimate: Estimate, *, user_id: UserId) -> None: ...

    def get(self, estimate_id: EstimateId, *, user_id: UserId) -> Estimate: ...

    def expire(self, *, before: datetime) -> int: ...
