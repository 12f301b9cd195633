"""Deleting a profile that a user has saved."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.errors import ProfileNotFound
from domain.ledger import UserId
from domain.saved_profile import may_name


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteProfile:
    """ProfileNotFound for what this user has not saved; ours are nobody's to delete."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, user_id: UserId, name: str) -> None:
        if not may_name(name):
            raise ProfileNotFound("no profile has a name like this")
        with self.unit_of_work() as work:
            work.saved_profiles.remove(user_id, name)
            work.commit()
