"""Profiles that users have saved."""

from collections.abc import Sequence
from typing import Protocol

from domain.ledger import UserId
from domain.profile import Profile


class SavedProfiles(Protocol):
    """Users' own profiles, within one unit of work.

    Contract (tests/contracts/saved_profiles.py): a name is one profile of a user's, and another
    user's may be called the same; `of` gives a user's by name; `named` and `remove` raise
    `ProfileNotFound` for a name that the user has not saved, whoever else has.
    """

    def save(self, user_id: UserId, profile: Profile) -> None: ...

    def named(self, user_id: UserId, name: str) -> Profile: ...

    def of(self, user_id: UserId) -> Sequence[Profile]: ...

    def remove(self, user_id: UserId, name: str) -> None: ...
