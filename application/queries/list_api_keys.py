"""A user's API keys, without what they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.api_key import ApiKey
from domain.ledger import UserId


@dataclass(frozen=True, slots=True)
class ListApiKeys:
    """The keys that work, the oldest first."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, user_id: UserId) -> Sequence[ApiKey]:
        with self.unit_of_work() as work:
            return work.api_keys.of(user_id)
